//! The keys of a target: name, what it takes, default, an example and what it means.

/// One key of `[target.NAME]`.
#[derive(Debug)]
pub struct Key {
    /// The dotted name. A part in capitals stands for any name: a role, or a header.
    pub name: &'static str,
    /// What its value is.
    pub takes: Takes,
    /// Its value if nothing else is said, as text.
    pub default: Option<&'static str>,
    /// An example, in TOML.
    pub example: &'static str,
    /// What it means.
    pub text: &'static str,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A text.
    Text,
    /// A file, relative to the file that names it.
    Path,
    /// A whole number from one bound to the other.
    Number(u64, u64),
    /// `true` or `false`.
    Flag,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of operations, of whatever API.
    Operations,
    /// A command: a text for the shell, or a list of words.
    Command,
    /// A text, or where a secret stands.
    TextOrSecret,
    /// Where a secret stands.
    Secret,
    /// A command or a request.
    Hook,
}

/// An hour in milliseconds: nothing is waited for longer.
const HOUR: u64 = 3_600_000;

macro_rules! keys {
    ($($name:literal, $takes:expr, $default:expr, $example:literal, $text:literal;)*) => {
        /// All keys, in the order in which they are shown.
        pub static KEYS: &[Key] = &[$(Key {
            name: $name, takes: $takes, default: $default, example: $example, text: $text,
        }),*];
    };
}

keys! {
    "url", Takes::Text, None, "\"http://127.0.0.1:8080\"",
        "Where the target listens. `{port}` is a free port, for `start`. Without it and with `start`: `http://127.0.0.1:{port}`.";
    "start", Takes::Command, None, "\"./my-server --port {port}\"",
        "A command that starts the target: a text for the shell, or a list of words. It is run where the file is, waited for until it listens, started again after a crash, and ended with its whole process group.";
    "wait", Takes::Number(1, HOUR), Some("30000"), "30000",
        "How long the command may take until it listens, in milliseconds.";
    "api", Takes::OneOf(&["alibaba", "aws"]), Some("alibaba"), "\"aws\"",
        "The API.";
    "documents", Takes::Texts, None, "[\"alibaba-disassociate-2026-03\"]",
        "The documents that the target follows. Without it the newest of each operation.";
    "edition", Takes::Text, None, "\"2026.1\"",
        "The edition of the suite that decides, with its levels and defaults: cases that it does not have are played and not scored. Without it all of this version.";
    "world", Takes::Path, None, "\"world.json\"",
        "The world around the target. Without it the embedded one.";
    "operations.absent", Takes::Operations, None, "[\"CreateResourceShare\"]",
        "Operations that the target does not have: cases that need them are unsupported, and nothing fails for it.";
    "operations.present", Takes::Operations, None, "[\"DisassociateResourceShare\"]",
        "The operations that the target has, instead of `operations.absent`: all others are declared absent. It is not asked for these before cases are played.";
    "identity", Takes::OneOf(&["keys", "headers", "single"]), Some("keys"), "\"headers\"",
        "How the target knows who calls: by access keys, by headers of its own (see `headers`), or not at all, as it has a `single` account.";
    "role", Takes::Text, Some("owner"), "\"owner\"",
        "The role of the one account, with `identity = \"single\"`.";
    "signing", Takes::OneOf(&["v3", "v2", "none"]), None, "\"v2\"",
        "The signature of requests: ACS3-HMAC-SHA256 in a header, HMAC-SHA1 in parameters, or none. Without it `v3` with `identity = \"keys\"`, else `none`.";
    "signatures", Takes::OneOf(&["checked", "unchecked"]), None, "\"checked\"",
        "Whether the target is meant to check signatures. Without it the start of a run finds out whether it does, and one that does not is not judged for that.";
    "headers.NAME", Takes::TextOrSecret, None, "\"{account}\"",
        "A header of every request. In its value `{role}`, `{account}` and `{key}` stand for role, account id and access key of the caller.";
    "roles.ROLE.key", Takes::Text, None, "\"LTAI5tExample\"",
        "The access key with which a role of the world calls, instead of the world's.";
    "roles.ROLE.secret", Takes::Secret, None, "{ env = \"OWNER_SECRET\" }",
        "Where the secret of that access key stands.";
    "roles.ROLE.token", Takes::Secret, None, "{ file = \"owner.token\" }",
        "Where the security token of that access key stands.";
    "roles.ROLE.headers.NAME", Takes::TextOrSecret, None, "{ env = \"OWNER_BEARER\" }",
        "A header of the requests of one role.";
    "host", Takes::Text, None, "\"resourcesharing.example.com\"",
        "The value of the header `host`. Without it what `url` says.";
    "path", Takes::Text, Some("/"), "\"/resourcesharing/\"",
        "The path at which the endpoint is served, exactly as it is to be requested. Signatures go over `/`, as the endpoint behind a prefix sees it.";
    "tls.ca", Takes::Path, None, "\"ca.pem\"",
        "A file of PEM certificates: the only authorities that are trusted. Without it those of the system.";
    "tls.certificate", Takes::Path, None, "\"client.pem\"",
        "A file with the client's certificate, PEM.";
    "tls.key", Takes::Path, None, "\"client.key\"",
        "A file with the private key of the client's certificate, PEM, if it is not in the same file.";
    "tls.insecure", Takes::Flag, Some("false"), "true",
        "Whether any certificate of the target will do. Every run says so.";
    "proxy", Takes::Text, None, "\"http://127.0.0.1:3128\"",
        "A proxy. Without it none is used, whatever the environment says.";
    "rate", Takes::Number(1, 1_000_000), None, "20",
        "How many requests may be sent in a second. Without it as many as the target answers.";
    "jobs", Takes::Number(1, 1024), Some("32"), "8",
        "How many requests may be in flight.";
    "timeout", Takes::Number(1, HOUR), Some("5000"), "5000",
        "How long to wait for an answer, in milliseconds.";
    "settle", Takes::Number(1, HOUR), Some("30000"), "30000",
        "How long to wait for transitions to end, in milliseconds.";
    "deadline", Takes::Number(1, HOUR), Some("600000"), "600000",
        "How long one case may take, in milliseconds. One that takes longer is inconclusive.";
    "hooks.reset", Takes::Hook, None, "{ command = \"./reset.sh\" }",
        "Takes the target back to how it was at its start. Used once, before a run.";
    "hooks.seed", Takes::Hook, None, "{ command = \"./seed.sh\" }",
        "Makes shares that calls cannot make: see below. Used once, before a run, after `hooks.reset`.";
    "hooks.clock", Takes::Hook, None, "{ post = \"/clock?forward={millis}\" }",
        "Puts the clock of the target forward by `{millis}` milliseconds.";
    "hooks.hold", Takes::Hook, None, "{ post = \"/transitions/hold\" }",
        "Stops transitions, until `hooks.release`.";
    "hooks.release", Takes::Hook, None, "{ post = \"/transitions/release\" }",
        "Lets transitions go on.";
}

