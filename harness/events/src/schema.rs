//! The JSON Schema of one line of the report, derived from the types that write it.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::event::Event;

/// The JSON Schema (draft 2020-12) of one line of the report, as sharespec writes it.
///
/// The checked-in `reports/report.schema.json` is this value; a test keeps the two equal.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Event>();
    schema.insert("title".to_owned(), "One line of a sharespec report".into());
    schema.to_value()
}
