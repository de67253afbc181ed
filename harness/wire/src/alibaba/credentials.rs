//! What signing needs besides the call: who signs, and what makes a request unique.

use std::fmt;

/// Who signs. Neither the secret nor the token is shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name of the access key.
    pub access_key_id: String,
    /// The secret of the access key.
    pub access_key_secret: String,
    /// The token of temporary credentials.
    pub security_token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .field("access_key_secret", &"***")
            .field("security_token", &self.security_token.as_ref().map(|_| "***"))
            .finish()
    }
}

/// What makes a request unique: when, where to, and a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The time in milliseconds since 1970.
    pub now_millis: i64,
    /// The nonce.
    pub nonce: &'a str,
    /// The value of the header `host`.
    pub host: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_secret_and_token() {
        let credentials = Credentials {
            access_key_id: "id".to_owned(),
            access_key_secret: "hidden".to_owned(),
            security_token: Some("hidden".to_owned()),
        };
        let shown = format!("{credentials:?}");
        assert!(shown.contains("id") && !shown.contains("hidden"), "{shown}");
    }
}
