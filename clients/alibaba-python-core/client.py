"""The older Python SDK, `aliyun-python-sdk-resourcesharing`, which signs parameters with HMAC-SHA1.

    client.py URL WORLD.json
"""

import functools
import importlib
import json

import life
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient


def build(operation, arguments):
    """A request of the SDK; the setters of lists have one more `s` in their names."""
    name = operation + "Request"
    module = importlib.import_module("aliyunsdkresourcesharing.request.v20200110." + name)
    request = getattr(module, name)()
    for key, value in arguments.items():
        getattr(request, f"set_{key}s" if isinstance(value, list) else f"set_{key}")(value)
    return request


def connect(method, url, region, keys):
    """Calls by way of the requests of the SDK."""
    client = AcsClient(keys["access_key_id"], keys["access_key_secret"], region)

    def call(operation, arguments):
        request = build(operation, arguments)
        request.set_method(method)
        request.set_protocol_type("http")
        request.set_endpoint(url.removeprefix("http://"))
        try:
            return json.loads(client.do_action_with_exception(request))
        except ServerException as error:
            raise life.Refused(
                error.http_status, error.error_code, error.request_id, error.message
            ) from error

    return call


if __name__ == "__main__":
    ways = [(method, functools.partial(connect, method)) for method in ("POST", "GET")]
    # The SDK is older than `ResourceArns`. It says that the secret is wrong only if the string that
    # the server signed, which the message of `SignatureDoesNotMatch` ends with, is its own.
    life.main(ways, takes_arns=False, wrong_secret="InvalidAccessKeySecret")
