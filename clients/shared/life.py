"""The life of a resource share, as every Python client drives it.

A client brings its ways of writing requests: the name of a way, for people, with a function
`connect(url, region, keys)` whose result is called with an operation and its arguments, all under
the names of the API, and gives the members of the reply or raises `Refused`. Nothing here knows
how requests are written or signed: that is the SDK's part, and the point. Every step is a check;
the last line is `N passed, M failed`.
"""

import json
import sys
import time
import traceback

SETTLE_SECONDS = 20


class Refused(Exception):
    """What a client makes of an error of the API."""

    def __init__(self, status, code, request_id, message):
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.request_id = request_id
        self.message = message


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


def until(read, wanted):
    """Reads until it is as wanted or the time is over, and says what was read last."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        seen = read()
        if seen == wanted or time.monotonic() > deadline:
            return seen
        time.sleep(0.1)


def take(steps, check):
    """Takes one step after the other."""
    for step in steps:
        try:
            step()
        except Exception:
            # A step that breaks off leaves nothing for the next to stand on.
            traceback.print_exc()
            check(f"{step.__name__} ends", "an exception", "no exception")
            return


def switch(resource):
    """How a request names a VSwitch."""
    return {"ResourceId": resource["id"], "ResourceType": "VSwitch"}


class Life:
    """One share, from its creation to its deletion, in one way of writing requests."""

    def __init__(self, tally, world, name, connect, takes_arns, wrong_secret):
        accounts = world["accounts"]
        self.tally = tally
        self.name = name
        self.takes_arns = takes_arns
        self.wrong_secret = wrong_secret
        self.call = connect(accounts["owner"])
        self.stranger = connect(accounts["outsider"])
        self.impostor = connect(dict(accounts["owner"], access_key_secret="not-the-secret"))
        self.member = accounts["member-a"]["id"]
        owned = (each for each in world["resources"] if each["owner"] == "owner")
        self.first, self.second = [each for each in owned if each["type"] == "VSwitch"][:2]
        self.share = None

    def check(self, what, actual, expected):
        self.tally.check(f"{self.name}: {what}", actual, expected)

    def refused(self, what, call, status, code, message=None):
        """Checks that the client raises the error of the API, with its members."""
        try:
            call()
        except Refused as error:
            self.check(f"{what}: status", error.status, status)
            self.check(f"{what}: code", error.code, code)
            self.check(f"{what}: has a request id", bool(error.request_id), True)
            if message is not None:
                self.check(f"{what}: message", message in (error.message or ""), True)
            return
        self.check(f"{what}: is refused", "accepted", code)

    def associations(self, kind):
        """The entities of one kind in the share, each with its status."""
        arguments = {"AssociationType": kind, "ResourceShareIds": [self.share]}
        reply = self.call("ListResourceShareAssociations", arguments)
        rows = reply.get("ResourceShareAssociations") or []
        return sorted((row["EntityId"], row["AssociationStatus"]) for row in rows)

    def settle(self, what, kind, wanted):
        self.check(what, until(lambda: self.associations(kind), sorted(wanted)), sorted(wanted))

    def statuses(self):
        """The statuses of the shares with this id that the owner sees."""
        arguments = {"ResourceOwner": "Self", "ResourceShareIds": [self.share]}
        shares = self.call("ListResourceShares", arguments).get("ResourceShares") or []
        return [share["ResourceShareStatus"] for share in shares]

    def remove(self, **what):
        arguments = {"ResourceShareId": self.share, **what}
        reply = self.call("DisassociateResourceShare", arguments)
        return reply.get("ResourceShareAssociations") or []

    def create(self):
        label = "sdk-" + self.name.lower()
        arguments = {"ResourceShareName": label, "AllowExternalTargets": False}
        share = self.call("CreateResourceShare", arguments)["ResourceShare"]
        self.share = share["ResourceShareId"]
        self.check("create: name", share["ResourceShareName"], label)
        self.check("create: external targets", share["AllowExternalTargets"], False)
        self.check("create: is active", until(self.statuses, ["Active"]), ["Active"])

    def associate(self):
        arguments = {
            "ResourceShareId": self.share,
            "Targets": [self.member],
            "Resources": [switch(self.first), switch(self.second)],
        }
        reply = self.call("AssociateResourceShare", arguments)
        named = sorted(row["EntityId"] for row in reply["ResourceShareAssociations"])
        wanted = sorted([self.member, self.first["id"], self.second["id"]])
        self.check("associate: one row for each entity", named, wanted)
        self.settle("associate: the member", "Target", [(self.member, "Associated")])
        both = [(each["id"], "Associated") for each in (self.first, self.second)]
        self.settle("associate: the resources", "Resource", both)

    def disassociate(self):
        rows = self.remove(Resources=[switch(self.first)])
        named = [(row["EntityId"], row["AssociationType"]) for row in rows]
        self.check("disassociate by id: rows", named, [(self.first["id"], "Resource")])
        left = [(self.first["id"], "Disassociated"), (self.second["id"], "Associated")]
        self.settle("disassociate by id: only this one", "Resource", left)
        if self.takes_arns:
            rows = self.remove(ResourceArns=[self.second["arn"]])
            arns = [row.get("ResourceArn") for row in rows]
            self.check("disassociate by ARN: rows", arns, [self.second["arn"]])
        else:
            self.remove(Resources=[switch(self.second)])
        gone = [(each["id"], "Disassociated") for each in (self.first, self.second)]
        self.settle("disassociate the other: both are gone", "Resource", gone)
        self.remove(Targets=[self.member])
        self.settle("disassociate a member", "Target", [(self.member, "Disassociated")])

    def errors(self):
        self.refused(
            "what is not associated",
            lambda: self.remove(Targets=[self.member]),
            400,
            "DisassociateInvalid",
            "You can not disassociate unassociated resource or target.",
        )
        self.refused("nothing is named", self.remove, 400, "ResourceAndTargetBothEmpty")
        unknown = {"ResourceShareId": "rs-Sdk0Unknown1", "Targets": [self.member]}
        call = lambda: self.call("DisassociateResourceShare", unknown)
        self.refused("an unknown share", call, 404, "EntityNotExists.ResourceShare")
        arguments = {"ResourceOwner": "Self"}
        call = lambda: self.impostor("ListResourceShares", arguments)
        self.refused("a wrong secret", call, 400, self.wrong_secret)
        shares = self.stranger("ListResourceShares", arguments).get("ResourceShares") or []
        seen = [share for share in shares if share["ResourceShareId"] == self.share]
        self.check("a stranger does not see the share", seen, [])

    def delete(self):
        self.call("DeleteResourceShare", {"ResourceShareId": self.share})
        self.check("delete", until(self.statuses, ["Deleted"]), ["Deleted"])

    def play(self):
        steps = (self.create, self.associate, self.disassociate, self.errors, self.delete)
        take(steps, self.check)


def run(play):
    """Has `play(tally, url, world)` check what the command line names, and ends with the result."""
    if len(sys.argv) != 3:
        sys.exit("usage: client.py URL WORLD.json")
    url, world_file = sys.argv[1:]
    with open(world_file, encoding="utf-8") as file:
        world = json.load(file)
    tally = Tally()
    play(tally, url, world)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(0 if tally.passed > 0 and tally.failed == 0 else 1)


def main(ways, takes_arns=True, wrong_secret="SignatureDoesNotMatch"):
    """Plays in each way against the server and the world that the command line names.

    `takes_arns` is whether the client can name resources by ARN, `wrong_secret` the code that it
    surfaces where the secret is wrong.
    """

    def play(tally, url, world):
        for name, way in ways:
            connect = lambda keys, way=way: way(url, world["region"], keys)
            Life(tally, world, name, connect, takes_arns, wrong_secret).play()

    run(play)
