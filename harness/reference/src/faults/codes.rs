//! Errors with the wrong status, code or message.

use super::tools::{REMOVAL, edit_row};
use super::{always, common, removal};
use crate::change::{Change, Effect, Moment};
use sharespec_model::call::{Body, Reply};
use sharespec_model::spec::Spec;
