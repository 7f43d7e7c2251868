//! Korean.

use crate::words::{Side, Tag, Text, client_word};
use fetchmark_core::scenario::{
    factors::{Connection, Lifecycle, Pacing, Thread},
    params::Language,
};

mod answer;
mod causes;
mod charts;
mod check;
mod export;
mod findings;
mod form;
mod headline;
mod kept;
mod problems;
mod refusal;
mod results;
mod run;
mod validity;

pub(crate) use refusal::refusal;

/// Korean.
pub static KO: Text = Text {
    speaks: Language::Korean,
    locale: "ko",
    name: "Fetchmark",
    title: "Fetchmark: 이 브라우저에서 HTTP는 얼마나 빠를까?",
    promise: "이 브라우저에서 HTTP는 얼마나 빠를까요? 재사용하는 클라이언트와 요청마다 새로 만드는 클라이언트를 비교합니다.",
    skip: "설정으로 건너뛰기",
    language: "언어",
    form: form::FORM,
    built: form::built,
    request: form::REQUEST,
    options: form::OPTIONS,
    link_errors: form::LINK_ERRORS,
    check: check::CHECK,
    run: run::RUN,
    headline: headline::HEADLINE,
    answer: answer::ANSWER,
    lifecycles: results::LIFECYCLES,
    results: results::RESULTS,
    charts: charts::CHARTS,
    ranking: results::RANKING,
    validity: validity::VALIDITY,
    export: export::EXPORT,
    kept: kept::KEPT,
    comparison: kept::COMPARISON,
    tag_word,
    comma: ", ",
};

fn tag_word(tag: &Tag) -> String {
    match tag {
        Tag::Client(name, runtime) => client_word(name, *runtime, "Python"),
        Tag::Lifecycle(lifecycle) => lifecycle_word(*lifecycle).to_owned(),
        Tag::Connection(Connection::Warm) => "웜 연결".to_owned(),
        Tag::Connection(Connection::Cold) => "콜드 연결".to_owned(),
        Tag::Pace { pacing: Pacing::Sequential, .. } => "순차".to_owned(),
        Tag::Pace { pacing: Pacing::Concurrent, concurrency, .. } => format!("동시 {concurrency}개"),
        Tag::Pace { pacing: Pacing::Rate, rate_per_second, .. } => {
            format!("초당 {}개", rate_per_second.unwrap_or_default())
        }
        Tag::Thread(Thread::Worker) => "워커에서".to_owned(),
        Tag::Thread(Thread::Main) => "메인 스레드에서".to_owned(),
        Tag::Again => "한 번 더".to_owned(),
        Tag::Of(Side::Before) => "이전".to_owned(),
        Tag::Of(Side::Now) => "지금".to_owned(),
    }
}

