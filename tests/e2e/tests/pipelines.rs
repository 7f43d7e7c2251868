//! What docs/ci.md and the action tell people to run, run.

use fetchmark_e2e::{
    command::{Ran, shell},
    folder::TemporaryFolder,
};
use std::{fs, path::Path};

type Test = Result<(), Box<dyn std::error::Error>>;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The block of shell under a headline of docs/ci.md.
fn example(headline: &str) -> Result<String, Box<dyn std::error::Error>> {
    let document = fs::read_to_string(Path::new(REPOSITORY).join("docs/ci.md"))?;
    let (_, section) = document.split_once(&format!("\n## {headline}\n")).ok_or("no such headline")?;
    let (_, rest) = section.split_once("```sh\n").ok_or("no shell there")?;
    Ok(rest.split_once("```").ok_or("the block does not end")?.0.to_owned())
}

#[test]
fn the_example_for_anywhere_ends_as_the_command_does() -> Test {
    let (folder, script) = (TemporaryFolder::new("anywhere")?, example("Anywhere")?);
    let ran = |url: &str| shell(folder.path(), &script, &[("URL", url)]);
    let good = ran("/lab/ping")?;
    assert_eq!(good.code, Some(0), "{}", good.error);
    assert!(folder.path().join("report.json").is_file());
    let bad = ran("/lab/status/500")?;
    assert_eq!((bad.code, bad.out.contains("slower than it may be")), (Some(99), true), "{}", bad.error);
    let none = ran("no address")?;
    assert_eq!((none.code, none.out.contains("not measured")), (Some(2), true), "{}", none.error);
    Ok(())
}

#[test]
fn the_action_leaves_its_exit_code_a_summary_and_reports() -> Test {
    let folder = TemporaryFolder::new("action")?;
    let inside = |name: &str| folder.path().join(name);
    let (output, summary) = (inside("output").display().to_string(), inside("summary").display().to_string());
    let run = |url: &str| -> Result<(Ran, String, String), Box<dyn std::error::Error>> {
        for file in [&output, &summary] {
            fs::write(file, "")?;
        }
        let variables = [
            ("FETCHMARK_URL", url),
            ("FETCHMARK_BROWSER", "chrome"),
            ("FETCHMARK_THRESHOLDS", "failed==0\np95<10s\n"),
            ("FETCHMARK_ARGUMENTS", "--clients=js-fetch:reused\n--n=5\n--rounds=2"),
            ("FETCHMARK_BASELINE", "no-baseline-yet.json"),
            ("FETCHMARK_CONFIG", ""),
            ("FETCHMARK_REPORT", "reports"),
            ("GITHUB_OUTPUT", &output),
            ("GITHUB_STEP_SUMMARY", &summary),
        ];
        let script = format!("bash {REPOSITORY}/.ci/action-run");
        let ran = shell(folder.path(), &script, &variables)?;
        Ok((ran, fs::read_to_string(&output)?, fs::read_to_string(&summary)?))
    };
    let (ran, told, shown) = run("/lab/ping")?;
    assert!(
        told.contains("exit-code=0\n") && told.contains("report=reports/report.json"),
        "{told} {}",
        ran.error
    );
    assert!(shown.contains("js-fetch") && shown.contains("failed==0"), "{shown}");
    assert!(inside("reports/report.xml").is_file());
    let (_, told, shown) = run("/lab/status/500")?;
    assert!(told.contains("exit-code=99\n") && shown.contains("crossed"), "{told} {shown}");
    // What cannot run leaves nothing of the run before.
    let (_, told, shown) = run("no address")?;
    assert_eq!((told.as_str(), shown.as_str()), ("exit-code=2\n", ""));
    assert!(!inside("reports/report.json").exists());
    Ok(())
}
