//! What docs/ci.md and the action tell people to run, run.

use fetchmark_e2e::{
    command::{Ran, shell},
    prelude::*,
};
use std::{fs, path::Path};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The target of the examples, which is replaced by the lab.
const STAGING: &str = "https://staging.example.com/api/ping";
/// And their limits on times, which would be a test of the machine. Nothing else in them is replaced.
const LIMIT: (&str, &str) = ("p95<300ms", "p95<100s");
const RATIO: (&str, &str) = ("preview/production<=1.1", "preview/production<=100");

/// The blocks in this language under a headline of docs/ci.md.
fn examples(headline: &str, language: &str) -> anyhow::Result<Vec<String>> {
    examples_of("docs/ci.md", headline, language)
}

fn examples_of(document: &str, headline: &str, language: &str) -> anyhow::Result<Vec<String>> {
    let document = fs::read_to_string(Path::new(REPOSITORY).join(document))?;
    let (_, section) = document.split_once(&format!("\n## {headline}\n")).context("no such headline")?;
    let section = section.split("\n## ").next().unwrap_or_default();
    let fence = format!("```{language}\n");
    let blocks = section.split(&fence).skip(1);
    Ok(blocks.filter_map(|block| block.split_once("```")).map(|(block, _)| block.to_owned()).collect())
}

fn yaml(text: &str) -> anyhow::Result<Value> {
    Ok(serde_saphyr::from_str(text)?)
}

/// What a use of the action came to.
struct Used {
    /// With the exit code of the step that holds the build to it.
    ran: Ran,
    /// The outputs of the step that measures, and its part of the job's summary.
    output: String,
    summary: String,
    report: String,
}

/// A use of the action, carried out as a runner does: its inputs or their defaults become the variables of the steps that
/// measure and that hold the build to it. What those steps need of the runner, building and keeping files, is left out.
fn use_action(folder: &Path, with: &Value, url: &str) -> anyhow::Result<Used> {
    let action = yaml(&fs::read_to_string(Path::new(REPOSITORY).join("action.yml"))?)?;
    let given = with.as_object().context("no inputs")?;
    for name in given.keys() {
        assert!(action["inputs"].get(name).is_some(), "{name} is no input of the action");
    }
    let steps = action["runs"]["steps"].as_array().context("no steps")?;
    let step = |name: &str| steps.iter().find(|step| step["name"] == name).context("no such step");
    let input = |name: &str| match (name, given.get(name)) {
        ("url", Some(given)) => {
            let given = given.as_str().unwrap_or_default();
            assert_eq!(given.lines().count(), url.lines().count(), "{given}");
            url.to_owned()
        }
        (_, given) => {
            let given = given.unwrap_or(&action["inputs"][name]["default"]).as_str().unwrap_or_default();
            given.replace(LIMIT.0, LIMIT.1).replace(RATIO.0, RATIO.1)
        }
    };
    let [output, summary] = ["output", "summary"].map(|name| folder.join(name).display().to_string());
    fs::write(&output, "")?;
    fs::write(&summary, "")?;
    let measure = step("Measure")?;
    let mut variables = Vec::new();
    for (name, value) in measure["env"].as_object().context("no variables")? {
        let value = value.as_str().unwrap_or_default();
        let of = value.strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}"));
        variables.push((name.as_str(), input(of.with_context(|| format!("{value} is no input"))?)));
    }
    let mut borrowed: Vec<(&str, &str)> =
        variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    borrowed.extend([
        ("GITHUB_ACTION_PATH", REPOSITORY),
        ("GITHUB_OUTPUT", &output),
        ("GITHUB_STEP_SUMMARY", &summary),
    ]);
    let ran = shell(folder, measure["run"].as_str().context("no script")?, &borrowed)?;
    assert_eq!(ran.code, Some(0), "the exit code is an output: {}", ran.error);
    let (output, summary) = (fs::read_to_string(output)?, fs::read_to_string(summary)?);
    let of =
        |name: &str| output.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    let hold = step("Hold the build to it")?;
    assert_eq!(hold["env"]["CODE"], "${{ steps.run.outputs.exit-code }}");
    let held = shell(folder, hold["run"].as_str().context("no script")?, &[("CODE", &of("exit-code="))])?;
    Ok(Used { ran: Ran { code: held.code, ..ran }, report: of("report="), output, summary })
}

