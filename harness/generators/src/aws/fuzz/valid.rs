//! Calls that are in order, as far as the sketch knows.

use crate::aws::cast::{
    self, Puts, accept, associate, create, delete, disassociate, on_share, reject,
};
use crate::draft::{Draft, call};
use crate::fuzz::Feature;
use crate::fuzz::scene::Scene;
use crate::fuzz::sketch::SketchedShare;
use arbitrary::Result;
use serde_json::Value;

/// The operations that calls are made of. EnableSharingWithAwsOrganization is not among them: what it does is
/// not undone.
pub(super) const OPERATIONS: &[&str] = &[
    "CreateResourceShare",
    "AssociateResourceShare",
    "DisassociateResourceShare",
    "UpdateResourceShare",
    "DeleteResourceShare",
    "GetResourceShares",
    "GetResourceShareAssociations",
    "ListResources",
    "ListPrincipals",
    "GetResourceShareInvitations",
    "AcceptResourceShareInvitation",
    "RejectResourceShareInvitation",
];

/// How often each operation is drawn, in the order of [`OPERATIONS`].
pub(super) const WEIGHTS: [u8; OPERATIONS.len()] = [6, 24, 22, 5, 4, 6, 8, 6, 6, 4, 8, 3];

/// The most principals outside that a case invites at a time: invitations are few.
const MOST_INVITED: usize = 3;

/// The most shares of a case.
const MOST_SHARES: usize = 5;

/// A call that is in order whatever came before.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn otherwise(scene: &mut Scene<'_, '_>) -> Result<Draft> {
    // What was wanted needs a share.
    let mut valid = Valid { scene };
    match valid.scene.sketch.live().is_empty() {
        true => valid.create(),
        false => Ok(valid.associate()?.unwrap_or_else(|| call("owner", "GetResourceShares"))),
    }
}

/// A call of this operation, if what came before allows one.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn of(scene: &mut Scene<'_, '_>, operation: &str) -> Result<Option<Draft>> {
    Valid { scene }.of(operation)
}

/// Draws calls.
struct Valid<'s, 'a, 'd> {
    scene: &'s mut Scene<'a, 'd>,
}

