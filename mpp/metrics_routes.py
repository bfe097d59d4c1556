"""The door of Prometheus."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency

from mpp.config import Config
from mpp.metrics import Metrics
from mpp.routes import Asker_, Hall_, Settings
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import Role
from ticketing.core.refused import Unknown

TEXT = "text/plain; version=1.0.0; charset=utf-8"
"""Source: Prometheus, exposition formats."""

HERE = frozenset({"127.0.0.1", "::1"})
FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-real-ip"})
"""With any of these it is a proxy on this machine that asks, for somebody who may be anywhere."""

Metrics_ = NamedDependency[Metrics | None]


@get("/metrics", operation_id="show_metrics", responses=REFUSALS, media_type="text/plain")
async def show(
    request: Request[Any, Any, Any], hall: Hall_, asker: Asker_, config: Settings, metrics: Metrics_
) -> Response[bytes]:
    """Tell Prometheus how the server and its halls stand, when the setting `metrics` allows it."""
    if not _is_from_here(request, config):
        access.allow(asker, {Role.ADMINISTRATOR})
    if metrics is None:
        raise Unknown("Metrics are not told here; set `metrics` in mpp.toml.")
    return Response(await metrics.told(hall), media_type=TEXT, headers={"cache-control": "no-store"})


def _is_from_here(request: Request[Any, Any, Any], config: Config) -> bool:
    """Say whether a program on this machine asks, and the setting trusts such."""
    host = request.client.host if request.client else ""
    return config.metrics == "local" and host in HERE and FORWARDED.isdisjoint(request.headers)


router = Router("", route_handlers=[show])
