//! The texts that name things: ARNs and principals.

/// The parts of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The service, such as `ram`.
    pub service: &'a str,
    /// The region; empty if there is none.
    pub region: &'a str,
    /// The account; empty if there is none.
    pub account: &'a str,
    /// What follows.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Reads an ARN: six parts, of which the service and the resource are not empty.
    pub fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
        let partition = parts.next()?;
        let arn = Self {
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        let whole = !partition.is_empty() && !arn.service.is_empty() && !arn.resource.is_empty();
        let clean = !text.chars().any(char::is_whitespace);
        (whole && clean).then_some(arn)
    }
}

/// Whether a text is the id of an account: twelve digits.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The kinds of texts that name principals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The id of an account.
    Account,
    /// An organization.
    Organization,
    /// An organizational unit.
    Unit,
    /// A role or a user.
    Identity,
    /// A service.
    Service,
    /// The ARN of a user as it is printed, without its last colon.
    PrintedUser,
}

/// The form of the text that names a principal; none if it is none of the documented ones.
pub fn principal(text: &str) -> Option<Form> {
    if is_account(text) {
        return Some(Form::Account);
    }
    if is_printed_user(text) {
        return Some(Form::PrintedUser);
    }
    if let Some(arn) = Arn::read(text) {
        let (kind, rest) = arn.resource.split_once('/')?;
        let named = !rest.is_empty() && is_account(arn.account) && arn.region.is_empty();
        return match (arn.service, kind) {
            _ if !named => None,
            ("organizations", "organization") => {
                rest.starts_with("o-").then_some(Form::Organization)
            }
            ("organizations", "ou") => {
                let (organization, unit) = rest.split_once('/')?;
                let fits = organization.starts_with("o-") && unit.starts_with("ou-");
                fits.then_some(Form::Unit)
            }
            ("iam", "role" | "user") => Some(Form::Identity),
            _ => None,
        };
    }
    let service = text.strip_suffix(".amazonaws.com").is_some_and(|name| !name.is_empty());
    service.then_some(Form::Service)
}

/// Whether a text is `arn:aws:iam::123456789012user/name`, as one document prints it.
fn is_printed_user(text: &str) -> bool {
    let rest = text.strip_prefix("arn:aws:iam::").unwrap_or_default();
    rest.split_once("user/").is_some_and(|(account, name)| is_account(account) && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_forms_of_principals_are_known() {
        let forms = [
            ("123456789012", Some(Form::Account)),
            (
                "arn:aws:organizations::123456789012:organization/o-exampleorgid",
                Some(Form::Organization),
            ),
            (
                "arn:aws:organizations::123456789012:ou/o-exampleorgid/ou-examplerootid-exampleouid123",
                Some(Form::Unit),
            ),
            ("arn:aws:iam::123456789012:role/rolename", Some(Form::Identity)),
            ("arn:aws:iam::123456789012:user/username", Some(Form::Identity)),
            ("arn:aws:iam::123456789012user/username", Some(Form::PrintedUser)),
            ("pca-connector-ad.amazonaws.com", Some(Form::Service)),
            ("12345678901", None),
            ("arn:aws:iam::123456789012:group/x", None),
            ("someone", None),
        ];
        for (text, form) in forms {
            assert_eq!(principal(text), form, "{text}");
        }
    }
}
