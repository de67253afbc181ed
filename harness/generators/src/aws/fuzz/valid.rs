//! Calls that are in order, as far as the sketch knows.

use crate::alibaba::draft::{Draft, call};
use crate::aws::cast::{
    self, Puts, accept, associate, create, delete, disassociate, on_share, reject,
};
use crate::fuzz::sketch::{Sketch, SketchedShare};
use crate::fuzz::vocabulary::Vocabulary;
use crate::fuzz::{Feature, Swarm};
use arbitrary::{Result, Unstructured};
use serde_json::Value;
use sharespec_wire::case::CallStep;

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
const WEIGHTS: [u8; OPERATIONS.len()] = [6, 24, 22, 5, 4, 6, 8, 6, 6, 4, 8, 3];

/// The most principals outside that a case invites at a time: invitations are few.
const MOST_INVITED: usize = 3;

/// The most shares of a case.
const MOST_SHARES: usize = 5;

/// Draws calls.
pub(super) struct Valid<'a, 'c, 'd> {
    pub(super) choice: &'a mut Unstructured<'d>,
    pub(super) words: &'a Vocabulary,
    pub(super) swarm: &'a Swarm,
    pub(super) sketch: &'c Sketch,
}

impl Valid<'_, '_, '_> {
    /// A call of some operation of the swarm.
    pub(super) fn any(&mut self) -> Result<CallStep> {
        for _ in 0..4 {
            let operation = self.swarm.operation(self.choice, OPERATIONS, &WEIGHTS)?;
            if let Some(draft) = self.of(operation)? {
                return Ok(draft.made());
            }
        }
        // What is wanted needs a share.
        let draft = match self.sketch.live().is_empty() {
            true => self.create()?,
            false => self.associate()?.unwrap_or_else(|| call("owner", "GetResourceShares")),
        };
        Ok(draft.made())
    }

    /// A call of this operation, if what came before allows one.
    pub(super) fn of(&mut self, operation: &str) -> Result<Option<Draft>> {
        let draft = match operation {
            "CreateResourceShare" if self.sketch.shares.len() < MOST_SHARES => Some(self.create()?),
            "AssociateResourceShare" => self.associate()?,
            "DisassociateResourceShare" => self.disassociate()?,
            "UpdateResourceShare" => self.update()?,
            "DeleteResourceShare" if self.choice.ratio(1_u8, 2)? => {
                self.share()?.map(|share| delete(&share.name).by(&share.owner))
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
        Ok(match takes && self.choice.ratio(1_u8, 8)? {
            true => draft.token(&format!("$name.t{}", self.choice.int_in_range(0..=2)?)),
            false => draft,
        })
    }

    /// A share that is there, or now and then one that is gone.
    fn share(&mut self) -> Result<Option<SketchedShare>> {
        let gone = self.swarm.has(Feature::Gone) && self.choice.ratio(1_u8, 12)?;
        let shares: Vec<&SketchedShare> =
            self.sketch.shares.iter().filter(|share| share.gone == gone).collect();
        if shares.is_empty() {
            return Ok(self.sketch.live().last().map(|share| (*share).clone()));
        }
        Ok(Some((*self.choice.choose(&shares)?).clone()))
    }

    fn caller(&mut self) -> Result<String> {
        let role = self.swarm.pick(self.choice, &self.words.accounts)?;
        Ok(self.swarm.caller.as_ref().unwrap_or(role).clone())
    }

    fn owner(&mut self) -> Result<String> {
        if let Some(only) = &self.swarm.caller {
            return Ok(only.clone());
        }
        let first = self.words.owners.first().map(|owner| &owner.role);
        let other = match self.swarm.has(Feature::Owners) && self.choice.ratio(1_u8, 3)? {
            true => Some(match self.choice.ratio(2_u8, 3)? {
                true => &self.swarm.pick(self.choice, &self.words.owners)?.role,
                false => self.swarm.pick(self.choice, &self.words.accounts)?,
            }),
            false => None,
        };
        Ok(other.or(first).or(self.words.accounts.first()).cloned().unwrap_or_default())
    }

    fn create(&mut self) -> Result<Draft> {
        let owner = self.owner()?;
        let name = format!("s{}", self.sketch.shares.len());
        let external = self.swarm.has(Feature::Outside) && self.choice.ratio(3_u8, 4)?;
        let draft = create(&name).by(&owner).with("allowExternalPrincipals", external);
        if self.choice.ratio(2_u8, 3)? {
            return Ok(draft);
        }
        let share = SketchedShare { name, owner, external, ..SketchedShare::default() };
        self.fill(draft, &share)
    }

    fn associate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.share()? else { return Ok(None) };
        let draft = associate(&share.name).by(&share.owner);
        self.fill(draft, &share).map(Some)
    }

    /// Adds what the share does not have yet: resources, principals, or both.
    fn fill(&mut self, mut draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let kind = self.choice.int_in_range(0..=5)?;
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
        Ok(*self.choice.choose(&[1_usize, 1, 1, 2, 2, 3, 4])?)
    }

    fn resource(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let Some(owner) = self.words.owners.iter().find(|owner| owner.role == share.owner) else {
            return Ok(draft);
        };
        // Some types are for principals inside alone; most cases keep them apart.
        let owned = self.swarm.pick(self.choice, &owner.resources)?;
        let Some(number) = owned.by_arn else { return Ok(draft) };
        let symbol = format!("$arn.{}.{}.{number}", owner.role, owned.kind);
        Ok(match is_in(&draft, "resourceArns", &symbol) || share.resources.contains(&symbol) {
            true => draft,
            false => draft.by_arn(&symbol),
        })
    }

    fn principal(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let outside = share.external
            && self.swarm.has(Feature::Outside)
            && share.principals.len() < MOST_INVITED
            && self.choice.ratio(1_u8, 3)?;
        let wide = self.swarm.has(Feature::Wide) && self.choice.ratio(1_u8, 3)?;
        let symbol = if outside {
            let outside = self.words.outside(&share.owner);
            format!("$account.{}", self.swarm.pick(self.choice, &outside)?)
        } else if wide {
            let organization = self.words.wide(&share.owner).iter();
            let all: Vec<&String> = organization.chain(&self.words.identities).collect();
            match all.is_empty() {
                true => return Ok(draft),
                false => (*self.choice.choose(&all)?).clone(),
            }
        } else {
            let inside = self.words.inside(&share.owner);
            if inside.is_empty() {
                return Ok(draft);
            }
            format!("$account.{}", self.swarm.pick(self.choice, &inside)?)
        };
        Ok(match is_in(&draft, "principals", &symbol) || share.principals.contains(&symbol) {
            true => draft,
            false => draft.named(&symbol),
        })
    }

    fn disassociate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.share()? else { return Ok(None) };
        if !share.joined.is_empty() && self.swarm.caller.is_none() && self.choice.ratio(1_u8, 3)? {
            let role = self.choice.choose(&share.joined)?;
            return Ok(Some(disassociate(&share.name).by(role).principal(role)));
        }
        let mut draft = disassociate(&share.name).by(&share.owner);
        let gone = self.swarm.has(Feature::Gone) && self.choice.ratio(1_u8, 10)?;
        for _ in 0..self.count()? {
            let there = share.resources.iter().chain(&share.principals);
            let from: Vec<&String> =
                if gone { share.ended.iter().collect() } else { there.collect() };
            if from.is_empty() {
                break;
            }
            let symbol = *self.choice.choose(&from)?;
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
        let Some(share) = self.share()? else { return Ok(None) };
        let draft = on_share("UpdateResourceShare", &share.name).by(&share.owner);
        let name = format!("$name.n{}", self.choice.int_in_range(0..=3)?);
        Ok(Some(match self.choice.int_in_range(0..=5)? {
            0 => draft.with("name", name).with("allowExternalPrincipals", true),
            1 => draft.with("allowExternalPrincipals", false),
            _ => draft.with("name", name),
        }))
    }

    /// Somebody who was invited asks for the invitation.
    fn look_for_invitation(&mut self) -> Result<Option<Draft>> {
        let mut waiting = Vec::new();
        for share in self.sketch.live() {
            let outside = self.words.outside(&share.owner);
            let invited = share.principals.iter().filter_map(|each| each.strip_prefix("$account."));
            for role in invited.filter(|role| outside.iter().any(|each| each == role)) {
                if !share.joined.iter().any(|each| each == role) {
                    waiting.push((share.name.clone(), role.to_owned()));
                }
            }
        }
        if waiting.is_empty() {
            let Some(share) = self.share()? else { return Ok(None) };
            let caller = self.caller()?;
            return Ok(Some(cast::invitations(&share.name, &caller)));
        }
        let (share, role) = self.choice.choose(&waiting)?;
        Ok(Some(cast::invitations(share, role)))
    }

    fn answer(&mut self, how: fn(&str, &str) -> Draft) -> Result<Option<Draft>> {
        let shares = self.sketch.shares.iter();
        let told: Vec<(&String, &String)> = shares
            .flat_map(|share| share.told.iter().map(move |role| (&share.name, role)))
            .collect();
        if told.is_empty() {
            return self.look_for_invitation();
        }
        let (share, role) = *self.choice.choose(&told)?;
        Ok(Some(how(share, role)))
    }

    fn associations(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.share()? else { return Ok(None) };
        let resources = self.choice.ratio(1_u8, 2)?;
        let kind = if resources { "RESOURCE" } else { "PRINCIPAL" };
        let mut draft = cast::associations(&share.name, kind).by(&share.owner);
        let (one, from) = match resources {
            true => ("resourceArn", &share.resources),
            false => ("principal", &share.principals),
        };
        if self.filters()? {
            let statuses =
                ["ASSOCIATING", "ASSOCIATED", "DISASSOCIATING", "DISASSOCIATED", "FAILED"];
            draft = draft.with("associationStatus", *self.choice.choose(&statuses)?);
        }
        if !from.is_empty() && self.filters()? {
            draft = draft.with(one, self.choice.choose(from)?.clone());
        }
        self.paged(draft).map(Some)
    }

    /// Shares, or what is shared: the own, or what others share.
    fn list(&mut self, operation: &str) -> Result<Option<Draft>> {
        let share = self.share()?;
        let Some(share) = share.filter(|_| self.choice.ratio(5_u8, 6).unwrap_or(true)) else {
            let mode = *self.choice.choose(&["SELF", "OTHER-ACCOUNTS"])?;
            return Ok(Some(call(&self.caller()?, operation).with("resourceOwner", mode)));
        };
        let account = share.principals.iter().find_map(|each| each.strip_prefix("$account."));
        let draft = match account {
            Some(role) if self.swarm.caller.is_none() && self.choice.ratio(1_u8, 3)? => {
                call(role, operation).with("resourceOwner", "OTHER-ACCOUNTS")
            }
            _ => call(&share.owner, operation).with("resourceOwner", "SELF"),
        };
        let mut draft = draft.list("resourceShareArns", [format!("$share.{}", share.name)]);
        if operation == "GetResourceShares" {
            if self.filters()? {
                draft = draft.with("name", format!("$name.{}", share.name));
            }
            if self.filters()? {
                let statuses = ["PENDING", "ACTIVE", "DELETING", "DELETED"];
                draft = draft.with("resourceShareStatus", *self.choice.choose(&statuses)?);
            }
        }
        if operation == "ListResources" {
            if !share.resources.is_empty() && self.filters()? {
                draft = draft.list("resourceArns", [self.choice.choose(&share.resources)?.clone()]);
            }
            if self.filters()? {
                let kind = self.swarm.pick(self.choice, &self.words.kinds)?;
                draft = draft.with("resourceType", kind.clone());
            }
        }
        self.paged(draft).map(Some)
    }

    /// Whether a list is filtered in one more way: filters come alone and together.
    fn filters(&mut self) -> Result<bool> {
        self.choice.ratio(1_u8, 5)
    }

    fn paged(&mut self, draft: Draft) -> Result<Draft> {
        Ok(match self.choice.ratio(1_u8, 5)? {
            true => draft.with("maxResults", self.choice.int_in_range(1..=4)?),
            false => draft,
        })
    }
}

fn is_in(draft: &Draft, list: &str, symbol: &str) -> bool {
    let list = draft.call().arguments.get(list).and_then(Value::as_array);
    list.is_some_and(|list| list.iter().any(|each| *each == symbol))
}
