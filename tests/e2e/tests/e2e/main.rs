//! The built page through real browsers, beside a lab that tells what really happened.

mod accessibility;
mod default_run;
mod endings;
mod example;
mod files;
mod joins;
mod labels;
mod outcomes;
mod outside;
mod page;
mod phases;
mod pipelines;
mod run_command;
mod run_webdriver;
mod security;
mod single_file;
mod start;
mod stop;
mod target_check;
mod threads;
mod validity;
mod visit;
mod webkit;
