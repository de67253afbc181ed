//! Why a target cannot be judged at all, and what to do about it.

/// Why a target cannot be judged at all.
#[derive(Debug, thiserror::Error)]
pub enum PreflightError {
    /// Nothing answers.
    #[error("{url} cannot be reached: {reason}")]
    Unreachable {
        /// The target.
        url: String,
        /// What happened.
        reason: String,
    },
    /// It wants TLS.
    #[error("{url} wants TLS")]
    Tls {
        /// The target.
        url: String,
    },
    /// What answers is not this API.
    #[error("{url} answers, but not as this API does: {reason}")]
    NotThisApi {
        /// The target.
        url: String,
        /// What came.
        reason: String,
    },
    /// The keys of the world are not known.
    #[error("{url} does not know the access key of `{role}`: {answer}")]
    Keys {
        /// The target.
        url: String,
        /// The role.
        role: String,
        /// What came.
        answer: String,
    },
    /// The clocks are too far apart for signatures.
    #[error("{url} refuses the time of requests: {answer}")]
    Clock {
        /// The target.
        url: String,
        /// What came.
        answer: String,
    },
    /// The resources or accounts of the world are not known.
    #[error("{url} does not know what the world holds: {answer}")]
    World {
        /// The target.
        url: String,
        /// What came.
        answer: String,
    },
}

impl PreflightError {
    /// What to do next: the line to write in `sharespec.toml`, if there is one.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreachable { reason, .. } if reason.contains("certificate") => {
                "write `tls.ca = \"FILE\"` with the authority's certificate, or, if any certificate will do, \
                 `tls.insecure = true`; `tls.certificate = \"FILE\"` if the target wants one of the client"
            }
            Self::Unreachable { .. } => {
                "start the server, correct `url`, or write `start = \"COMMAND\"` to have it started; \
                 `sharespec serve` starts the reference implementation"
            }
            Self::Tls { .. } => "write `url = \"https://…\"`",
            Self::NotThisApi { .. } => {
                "write the URL at which the RPC endpoint itself is served, such as \
                 `url = \"http://127.0.0.1:8080\"`, and `path = \"/PREFIX/\"` if it is served below one"
            }
            Self::Keys { .. } => {
                "write the keys that the server knows: `roles.ROLE.key = \"ID\"` and \
                 `roles.ROLE.secret = { env = \"NAME\" }`; or `identity = \"headers\"`, or \
                 `identity = \"single\"` if it has one account; `signing = \"v3\"` or `\"v2\"` if \
                 signatures are wanted; or load the world of `sharespec world init` \
                 into the server, or describe the server's own with `world = \"world.json\"`"
            }
            Self::Clock { .. } => "set the clock of the server, or of this machine",
            Self::World { .. } => {
                "write a world file with the accounts and resources that the server has: \
                 `sharespec world init > world.json`, then `world = \"world.json\"`"
            }
        }
    }

    /// Whether the target, and not the configuration, is the reason.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }
}
