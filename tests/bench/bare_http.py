"""The bare limit of HTTP: `python -m tests.bench.bare_http PORT`, one Litestar handler, JSON in and out.

It runs under the very settings of uvicorn that the product has.
"""

import sys
from uuid import uuid4

from litestar import Litestar, get, post
from litestar.params import JSONBody
from msgspec import Struct

from mpp import server
from mpp.config import Config


class Order(Struct, frozen=True, forbid_unknown_fields=True):
    """What the product's own command asks for."""

    service: str
    request: str


class Answer(Struct, frozen=True):
    """Something to answer with."""

    id: str
    service: str


@get("/ready")
async def ready() -> str:
    """Say that it runs."""
    return "ready"


@post("/")
async def echo(data: JSONBody[Order]) -> Answer:
    """Answer at once."""
    return Answer(uuid4().hex, data.service)


if __name__ == "__main__":
    application = Litestar([ready, echo], logging_config=None, openapi_config=None)
    server.make(application, Config(port=int(sys.argv[1]))).run()