impl Valid<'_, '_, '_> {
    /// A call of this operation, if what came before allows one.
    fn of(&mut self, operation: &str) -> Result<Option<Draft>> {
        let draft = match operation {
            "CreateResourceShare" if self.scene.sketch.shares.len() < MOST_SHARES => {
                Some(self.create()?)
            }
            "AssociateResourceShare" => self.associate()?,
            "DisassociateResourceShare" => self.disassociate()?,
            "UpdateResourceShare" => self.update()?,
            "DeleteResourceShare" if self.scene.choice.ratio(1_u8, 2)? => {
                self.scene.share()?.map(|share| delete(&share.name).by(&share.owner))
            }
            "GetResourceShareInvitations" => self.look_for_invitation()?,
            "AcceptResourceShareInvitation" => self.answer(accept)?,
            "RejectResourceShareInvitation" => self.answer(reject)?,
            "GetResourceShareAssociations" => self.associations()?,
            "GetResourceShares" | "ListResources" | "ListPrincipals" => {
                return self.list(operation);
            }
            _ => None,
        };
        let draft = draft.map(|draft| self.token(draft));
        draft.transpose()
    }

    /// Now and then a token, of few: what comes again may be the same call, or another.
    fn token(&mut self, draft: Draft) -> Result<Draft> {
        let takes = !draft.call().operation.starts_with("Get");
        Ok(match takes && self.scene.choice.ratio(1_u8, 8)? {
            true => draft.token(&format!("$name.t{}", self.scene.choice.int_in_range(0..=2)?)),
            false => draft,
        })
    }

    fn create(&mut self) -> Result<Draft> {
        let owner = self.scene.owner()?;
        let name = format!("s{}", self.scene.sketch.shares.len());
        let external =
            self.scene.swarm.has(Feature::Outside) && self.scene.choice.ratio(3_u8, 4)?;
        let draft = create(&name).by(&owner).with("allowExternalPrincipals", external);
        if self.scene.choice.ratio(2_u8, 3)? {
            return Ok(draft);
        }
        let share = SketchedShare { name, owner, external, ..SketchedShare::default() };
        self.fill(draft, &share)
    }

    fn associate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        let draft = associate(&share.name).by(&share.owner);
        self.fill(draft, &share).map(Some)
    }

    /// Adds what the share does not have yet: resources, principals, or both.
    fn fill(&mut self, mut draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let kind = self.scene.choice.int_in_range(0..=5)?;
        if kind <= 3 {
            for _ in 0..self.count()? {
                draft = self.resource(draft, share)?;
            }
        }
        if kind >= 2 {
            for _ in 0..self.count()? {
                draft = self.principal(draft, share)?;
            }
        }
        let arguments = &draft.call().arguments;
        match ["resourceArns", "principals"].iter().any(|name| arguments.contains_key(*name)) {
            true => Ok(draft),
            false => self.principal(draft, share),
        }
    }

    fn count(&mut self) -> Result<usize> {
        Ok(*self.scene.choice.choose(&[1_usize, 1, 1, 2, 2, 3, 4])?)
    }

    fn resource(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let Some(owner) = self.scene.words.owners.iter().find(|owner| owner.role == share.owner)
        else {
            return Ok(draft);
        };
        // Some types are for principals inside alone; most cases keep them apart.
        let owned = self.scene.swarm.pick(self.scene.choice, &owner.resources)?;
        let Some(number) = owned.by_arn else { return Ok(draft) };
        let symbol = format!("$arn.{}.{}.{number}", owner.role, owned.kind);
        Ok(match is_in(&draft, "resourceArns", &symbol) || share.resources.contains(&symbol) {
            true => draft,
            false => draft.by_arn(&symbol),
        })
    }

    fn principal(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let outside = share.external
            && self.scene.swarm.has(Feature::Outside)
            && share.principals.len() < MOST_INVITED
            && self.scene.choice.ratio(1_u8, 3)?;
        let wide = self.scene.swarm.has(Feature::Wide) && self.scene.choice.ratio(1_u8, 3)?;
        let symbol = if outside {
            let outside = self.scene.words.outside(&share.owner);
            format!("$account.{}", self.scene.swarm.pick(self.scene.choice, &outside)?)
        } else if wide {
            let organization = self.scene.words.wide(&share.owner).iter();
            let all: Vec<&String> = organization.chain(&self.scene.words.identities).collect();
            match all.is_empty() {
                true => return Ok(draft),
                false => (*self.scene.choice.choose(&all)?).clone(),
            }
        } else {
            let inside = self.scene.words.inside(&share.owner);
            if inside.is_empty() {
                return Ok(draft);
            }
            format!("$account.{}", self.scene.swarm.pick(self.scene.choice, &inside)?)
        };
        Ok(match is_in(&draft, "principals", &symbol) || share.principals.contains(&symbol) {
            true => draft,
            false => draft.named(&symbol),
        })
    }

    fn disassociate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        if let Some(role) = self.scene.leaver(&share)? {
            return Ok(Some(disassociate(&share.name).by(role).principal(role)));
        }
        let mut draft = disassociate(&share.name).by(&share.owner);
        let gone = self.scene.swarm.has(Feature::Gone) && self.scene.choice.ratio(1_u8, 10)?;
        for _ in 0..self.count()? {
            let Some(symbol) = self.scene.member(&share, gone)? else { break };
            draft = match symbol.starts_with("$arn.") {
                _ if is_in(&draft, "resourceArns", symbol) => draft,
                _ if is_in(&draft, "principals", symbol) => draft,
                true => draft.by_arn(symbol),
                false => draft.named(symbol),
            };
        }
        let named = draft.call().arguments.len() > 1;
        Ok(Some(draft).filter(|_| named))
    }

    fn update(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        let draft = on_share("UpdateResourceShare", &share.name).by(&share.owner);
        let name = format!("$name.n{}", self.scene.choice.int_in_range(0..=3)?);
        Ok(Some(match self.scene.choice.int_in_range(0..=5)? {
            0 => draft.with("name", name).with("allowExternalPrincipals", true),
            1 => draft.with("allowExternalPrincipals", false),
            _ => draft.with("name", name),
        }))
    }

    /// Somebody who was invited asks for the invitation.
    fn look_for_invitation(&mut self) -> Result<Option<Draft>> {
        let invited = self.scene.invited()?;
        Ok(invited.map(|(share, role)| cast::invitations(&share, &role)))
    }

    fn answer(&mut self, how: fn(&str, &str) -> Draft) -> Result<Option<Draft>> {
        match self.scene.told()? {
            Some((share, role)) => Ok(Some(how(share, role))),
            None => self.look_for_invitation(),
        }
    }

    fn associations(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        let resources = self.scene.choice.ratio(1_u8, 2)?;
        let kind = if resources { "RESOURCE" } else { "PRINCIPAL" };
        let mut draft = cast::associations(&share.name, kind).by(&share.owner);
        let (one, from) = match resources {
            true => ("resourceArn", &share.resources),
            false => ("principal", &share.principals),
        };
        if self.scene.filters()? {
            let statuses =
                ["ASSOCIATING", "ASSOCIATED", "DISASSOCIATING", "DISASSOCIATED", "FAILED"];
            draft = draft.with("associationStatus", *self.scene.choice.choose(&statuses)?);
        }
        if !from.is_empty() && self.scene.filters()? {
            draft = draft.with(one, self.scene.choice.choose(from)?.clone());
        }
        self.paged(draft).map(Some)
    }

    /// Shares, or what is shared: the own, or what others share.
    fn list(&mut self, operation: &str) -> Result<Option<Draft>> {
        let share = self.scene.share()?;
        let Some(share) = share.filter(|_| self.scene.choice.ratio(5_u8, 6).unwrap_or(true)) else {
            let mode = *self.scene.choice.choose(&["SELF", "OTHER-ACCOUNTS"])?;
            return Ok(Some(call(&self.scene.caller()?, operation).with("resourceOwner", mode)));
        };
        let account = share.principals.iter().find_map(|each| each.strip_prefix("$account."));
        let draft = match account {
            Some(role)
                if self.scene.swarm.caller.is_none() && self.scene.choice.ratio(1_u8, 3)? =>
            {
                call(role, operation).with("resourceOwner", "OTHER-ACCOUNTS")
            }
            _ => call(&share.owner, operation).with("resourceOwner", "SELF"),
        };
        let mut draft = draft.list("resourceShareArns", [format!("$share.{}", share.name)]);
        if operation == "GetResourceShares" {
            if self.scene.filters()? {
                draft = draft.with("name", format!("$name.{}", share.name));
            }
            if self.scene.filters()? {
                let statuses = ["PENDING", "ACTIVE", "DELETING", "DELETED"];
                draft = draft.with("resourceShareStatus", *self.scene.choice.choose(&statuses)?);
            }
        }
        if operation == "ListResources" {
            if !share.resources.is_empty() && self.scene.filters()? {
                draft = draft
                    .list("resourceArns", [self.scene.choice.choose(&share.resources)?.clone()]);
            }
            if self.scene.filters()? {
                let kind = self.scene.swarm.pick(self.scene.choice, &self.scene.words.kinds)?;
                draft = draft.with("resourceType", kind.clone());
            }
        }
        self.paged(draft).map(Some)
    }

    fn paged(&mut self, draft: Draft) -> Result<Draft> {
        Ok(match self.scene.choice.ratio(1_u8, 5)? {
            true => draft.with("maxResults", self.scene.choice.int_in_range(1..=4)?),
            false => draft,
        })
    }
}

fn is_in(draft: &Draft, list: &str, symbol: &str) -> bool {
    let list = draft.call().arguments.get(list).and_then(Value::as_array);
    list.is_some_and(|list| list.iter().any(|each| *each == symbol))
}
