//! AWS RAM as the builders need it.

use super::mistakes::MISTAKES;
use super::{raw, valid};
use crate::aws::finish;
use crate::fuzz::calls::{Calls, Dialect};
use crate::fuzz::sketch::Called;
use crate::fuzz::vocabulary::Vocabulary;
use arbitrary::{Result, Unstructured};
use sharespec_model::world::WorldFile;
use sharespec_wire::aws;
use sharespec_wire::form::Form;

static DIALECT: Dialect = Dialect {
    prefix: "aws/fuzz",
    operations: valid::OPERATIONS,
    weights: &valid::WEIGHTS,
    called: Called {
        share: "resourceShareArn",
        external: "allowExternalPrincipals",
        invitation: "resourceShareInvitationArn",
        principals: "principals",
        invitations: "GetResourceShareInvitations",
    },
    valid: valid::of,
    otherwise: valid::otherwise,
    argument: raw::argument,
    mistakes: MISTAKES,
    form: |choice| raw::form(choice).map(Form::from),
    tampered,
    locks: finish::locks,
};

impl Calls {
    /// Calls of AWS RAM that name what this world holds.
    pub fn aws(world: &WorldFile) -> Self {
        Self::new(&DIALECT, Vocabulary::of(world))
    }
}

fn tampered(choice: &mut Unstructured<'_>, form: Option<Form>, of: &str) -> Result<Form> {
    let mut form = match form {
        Some(Form::Aws { aws }) => *aws,
        _ => aws::Form::default(),
    };
    form.tamper = raw::tamper(choice, &form, of)?;
    Ok(form.into())
}
