//! Calls that are in order, as far as the sketch knows.

use crate::alibaba::draft::{
    Draft, accept, associate, call, create, delete, disassociate, leave, list_associations,
    list_invitations, list_scope, pair, reject, rename,
};
use crate::fuzz::sketch::{Sketch, SketchedShare};
use crate::fuzz::vocabulary::{Owned, Vocabulary};
use crate::fuzz::{Feature, Swarm};
use arbitrary::{Result, Unstructured};
use serde_json::Value;
use sharespec_wire::case::CallStep;

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
const WEIGHTS: [u8; OPERATIONS.len()] = [6, 24, 22, 5, 4, 6, 8, 6, 6, 4, 8, 3, 1, 1];

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
            false => self.associate()?.unwrap_or_else(|| call("owner", "DescribeRegions")),
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
            "ListResourceShareInvitations" => self.look_for_invitation()?,
            "AcceptResourceShareInvitation" => self.answer(accept)?,
            "RejectResourceShareInvitation" => self.answer(reject)?,
            "ListResourceShares" => Some(self.list_shares()?),
            "ListResourceShareAssociations" => self.list_associations()?,
            "ListSharedResources" | "ListSharedTargets" => Some(self.list_shared(operation)?),
            "CheckSharingWithResourceDirectoryStatus" | "DescribeRegions" => {
                let caller = self.caller()?;
                Some(call(&caller, operation))
            }
            _ => None,
        };
        Ok(draft)
    }

    /// A share that is there, or now and then one that is gone.
    pub(super) fn share(&mut self) -> Result<Option<SketchedShare>> {
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
        let draft = create(&name).by(&owner);
        let external = self.swarm.has(Feature::Outside) && self.choice.ratio(3_u8, 4)?;
        let draft = match (external, self.choice.ratio(1_u8, 8)?) {
            (true, _) => draft.with("AllowExternalTargets", true),
            (false, true) => draft.with("AllowExternalTargets", false),
            (false, false) => draft,
        };
        if self.choice.ratio(2_u8, 3)? {
            return Ok(draft);
        }
        let share = SketchedShare { name, owner, external, ..SketchedShare::default() };
        self.fill(draft, &share)
    }

    fn associate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.share()? else { return Ok(None) };
        let draft = associate(&share.name).by(&share.owner);
        let filled = self.fill(draft, &share)?;
        Ok(Some(filled))
    }

    /// Adds what the share does not have yet: resources by one of their names, principals, or both.
    fn fill(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let kind = self.choice.int_in_range(0..=5)?;
        let by_arn = self.choice.ratio(1_u8, 3)?;
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
        Ok(*self.choice.choose(&[1_usize, 1, 1, 2, 2, 3, 4, 5])?)
    }

    fn resource(&mut self, draft: Draft, share: &SketchedShare, by_arn: bool) -> Result<Draft> {
        let Some(owner) = self.words.owners.iter().find(|owner| owner.role == share.owner) else {
            return Ok(draft);
        };
        let mut nameable: Vec<&Owned> = owner.resources.iter().collect();
        nameable.retain(|each| if by_arn { each.by_arn.is_some() } else { each.by_id.is_some() });
        if nameable.is_empty() {
            return Ok(draft);
        }
        let owned = *self.swarm.pick(self.choice, &nameable)?;
        Ok(put_resource(draft, &share.owner, owned, by_arn, &share.resources))
    }

    fn principal(&mut self, draft: Draft, share: &SketchedShare) -> Result<Draft> {
        let outside = share.external
            && self.swarm.has(Feature::Outside)
            && share.principals.len() < MOST_INVITED
            && self.choice.ratio(1_u8, 3)?;
        let wide = self.words.wide(&share.owner);
        let symbol = if outside {
            let outside = self.words.outside(&share.owner);
            format!("$account.{}", self.swarm.pick(self.choice, &outside)?)
        } else if self.swarm.has(Feature::Wide) && !wide.is_empty() && self.choice.ratio(1_u8, 4)? {
            self.choice.choose(wide)?.clone()
        } else if self.swarm.has(Feature::Wide)
            && share.external
            && !self.words.services.is_empty()
            && self.choice.ratio(1_u8, 8)?
        {
            self.choice.choose(&self.words.services)?.clone()
        } else {
            let inside = self.words.inside(&share.owner);
            if inside.is_empty() {
                return Ok(draft);
            }
            format!("$account.{}", self.swarm.pick(self.choice, &inside)?)
        };
        let named = draft.call().arguments.get("Targets").and_then(Value::as_array);
        let again = named.is_some_and(|list| list.iter().any(|each| *each == symbol.as_str()));
        Ok(if again || share.principals.contains(&symbol) { draft } else { draft.target(symbol) })
    }

    fn disassociate(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.share()? else { return Ok(None) };
        if !share.joined.is_empty() && self.swarm.caller.is_none() && self.choice.ratio(1_u8, 3)? {
            let role = self.choice.choose(&share.joined)?;
            return Ok(Some(leave(&share.name, role)));
        }
        let mut draft = disassociate(&share.name).by(&share.owner);
        if self.choice.ratio(1_u8, 4)? {
            draft = draft.mode("Self");
        }
        let count = self.count()?;
        let gone = self.swarm.has(Feature::Gone) && self.choice.ratio(1_u8, 10)?;
        for _ in 0..count {
            let there = share.resources.iter().chain(&share.principals);
            let from: Vec<&String> =
                if gone { share.ended.iter().collect() } else { there.collect() };
            if from.is_empty() {
                break;
            }
            draft = put(draft, self.choice.choose(&from)?);
        }
        let named = draft.call().arguments.len()
            > 1 + usize::from(draft.call().arguments.contains_key("ResourceOwner"));
        Ok(Some(draft).filter(|_| named))
    }

    fn update(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.share()? else { return Ok(None) };
        let name = format!("n{}", self.choice.int_in_range(0..=3)?);
        let draft = rename(&share.name, &name).by(&share.owner);
        Ok(Some(match self.choice.int_in_range(0..=5)? {
            0 => draft.with("AllowExternalTargets", true),
            1 => draft.with("AllowExternalTargets", false),
            _ => draft,
        }))
    }

    /// Somebody who was invited asks for the invitation.
    fn look_for_invitation(&mut self) -> Result<Option<Draft>> {
        let mut waiting = Vec::new();
        for share in self.sketch.live() {
            let outside = self.words.outside(&share.owner);
            let invited = share.principals.iter().filter_map(|each| each.strip_prefix("$account."));
            for role in invited.filter(|role| outside.iter().any(|each| *each == role)) {
                if !share.joined.iter().any(|each| each == role) {
                    waiting.push((share.name.clone(), role.to_owned()));
                }
            }
        }
        if waiting.is_empty() {
            let Some(share) = self.share()? else { return Ok(None) };
            let caller = self.caller()?;
            return Ok(Some(list_invitations(&share.name, &caller)));
        }
        let (share, role) = self.choice.choose(&waiting)?;
        Ok(Some(list_invitations(share, role)))
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

    fn list_shares(&mut self) -> Result<Draft> {
        let share = self.share()?;
        let (mut draft, share) = match &share {
            Some(share) if self.choice.ratio(5_u8, 6)? => {
                let draft = list_scope("ListResourceShares", &share.name, "Self").by(&share.owner);
                (draft, Some(share))
            }
            _ => (call(&self.caller()?, "ListResourceShares").mode("Self"), None),
        };
        if let Some(share) = share
            && self.filters()?
        {
            draft = draft.with("ResourceShareName", format!("$name.{}", share.name));
        }
        if self.filters()? {
            let status = *self.choice.choose(&["Active", "Pending", "Deleting", "Deleted"])?;
            draft = draft.with("ResourceShareStatus", status);
        }
        self.paged(draft)
    }

    /// Whether a list is filtered in one more way: filters come alone and together.
    fn filters(&mut self) -> Result<bool> {
        self.choice.ratio(1_u8, 5)
    }

    fn list_associations(&mut self) -> Result<Option<Draft>> {
        let Some(share) = self.share()? else { return Ok(None) };
        let resources = self.choice.ratio(1_u8, 2)?;
        let kind = if resources { "Resource" } else { "Target" };
        let mut draft = list_associations(&share.name, kind).by(&share.owner);
        if self.filters()? {
            let status = ["Associating", "Associated", "Disassociating", "Disassociated", "Failed"];
            draft = draft.with("AssociationStatus", *self.choice.choose(&status)?);
        }
        if resources && !share.resources.is_empty() && self.filters()? {
            let resource = self.choice.choose(&share.resources)?;
            let name = if resource.starts_with("$arn") { "ResourceArn" } else { "ResourceId" };
            draft = draft.with(name, resource.clone());
        }
        if !resources && !share.principals.is_empty() && self.filters()? {
            draft = draft.with("Target", self.choice.choose(&share.principals)?.clone());
        }
        self.paged(draft).map(Some)
    }

    fn list_shared(&mut self, operation: &str) -> Result<Draft> {
        let share = self.share()?;
        let Some(share) = share.filter(|_| self.choice.ratio(5_u8, 6).unwrap_or(true)) else {
            let mode = *self.choice.choose(&["Self", "OtherAccounts"])?;
            let draft = call(&self.caller()?, operation).mode(mode);
            return self.paged(draft);
        };
        let mut draft =
            match share.principals.iter().find_map(|each| each.strip_prefix("$account.")) {
                Some(role) if self.swarm.caller.is_none() && self.choice.ratio(1_u8, 3)? => {
                    list_scope(operation, &share.name, "OtherAccounts").by(role)
                }
                _ => list_scope(operation, &share.name, "Self").by(&share.owner),
            };
        let own = draft.call().caller == share.owner;
        let targets = operation == "ListSharedTargets";
        if targets && own && !share.principals.is_empty() && self.filters()? {
            draft = draft.list("Targets", [self.choice.choose(&share.principals)?.clone()]);
        }
        if !targets && !share.resources.is_empty() && self.filters()? {
            let resource = self.choice.choose(&share.resources)?;
            let name = if resource.starts_with("$arn") { "ResourceArns" } else { "ResourceIds" };
            draft = draft.list(name, [resource.clone()]);
        }
        if self.filters()? {
            let kind = self.swarm.pick(self.choice, &self.words.kinds)?;
            draft = draft.with("ResourceType", kind.clone());
        }
        self.paged(draft)
    }

    fn paged(&mut self, draft: Draft) -> Result<Draft> {
        // The pages of everything that an account has are walked only if they are long.
        let scoped = draft.call().arguments.contains_key("ResourceShareIds");
        Ok(match self.choice.ratio(1_u8, 5)? && scoped {
            true => draft.with("MaxResults", self.choice.int_in_range(1..=4)?.to_string()),
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
