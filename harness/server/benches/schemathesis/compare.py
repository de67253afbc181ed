#!/usr/bin/env python3
"""Requests a second of `sharespec fuzz` and of Schemathesis on one `serve`, in one run.

    pip install -r requirements.txt && ./compare.py SHARESPEC [SECONDS]

It is not like for like. Schemathesis is given an OpenAPI document of AWS RAM, written here from the spec
tables, and checks that no answer is a 5xx and that its status is one of the documented ones; each request
stands alone and is made up from the schema. sharespec plays sequences by several callers on shares that it
makes, predicts each answer from the state, reads everything back, and judges codes, members, effects,
isolation, times and pages of every exchange, clean-up included.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[4]
TYPES = {"number": "integer", "object": "object", "boolean": "boolean", "list": "array"}


def openapi() -> dict:
    """AWS RAM as OpenAPI: what the spec tables know of names, types and statuses."""
    paths = {}
    for name in ("aws-ram-disassociate", "aws-ram-operations"):
        document = tomllib.loads((ROOT / f"fixtures/spec/{name}.toml").read_text())
        for operation in document["operation"]:
            properties, required = {}, []
            for parameter in operation.get("parameters", []):
                if "[" in parameter["name"]:
                    continue
                kind = TYPES.get(parameter["type"], "string")
                schema = {"type": kind}
                if kind == "array":
                    schema["items"] = {"type": "string"}
                if parameter.get("values"):
                    schema["enum"] = parameter["values"]
                properties[parameter["name"]] = schema
                if parameter.get("required"):
                    required.append(parameter["name"])
            statuses = {error["status"] for error in operation.get("errors", [])} | {200, 400}
            call = {
                "operationId": operation["name"],
                "responses": {str(status): {"description": "documented"} for status in statuses},
            }
            method = "post"
            if operation["name"] == "DeleteResourceShare":
                method = "delete"
                call["parameters"] = [
                    {"name": each, "in": "query", "required": each in required, "schema": schema}
                    for each, schema in properties.items()
                ]
            else:
                schema = {"type": "object", "properties": properties, "required": required}
                call["requestBody"] = {
                    "required": True,
                    "content": {"application/json": {"schema": schema}},
                }
            paths["/" + operation["name"].lower()] = {method: call}
    return {"openapi": "3.0.3", "info": {"title": "AWS RAM", "version": "2018-01-04"}, "paths": paths}


def of_sharespec(binary: str, url: str, seconds: int, scratch: str) -> float:
    command = [binary, "fuzz", "--api", "aws", "--target", url, "--time", f"{seconds}s", "--seed", "1"]
    said = subprocess.run(
        [*command, "--finds", f"{scratch}/finds"], capture_output=True, text=True, check=False
    ).stdout
    found = re.findall(r"(\d+) s: (\d+) cases .* (\d+) requests", said)
    if not found:
        sys.exit(f"sharespec said nothing of requests:\n{said}")
    took, _, requests = found[-1]
    return int(requests) / max(int(took), 1)


def of_schemathesis(url: str, seconds: int, scratch: str) -> float:
    schema = pathlib.Path(scratch, "openapi.json")
    schema.write_text(json.dumps(openapi()))
    runner = pathlib.Path(sys.executable).with_name("schemathesis")
    examples, total, took = 50, 0, 0.0
    # As many examples as fit: each round is as long as the one before again.
    while took < seconds:
        began = time.monotonic()
        said = subprocess.run(
            [str(runner), "run", str(schema), "--url", url, "--phases", "fuzzing", "--workers", "2",
             "--checks", "not_a_server_error,status_code_conformance", "--max-examples", str(examples),
             "--continue-on-failure"],
            cwd=scratch, capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        took += time.monotonic() - began
        found = re.search(r"Test cases:\s*([\d,]+) generated", said)
        if not found:
            sys.exit(f"Schemathesis said nothing of test cases:\n{said}")
        total += int(found[1].replace(",", ""))
        examples *= 2
    return total / took


def main() -> None:
    binary, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30
    with tempfile.TemporaryDirectory() as scratch:
        server = subprocess.Popen([binary, "serve", "--api", "aws"], stdout=subprocess.PIPE, text=True)
        try:
            url = server.stdout.readline().removeprefix("listening on ").strip()
            other = of_schemathesis(url, seconds, scratch)
            own = of_sharespec(binary, url, seconds, scratch)
        finally:
            server.terminate()
            server.wait()
    print(f"sharespec fuzz  {own:8.0f} requests a second, each predicted and judged in full")
    print(f"Schemathesis    {other:8.0f} requests a second, judged by status")
    print(f"ratio           {own / other:8.1f}")


if __name__ == "__main__":
    main()
