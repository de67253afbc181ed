"""A server that a team might have on its first day: one account, no signatures, a few rules of
DisassociateResourceShare, and a way to put shares there for tests.

    python3 server.py PORT
"""
import json
import sys
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import parse_qs, urlsplit

SHARES = {}  # id -> rows
LOCK = Lock()
OWNER = "1720505253000001"


class Refused(Exception):
    """An error answer."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def entries(query, name):
    """The entries of a list that is written `name.1`, `name.2` and so on."""
    found, number = [], 1
    while f"{name}.{number}" in query:
        found.append(query[f"{name}.{number}"])
        number += 1
    return found


def pairs(query):
    """The entries of Resources: type and id."""
    found, number = [], 1
    while any(key.startswith(f"Resources.{number}.") for key in query):
        prefix = f"Resources.{number}."
        found.append((query.get(prefix + "ResourceType", ""), query.get(prefix + "ResourceId", "")))
        number += 1
    return found


def disassociate(query):
    if not query.get("ResourceShareId"):
        raise Refused(400, "MissingParameter.ResourceShareId", "You must specify ResourceShareId.")
    targets, resources = entries(query, "Targets"), pairs(query)
    if not targets and not resources and not entries(query, "ResourceArns"):
        raise Refused(400, "ResourceAndTargetBothEmpty", "You must specify Resources or Targets.")
    for name, given in (("Targets", targets), ("Resources", resources)):
        if len(given) > 5:
            raise Refused(400, f"InvalidParameter.{name}.Length",
                          f"The maximum number of {name} exceeds 5.")
        if len(set(given)) < len(given):
            raise Refused(400, f"InvalidParameter.{name}.Duplicate",
                          f"The {name} contains duplicate values.")
    if any(kind == "PolarDBBackupSet" for kind, _ in resources):
        raise Refused(400, "NotSupport.ResourceType.ResourcesParameter",
                      "The Resources parameter does not support this resource type. "
                      "Please use ResourceArns instead.")
    share = SHARES.get(query["ResourceShareId"])
    if share is None:
        raise Refused(404, "EntityNotExists.ResourceShare", "The resource share does not exist.")
    named = [("Target", None, target) for target in targets]
    named += [("Resource", kind, entity) for kind, entity in resources]
    rows = []
    for kind, of_type, entity in named:
        row = next((row for row in share if row["AssociationType"] == kind
                    and row["EntityId"] == entity and row["AssociationStatus"] == "Associated"
                    and (of_type is None or row["EntityType"] == of_type)), None)
        if row is None:
            raise Refused(400, "DisassociateInvalid",
                          "You can not disassociate unassociated resource or target.")
        rows.append(row)
    for row in rows:
        row.update(AssociationStatus="Disassociated", UpdateTime=now())
    return {"ResourceShareAssociations": rows}


def seed(wishes):
    """Puts the shares there that are wished for, as far as this server can hold them."""
    made = []
    for wish in wishes["shares"]:
        if wishes["accounts"][wish["owner"]] != OWNER or wish["status"] != "Active":
            continue
        identity = "rs-" + uuid.uuid4().hex[:12]
        time = now()
        SHARES[identity] = [{
            "ResourceShareId": identity, "ResourceShareName": wish["name"],
            "AssociationType": each["type"], "AssociationStatus": each["status"],
            "EntityId": each["entity"], "EntityType": each.get("resource_type", "Account"),
            "CreateTime": time, "UpdateTime": time, "External": False,
        } for each in wish["associations"]]
        made.append({"name": wish["name"], "id": identity})
    return {"shares": made}


OPERATIONS = {"DisassociateResourceShare": disassociate}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = urlsplit(self.path)
        if parts.path == "/seed":
            with LOCK:
                return self.answer(200, seed(json.loads(body)))
        query = {name: values[0] for name, values in
                 parse_qs(parts.query, keep_blank_values=True).items()}
        reply = {"RequestId": str(uuid.uuid4()).upper()}
        try:
            operation = OPERATIONS.get(query.get("Action"))
            if operation is None:
                raise Refused(404, "InvalidAction.NotFound", "There is no such operation.")
            with LOCK:
                reply.update(operation(query))
            self.answer(200, reply)
        except Refused as error:
            reply.update(Code=error.code, Message=error.message)
            self.answer(error.status, reply)

    do_GET = do_POST

    def answer(self, status, reply):
        body = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json;charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
