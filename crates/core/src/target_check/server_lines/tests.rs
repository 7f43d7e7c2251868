use super::*;
use crate::request::target::Method;

const ORIGIN: &str = "https://page.example";

fn asked(target: &Target) -> CheckContext<'_> {
    CheckContext { origin: ORIGIN, is_cross_origin: true, target }
}

#[test]
fn every_server_has_lines_for_every_change_and_this_origin() {
    let target = Target::default();
    for &server in Server::ALL {
        for &fix in Fix::ALL {
            let lines = server_lines(server, fix, asked(&target));
            assert!(lines.ends_with('\n') && lines.len() >= 10, "{server}, {fix}: {lines}");
            let names_origin = !matches!(fix, Fix::KeepAlive | Fix::NoStore | Fix::PreflightAge | Fix::Http2);
            assert_eq!(lines.contains(ORIGIN), names_origin, "{server}, {fix}: {lines}");
            assert_eq!(lines.contains("no-store"), fix == Fix::NoStore, "{server}, {fix}: {lines}");
            assert_eq!(lines.contains("600"), fix == Fix::PreflightAge, "{server}, {fix}: {lines}");
            let depth = |open, close| lines.matches(open).count() == lines.matches(close).count();
            assert!(depth("{", "}") && depth("(", ")") && depth("[", "]"), "{server}, {fix}: {lines}");
        }
        let here = CheckContext { is_cross_origin: false, ..asked(&target) };
        assert!(!server_lines(server, Fix::ColdAddress, here).contains(ORIGIN), "{server}");
    }
}

#[test]
fn what_a_browser_asks_for_is_allowed_by_name() {
    let target = Target {
        method: Method::Put,
        headers: vec![
            ("X-Key".into(), "1".into()),
            ("x$odd".into(), "1".into()),
            ("x-key".into(), "2".into()),
        ],
        credentials: Credentials::Include,
        ..Target::default()
    };
    for &server in Server::ALL {
        let lines = server_lines(server, Fix::Cors, asked(&target));
        for part in ["PUT", "x-key", "redentials", "600"] {
            assert!(lines.contains(part), "{server}, {part}: {lines}");
        }
        assert!(!lines.contains("odd") && lines.matches("x-key").count() == 1, "{server}: {lines}");
    }
    let expected = "add_header Access-Control-Allow-Origin \"https://page.example\" always;\n\
                    add_header Access-Control-Allow-Credentials \"true\" always;\n\
                    if ($request_method = OPTIONS) {\n    \
                    add_header Access-Control-Allow-Origin \"https://page.example\" always;\n    \
                    add_header Access-Control-Allow-Credentials \"true\" always;\n    \
                    add_header Access-Control-Allow-Methods \"PUT\" always;\n    \
                    add_header Access-Control-Allow-Headers \"x-key\" always;\n    \
                    add_header Access-Control-Max-Age \"600\" always;\n    \
                    return 204;\n}\n";
    assert_eq!(server_lines(Server::Nginx, Fix::Cors, asked(&target)), expected);
}

#[test]
fn a_page_from_a_file_has_no_origin_to_name() {
    let target = Target::default();
    let from_file = CheckContext { origin: "null", ..asked(&target) };
    for &server in Server::ALL {
        for fix in [Fix::Cors, Fix::Timing, Fix::ColdAddress] {
            assert!(!server_lines(server, fix, from_file).contains("null"), "{server}, {fix}");
        }
    }
    let target = Target { credentials: Credentials::Include, ..target };
    let from_file = CheckContext { origin: "null", ..asked(&target) };
    assert!(server_lines(Server::Nginx, Fix::Cors, from_file).contains("\"null\""));
}
