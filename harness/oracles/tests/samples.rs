//! The samples that the documents print, decoded and judged: what is found against them are the
//! contradictions that the spec tables of their documents list, and nothing else.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

use serde::Deserialize;
use serde_json::{Map, Value};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::api::Api;
use sharespec_model::belief::{Belief, Share, Window};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::set::Set;
use sharespec_model::spec::Level;
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::World;
use sharespec_oracles::floor::Floor;
use sharespec_oracles::request_ids::SeenRequestIds;
use sharespec_oracles::scene::Scene;
use sharespec_oracles::{code, floor, rows, shape, times};
use sharespec_wire::alibaba::{Format, decode};
use sharespec_wire::exchange::Exchange;
use sharespec_wire::http::{Request, Response};

#[derive(Deserialize)]
struct Samples {
    world: Value,
    share: Named,
    request: SampleRequest,
    replies: Vec<SampleReply>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct SampleRequest {
    document: String,
    url: String,
    common: String,
    operation: String,
    region: String,
    arguments: Map<String, Value>,
}

#[derive(Deserialize)]
struct SampleReply {
    document: String,
    operation: String,
    arguments: Map<String, Value>,
    format: String,
    associated: Option<String>,
    called: (String, String),
    findings: Vec<Contradiction>,
    body: String,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Contradiction {
    rule: String,
    observed: String,
}

impl Samples {
    fn read() -> Self {
        serde_json::from_str(sharespec_fixtures::WIRE_SAMPLES_ALIBABA).unwrap()
    }

    fn api(&self, document: &str) -> Alibaba {
        let world = World::from_json(&self.world.to_string()).unwrap();
        Alibaba::with_documents(world, &[document]).unwrap()
    }

