//! From bytes to requests, in three tiers: texts as they stand, requests put together piece by
//! piece, and requests of a known client that are changed in a few places.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value};
use sharespec_model::call::{Arguments, Call};
use sharespec_wire::alibaba::{Credentials, Form, Stamp, encode};
use sharespec_wire::http::Request;

use crate::message;

/// The secret of the holder. No seed is signed with it.
pub const SECRET: &str = "the-holder-alone-knows-this";

/// When every request is signed.
pub const NOW: i64 = 1_795_277_263_000;

const OPERATIONS: &[&str] = &[
    "DisassociateResourceShare",
    "AssociateResourceShare",
    "CreateResourceShare",
    "ListResourceShareAssociations",
    "DeleteResourceShare",
    "NoSuchOperation",
];

const TEXTS: &[&str] =
    &["ResourceShareId", "ResourceOwner", "AssociationType", "MaxResults", "NextToken", "Odd"];

const LISTS: &[&str] = &["Targets", "Resources", "ResourceArns", "ResourceShareIds", "Tag"];

const FIELDS: &[&str] = &["ResourceId", "ResourceType", "TargetId", "Property", "Key"];

const VALUES: &[&str] = &[
    "",
    "rs-6GRmdD3X1234",
    "1720505253000002",
    "vsw-bp1p01aa9x",
    "VSwitch",
    "acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-bp1p01aa9x",
    "Self",
    "a b+c%20&=*'()!~",
    "\u{963f}\u{e9}\n\0",
];

const HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-type",
    "host",
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-nonce",
    "x-acs-version",
    "x-other",
];

const HEADER_VALUES: &[&str] = &[
    "",
    "2020-01-10",
    "DisassociateResourceShare",
    "LTAIOWNER0000001",
    "application/json",
    "text/xml",
    "application/x-www-form-urlencoded",
    "2026-11-21T16:07:43Z",
    "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host,Signature=00",
    "ACS3-HMAC-SM3 Credential=id,SignedHeaders=host,Signature=00",
];

const PAIRS: &[&str] = &[
    "Action=DisassociateResourceShare",
    "Version=2020-01-10",
    "AccessKeyId=id",
    "Format=XML",
    "Signature=AA%3D%3D",
    "SignatureMethod=HMAC-SHA1",
    "SignatureVersion=1.0",
    "SignatureNonce=n",
    "Timestamp=2026-11-21T16%3A07%3A43Z",
    "Targets.1=1",
    "Targets.1=2",
    "Targets.3=3",
    "Targets.01=1",
    "Resources.1.ResourceId=vsw-1",
    "Resources.1=vsw-1",
    "Resources.1.a.b=c",
    "Targets=x",
    "ResourceShareId=rs-1",
    "=",
    "%",
    "%ff",
    "+=+",
];

/// A request, and what is known of it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The request.
    pub request: Request,
    /// What the holder signed, if the request began as one of the holder's.
    pub signed: Option<Call>,
    /// Whether nothing was changed after it was signed.
    pub untouched: bool,
}

impl Sample {
    /// The request that these bytes stand for. All bytes stand for one.
    pub fn from_bytes(data: &[u8]) -> Self {
        let plain = |request| Self { request, signed: None, untouched: false };
        if let Some(request) = message::read(data) {
            return plain(request);
        }
        let mut choices = Unstructured::new(data);
        let made = match choices.arbitrary::<u8>() {
            Ok(tier) if tier >= 64 => known(&mut choices),
            _ => pieces(&mut choices).map(plain),
        };
        made.unwrap_or_else(|_| plain(Request::default()))
    }
}

/// A request put together from pieces.
fn pieces(choices: &mut Unstructured<'_>) -> Result<Request> {
    let mut request = Request {
        method: (*choices.choose(&["POST", "GET", "PUT", "", "post"])?).to_owned(),
        target: (*choices.choose(&["/", "", "/x", "//", "*"])?).to_owned(),
        ..Request::default()
    };
    if choices.ratio(7, 8)? {
        request.target = "/".to_owned();
        request.headers.push(("x-acs-version".to_owned(), "2020-01-10".to_owned()));
        request.headers.push(("x-acs-accesskey-id".to_owned(), "id".to_owned()));
        request.headers.push(("x-acs-action".to_owned(), choose(choices, OPERATIONS)?));
    }
    request.target.push('?');
    for _ in 0..choices.int_in_range(0..=6)? {
        request.target.push_str(&pair(choices)?);
        request.target.push('&');
    }
    for _ in 0..choices.int_in_range(0..=4)? {
        let header = (choose(choices, HEADERS)?, header_value(choices)?);
        request.headers.push(header);
    }
    for _ in 0..choices.int_in_range(0..=4)? {
        request.body.extend_from_slice(pair(choices)?.as_bytes());
        request.body.push(b'&');
    }
    if choices.ratio(1, 8)? {
        let length = choices.int_in_range(0..=32)?;
        request.body.extend_from_slice(choices.bytes(length)?);
    }
    Ok(request)
}