impl Key {
    /// Whether a dotted path is one of this key.
    pub fn is(&self, path: &[String]) -> bool {
        self.parts().count() == path.len() && self.begins_with(path)
    }

    /// Whether a path is one of this key, or leads to one.
    pub fn begins_with(&self, path: &[String]) -> bool {
        let mut parts = self.parts();
        path.iter().all(|part| {
            parts.next().is_some_and(|each| is_placeholder(each) || each == part.as_str())
        })
    }

    /// Whether its name has no part that stands for others.
    pub fn is_plain(&self) -> bool {
        !self.parts().any(is_placeholder)
    }

    /// The parts of its name.
    pub fn parts(&self) -> impl Iterator<Item = &'static str> {
        self.name.split('.')
    }

    /// The environment variable that sets it, if there is one.
    pub fn variable(&self) -> Option<String> {
        let name = self.name.to_uppercase().replace('.', "_");
        self.is_plain().then(|| format!("SHARESPEC_{name}"))
    }
}

/// Whether a part of a name stands for any name.
pub fn is_placeholder(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The key of a dotted path.
pub fn key(path: &[String]) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.is(path))
}

/// The known name that is nearest to a text, if one is near at all.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance =
        |name: &str| strsim::damerau_levenshtein(&text.to_lowercase(), &name.to_lowercase());
    let near = known.into_iter().map(|name| (distance(name), name)).min()?;
    (near.0 <= near.1.len().max(text.len()).div_ceil(3)).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<String> {
        text.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn parts_in_capitals_stand_for_any_name() {
        assert_eq!(key(&path("roles.member-a.secret")).unwrap().name, "roles.ROLE.secret");
        assert_eq!(key(&path("headers.x-account")).unwrap().name, "headers.NAME");
        assert!(key(&path("roles.member-a")).is_none());
        assert!(key(&path("tls")).is_none());
        assert_eq!(key(&path("tls.ca")).unwrap().variable().unwrap(), "SHARESPEC_TLS_CA");
        assert!(key(&path("headers.x")).unwrap().variable().is_none());
    }

    #[test]
    fn the_nearest_name_is_found_only_if_it_is_near() {
        assert_eq!(nearest("tiemout", ["url", "timeout", "settle"]), Some("timeout"));
        assert_eq!(nearest("Url", ["url", "timeout"]), Some("url"));
        assert_eq!(nearest("colour", ["url", "timeout"]), None);
    }
}
