"""The life of a resource share, driven by the official Python SDK.

    client.py URL WORLD.json

Nothing here knows how requests are written or signed: that is the SDK's part, and the point.
Every step is a check; the last line is `N passed, M failed`.
"""

import json
import sys
import time
import traceback

from alibabacloud_resourcesharing20200110 import models
from alibabacloud_resourcesharing20200110.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.models import Config

# The name of an algorithm for people, and what the SDK calls it; none is its default.
ALGORITHMS = (("ACS3-HMAC-SHA256", None), ("HMAC-SHA1", "v2"))
SETTLE_SECONDS = 20


class Tally:
    """Counts what was checked."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, what, actual, expected):
        if actual == expected:
            self.passed += 1
            print(f"ok      {what}")
            return
        self.failed += 1
        print(f"FAILED  {what}: expected {expected!r}, got {actual!r}")


def connect(url, world, account, algorithm):
    """A client of the SDK for one account of the world."""
    keys = world["accounts"][account]
    return Client(
        Config(
            access_key_id=keys["access_key_id"],
            access_key_secret=keys["access_key_secret"],
            protocol="http",
            endpoint=url.removeprefix("http://"),
            region_id=world["region"],
            signature_algorithm=algorithm,
        )
    )


def switches(world):
    """Two VSwitches of the owner."""
    owned = [
        resource
        for resource in world["resources"]
        if (resource["type"], resource["owner"]) == ("VSwitch", "owner")
    ]
    return owned[0], owned[1]


def until(read, wanted):
    """Reads until it is as wanted or the time is over, and says what was read last."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        seen = read()
        if seen == wanted or time.monotonic() > deadline:
            return seen
        time.sleep(0.1)


