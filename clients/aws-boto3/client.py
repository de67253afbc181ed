"""boto3 of PyPI: the life of a resource share of AWS RAM.

    client.py URL WORLD.json
"""

import datetime

import boto3
import life
from botocore.exceptions import ClientError

UNKNOWN = "arn:aws:ram:us-east-1:123456789012:resource-share/00000000-0000-4000-8000-000000000000"


class Life:
    """One share, from its creation to its deletion."""

    def __init__(self, tally, url, world):
        accounts = world["accounts"]
        self.tally = tally
        self.connect = lambda keys: boto3.client(
            "ram",
            endpoint_url=url,
            region_name=world["region"],
            aws_access_key_id=keys["access_key_id"],
            aws_secret_access_key=keys["access_key_secret"],
        )
        self.ram = self.connect(accounts["owner"])
        self.stranger = self.connect(accounts["outsider"])
        self.impostor = self.connect(dict(accounts["owner"], access_key_secret="not-the-secret"))
        self.nobody = self.connect(dict(accounts["owner"], access_key_id="AKIANOBODY0000000001"))
        self.member = accounts["member-a"]["id"]
        owned = [each["arn"] for each in world["resources"] if each["owner"] == "owner"]
        self.first, self.second = owned[:2]
        self.share = None

    def check(self, what, actual, expected):
        self.tally.check(what, actual, expected)

    def refused(self, what, call, codes, typed=None):
        """Checks that the client raises the error of the API, as its own type if it has one."""
        try:
            call()
        except ClientError as error:
            code = error.response["Error"]["Code"]
            self.check(f"{what}: code", code if code not in codes else True, True)
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            self.check(f"{what}: status", status in (400, 403), True)
            self.check(f"{what}: message", bool(error.response["Error"]["Message"]), True)
            if typed is not None:
                self.check(f"{what}: type", isinstance(error, typed), True)
            return
        self.check(f"{what}: is refused", "accepted", codes)

    def associated(self, kind):
        """The entities of one kind that are in the share, settled or not."""
        pages = self.ram.get_paginator("get_resource_share_associations").paginate(
            associationType=kind, resourceShareArns=[self.share]
        )
        rows = [row for page in pages for row in page["resourceShareAssociations"]]
        live = [row for row in rows if row["status"] != "DISASSOCIATED"]
        return sorted((row["associatedEntity"], row["status"]) for row in live)

    def settle(self, what, kind, entities):
        wanted = sorted((entity, "ASSOCIATED") for entity in entities)
        self.check(what, life.until(lambda: self.associated(kind), wanted), wanted)

    def statuses(self):
        """The statuses of the shares with this ARN that the owner sees."""
        reply = self.ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=[self.share])
        return [share["status"] for share in reply["resourceShares"]]

    def remove(self, **what):
        return self.ram.disassociate_resource_share(resourceShareArn=self.share, **what)

    def create(self):
        label = "sdk-boto3 é"
        reply = self.ram.create_resource_share(
            name=label, allowExternalPrincipals=False, clientToken="sdk-create"
        )
        share = reply["resourceShare"]
        self.share = share["resourceShareArn"]
        self.check("create: name", share["name"], label)
        self.check("create: external principals", share["allowExternalPrincipals"], False)
        self.check("create: token", reply["clientToken"], "sdk-create")
        self.check("create: time", isinstance(share["creationTime"], datetime.datetime), True)
        self.check("create: is active", life.until(self.statuses, ["ACTIVE"]), ["ACTIVE"])

    def associate(self):
        entities = [self.member, self.first, self.second]
        reply = self.ram.associate_resource_share(
            resourceShareArn=self.share, principals=entities[:1], resourceArns=entities[1:]
        )
        rows = reply["resourceShareAssociations"]
        named = sorted(row["associatedEntity"] for row in rows)
        self.check("associate: one row for each entity", named, sorted(entities))
        self.check("associate: a token", bool(reply["clientToken"]), True)
        self.settle("associate: the member", "PRINCIPAL", entities[:1])
        self.settle("associate: the resources", "RESOURCE", entities[1:])

    def disassociate(self):
        reply = self.remove(resourceArns=[self.first], clientToken="sdk-remove")
        rows = reply["resourceShareAssociations"]
        named = [(row["associatedEntity"], row["associationType"]) for row in rows]
        self.check("disassociate: rows", named, [(self.first, "RESOURCE")])
        self.check("disassociate: token", reply["clientToken"], "sdk-remove")
        self.settle("disassociate: only this one", "RESOURCE", [self.second])
        self.refused(
            "the token again, with other parameters",
            lambda: self.remove(resourceArns=[self.second], clientToken="sdk-remove"),
            ["IdempotentParameterMismatchException"],
            self.ram.exceptions.IdempotentParameterMismatchException,
        )
        self.remove(resourceArns=[self.second])
        self.settle("disassociate the other: both are gone", "RESOURCE", [])
        self.remove(principals=[self.member])
        self.settle("disassociate a member", "PRINCIPAL", [])

    def errors(self):
        remove = lambda arn: self.ram.disassociate_resource_share(
            resourceShareArn=arn, principals=[self.member]
        )
        types = self.ram.exceptions
        self.refused(
            "an unknown share",
            lambda: remove(UNKNOWN),
            ["UnknownResourceException"],
            types.UnknownResourceException,
        )
        self.refused(
            "no ARN",
            lambda: remove("not-an-arn"),
            ["MalformedArnException"],
            types.MalformedArnException,
        )
        self.refused(
            "a wrong secret",
            lambda: self.impostor.get_resource_shares(resourceOwner="SELF"),
            ["SignatureDoesNotMatch", "InvalidSignatureException"],
        )
        self.refused(
            "an unknown access key",
            lambda: self.nobody.get_resource_shares(resourceOwner="SELF"),
            ["InvalidClientTokenId", "UnrecognizedClientException"],
        )
        shares = self.stranger.get_resource_shares(resourceOwner="SELF")["resourceShares"]
        seen = [share for share in shares if share["resourceShareArn"] == self.share]
        self.check("a stranger does not see the share", seen, [])

    def delete(self):
        reply = self.ram.delete_resource_share(resourceShareArn=self.share, clientToken="sdk 1/+")
        self.check("delete: is done", reply["returnValue"], True)
        gone = lambda: [status for status in self.statuses() if status != "DELETED"]
        self.check("delete: is gone", life.until(gone, []), [])

    def play(self):
        steps = (self.create, self.associate, self.disassociate, self.errors, self.delete)
        life.take(steps, self.check)


if __name__ == "__main__":
    life.run(lambda tally, url, world: Life(tally, url, world).play())
