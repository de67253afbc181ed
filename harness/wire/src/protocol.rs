//! The seam between APIs, as far as bytes go: calls as requests, replies as responses, and back.

use crate::alibaba::{self, Credentials, GatewayError, Inspection, Keeper, Malformed, Stamp};
use crate::aws;
use crate::form::{Form, Format, Signing};
use crate::http::{Request, Response};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::api::Api;
use sharespec_model::aws::Aws;
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::spec::{MemberKind, OperationSpec};

/// A resource-sharing API with its wire.
pub trait Protocol: Api {
    /// The form that every server understands that understands any.
    fn plain_form(&self, signing: Signing) -> Form;

    /// Writes a call as a request. A form of another API is the plain one.
    fn encode(
        &self,
        call: &Call,
        form: &Form,
        credentials: &Credentials,
        stamp: &Stamp<'_>,
    ) -> Request;

    /// Reads a response.
    ///
    /// # Errors
    /// The first thing that is found wrong.
    fn decode_reply(
        &self,
        response: &Response,
        operation: &OperationSpec,
        asked: Format,
    ) -> Result<Reply, Malformed>;

    /// Looks at a request as a gateway does.
    ///
    /// # Errors
    /// The gateway's answer to what cannot be read at all.
    fn inspect(&self, request: &Request, keeper: &dyn Keeper) -> Result<Inspection, GatewayError>;

    /// Whether a request that nothing was done to can be wrong in itself: its arguments are typed.
    fn is_typed(&self) -> bool {
        false
    }

    /// The same request without the path of the target's endpoint.
    fn without_path(&self, request: &Request, path: &str) -> Request;

    /// The format in which to answer a request, even if it cannot be decoded.
    fn format_asked(&self, request: &Request) -> Format;

    /// Writes a reply.
    fn encode_reply(&self, reply: &Reply, operation: &str, format: Format) -> Response;

    /// An error as a reply.
    fn refusal(&self, error: GatewayError, request_id: &str, host: &str) -> Reply;
}

impl Protocol for Alibaba {
    fn plain_form(&self, signing: Signing) -> Form {
        let signature = match signing {
            Signing::Newest => alibaba::SignatureVersion::V3,
            Signing::Older => alibaba::SignatureVersion::V2,
            Signing::Unsigned => alibaba::SignatureVersion::None,
        };
        // Everything in the query of a POST, the operation in a parameter and in a header.
        let (naming, format) = (alibaba::Naming::Both, Some("JSON".to_owned()));
        alibaba::Form { naming, format, signature, ..alibaba::Form::default() }.into()
    }

    fn encode(
        &self,
        call: &Call,
        form: &Form,
        credentials: &Credentials,
        stamp: &Stamp<'_>,
    ) -> Request {
        let plain = self.plain_form(Signing::Newest);
        let ((Form::Alibaba(form), _) | (_, Form::Alibaba(form))) = (form, &plain) else {
            return Request::default();
        };
        let operation = self.spec().operation(&call.operation);
        let parameter = operation.and_then(|operation| operation.parameter("RegionId"));
        let wanted = form.region.is_some() || parameter.is_some_and(|each| each.required);
        let region = wanted.then(|| self.world().file.region.clone());
        // A call that says nothing of a region is sent with that of the target, where its document
        // wants one or the form has one.
        match region == form.region {
            true => alibaba::encode(call, form, credentials, stamp),
            false => {
                let form = alibaba::Form { region, ..(**form).clone() };
                alibaba::encode(call, &form, credentials, stamp)
            }
        }
    }

    fn decode_reply(
        &self,
        response: &Response,
        operation: &OperationSpec,
        asked: Format,
    ) -> Result<Reply, Malformed> {
        let mut reply = alibaba::decode_reply(response, &operation.name, asked)?;
        if let (Format::Xml, Body::Success(members)) = (asked, &mut reply.body) {
            let lists = names(operation, MemberKind::List);
            alibaba::shape_xml(members, &lists, &names(operation, MemberKind::Boolean));
        }
        Ok(reply)
    }

    fn inspect(&self, request: &Request, keeper: &dyn Keeper) -> Result<Inspection, GatewayError> {
        alibaba::inspect(request, keeper)
    }

    fn without_path(&self, request: &Request, _: &str) -> Request {
        // The path is the target's own, and signed by nobody.
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        Request { target: format!("/?{query}"), ..request.clone() }
    }

    fn format_asked(&self, request: &Request) -> Format {
        alibaba::format_asked(request)
    }

    fn encode_reply(&self, reply: &Reply, operation: &str, format: Format) -> Response {
        alibaba::encode_reply(reply, operation, format)
    }

    fn refusal(&self, error: GatewayError, request_id: &str, host: &str) -> Reply {
        error.into_reply(request_id, host)
    }
}

impl Protocol for Aws {
    fn plain_form(&self, signing: Signing) -> Form {
        let signature = match signing {
            Signing::Newest | Signing::Older => aws::SignatureVersion::V4,
            Signing::Unsigned => aws::SignatureVersion::None,
        };
        let region = self.world().file.region.clone();
        aws::Form { region, signature, ..aws::Form::default() }.into()
    }

    fn encode(
        &self,
        call: &Call,
        form: &Form,
        credentials: &Credentials,
        stamp: &Stamp<'_>,
    ) -> Request {
        let region = self.world().file.region.as_str();
        match form {
            Form::Aws { aws: form } if form.region == region => {
                aws::encode(call, form, credentials, stamp)
            }
            Form::Aws { aws: form } => {
                let form = aws::Form { region: region.to_owned(), ..(**form).clone() };
                aws::encode(call, &form, credentials, stamp)
            }
            Form::Alibaba(_) => aws::encode(call, &aws::Form::default(), credentials, stamp),
        }
    }

    fn decode_reply(
        &self,
        response: &Response,
        _: &OperationSpec,
        _: Format,
    ) -> Result<Reply, Malformed> {
        aws::decode_reply(response)
    }

    fn inspect(&self, request: &Request, keeper: &dyn Keeper) -> Result<Inspection, GatewayError> {
        aws::inspect(request, keeper)
    }

    fn is_typed(&self) -> bool {
        true
    }

    fn without_path(&self, request: &Request, path: &str) -> Request {
        let rest = request.target.strip_prefix(path.trim_end_matches('/'));
        let rest = rest.filter(|rest| rest.starts_with('/'));
        Request { target: rest.unwrap_or(&request.target).to_owned(), ..request.clone() }
    }

    fn format_asked(&self, _: &Request) -> Format {
        Format::Json
    }

    fn encode_reply(&self, reply: &Reply, _: &str, _: Format) -> Response {
        aws::encode_reply(reply, aws::Style::default())
    }

    fn refusal(&self, error: GatewayError, request_id: &str, _: &str) -> Reply {
        aws::refusal(error, request_id)
    }
}

fn names(operation: &OperationSpec, kind: MemberKind) -> Vec<&str> {
    let of_kind = operation.members.iter().filter(|member| member.kind == kind);
    of_kind.filter_map(|member| member.path.rsplit(['.', ']']).next()).collect()
}
