//! What docs/ci.md and the action tell people to run, run.

use anyhow::Context;
use fetchmark_e2e::{
    command::{Ran, shell},
    matrix::Test,
    schema,
};
use serde_json::Value;
use std::{fs, path::Path};
use tempfile::tempdir;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The target of the examples, which is replaced by the lab.
const STAGING: &str = "https://staging.example.com/api/ping";
/// And their limit on a time, which would be a test of the machine. Nothing else in them is replaced.
const LIMIT: (&str, &str) = ("p95<300ms", "p95<100s");

/// The blocks in this language under a headline of docs/ci.md.
fn examples(headline: &str, language: &str) -> anyhow::Result<Vec<String>> {
    let document = fs::read_to_string(Path::new(REPOSITORY).join("docs/ci.md"))?;
    let (_, section) = document.split_once(&format!("\n## {headline}\n")).context("no such headline")?;
    let section = section.split("\n## ").next().unwrap_or_default();
    let fence = format!("```{language}\n");
    let blocks = section.split(&fence).skip(1);
    Ok(blocks.filter_map(|block| block.split_once("```")).map(|(block, _)| block.to_owned()).collect())
}

fn example(headline: &str, language: &str) -> anyhow::Result<String> {
    examples(headline, language)?.into_iter().next().context("no such block there")
}

fn yaml(text: &str) -> anyhow::Result<Value> {
    Ok(serde_saphyr::from_str(text)?)
}

/// A use of the action, carried out as a runner does: its inputs or their defaults become the variables of the steps that
/// measure and that hold the build to it. What those steps need of the runner, building and keeping files, is left out.
fn use_action(folder: &Path, with: &Value, url: &str) -> anyhow::Result<(Ran, String)> {
    let action = yaml(&fs::read_to_string(Path::new(REPOSITORY).join("action.yml"))?)?;
    let given = with.as_object().context("no inputs")?;
    for name in given.keys() {
        assert!(action["inputs"].get(name).is_some(), "{name} is no input of the action");
    }
    let steps = action["runs"]["steps"].as_array().context("no steps")?;
    let step = |name: &str| steps.iter().find(|step| step["name"] == name).context("no such step");
    let input = |name: &str| match (name, given.get(name)) {
        ("url", Some(given)) => {
            assert_eq!(given, STAGING);
            url.to_owned()
        }
        (_, given) => {
            let given = given.unwrap_or(&action["inputs"][name]["default"]).as_str().unwrap_or_default();
            given.replace(LIMIT.0, LIMIT.1)
        }
    };
    let [output, summary] = ["output", "summary"].map(|name| folder.join(name).display().to_string());
    for file in [&output, &summary] {
        fs::write(file, "")?;
    }
    let measure = step("Measure")?;
    let mut variables = Vec::new();
    for (name, value) in measure["env"].as_object().context("no variables")? {
        let value = value.as_str().unwrap_or_default();
        let of = value.strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}"));
        variables.push((name.as_str(), input(of.with_context(|| format!("{value} is no input"))?)));
    }
    let of_runner = [
        ("GITHUB_ACTION_PATH", REPOSITORY.to_owned()),
        ("GITHUB_OUTPUT", output.clone()),
        ("GITHUB_STEP_SUMMARY", summary),
    ];
    variables.extend(of_runner);
    let borrowed: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ran = shell(folder, measure["run"].as_str().context("no script")?, &borrowed)?;
    assert_eq!(ran.code, Some(0), "the exit code is an output: {}", ran.error);
    let told = fs::read_to_string(output)?;
    let told_of = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap_or_default().to_owned()
    };
    let hold = step("Hold the build to it")?;
    assert_eq!(hold["env"]["CODE"], "${{ steps.run.outputs.exit-code }}");
    let code = told_of("exit-code");
    let held = shell(folder, hold["run"].as_str().context("no script")?, &[("CODE", &code)])?;
    Ok((Ran { code: held.code, ..ran }, told_of("report")))
}

