//! Calls that are in order, as far as the sketch knows.

use crate::alibaba::draft::{
    Draft, accept, associate, call, create, delete, disassociate, leave, list_associations,
    list_invitations, list_scope, pair, reject, rename,
};
use crate::fuzz::Feature;
use crate::fuzz::scene::Scene;
use crate::fuzz::sketch::SketchedShare;
use crate::fuzz::vocabulary::Owned;
use arbitrary::Result;
use serde_json::Value;

/// The operations that calls are made of. EnableSharingWithResourceDirectory is among them only where it
/// changes nothing.
pub(super) const OPERATIONS: &[&str] = &[
    "CreateResourceShare",
    "AssociateResourceShare",
    "DisassociateResourceShare",
    "UpdateResourceShare",
    "DeleteResourceShare",
    "ListResourceShares",
    "ListResourceShareAssociations",
    "ListSharedResources",
    "ListSharedTargets",
    "ListResourceShareInvitations",
    "AcceptResourceShareInvitation",
    "RejectResourceShareInvitation",
    "CheckSharingWithResourceDirectoryStatus",
    "DescribeRegions",
];

/// How often each operation is drawn, in the order of [`OPERATIONS`].
pub(super) const WEIGHTS: [u8; OPERATIONS.len()] = [6, 24, 22, 5, 4, 6, 8, 6, 6, 4, 8, 3, 1, 1];

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
        false => Ok(valid.associate()?.unwrap_or_else(|| call("owner", "DescribeRegions"))),
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
            "ListResourceShareInvitations" => self.look_for_invitation()?,
            "AcceptResourceShareInvitation" => self.answer(accept)?,
            "RejectResourceShareInvitation" => self.answer(reject)?,
            "ListResourceShares" => Some(self.list_shares()?),
            "ListResourceShareAssociations" => self.list_associations()?,
            "ListSharedResources" | "ListSharedTargets" => Some(self.list_shared(operation)?),
            "CheckSharingWithResourceDirectoryStatus" | "DescribeRegions" => {
                let caller = self.scene.caller()?;
                Some(call(&caller, operation))
            }
            _ => None,
        };
        Ok(draft)
    }

    fn create(&mut self) -> Result<Draft> {
        let owner = self.scene.owner()?;
        let name = format!("s{}", self.scene.sketch.shares.len());
        let draft = create(&name).by(&owner);
        let external =
            self.scene.swarm.has(Feature::Outside) && self.scene.choice.ratio(3_u8, 4)?;
        let draft = match (external, self.scene.choice.ratio(1_u8, 8)?) {
            (true, _) => draft.with("AllowExternalTargets", true),
            (false, true) => draft.with("AllowExternalTargets", false),
            (false, false) => draft,
        };
        if self.scene.choice.ratio(2_u8, 3)? {
            return Ok(draft);
        }
        let share = SketchedShare { name, owner, external, ..SketchedShare::default() };
        self.fill(draft, &share)
    }

    fn associate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        let draft = associate(&share.name).by(&share.owner);
        let filled = self.fill(draft, &share)?;
        Ok(Some(filled))
    }

    /// Adds what the share does not have yet: resources by one of their names, principals, or both.
    fn fill(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let kind = self.scene.choice.int_in_range(0..=5)?;
        let by_arn = self.scene.choice.ratio(1_u8, 3)?;
        let mut draft = draft;
        if kind <= 3 {
            let count = self.count()?;
            for _ in 0..count {
                draft = self.resource(draft, share, by_arn)?;
            }
        }
        if kind >= 2 {
            let count = self.count()?;
            for _ in 0..count {
                draft = self.principal(draft, share)?;
            }
        }
        match draft.call().arguments.keys().any(|name| name != "ResourceShareId") {
            true => Ok(draft),
            false => self.principal(draft, share),
        }
    }

    fn count(&mut self) -> Result<usize> {
        Ok(*self.scene.choice.choose(&[1_usize, 1, 1, 2, 2, 3, 4, 5])?)
    }

    fn resource(&mut self, draft: Draft, share: &SketchedShare, by_arn: bool) -> Result<Draft> {
        let Some(owner) = self.scene.words.owners.iter().find(|owner| owner.role == share.owner)
        else {
            return Ok(draft);
        };
        let mut nameable: Vec<&Owned> = owner.resources.iter().collect();
        nameable.retain(|each| if by_arn { each.by_arn.is_some() } else { each.by_id.is_some() });
        if nameable.is_empty() {
            return Ok(draft);
        }
        let owned = *self.scene.swarm.pick(self.scene.choice, &nameable)?;
        Ok(put_resource(draft, &share.owner, owned, by_arn, &share.resources))
    }

    fn principal(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let outside = share.external
            && self.scene.swarm.has(Feature::Outside)
            && share.principals.len() < MOST_INVITED
            && self.scene.choice.ratio(1_u8, 3)?;
        let wide = self.scene.words.wide(&share.owner);
        let symbol = if outside {
            let outside = self.scene.words.outside(&share.owner);
            format!("$account.{}", self.scene.swarm.pick(self.scene.choice, &outside)?)
        } else if self.scene.swarm.has(Feature::Wide)
            && !wide.is_empty()
            && self.scene.choice.ratio(1_u8, 4)?
        {
            self.scene.choice.choose(wide)?.clone()
        } else if self.scene.swarm.has(Feature::Wide)
            && share.external
            && !self.scene.words.services.is_empty()
            && self.scene.choice.ratio(1_u8, 8)?
        {
            self.scene.choice.choose(&self.scene.words.services)?.clone()
        } else {
            let inside = self.scene.words.inside(&share.owner);
            if inside.is_empty() {
                return Ok(draft);
            }
            format!("$account.{}", self.scene.swarm.pick(self.scene.choice, &inside)?)
        };
        let named = draft.call().arguments.get("Targets").and_then(Value::as_array);
        let again = named.is_some_and(|list| list.iter().any(|each| *each == symbol.as_str()));
        Ok(if again || share.principals.contains(&symbol) { draft } else { draft.target(symbol) })
    }

    fn disassociate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        if let Some(role) = self.scene.leaver(&share)? {
            return Ok(Some(leave(&share.name, role)));
        }
        let mut draft = disassociate(&share.name).by(&share.owner);
        if self.scene.choice.ratio(1_u8, 4)? {
            draft = draft.mode("Self");
        }
        let count = self.count()?;
        let gone = self.scene.swarm.has(Feature::Gone) && self.scene.choice.ratio(1_u8, 10)?;
        for _ in 0..count {
            let Some(symbol) = self.scene.member(&share, gone)? else { break };
            draft = put(draft, symbol);
        }
        let named = draft.call().arguments.len()
            > 1 + usize::from(draft.call().arguments.contains_key("ResourceOwner"));
        Ok(Some(draft).filter(|_| named))
    }

    fn update(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        let name = format!("n{}", self.scene.choice.int_in_range(0..=3)?);
        let draft = rename(&share.name, &name).by(&share.owner);
        Ok(Some(match self.scene.choice.int_in_range(0..=5)? {
            0 => draft.with("AllowExternalTargets", true),
            1 => draft.with("AllowExternalTargets", false),
            _ => draft,
        }))
    }

    /// Somebody who was invited asks for the invitation.
    fn look_for_invitation(&mut self) -> Result<Option<Draft>> {
        let invited = self.scene.invited()?;
        Ok(invited.map(|(share, role)| list_invitations(&share, &role)))
    }

    fn answer(&mut self, how: fn(&str, &str) -> Draft) -> Result<Option<Draft>> {
        match self.scene.told()? {
            Some((share, role)) => Ok(Some(how(share, role))),
            None => self.look_for_invitation(),
        }
    }

    fn list_shares(&mut self) -> Result<Draft> {
        let share = self.scene.share()?;
        let (mut draft, share) = match &share {
            Some(share) if self.scene.choice.ratio(5_u8, 6)? => {
                let draft = list_scope("ListResourceShares", &share.name, "Self").by(&share.owner);
                (draft, Some(share))
            }
            _ => (call(&self.scene.caller()?, "ListResourceShares").mode("Self"), None),
        };
        if let Some(share) = share
            && self.scene.filters()?
        {
            draft = draft.with("ResourceShareName", format!("$name.{}", share.name));
        }
        if self.scene.filters()? {
            let status =
                *self.scene.choice.choose(&["Active", "Pending", "Deleting", "Deleted"])?;
            draft = draft.with("ResourceShareStatus", status);
        }
        self.paged(draft)
    }

    fn list_associations(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.scene.share()? else { return Ok(None) };
        let resources = self.scene.choice.ratio(1_u8, 2)?;
        let kind = if resources { "Resource" } else { "Target" };
        let mut draft = list_associations(&share.name, kind).by(&share.owner);
        if self.scene.filters()? {
            let status = ["Associating", "Associated", "Disassociating", "Disassociated", "Failed"];
            draft = draft.with("AssociationStatus", *self.scene.choice.choose(&status)?);
        }
        if resources && !share.resources.is_empty() && self.scene.filters()? {
            let resource = self.scene.choice.choose(&share.resources)?;
            let name = if resource.starts_with("$arn") { "ResourceArn" } else { "ResourceId" };
            draft = draft.with(name, resource.clone());
        }
        if !resources && !share.principals.is_empty() && self.scene.filters()? {
            draft = draft.with("Target", self.scene.choice.choose(&share.principals)?.clone());
        }
        self.paged(draft).map(Some)
    }

    fn list_shared(&mut self, operation: &str) -> Result<Draft> {
        let share = self.scene.share()?;
        let Some(share) = share.filter(|_| self.scene.choice.ratio(5_u8, 6).unwrap_or(true)) else {
            let mode = *self.scene.choice.choose(&["Self", "OtherAccounts"])?;
            let draft = call(&self.scene.caller()?, operation).mode(mode);
            return self.paged(draft);
        };
        let mut draft =
            match share.principals.iter().find_map(|each| each.strip_prefix("$account.")) {
                Some(role)
                    if self.scene.swarm.caller.is_none() && self.scene.choice.ratio(1_u8, 3)? =>
                {
                    list_scope(operation, &share.name, "OtherAccounts").by(role)
                }
                _ => list_scope(operation, &share.name, "Self").by(&share.owner),
            };
        let own = draft.call().caller == share.owner;
        let targets = operation == "ListSharedTargets";
        if targets && own && !share.principals.is_empty() && self.scene.filters()? {
            draft = draft.list("Targets", [self.scene.choice.choose(&share.principals)?.clone()]);
        }
        if !targets && !share.resources.is_empty() && self.scene.filters()? {
            let resource = self.scene.choice.choose(&share.resources)?;
            let name = if resource.starts_with("$arn") { "ResourceArns" } else { "ResourceIds" };
            draft = draft.list(name, [resource.clone()]);
        }
        if self.scene.filters()? {
            let kind = self.scene.swarm.pick(self.scene.choice, &self.scene.words.kinds)?;
            draft = draft.with("ResourceType", kind.clone());
        }
        self.paged(draft)
    }

    fn paged(&mut self, draft: Draft) -> Result<Draft> {
        // The pages of everything that an account has are walked only if they are long.
        let scoped = draft.call().arguments.contains_key("ResourceShareIds");
        Ok(match self.scene.choice.ratio(1_u8, 5)? && scoped {
            true => draft.with("MaxResults", self.scene.choice.int_in_range(1..=4)?.to_string()),
            false => draft,
        })
    }
}

