use super::*;
use fetchmark_core::{
    compare::Reason,
    report::{
        failure_cause::Cause,
        validity::{Finding, FindingCode, Severity},
    },
    request::header,
    samples::sample::ErrorClass,
    scenario::{client::Client, factors::Lifecycle, params},
    target_check::{CheckCode, Fix, server_lines::Server},
};

/// Whether it is Korean, and not the English sentence.
fn is_korean(korean: &str, english: &str) -> bool {
    korean != english && korean.chars().any(|character| ('가'..='힣').contains(&character))
}

#[test]
fn findings_reasons_and_clients_are_translated() {
    for &code in FindingCode::ALL {
        let finding = Finding { code, severity: Severity::Note, variant: None, count: 3, detail: None };
        let [english, korean] = [&EN, &KO].map(|text| (text.validity.finding)(&finding, "3"));
        assert!(is_korean(&korean, &english), "{korean}");
    }
    for &reason in Reason::ALL {
        assert!(is_korean((KO.answer.reason)(reason), reason.sentence()), "{reason}");
    }
    for client in Client::all_in_browser() {
        for &lifecycle in Lifecycle::ALL {
            let [english, korean] = [&EN, &KO].map(|text| (text.built)(client, lifecycle));
            assert!(is_korean(korean, english), "{korean}");
        }
    }
}

#[test]
fn every_cause_has_its_sentence_in_both_languages() {
    let mut causes: Vec<Cause> = ErrorClass::ALL.iter().map(|class| Cause::Class(*class)).collect();
    causes.extend([
        Cause::NoneForThePage,
        Cause::NoneForPython,
        Cause::NoneForCold,
        Cause::NoneForMessages,
        Cause::NoneThoughListening,
        Cause::NothingListens,
        Cause::RedirectedElsewhere,
        Cause::LateAmongAnswers,
    ]);
    for yes in [false, true] {
        causes.push(Cause::NoneAmongAnswers { may_have_broken_off: yes });
        causes.extend([Cause::NoneUnexplained { is_local: yes }, Cause::LateUnexplained { is_local: yes }]);
    }
    for cause in causes {
        let [english, korean] = [&EN, &KO].map(|text| (text.causes.sentence)(cause));
        assert!(english.ends_with('.') && korean.ends_with('.'), "{english} {korean}");
        assert!(is_korean(&korean, &english), "{korean}");
    }
}

#[test]
fn the_target_check_is_translated() {
    for &code in CheckCode::ALL {
        let [english, korean] = [&EN, &KO].map(|text| (text.check.sentence)(code, "x"));
        assert!(!english.is_empty() && is_korean(&korean, &english), "{code}: {korean}");
    }
    for &fix in Fix::ALL {
        for &server in Server::ALL {
            let [english, korean] = [&EN, &KO].map(|text| (text.check.place)(server, fix));
            assert!(is_korean(korean, english), "{fix}");
        }
    }
}

#[test]
fn every_error_of_a_link_is_translated() {
    let query = "header=x&credentials=all&n=0&n=5&color=blue&rounds=ten&clients=curl,ky:old&timeout=30&concurrency=0&autorun=1&rate=x&seed=-1&lang=de";
    let mut errors = params::parse(query).unwrap_err();
    assert!(errors.len() >= 13, "{errors:?}");
    errors.extend(params::parse("rounds=3&budget=5s").unwrap_err());
    errors.extend(params::parse("clients=ky,ky&lifecycle=reused&n=100000&rounds=1000").unwrap_err());
    for error in errors {
        let korean = (KO.problems.parameter)(&error);
        assert!(is_korean(&korean, &error.to_string()), "{korean}");
    }
    for line in ["x", "a b: c", "Cookie: a", "X-Name: 이름"] {
        let problem = header::read_lines(line).unwrap_err();
        let korean = (KO.problems.header)(&problem).replace("이름", "");
        assert!(is_korean(&korean, &problem.to_string()), "{korean}");
    }
}
