//! The forms of clients that exist, as each was recorded against a server that keeps every byte.

use super::form::{
    Booleans, Form, Method, Naming, Placement, Preset, SignatureVersion, SignedHeaders, Spaces,
    TimestampPrecision,
};
use super::order::Order;

/// The presets by name.
pub(super) const PRESETS: &[Preset] = &[
    ("tea-python", tea_python),
    ("tea-python-v2", tea_python_v2),
    ("aliyun-python-core", aliyun_python_core),
    ("aliyun-python-core-get", aliyun_python_core_get),
    ("pop-core-post", pop_core_post),
    ("pop-core-get", pop_core_get),
    ("openapi-client-node", openapi_client_node),
    ("openapi-client-node-v2", openapi_client_node_v2),
    ("tea-typescript", tea_typescript),
    ("tea-rpc-go", tea_rpc_go),
    ("darabonba-go", darabonba_go),
    ("sdk-go-common", sdk_go_common),
    ("sdk-go-common-form", sdk_go_common_form),
    ("openapi-rust", openapi_rust),
    ("openapi-rust-get", openapi_rust_get),
];

fn json_accepted() -> Option<String> {
    Some("application/json".to_owned())
}

/// `alibabacloud_resourcesharing20200110` of PyPI.
fn tea_python() -> Form {
    Form {
        accept: json_accepted(),
        booleans: Booleans::Capital,
        spaces: Spaces::Plus,
        signed_headers: SignedHeaders::Wide,
        credentials_provider: true,
        order: Order::Tea,
        ..Form::default()
    }
}

/// The same with `signature_algorithm='v2'`.
fn tea_python_v2() -> Form {
    Form {
        signature: SignatureVersion::V2,
        naming: Naming::Both,
        format: Some("json".to_owned()),
        accept: None,
        signed_headers: SignedHeaders::Minimal,
        ..tea_python()
    }
}

/// `aliyun-python-sdk-resourcesharing` of PyPI.
fn aliyun_python_core() -> Form {
    Form {
        signature: SignatureVersion::V2,
        naming: Naming::Both,
        format: Some("JSON".to_owned()),
        accept: Some("*/*".to_owned()),
        region: Some("cn-hangzhou".to_owned()),
        empty_signature_type: true,
        booleans: Booleans::Capital,
        order: Order::PythonCore,
        arguments_reversed: true,
        ..Form::default()
    }
}

fn aliyun_python_core_get() -> Form {
    Form { method: Method::Get, ..aliyun_python_core() }
}

/// `@alicloud/pop-core` of npm.
fn pop_core_post() -> Form {
    Form {
        placement: Placement::Body,
        signature: SignatureVersion::V2,
        naming: Naming::Both,
        format: Some("JSON".to_owned()),
        region: Some("cn-hangzhou".to_owned()),
        order: Order::SignatureLast,
        ..Form::default()
    }
}

fn pop_core_get() -> Form {
    Form { method: Method::Get, ..pop_core_post() }
}

/// `@alicloud/openapi-client` of npm.
fn openapi_client_node() -> Form {
    Form {
        accept: json_accepted(),
        raw_punctuation: true,
        credentials_provider: true,
        order: Order::Tea,
        arguments_reversed: true,
        ..Form::default()
    }
}

fn openapi_client_node_v2() -> Form {
    Form {
        signature: SignatureVersion::V2,
        naming: Naming::Both,
        format: Some("json".to_owned()),
        accept: None,
        ..openapi_client_node()
    }
}

/// The TypeScript SDK of the product, on top of `@alicloud/openapi-client`.
fn tea_typescript() -> Form {
    Form { arguments_reversed: false, ..openapi_client_node() }
}

/// `tea-rpc` of Go, the client below the Terraform provider.
fn tea_rpc_go() -> Form {
    Form {
        placement: Placement::Split,
        signature: SignatureVersion::V2,
        naming: Naming::Both,
        format: Some("json".to_owned()),
        spaces: Spaces::Plus,
        ..Form::default()
    }
}

/// `darabonba-openapi` of Go.
fn darabonba_go() -> Form {
    Form { accept: json_accepted(), spaces: Spaces::Plus, ..Form::default() }
}

/// `CommonRequest` of `alibaba-cloud-sdk-go`.
fn sdk_go_common() -> Form {
    Form {
        signature: SignatureVersion::V2,
        naming: Naming::Both,
        format: Some("JSON".to_owned()),
        spaces: Spaces::Plus,
        empty_signature_type: true,
        content_type_always: true,
        ..Form::default()
    }
}

fn sdk_go_common_form() -> Form {
    Form { placement: Placement::Split, ..sdk_go_common() }
}

/// `aliyun-openapi-core-rust-sdk`.
fn openapi_rust() -> Form {
    Form {
        signature: SignatureVersion::V2,
        naming: Naming::Parameters,
        format: Some("JSON".to_owned()),
        spaces: Spaces::Plus,
        timestamp: TimestampPrecision::Nanoseconds,
        order: Order::SignatureFirst,
        no_content_length: true,
        ..Form::default()
    }
}

fn openapi_rust_get() -> Form {
    Form { method: Method::Get, ..openapi_rust() }
}