#[test]
fn the_workflow_passes_and_fails_as_its_target_does() -> Test {
    let folder = tempdir()?;
    let workflow = yaml(&examples("GitHub Actions", "yaml")?[0])?;
    let steps = workflow["jobs"]["speed"]["steps"].as_array().context("no steps")?;
    let with =
        &steps.iter().find(|step| step["uses"] == "fetchmark/fetchmark@main").context("not used")?["with"];
    let good = use_action(folder.path(), with, "/lab/ping")?;
    assert_eq!(good.ran.code, Some(0), "{}", good.ran.error);
    assert!(good.summary.contains("js-fetch") && good.summary.contains("failed==0"), "{}", good.summary);
    let report = folder.path().join(&good.report);
    assert!(report.with_extension("xml").is_file());
    let written = schema::read(&report)?;
    assert_eq!((written.variants.len(), written.variants[0].rounds.len()), (1, 20));
    let bad = use_action(folder.path(), with, "/lab/status/500")?;
    assert_eq!(bad.ran.code, Some(99), "{}", bad.ran.error);
    assert!(bad.summary.contains("crossed"), "{}", bad.summary);
    // What cannot run leaves nothing of the run before.
    let none = use_action(folder.path(), with, "no address")?;
    assert_eq!((none.output.as_str(), none.summary.as_str(), none.ran.code), ("exit-code=2\n", "", Some(2)));
    assert!(!report.exists());
    let nowhere = use_action(folder.path(), &json!({ "url": STAGING, "origin": "nowhere" }), "/lab/ping")?;
    assert!(nowhere.ran.error.contains("--origin"), "{}", nowhere.ran.error);
    Ok(())
}

#[test]
fn the_workflow_compares_two_deployments() -> Test {
    let folder = tempdir()?;
    let workflow = yaml(&examples_of("docs/compare-deployments.md", "In CI", "yaml")?[0])?;
    let with = &workflow["jobs"]["compare"]["steps"][0]["with"];
    assert!(with["thresholds"].as_str().is_some_and(|lines| lines.contains(RATIO.0)), "{with}");
    let good = use_action(folder.path(), with, "/lab/ping\n/lab/delay/1")?;
    assert_eq!(good.ran.code, Some(0), "{}", good.ran.error);
    for words in ["preview ÷ production:", "passed: preview/production"] {
        assert!(good.summary.contains(words), "{words}: {}", good.summary);
    }
    let written = schema::read(&folder.path().join(&good.report))?;
    let labels: Vec<_> = written.variants.iter().filter_map(|row| row.target.as_deref()).collect();
    assert_eq!(labels, ["production", "production", "preview", "preview"]);
    let bad = use_action(folder.path(), with, "/lab/ping\n/lab/status/500")?;
    assert_eq!(bad.ran.code, Some(99), "{}", bad.ran.error);
    Ok(())
}

#[test]
fn the_workflow_makes_a_baseline_and_compares_with_it() -> Test {
    let folder = tempdir()?;
    let steps = yaml(&examples("GitHub Actions", "yaml")?[1])?;
    let steps = steps.as_array().context("no steps")?;
    let with = &steps.iter().find(|step| step["id"] == "fetchmark").context("not used")?["with"];
    let keep = steps.iter().find_map(|step| step["run"].as_str()).context("nothing keeps the baseline")?;
    let first = use_action(folder.path(), with, "/lab/delay/5")?;
    assert_eq!(first.ran.code, Some(0), "{}", first.ran.error);
    assert!(first.ran.out.contains("::notice::There is no baseline"), "{}", first.ran.out);
    let kept =
        shell(folder.path(), &keep.replace("${{ steps.fetchmark.outputs.report }}", &first.report), &[])?;
    assert_eq!(kept.code, Some(0), "{}", kept.error);
    // What is measured again is so far from this one that no weather decides.
    let file = folder.path().join("baseline.json");
    let mut baseline = schema::read(&file)?;
    baseline.variants.iter_mut().flat_map(|row| &mut row.rounds).for_each(|round| round.wall_ms *= 1e-3);
    fs::write(&file, serde_json::to_string(&baseline)?)?;
    let second = use_action(folder.path(), with, "/lab/delay/5")?.ran;
    assert_eq!(second.code, Some(99), "slower than the baseline: {}", second.error);
    assert!(!second.out.contains("There is no baseline"), "{}", second.out);
    Ok(())
}

#[test]
fn the_gitlab_job_leaves_its_artifacts() -> Test {
    let folder = tempdir()?;
    let job = &yaml(&examples("GitLab", "yaml")?[0])?["speed"];
    let script = job["script"].as_array().context("no script")?.iter().filter_map(Value::as_str);
    let script = script.collect::<Vec<_>>().join("\n");
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
    let (folder, scripts) = (tempdir()?, examples("Anywhere", "sh")?);
    let ran = |url: &str| shell(folder.path(), &scripts[0], &[("URL", url)]);
    let good = ran("/lab/ping")?;
    assert_eq!(good.code, Some(0), "{}", good.error);
    assert!(folder.path().join("report.json").is_file());
    let bad = ran("/lab/status/500")?;
    assert_eq!((bad.code, bad.out.contains("a threshold is crossed")), (Some(99), true), "{}", bad.error);
    let none = ran("no address")?;
    assert_eq!((none.code, none.out.contains("not measured")), (Some(2), true), "{}", none.error);
    Ok(())
}
