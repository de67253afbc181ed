//! In what order clients write parameters. No signature depends on it: all of them sort.

use serde::{Deserialize, Serialize};

use super::parameters::Parameter;

/// In what order parameters stand in a query or a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By name.
    #[default]
    Sorted,
    /// By name, but `Signature` before all others.
    SignatureFirst,
    /// By name, but `Signature` after all others.
    SignatureLast,
    /// The operation's own as they are given, among the common ones as SDKs on `tea` write them.
    Tea,
    /// The operation's own as they are given, then the common ones as `aliyun-python-sdk-core`
    /// writes them.
    PythonCore,
}

impl Order {
    /// Names of parameters in order, of which the empty one stands for all others.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Sorted => &[],
            Self::SignatureFirst => &["Signature", ""],
            Self::SignatureLast => &["", "Signature"],
            Self::Tea => &[
                "Action",
                "Format",
                "Version",
                "Timestamp",
                "SignatureNonce",
                "",
                "SecurityToken",
                "SignatureMethod",
                "SignatureVersion",
                "AccessKeyId",
                "Signature",
            ],
            Self::PythonCore => &[
                "",
                "SecurityToken",
                "Version",
                "Action",
                "Format",
                "RegionId",
                "Timestamp",
                "SignatureMethod",
                "SignatureType",
                "SignatureVersion",
                "SignatureNonce",
                "AccessKeyId",
                "Signature",
            ],
        }
    }

    /// Brings parameters into this order; the operation's own ones come as they are given.
    pub(super) fn arrange(self, parameters: &mut [(&str, &str)]) {
        if matches!(self, Self::Sorted | Self::SignatureFirst | Self::SignatureLast) {
            parameters.sort_unstable();
        }
        let names = self.names();
        if names.is_empty() {
            return;
        }
        let position = |name: &str| names.iter().position(|known| *known == name);
        let others = position("");
        parameters.sort_by_key(|(name, _)| position(name).or(others));
    }
}

/// Puts the last argument first. Entries of a list and members of a record stay in order.
pub(super) fn reverse(parameters: &mut [Parameter<'_>]) {
    parameters.sort_by(|(left, _), (right, _)| argument(right).cmp(argument(left)));
}

/// The argument that a parameter is a part of.
fn argument(key: &str) -> &str {
    key.split('.').next().unwrap_or_default()
}