#[test]
fn the_workflow_passes_and_fails_as_its_target_does() -> Test {
    let folder = tempdir()?;
    let workflow = yaml(&example("GitHub Actions", "yaml")?)?;
    let steps = workflow["jobs"]["speed"]["steps"].as_array().context("no steps")?;
    let with =
        &steps.iter().find(|step| step["uses"] == "fetchmark/fetchmark@main").context("not used")?["with"];
    let (good, report) = use_action(folder.path(), with, "/lab/ping")?;
    assert_eq!(good.code, Some(0), "{}", good.error);
    let report = schema::read(&folder.path().join(report))?;
    assert_eq!((report.variants.len(), report.variants[0].rounds.len()), (1, 20));
    let (bad, _) = use_action(folder.path(), with, "/lab/status/500")?;
    assert_eq!(bad.code, Some(99), "{}", bad.error);
    Ok(())
}

#[test]
fn the_workflow_with_a_baseline_makes_one_and_is_held_to_it() -> Test {
    let folder = tempdir()?;
    let steps = yaml(&examples("GitHub Actions", "yaml")?[1])?;
    let steps = steps.as_array().context("no steps")?;
    let with = &steps.iter().find(|step| step["id"] == "fetchmark").context("not used")?["with"];
    let keep = steps.iter().find_map(|step| step["run"].as_str()).context("nothing keeps the baseline")?;
    let (first, report) = use_action(folder.path(), with, "/lab/delay/5")?;
    assert!(first.code == Some(0) && first.out.contains("::notice::There is no baseline"), "{}", first.out);
    let kept = shell(folder.path(), &keep.replace("${{ steps.fetchmark.outputs.report }}", &report), &[])?;
    assert_eq!(kept.code, Some(0), "{}", kept.error);
    // What is measured again is so far from this one that no weather decides.
    let file = folder.path().join("baseline.json");
    let mut baseline = schema::read(&file)?;
    baseline.variants.iter_mut().flat_map(|row| &mut row.rounds).for_each(|round| round.wall_ms *= 1e-3);
    fs::write(&file, serde_json::to_string(&baseline)?)?;
    let (second, _) = use_action(folder.path(), with, "/lab/delay/5")?;
    assert_eq!(second.code, Some(99), "slower than the baseline: {}", second.error);
    assert!(!second.out.contains("There is no baseline"), "{}", second.out);
    Ok(())
}

#[test]
fn the_gitlab_job_leaves_what_it_says_it_keeps() -> Test {
    let folder = tempdir()?;
    let job = &yaml(&example("GitLab", "yaml")?)?["speed"];
    let script: Vec<&str> =
        job["script"].as_array().context("no script")?.iter().filter_map(Value::as_str).collect();
    let script = script.join("\n");
    assert!(script.contains(STAGING) && script.contains(LIMIT.0), "{script}");
    let script = script.replace(LIMIT.0, LIMIT.1);
    let ran = shell(folder.path(), &script.replace(STAGING, "/lab/ping"), &[])?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let artifacts = &job["artifacts"];
    let paths =
        artifacts["paths"].as_array().context("no paths")?.iter().chain([&artifacts["reports"]["junit"]]);
    for path in paths {
        let path = path.as_str().context("no path")?;
        assert!(folder.path().join(path).is_file(), "{path} is missing");
    }
    let ran = shell(folder.path(), &script.replace(STAGING, "/lab/status/500"), &[])?;
    assert_eq!(ran.code, Some(99), "{}", ran.error);
    Ok(())
}

#[test]
fn the_example_for_anywhere_ends_as_the_command_does() -> Test {
    let (folder, script) = (tempdir()?, example("Anywhere", "sh")?);
    let ran = |url: &str| shell(folder.path(), &script, &[("URL", url)]);
    let good = ran("/lab/ping")?;
    assert_eq!(good.code, Some(0), "{}", good.error);
    assert!(folder.path().join("report.json").is_file());
    let bad = ran("/lab/status/500")?;
    assert_eq!((bad.code, bad.out.contains("a threshold is crossed")), (Some(99), true), "{}", bad.error);
    let none = ran("no address")?;
    assert_eq!((none.code, none.out.contains("not measured")), (Some(2), true), "{}", none.error);
    Ok(())
}

#[test]
fn the_action_leaves_its_exit_code_a_summary_and_reports() -> Test {
    let folder = tempdir()?;
    let inside = |name: &str| folder.path().join(name);
    let (output, summary) = (inside("output").display().to_string(), inside("summary").display().to_string());
    let run = |url: &str| -> anyhow::Result<(Ran, String, String)> {
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
