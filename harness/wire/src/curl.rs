//! A request as a shell command that sends it again.

use crate::http::{Request, header};

/// One line for a shell that sends `request` to `base_url` with curl, byte for byte.
///
/// Everything is quoted, curl expands nothing, and headers that curl would add are switched off.
/// A body that a shell cannot hold as an argument is piped. Characters that no header can hold
/// are dropped from headers, and line breaks from the target.
pub fn curl(request: &Request, base_url: &str) -> String {
    let mut command = String::with_capacity(256 + request.target.len() + request.body.len());
    let piped = !request.body.is_empty() && !is_argument(&request.body);
    if piped {
        command.push_str("printf '%b' '");
        push_octal(&mut command, &request.body);
        command.push_str("' | ");
    }
    command.push_str("curl --globoff --path-as-is --silent --show-error --include --request ");
    push_quoted(&mut command, &request.method);
    for (name, value) in &request.headers {
        command.push_str(" --header ");
        push_quoted(&mut command, &header_argument(name, value));
    }
    for name in ["accept", "user-agent", "content-type"] {
        if header(&request.headers, name).is_none() {
            command.push_str(" --header ");
            push_quoted(&mut command, &format!("{name}:"));
        }
    }
    if piped {
        command.push_str(" --data-binary @-");
    } else if !request.body.is_empty() || request.method == "POST" {
        command.push_str(" --data-binary ");
        push_quoted(&mut command, &String::from_utf8_lossy(&request.body));
    }
    command.push_str(" --url ");
    push_quoted(&mut command, &url(base_url, &request.target));
    command
}

fn url(base_url: &str, target: &str) -> String {
    let slash = if target.starts_with('/') { "" } else { "/" };
    format!("{}{slash}{target}", base_url.trim_end_matches('/'))
}

/// The argument for a header; curl wants a semicolon to send one without a value, and reads a
/// file if the argument begins with `@`.
fn header_argument(name: &str, value: &str) -> String {
    let name: String = name.chars().filter(|character| is_token(*character)).collect();
    match value.trim().is_empty() {
        true => format!("{name};"),
        false => format!("{name}: {value}"),
    }
}

fn is_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

/// Whether a body can be an argument: text without control characters that curl does not take
/// for the name of a file.
fn is_argument(body: &[u8]) -> bool {
    match std::str::from_utf8(body) {
        Ok(text) => !text.starts_with('@') && !text.chars().any(char::is_control),
        Err(_) => false,
    }
}

/// Appends `text` in single quotes, without control characters.
fn push_quoted(out: &mut String, text: &str) {
    out.push('\'');
    for character in text.chars().filter(|character| !character.is_control()) {
        match character {
            '\'' => out.push_str("'\\''"),
            other => out.push(other),
        }
    }
    out.push('\'');
}

/// Appends every byte as `\0` and three octal digits, which `printf '%b'` reads.
fn push_octal(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        out.push_str("\\0");
        for shift in [6, 3, 0] {
            out.push(char::from(b'0' + ((byte >> shift) & 7)));
        }
    }
}