fn lifecycle_word(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Reused => KO.form.lifecycle[0],
        Lifecycle::Fresh => KO.form.lifecycle[1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{en::EN, words::FieldProblem};
    use fetchmark_core::{
        compare::{Reason, Verdict},
        report::{
            failure_cause::Cause,
            validity::{Finding, FindingCode, Severity},
        },
        request::header,
        samples::{label::Evidence, sample::ErrorClass},
        scenario::{client::Client, factors::Credentials, params, preset::Preset},
        target_check::{CheckCode, CheckFinding, Fix, Mark, Topic, server_lines::Server},
    };

    fn is_korean(words: &str) -> bool {
        words.chars().any(|character| ('가'..='힣').contains(&character))
    }

    #[test]
    fn every_finding_reason_and_failure_is_said_in_korean() {
        for &code in FindingCode::ALL {
            let finding = Finding { code, severity: Severity::Note, variant: None, count: 3, detail: None };
            let said = (KO.validity.finding)(&finding, "3");
            assert!(is_korean(&said) && said != (EN.validity.finding)(&finding, "3"), "{said}");
        }
        for &reason in Reason::ALL {
            assert!(is_korean((KO.answer.reason)(reason)), "{reason}");
        }
        assert!(Verdict::ALL.iter().all(|&verdict| is_korean((KO.answer.verdict)(verdict))));
        assert!(Evidence::ALL.iter().all(|&evidence| is_korean((KO.validity.evidence_word)(evidence))));
        assert!(Preset::ALL.iter().all(|&preset| is_korean((KO.form.preset)(preset).1)));
    }

    #[test]
    fn every_cause_has_its_sentence_in_both_languages() {
        let booleans = [false, true];
        let mut causes: Vec<Cause> = ErrorClass::ALL.iter().map(|class| Cause::Class(*class)).collect();
        causes.extend([
            Cause::NoneForThePage,
            Cause::NoneForPython,
            Cause::NoneForCold,
            Cause::NoneThoughListening,
            Cause::NothingListens,
            Cause::LateAmongAnswers,
        ]);
        causes.extend(booleans.map(|may_have_broken_off| Cause::NoneAmongAnswers { may_have_broken_off }));
        causes.extend(booleans.map(|is_local| Cause::NoneUntold { is_local }));
        causes.extend(booleans.map(|is_local| Cause::LateUntold { is_local }));
        for cause in causes {
            let (english, korean) = ((EN.answer.cause)(cause), (KO.answer.cause)(cause));
            assert!(english.ends_with('.') && korean.ends_with('.'), "{english} {korean}");
            assert!(is_korean(&korean), "{korean}");
        }
    }

    #[test]
    fn the_request_s_own_fields_speak_korean() {
        for client in Client::all() {
            for &lifecycle in Lifecycle::ALL {
                let said = (KO.built)(client, lifecycle);
                assert!(is_korean(said), "{}: {said}", client.name());
            }
        }
        for &credentials in Credentials::ALL {
            let (name, meaning) = (KO.request.credentials)(credentials);
            assert!(is_korean(name) && is_korean(meaning), "{credentials}");
        }
        for line in ["x", "a b: c", "Cookie: a", "X-Name: 이름"] {
            let problem = header::read_lines(line).unwrap_err();
            assert!(is_korean(&(KO.request.header_problem)(&problem).replace("이름", "")), "{line}");
        }
        assert!(is_korean(&(KO.request.body_kept)("GET")));
    }

    #[test]
    fn every_word_of_the_target_check_is_korean() {
        for &code in CheckCode::ALL {
            let finding = CheckFinding::new(Topic::Cors, code).with("x");
            let said = (KO.check.sentence)(&finding);
            assert!(is_korean(&said) && said != (EN.check.sentence)(&finding), "{code}: {said}");
            assert!(!(EN.check.sentence)(&finding).is_empty(), "{code}");
        }
        assert!(Topic::ALL.iter().all(|&topic| is_korean((KO.check.topic)(topic))));
        assert!(Mark::ALL.iter().all(|&mark| is_korean((KO.check.mark)(mark))));
        for &fix in Fix::ALL {
            assert!(is_korean((KO.check.lines)(fix)), "{fix}");
            assert!(Server::ALL.iter().all(|&server| is_korean((KO.check.place)(server, fix))), "{fix}");
        }
        for (problems, notes) in [(0, 0), (0, 1), (2, 1)] {
            assert!(is_korean(&(KO.check.summary)(problems, notes)));
        }
        assert!(is_korean(&(KO.check.not_loaded)("x")));
    }

    #[test]
    fn every_slip_of_a_link_is_told_in_korean() {
        let query = "header=x&credentials=all&n=0&n=5&color=blue&rounds=ten&clients=curl,ky:old&timeout=30&concurrency=0&autorun=1&rate=x&seed=-1&lang=de";
        let errors = params::parse(query).unwrap_err();
        assert!(errors.len() >= 13, "{errors:?}");
        for error in errors.iter().chain(&params::parse("rounds=3&budget=5s").unwrap_err()) {
            assert!(is_korean(&(KO.link_errors.error)(error)), "{error}");
        }
        for error in params::parse("clients=ky,ky&lifecycle=reused&n=100000&rounds=1000").unwrap_err() {
            assert!(is_korean(&(KO.link_errors.error)(&error)), "{error}");
        }
        assert!(is_korean(&(KO.form.field_problem)(&FieldProblem::InFlight { high: 256 })));
    }
}