/// Adds a resource, unless the call or the share has it already.
fn put_resource(draft: Draft, owner: &str, owned: &Owned, arn: bool, there: &[String]) -> Draft {
    let (id, number) = match (arn, owned.by_arn, owned.by_id) {
        (true, Some(number), _) => (false, number),
        (_, _, Some(number)) => (true, number),
        _ => return draft,
    };
    let kind = &owned.kind;
    let by_id = owned.by_id.map(|number| format!("$id.{owner}.{kind}.{number}"));
    let by_arn = owned.by_arn.map(|number| format!("$arn.{owner}.{kind}.{number}"));
    let names = [by_id, by_arn];
    let known = |text: &str| names.iter().flatten().any(|name| name == text);
    let arguments = &draft.call().arguments;
    let listed = ["Resources", "ResourceArns"].iter().any(|name| {
        let list = arguments.get(*name).and_then(Value::as_array);
        list.is_some_and(|list| {
            list.iter().any(|each| {
                each.as_str().or_else(|| each.get("ResourceId")?.as_str()).is_some_and(known)
            })
        })
    });
    if listed || there.iter().any(|each| known(each)) {
        return draft;
    }
    match id {
        true => draft.pair(kind, format!("$id.{owner}.{kind}.{number}")),
        false => draft.entry("ResourceArns", format!("$arn.{owner}.{kind}.{number}")),
    }
}

/// Adds an entity by its symbol. Pairs and ARNs do not go together: the first decides.
pub(super) fn put(draft: Draft, symbol: &str) -> Draft {
    let arguments = &draft.call().arguments;
    let (arns, ids) = (arguments.contains_key("ResourceArns"), arguments.contains_key("Resources"));
    let listed = Value::Object(arguments.clone()).to_string().contains(&format!("\"{symbol}\""));
    let kind = symbol.split('.').nth(2).map(str::to_owned);
    match (symbol.split('.').next(), kind) {
        _ if listed => draft,
        (Some("$id"), Some(kind)) if !arns => {
            draft.entry("Resources", pair(Some(&kind), Some(symbol.into())))
        }
        (Some("$arn"), _) if !ids => draft.entry("ResourceArns", symbol),
        (Some("$id" | "$arn"), _) => draft,
        _ => draft.target(symbol),
    }
}