    /// What is believed before a call: the share is there, and the account in it if it was
    /// associated.
    fn belief(&self, api: &Alibaba, associated: Option<&str>) -> Belief {
        let world = api.world();
        let mut belief = Belief::new(world);
        belief.offset = Window::new(0, 0);
        belief.shares.push(Share {
            id: self.share.id.clone(),
            owner: world.account("owner").unwrap(),
            names: vec![self.share.name.clone()],
            status: Set::only(ShareStatus::Active),
            external: Set::only(false),
            tags: None,
            created: Window::ALWAYS,
            updated: Window::ALWAYS,
            seen: None,
            others: false,
            associations: Vec::new(),
            permissions: Vec::new(),
        });
        if let Some(moment) = associated.map(millis) {
            let member = world.principal_of(world.account("member").unwrap());
            let association = belief.shares[0].association_mut(&member);
            association.status = Set::only(AssociationStatus::Associated);
            association.created = Window::new(moment, moment);
            association.updated = Window::new(moment, moment);
        }
        belief
    }
}

fn millis(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

fn get(target: String) -> Request {
    let headers = vec![("host".to_owned(), "resourcesharing.aliyuncs.com".to_owned())];
    Request { method: "GET".to_owned(), target, headers, body: Vec::new() }
}

impl SampleReply {
    fn called(&self) -> Window {
        Window::new(millis(&self.called.0), millis(&self.called.1))
    }

    /// The reply as the floor reads it; nothing may be said against that.
    fn reply(&self, api: &Alibaba) -> Reply {
        let media = if self.format == "XML" { "text/xml" } else { "application/json" };
        match self.floor(api, &format!("{media};charset=utf-8")) {
            Floor::Reply(reply, findings) if findings.is_empty() => reply,
            other => panic!("{}: {other:?}", self.document),
        }
    }

    /// What the floor makes of the sample, said to be of this media type.
    fn floor(&self, api: &Alibaba, media: &str) -> Floor {
        let response = Response {
            status: 200,
            headers: vec![("content-type".to_owned(), media.to_owned())],
            body: self.body.clone().into_bytes(),
        };
        let (sent, received) = (self.called().from, self.called().to);
        let exchange = Exchange {
            request: get("/".to_owned()),
            response: Ok(response),
            sent,
            received,
            resent: false,
        };
        let operation = api.spec().operation(&self.operation).unwrap();
        let format = Format::parse(&self.format).unwrap();
        let mut seen = SeenRequestIds::new();
        floor::judge(api, operation, &exchange, format, |id| seen.insert(id))
    }

    /// What the oracles find against the sample.
    fn judge(&self, samples: &Samples, api: &Alibaba) -> Vec<Contradiction> {
        let belief = samples.belief(api, self.associated.as_deref());
        let (operation, caller) = (self.operation.clone(), "owner".to_owned());
        let mut arguments = self.arguments.clone();
        arguments.insert("RegionId".to_owned(), samples.request.region.as_str().into());
        let call = Call { operation, caller, arguments };
        let prediction = api.predict(&belief, &call, self.called()).unwrap();
        let reply = self.reply(api);
        let outcome = code::judge(api.spec(), &prediction, &reply);
        assert_eq!(outcome, code::Outcome::Success, "{}", self.document);
        let Body::Success(members) = &reply.body else { panic!("{}: no success", self.document) };
        let mut found = shape::judge(api.spec(), api.world(), prediction.spec, members);
        let observed = api.read(&call.operation, members.clone());
        let (operation, window) = (prediction.spec, self.called());
        let scene = Scene { api, belief: &belief, operation, window, subject: None };
        let mut offset = belief.offset;
        found.extend(rows::judge(&scene, &prediction.expected, &observed));
        found.extend(times::judge(&scene, &prediction.expected, &observed, &mut offset));
        let found = found.into_iter().map(|finding| {
            assert_eq!(finding.level, Level::Should, "{}: {finding:?}", self.document);
            let rule = finding.rule.map(|rule| api.spec().rule_id(rule).to_owned());
            Contradiction { rule: rule.unwrap_or_default(), observed: finding.observed }
        });
        found.collect()
    }
}

#[test]
fn replies_are_what_their_documents_say_but_for_known_contradictions() {
    let samples = Samples::read();
    for sample in &samples.replies {
        let api = samples.api(&sample.document);
        let found = sample.judge(&samples, &api);
        assert_eq!(found, sample.findings, "{} in {}", sample.document, sample.format);
        for contradiction in found {
            let rule = api.spec().rule_named(&contradiction.rule).unwrap();
            let rule = api.spec().rule(rule).unwrap();
            let listed = rule.contradicted_by.contains(&sample.document)
                || rule.citation.contains("contradicted by");
            assert!(listed, "{} does not list the sample", contradiction.rule);
        }
    }
}

#[test]
fn every_document_with_a_sample_has_one_here() {
    let samples = Samples::read();
    let of = |id: &str| samples.replies.iter().any(|sample| sample.document == id);
    let printed = sharespec_fixtures::DOCUMENTS.iter().map(|(id, _)| *id).filter(|id| {
        id.starts_with("alibaba-disassociate-") || id.starts_with("alibaba-associate-")
    });
    let missing: Vec<&str> = printed.filter(|id| !of(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn xml_and_json_of_one_call_say_the_same() {
    let samples = Samples::read();
    let api = samples.api(&samples.request.document);
    let of_oldest = samples.replies.iter().filter(|each| each.document == samples.request.document);
    let read: Vec<Reply> = of_oldest.map(|sample| sample.reply(&api)).collect();
    assert_eq!(read.len(), 2);
    assert_eq!(read[0], read[1]);
}

#[test]
fn the_printed_request_is_a_call_that_its_document_admits() {
    let samples = Samples::read();
    let sample = &samples.request;
    let target = sample.url.strip_prefix("https://resourcesharing.aliyuncs.com").unwrap();
    let incoming = decode(&get(format!("{target}&{}", sample.common))).unwrap();
    assert_eq!(incoming.action, sample.operation);
    assert_eq!(incoming.arguments, sample.arguments);
    assert_eq!(incoming.region_id.as_deref(), Some(sample.region.as_str()));
    assert!(incoming.irregular.is_empty());
    let api = samples.api(&sample.document);
    let belief = samples.belief(&api, Some("2020-12-04T09:00:00.000Z"));
    let mut arguments = incoming.arguments;
    arguments.insert("RegionId".to_owned(), incoming.region_id.into());
    let call = Call { operation: incoming.action, caller: "owner".to_owned(), arguments };
    let prediction = api.predict(&belief, &call, Window::new(0, 0)).unwrap();
    assert!(prediction.success && prediction.possible.is_empty());
}

#[test]
fn an_answer_of_another_media_type_is_found_and_judged_beyond_that() {
    let samples = Samples::read();
    for sample in &samples.replies {
        let api = samples.api(&sample.document);
        let Floor::Reply(reply, findings) = sample.floor(&api, "text/html") else {
            panic!("{}", sample.document)
        };
        assert_eq!(reply, sample.reply(&api));
        let observed: Vec<&str> = findings.iter().map(|each| each.observed.as_str()).collect();
        assert_eq!(observed, ["another media type"]);
    }
}
