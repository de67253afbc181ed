//! Requests for people: no secret is left, and a shell sends the same bytes.

use std::process::Command;

use proptest::prelude::*;
use sharespec_wire::alibaba::{Credentials, Form, encode};
use sharespec_wire::http::{Request, header};
use sharespec_wire::{curl, redact};

use crate::support::{credentials, sample, stamp, text};

const TOKEN: &str = "token +/=秘";

fn signed(form: &Form) -> Request {
    let token = Some(TOKEN.to_owned());
    encode(&sample(), form, &Credentials { security_token: token, ..credentials() }, &stamp())
}

/// Everything that a request holds, as one text.
fn all(request: &Request) -> String {
    let headers: String =
        request.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{}\n{headers}\n{}", request.target, String::from_utf8_lossy(&request.body))
}

#[test]
fn signatures_and_tokens_are_masked_in_every_form() {
    for (name, form) in Form::presets() {
        let request = signed(&form());
        let shown = all(&redact(&request, &[]));
        let whole = all(&request);
        for piece in whole.split(['&', ',', '\n']) {
            if let Some(signature) = piece.strip_prefix("Signature=") {
                assert!(!shown.contains(signature), "{name} {shown}");
            }
        }
        assert!(shown.contains("Signature=***"), "{name} {shown}");
        let written = ["token ", "token+", "token%20", "秘", "%E7%A7%98"];
        assert!(written.iter().all(|token| !shown.contains(token)), "{name} {shown}");
        assert!(written.iter().any(|token| whole.contains(token)), "{name} {whole}");
        assert!(shown.contains("LTAI_DUMMY_ID") && shown.contains("Disassociate"), "{shown}");
        assert_eq!(redact(&redact(&request, &[]), &[]), redact(&request, &[]));
    }
}

#[test]
fn literal_secrets_are_masked_however_they_are_written() {
    let request = Request {
        method: "POST".to_owned(),
        target: "/?a=se+cr%2fet&a=se%20cr%2fet&b=se%20cr%2Fet&b=se+cr%2Fet&%53ignature=x&c=se%2520cr%252Fet".to_owned(),
        headers: vec![
            ("authorization".to_owned(), "Basic c2U=".to_owned()),
            ("x-note".to_owned(), "the se cr/et is out".to_owned()),
        ],
        body: b"\xffse cr/et\xff".to_vec(),
    };
    let shown = redact(&request, &["se cr/et", ""]);
    assert_eq!(shown.target, "/?a=***&a=***&b=***&b=***&%53ignature=***&c=***");
    assert_eq!(header(&shown.headers, "authorization"), Some("***"));
    assert_eq!(header(&shown.headers, "x-note"), Some("the *** is out"));
    assert_eq!(shown.body, b"\xff***\xff");
}

#[test]
fn commands_are_one_line_and_switch_defaults_off() {
    let command = curl(&signed(&Form::preset("tea-rpc-go").unwrap()), "http://127.0.0.1:8080/");
    assert!(!command.contains('\n'));
    assert!(command.contains(" --header 'user-agent:'") && command.contains("'accept:'"));
    assert!(command.contains(" --data-binary 'ResourceArns.1="), "{command}");
    assert!(command.contains("--url 'http://127.0.0.1:8080/?AccessKeyId="), "{command}");
    let empty = curl(&signed(&Form::default()), "http://h");
    assert!(empty.contains("--data-binary ''"), "{empty}");
    let bare = Request {
        method: "GET".to_owned(),
        headers: vec![("x-empty".to_owned(), String::new()), ("@a\n".to_owned(), "b".to_owned())],
        ..Request::default()
    };
    let command = curl(&bare, "http://h");
    assert!(command.contains("--header 'x-empty;' --header 'a: b'"), "{command}");
    assert!(!command.contains("--data"), "{command}");
    let file = Request { method: "POST".to_owned(), body: b"@/a".to_vec(), ..Request::default() };
    let command = curl(&file, "http://h");
    assert!(command.starts_with("printf '%b' '\\0100\\0057\\0141' | curl "), "{command}");
    assert!(command.contains("--data-binary @- --url 'http://h/'"), "{command}");
}

/// What a shell makes of a command whose `curl` writes its arguments and its input.
fn run(command: &str) -> (Vec<String>, Vec<u8>) {
    let script = format!(
        "curl() {{ for argument in \"$@\"; do printf '%s\\n' \"$argument\"; done; \
         case \" $* \" in *' @- '*) printf '\\001'; cat;; esac; }}; {command}"
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut halves = output.stdout.splitn(2, |byte| *byte == 1);
    let arguments = String::from_utf8(halves.next().unwrap().to_vec()).unwrap();
    let input = halves.next().unwrap_or_default().to_vec();
    (arguments.lines().map(str::to_owned).collect(), input)
}

fn after<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let position = arguments.iter().position(|argument| argument == name)?;
    arguments.get(position + 1).map(String::as_str)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_shell_sees_the_same_bytes(
        value in text(),
        body in prop_oneof![text().prop_map(String::into_bytes), any::<[u8; 12]>().prop_map(Vec::from)],
    ) {
        let value: String = value.chars().filter(|character| !character.is_control()).collect();
        let value = value.trim().to_owned();
        let request = Request {
            method: "POST".to_owned(),
            target: format!("/?a={value}"),
            headers: vec![("x-note".to_owned(), format!("v{value}"))],
            body: body.clone(),
        };
        let (arguments, input) = run(&curl(&request, "http://h"));
        let header = format!("x-note: v{value}");
        let url = format!("http://h/?a={value}");
        prop_assert_eq!(after(&arguments, "--header"), Some(header.as_str()));
        prop_assert_eq!(after(&arguments, "--url"), Some(url.as_str()));
        match after(&arguments, "--data-binary") {
            Some("@-") => prop_assert_eq!(input, body),
            Some(argument) => prop_assert_eq!(argument.as_bytes(), body.as_slice()),
            None => prop_assert!(false, "no body in {:?}", arguments),
        }
    }
}