/// A request of a known client, signed by the holder or by somebody else, and then edited.
fn known(choices: &mut Unstructured<'_>) -> Result<Sample> {
    let (_, form) = choices.choose(Form::presets())?;
    let holder = choices.ratio(3, 4)?;
    let call = Call {
        operation: choose(choices, OPERATIONS)?,
        caller: "owner".to_owned(),
        arguments: arguments(choices)?,
    };
    let secret = if holder { SECRET } else { "somebody-else" };
    let credentials = Credentials {
        access_key_id: "LTAIOWNER0000001".to_owned(),
        access_key_secret: secret.to_owned(),
        security_token: choices.ratio(1, 8)?.then(|| "token".to_owned()),
    };
    let stamp = Stamp { now_millis: NOW, nonce: "nonce", host: "localhost:1" };
    let signed = encode(&call, &form(), &credentials, &stamp);
    let mut request = signed.clone();
    for _ in 0..choices.int_in_range(0..=3)? {
        edit(&mut request, choices)?;
    }
    let untouched = request == signed;
    Ok(Sample { request, signed: holder.then_some(call), untouched })
}

fn arguments(choices: &mut Unstructured<'_>) -> Result<Arguments> {
    let mut arguments = Arguments::new();
    for _ in 0..choices.int_in_range(0..=3)? {
        arguments.insert(choose(choices, TEXTS)?, Value::String(value(choices)?));
    }
    for _ in 0..choices.int_in_range(0..=3)? {
        let entries = (0..choices.int_in_range(1..=6)?).map(|_| entry(choices));
        let entries = entries.collect::<Result<Vec<_>>>()?;
        arguments.insert(choose(choices, LISTS)?, Value::Array(entries));
    }
    Ok(arguments)
}

fn entry(choices: &mut Unstructured<'_>) -> Result<Value> {
    if choices.ratio(2, 3)? {
        return Ok(Value::String(value(choices)?));
    }
    let mut fields = Map::new();
    for _ in 0..choices.int_in_range(1..=3)? {
        fields.insert(choose(choices, FIELDS)?, Value::String(value(choices)?));
    }
    Ok(Value::Object(fields))
}

/// Changes one thing of a request that is made already.
fn edit(request: &mut Request, choices: &mut Unstructured<'_>) -> Result<()> {
    match choices.int_in_range(0..=7)? {
        0 => request.method = choose(choices, &["POST", "GET", "PUT"])?,
        1 => {
            let mut target = std::mem::take(&mut request.target).into_bytes();
            edit_bytes(&mut target, choices)?;
            request.target = String::from_utf8_lossy(&target).into_owned();
        }
        2 => edit_bytes(&mut request.body, choices)?,
        3 => request.target = format!("{}&{}", request.target, pair(choices)?),
        4 => request.body.extend_from_slice(format!("&{}", pair(choices)?).as_bytes()),
        5 => {
            let place = choices.int_in_range(0..=request.headers.len())?;
            request.headers.insert(place, (choose(choices, HEADERS)?, header_value(choices)?));
        }
        6 if !request.headers.is_empty() => {
            let place = choices.choose_index(request.headers.len())?;
            request.headers.remove(place);
        }
        _ => {
            let place = choices.int_in_range(0..=request.headers.len())?;
            let text = header_value(choices)?;
            if let Some((_, value)) = request.headers.get_mut(place) {
                *value = text;
            }
        }
    }
    Ok(())
}

/// Replaces, inserts or removes one byte.
fn edit_bytes(bytes: &mut Vec<u8>, choices: &mut Unstructured<'_>) -> Result<()> {
    let place = choices.int_in_range(0..=bytes.len())?;
    let byte = *choices.choose(b"%+&=./?12AaZ\xff\0 ")?;
    match (choices.int_in_range(0..=2)?, bytes.get_mut(place)) {
        (0, Some(old)) => *old = byte,
        (1, Some(_)) => drop(bytes.remove(place)),
        _ => bytes.insert(place, byte),
    }
    Ok(())
}

fn pair(choices: &mut Unstructured<'_>) -> Result<String> {
    match choices.ratio(7, 8)? {
        true => choose(choices, PAIRS),
        false => Ok(choices.arbitrary::<&str>()?.chars().take(24).collect()),
    }
}

fn value(choices: &mut Unstructured<'_>) -> Result<String> {
    match choices.ratio(7, 8)? {
        true => choose(choices, VALUES),
        false => Ok(choices.arbitrary::<&str>()?.chars().take(24).collect()),
    }
}

fn header_value(choices: &mut Unstructured<'_>) -> Result<String> {
    choose(choices, HEADER_VALUES)
}

fn choose(choices: &mut Unstructured<'_>, among: &[&str]) -> Result<String> {
    Ok((*choices.choose(among)?).to_owned())
}
