//! The built page and its engine through real browsers, beside a lab that tells what really happened.

/// `fetchmark run`, and the pipelines that it is part of.
mod command {
    mod any_server;
    mod look_back;
    mod pipelines;
    mod run_command;
    mod run_webdriver;
    mod sessions;
    mod tabs;
}

/// The engine, used from plain JavaScript.
mod engine {
    mod endings;
    mod example;
    mod joins;
    mod labels;
    mod messages;
    mod outcomes;
    mod phases;
    mod python;
    mod target_check;
    mod targets;
    mod threads;
    mod validity;
    mod webkit;
}

mod page {
    mod accessibility;
    mod default_run;
    mod files;
    mod presets;
    mod security;
    mod single_file;
    mod start;
    mod visit;
}

/// Several browsers over a Selenium Grid.
mod fleet;

mod release;
