"""The official Python SDK, `alibabacloud_resourcesharing20200110`.

    client.py URL WORLD.json
"""

import functools
import re

import life
from alibabacloud_resourcesharing20200110 import models
from alibabacloud_resourcesharing20200110.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.models import Config


def connect(algorithm, url, region, keys):
    """Calls by way of the methods and models of the SDK, with its default algorithm if none."""
    client = Client(
        Config(
            access_key_id=keys["access_key_id"],
            access_key_secret=keys["access_key_secret"],
            protocol="http",
            endpoint=url.removeprefix("http://"),
            region_id=region,
            signature_algorithm=algorithm,
        )
    )

    def call(operation, arguments):
        request = getattr(models, operation + "Request")().from_map(arguments)
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
        try:
            return getattr(client, method)(request).body.to_map()
        except ClientException as error:
            raise life.Refused(
                error.status_code, error.code, error.request_id, error.message
            ) from error

    return call


if __name__ == "__main__":
    life.main(
        [
            ("ACS3-HMAC-SHA256", functools.partial(connect, None)),
            ("HMAC-SHA1", functools.partial(connect, "v2")),
        ]
    )
