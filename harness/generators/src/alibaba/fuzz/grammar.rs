//! The Alibaba API as the builders need it.

use super::mistakes::MISTAKES;
use super::{raw, valid};
use crate::alibaba::locks;
use crate::fuzz::calls::{Calls, Dialect};
use crate::fuzz::sketch::Called;
use crate::fuzz::vocabulary::Vocabulary;
use arbitrary::{Result, Unstructured};
use sharespec_model::world::WorldFile;
use sharespec_wire::alibaba;
use sharespec_wire::form::Form;

static DIALECT: Dialect = Dialect {
    prefix: "alibaba/fuzz",
    operations: valid::OPERATIONS,
    weights: &valid::WEIGHTS,
    called: Called {
        share: "ResourceShareId",
        external: "AllowExternalTargets",
        invitation: "ResourceShareInvitationId",
        principals: "Targets",
        invitations: "ListResourceShareInvitations",
    },
    valid: valid::of,
    otherwise: valid::otherwise,
    argument: raw::argument,
    mistakes: MISTAKES,
    form: |choice| raw::form(choice).map(Form::from),
    tampered,
    locks: locks::of,
};

impl Calls {
    /// Calls of the Alibaba API that name what this world holds.
    pub fn alibaba(world: &WorldFile) -> Self {
        Self::new(&DIALECT, Vocabulary::of(world))
    }
}

fn tampered(choice: &mut Unstructured<'_>, form: Option<Form>, _: &str) -> Result<Form> {
    let mut form = match form {
        Some(Form::Alibaba(form)) => *form,
        _ => alibaba::Form::default(),
    };
    form.tamper = raw::tamper(choice, &form)?;
    Ok(form.into())
}
