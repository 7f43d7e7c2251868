use super::*;
use crate::request::target::Target;

#[test]
fn secrets_are_known_by_their_names() {
    let secrets = "Authorization proxy-authorization Cookie X-Api-Key X-Amz-Security-Token apikey api_key \
        X-Amz-Signature sig sessionId client_secret userPassword X-Auth JWT authToken X-Authorisation PHPSESSID \
        csrfmiddlewaretoken bearer db_pass pw creds userPwd urlSig";
    for name in secrets.split_whitespace() {
        assert!(is_secret_name(name), "{name}");
    }
    let harmless = "Accept Content-Type X-Request-Id keyword author design n spider path bypass passenger urlSignal \
        authority power";
    for name in harmless.split_whitespace() {
        assert!(!is_secret_name(name), "{name}");
    }
}

#[test]
fn an_address_keeps_all_but_its_secrets() {
    for (given, shown) in [
        ("https://me:pw@h.example/a?x=1", "https://•••@h.example/a?x=1"),
        ("/lab/ping?token=abc&n={n}&api%5Fkey=x%20y#frag", "/lab/ping?token=•••&n={n}&api%5Fkey=•••#frag"),
        ("me:pw@hub.example:4444/wd/hub", "•••@hub.example:4444/wd/hub"),
        ("img@2x.png", "img@2x.png"),
        ("https://h/?sig=a=b", "https://h/?sig=•••"),
        ("https://h/x#access_token=abc", "https://h/x#access_token=•••"),
        ("https://h/?token=&token", "https://h/?token=&token"),
        ("data:text/plain,a?token=b", "data:text/plain,a?token=b"),
        ("/go?next=https%3A%2F%2Fh%2F%3Ftoken%3Dabc&to=%2Fa%3Fb%3D1", "/go?next=•••&to=%2Fa%3Fb%3D1"),
        ("https://한국.kr/?비밀=1&Ключ-token=2", "https://한국.kr/?비밀=1&Ключ-token=•••"),
    ] {
        assert_eq!(address(given), shown);
        assert_eq!(address(shown), shown, "once is enough");
    }
}

fn requested() -> Target {
    Target {
        url: "https://h.example/?key=K1234&page=2".into(),
        headers: vec![("authorization".into(), "Bearer T1234".into()), ("Accept".into(), "*/*".into())],
        body: Some("{\"user\": \"me\", \"password\": \"P1234\"}".into()),
        ..Target::default()
    }
}

#[test]
fn what_was_taken_out_is_put_back_by_its_name() {
    let clear = requested();
    let masked = target(&clear);
    assert_eq!(restored(&masked, &clear), clear);
    let other = Target { headers: vec![("Authorization".into(), "T".into())], ..Target::default() };
    let other = Target { url: "HTTPS://h.example/".into(), ..other };
    let put_back = restored(&masked, &other);
    assert_eq!((put_back.headers[0].1.as_str(), &put_back.url), ("T", &masked.url));
    assert_eq!(restored(&clear, &other), clear, "what is there stays");
}

#[test]
fn nothing_is_put_back_where_another_server_would_get_it() {
    let from = |url: &str, cold: Option<&str>| Target {
        url: url.into(),
        cold_url: cold.map(Into::into),
        headers: vec![("Authorization".into(), "T1234".into())],
        ..Target::default()
    };
    let is_put_back = |to: (&str, Option<&str>), of: (&str, Option<&str>)| {
        let kept = target(&from(to.0, to.1));
        restored(&kept, &from(of.0, of.1)) != kept
    };
    let a = ("https://a.example/x?token=abc", None);
    for same in [("https://a.example", None), ("https://me@A.example/y", Some("https://a.example/cold")), a] {
        assert!(is_put_back(same, a), "{same:?}");
    }
    assert!(is_put_back(("/lab/ping", None), ("", None)));
    for other in [
        ("https://b.example/x?token=abc", None),
        ("http://a.example/", None),
        ("https://a.example:8443/", None),
        ("//a.example/", None),
        ("https:a.example", None),
        ("/x", None),
        ("https://a.example/", Some("https://b.example/")),
    ] {
        assert!(!is_put_back(other, a), "{other:?}");
    }
    assert!(!is_put_back((r"\\b.example/", None), ("/x", None)));
}

#[test]
fn secrets_of_other_texts_are_hidden_as_well() {
    let secrets = Secrets::default()
        .and(Place::Body, r#"{"cloud:options":{"accessKey":"K1234","user":"me","keyLog":true}}"#)
        .and(Place::Address, "https://admin:s3cret@hub.example/?token=T1234")
        .and(Place::Header, "s3cret");
    let said = secrets.hide(r#"No session (K1234, s3cret, T1234) for {"accessKey": "K", "os": true}"#);
    assert_eq!(said, r#"No session (•••, •••, •••) for {"accessKey": "•••", "os": true}"#);
}

#[test]
fn what_differs_is_named_and_so_is_what_cannot_be_told() {
    let one = requested();
    let mut other = one.clone();
    other.headers[0].1 = "Bearer other".into();
    let [one, other, kept] = [&one, &other, &target(&one)].map(Secrets::of);
    let named = |(differ, unknown): (Vec<&SecretName>, Vec<&SecretName>)| {
        [differ, unknown].map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(named(one.compared(&other)), ["the header authorization", ""]);
    assert_eq!(named(one.compared(&one)), ["", ""]);
    let all = "the header authorization, the parameter key of the address, the field password of the body";
    assert_eq!(named(one.compared(&kept)), ["", all]);
    assert_eq!(named(kept.compared(&kept)), ["", all]);
    assert!(!format!("{one:?}").contains("1234"));
}

#[test]
fn texts_of_others_are_cleaned_too() {
    let secrets = Secrets::of(&requested());
    for (text, cleaned) in [
        ("T1234, Bearer T1234", "•••, •••"),
        ("Failed: http://x/?a=1&sig=zz (404)", "Failed: http://x/?a=1&sig=••• (404)"),
        ("nothing of it", "nothing of it"),
    ] {
        assert_eq!(secrets.hide(text), cleaned);
    }
}

#[test]
fn a_header_line_with_a_slip_shows_no_secret() {
    for (line, shown) in [
        ("Authorization Bearer abc", "Authorization •••"),
        ("Authorization Basic user:pw", "Authorization •••"),
        ("X-Id=abc:d", "X-Id •••"),
        (" X-Api-Key: é•", "X-Api-Key: •••"),
        ("X-Upstream: bearer eyJ0", "X-Upstream: •••"),
        ("Accept: x", "Accept: x"),
        ("Accept", "Accept"),
        ("eyJhbGciOiJIUzI1NiIsIn", "•••"),
    ] {
        assert_eq!(header_line(line), shown);
    }
}

#[test]
fn secrets_under_harmless_header_names_are_masked_too() {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let headers = vec![
        header("X-Original-URL", "https://app/?a=1&access_token=abc"),
        header("X-Upstream", "Basic dTpw"),
        header("X-Plain", "https://app/?a=1"),
        header("Accept", "text/html;q=0.9, */*;q=0.1"),
    ];
    let clear = Target { headers, ..Target::default() };
    let masked = target(&clear);
    let shown: Vec<&str> = masked.headers.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(shown, [MARK, MARK, "https://app/?a=1", "text/html;q=0.9, */*;q=0.1"]);
    assert_eq!(Secrets::of(&clear).restored(&masked), clear);
    let [clear, masked] = [&clear, &masked].map(Secrets::of);
    assert_eq!(clear.compared(&masked).1.len(), 2, "whether they differ is unknown");
}
