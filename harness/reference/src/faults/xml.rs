//! Bodies in XML that are not what they should be, while those in JSON are.

use super::{common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use sharespec_wire::alibaba::Format;

pub(super) const FAULTS: &[Change] = &[
    when(
        xml,
        "xml-unclosed",
        "The root of XML is not closed.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| match text.rsplit_once("</") {
                Some((head, _)) => head.to_owned(),
                None => text.to_owned(),
            })
        })],
    ),
    when(
        xml,
        "xml-tags-crossed",
        "An element of XML is closed by the name of another.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| text.replacen("</RequestId>", "</RequestID>", 1))
        })],
    ),
    when(
        xml,
        "xml-unescaped",
        "Texts of XML are not escaped.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| text.replacen("</RequestId>", "&</RequestId>", 1))
        })],
    ),
    when(
        xml,
        "xml-unknown-entity",
        "XML has an entity that is none.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| text.replacen("</RequestId>", "&nbsp;</RequestId>", 1))
        })],
    ),
    when(
        xml,
        "xml-with-garbage",
        "Something follows the root of XML.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| edit::edit_text(response, |text| format!("{text}<More/>")))],
    ),
    when(
        |moment| xml(moment) && moment.accepted,
        "xml-other-root",
        "The root of a success in XML has no name of its operation.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, moment| {
            let root = format!("{}Response>", moment.operation());
            edit::edit_text(response, |text| text.replace(&root, "Response>"))
        })],
    ),
    when(
        xml,
        "xml-is-json",
        "JSON comes where XML is asked for, announced as XML.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| response.body = br#"{"RequestId":"0"}"#.to_vec())],
    ),
    when(
        xml,
        "xml-without-rows",
        "Answers in XML have no rows.",
        &[
            removal!("effect/rows"),
            other!("ListResourceShareAssociations/list/rows"),
            other!("ListResourceShares/list/rows"),
        ],
        &[Effect::Reply(|reply, _| edit::list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| xml(moment) && !moment.accepted,
        "xml-errors-with-other-status",
        "Errors in XML have status 200.",
        &[common!("floor/status"), common!("floor/success-body")],
        &[Effect::Bytes(|response, _| response.status = 200)],
    ),
    when(
        |moment| xml(moment) && by_default(moment),
        "json-by-default",
        "A call that names no format, and is signed in its parameters, is answered in JSON.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::set_header(response, "content-type", "application/json;charset=utf-8");
            response.body = br#"{"RequestId":"0"}"#.to_vec();
        })],
    ),
];

fn xml(moment: &Moment<'_>) -> bool {
    moment.incoming.is_some_and(|incoming| incoming.format == Format::Xml)
}

/// Whether the request names no format.
fn by_default(moment: &Moment<'_>) -> bool {
    let body = String::from_utf8_lossy(&moment.request.body);
    !moment.request.target.contains("Format=") && !body.contains("Format=")
}