class Life:
    """One share, from its creation to its deletion, under one signature algorithm."""

    def __init__(self, tally, url, world, name, algorithm):
        self.tally = tally
        self.name = name
        self.client = connect(url, world, "owner", algorithm)
        self.stranger = connect(url, world, "outsider", algorithm)
        self.impostor = self.with_wrong_secret(url, world, algorithm)
        self.member = world["accounts"]["member-a"]["id"]
        self.by_id, self.by_arn = switches(world)
        self.share = None

    @staticmethod
    def with_wrong_secret(url, world, algorithm):
        keys = dict(world["accounts"]["owner"], access_key_secret="not-the-secret")
        return connect(url, dict(world, accounts={"owner": keys}), "owner", algorithm)

    def check(self, what, actual, expected):
        self.tally.check(f"{self.name}: {what}", actual, expected)

    def refused(self, what, call, status, code, message=None):
        """Checks that the SDK raises the error of the API, with its members."""
        try:
            call()
        except ClientException as error:
            self.check(f"{what}: status", error.status_code, status)
            self.check(f"{what}: code", error.code, code)
            self.check(f"{what}: has a request id", bool(error.request_id), True)
            if message is not None:
                self.check(f"{what}: message", message in (error.message or ""), True)
            return
        self.check(f"{what}: is refused", "accepted", code)

    def associations(self, kind):
        """The entities of one kind in the share, each with its status."""
        request = models.ListResourceShareAssociationsRequest(
            association_type=kind, resource_share_ids=[self.share]
        )
        body = self.client.list_resource_share_associations(request).body
        rows = body.resource_share_associations or []
        return sorted((row.entity_id, row.association_status) for row in rows)

    def settle(self, what, kind, wanted):
        self.check(what, until(lambda: self.associations(kind), sorted(wanted)), sorted(wanted))

    def statuses(self, status=None):
        """The statuses of the shares with this id that the owner sees."""
        request = models.ListResourceSharesRequest(
            resource_owner="Self", resource_share_ids=[self.share], resource_share_status=status
        )
        shares = self.client.list_resource_shares(request).body.resource_shares or []
        return [share.resource_share_status for share in shares]

    def remove(self, **what):
        request = models.DisassociateResourceShareRequest(resource_share_id=self.share, **what)
        return self.client.disassociate_resource_share(request)

    def create(self):
        label = "sdk-" + self.name.lower()
        request = models.CreateResourceShareRequest(
            resource_share_name=label, allow_external_targets=False
        )
        reply = self.client.create_resource_share(request)
        share = reply.body.resource_share
        self.share = share.resource_share_id
        self.check("create: status", reply.status_code, 200)
        self.check("create: name", share.resource_share_name, label)
        self.check("create: external targets", share.allow_external_targets, False)
        self.check("create: is active", until(self.statuses, ["Active"]), ["Active"])

    def associate(self):
        resources = [
            models.AssociateResourceShareRequestResources(
                resource_id=resource["id"], resource_type="VSwitch"
            )
            for resource in (self.by_id, self.by_arn)
        ]
        request = models.AssociateResourceShareRequest(
            resource_share_id=self.share, targets=[self.member], resources=resources
        )
        rows = self.client.associate_resource_share(request).body.resource_share_associations
        named = sorted(row.entity_id for row in rows)
        wanted = sorted([self.member, self.by_id["id"], self.by_arn["id"]])
        self.check("associate: one row for each entity", named, wanted)
        self.settle("associate: the member", "Target", [(self.member, "Associated")])
        both = [(each["id"], "Associated") for each in (self.by_id, self.by_arn)]
        self.settle("associate: the resources", "Resource", both)

    def disassociate(self):
        one = models.DisassociateResourceShareRequestResources(
            resource_id=self.by_id["id"], resource_type="VSwitch"
        )
        rows = self.remove(resources=[one]).body.resource_share_associations
        row = rows[0]
        self.check("disassociate by id: rows", len(rows), 1)
        self.check("disassociate by id: entity", row.entity_id, self.by_id["id"])
        self.check("disassociate by id: type", row.association_type, "Resource")
        left = [(self.by_id["id"], "Disassociated"), (self.by_arn["id"], "Associated")]
        self.settle("disassociate by id: only this one", "Resource", left)
        rows = self.remove(resource_arns=[self.by_arn["arn"]]).body.resource_share_associations
        arns = [row.resource_arn for row in rows]
        self.check("disassociate by ARN: rows", arns, [self.by_arn["arn"]])
        gone = [(each["id"], "Disassociated") for each in (self.by_id, self.by_arn)]
        self.settle("disassociate by ARN: both are gone", "Resource", gone)
        self.remove(targets=[self.member])
        self.settle("disassociate a member", "Target", [(self.member, "Disassociated")])

    def errors(self):
        self.refused(
            "what is not associated",
            lambda: self.remove(targets=[self.member]),
            400,
            "DisassociateInvalid",
            "You can not disassociate unassociated resource or target.",
        )
        self.refused("nothing is named", self.remove, 400, "ResourceAndTargetBothEmpty")
        request = models.DisassociateResourceShareRequest(
            resource_share_id="rs-Sdk0Unknown1", targets=[self.member]
        )
        call = lambda: self.client.disassociate_resource_share(request)
        self.refused("an unknown share", call, 404, "EntityNotExists.ResourceShare")
        request = models.ListResourceSharesRequest(resource_owner="Self")
        call = lambda: self.impostor.list_resource_shares(request)
        self.refused("a wrong secret", call, 400, "SignatureDoesNotMatch")
        shares = self.stranger.list_resource_shares(request).body.resource_shares or []
        seen = [share for share in shares if share.resource_share_id == self.share]
        self.check("a stranger does not see the share", seen, [])

    def delete(self):
        self.client.delete_resource_share(
            models.DeleteResourceShareRequest(resource_share_id=self.share)
        )
        self.check("delete", until(self.statuses, ["Deleted"]), ["Deleted"])

    def play(self):
        for step in (self.create, self.associate, self.disassociate, self.errors, self.delete):
            try:
                step()
            except Exception:
                # A step that breaks off leaves nothing for the next to stand on.
                traceback.print_exc()
                self.check(f"{step.__name__} ends", "an exception", "no exception")
                return


def main(url, world_file):
    with open(world_file, encoding="utf-8") as file:
        world = json.load(file)
    tally = Tally()
    for name, algorithm in ALGORITHMS:
        Life(tally, url, world, name, algorithm).play()
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 0 if tally.passed > 0 and tally.failed == 0 else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: client.py URL WORLD.json")
    sys.exit(main(sys.argv[1], sys.argv[2]))
