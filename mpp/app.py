"""The application, put together: one place where everything meets by name."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import SwaggerRenderPlugin
from litestar.types import ControllerRouterHandler, Scope

from counters.policy_routes import router as policies_router
from counters.routes import router as counters_router
from display.routes import router as display_router
from mpp import auth, pages, phone
from mpp.appointments.routes import router as register_router
from mpp.complaints import follow
from mpp.complaints.routes import router as complaints_router
from mpp.config import Config
from mpp.description.routes import router as description_router
from mpp.floorplan.routes import router as floorplan_router
from mpp.forecast_routes import router as forecasts_router
from mpp.forms.routes import router as forms_router
from mpp.history_routes import router as history_router
from mpp.law.routes import router as law_router
from mpp.metrics import Timing
from mpp.metrics_routes import router as metrics_router
from mpp.people.routes import router as people_router
from mpp.premises import Premises
from mpp.privacy.routes import router as privacy_router
from mpp.readiness.routes import router as readiness_router
from mpp.routes import router as mpp_router
from mpp.simulation_routes import router as simulation_router
from mpp.slip.routes import router as slip_router
from mpp.staffing_routes import router as staffing_router
from mpp.standards.routes import router as standards_router
from mpp.survey.routes import router as survey_router
from ticketing.answers import Answer
from ticketing.appointment_routes import router as appointments_router
from ticketing.clock import Clock
from ticketing.core.access import Asker
from ticketing.core.refused import BadRequest, Refused, Unknown
from ticketing.kiosk_routes import router as kiosk_router
from ticketing.routes import router as ticketing_router

log = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
"""No command is longer; pictures and videos have a door of their own."""


DESCRIPTION = """Post a command, follow a view: that is the whole protocol.

Programs send `Authorization: Bearer TOKEN` (`mpp token --role ROLE --name NAME` prints one). A refusal is
`{code, detail}`: 400 faulty request, 401 not signed in, 403 not allowed, 404 unknown, 409 the hall's state does not
allow it now, 429 too many attempts.

Views are also followed live: WebSockets `/live/kiosk`, `/live/boards/{zone}`, `/live/counters/{code}`,
`/live/signs/{counter}`, `/live/tickets/{code}`, `/live/printers/{code}`, `/live/speakers/{code}`,
`/live/complaints/{code}`, `/live/manage`, `/live/manage/complaints` and `/live/info` send the same views as the GET of
that name, whole, whenever something changed and at least every 20
seconds; they close with 4000 + status when refused."""

OPENAPI = OpenAPIConfig(
    title="Mal Pelayanan Publik: queue and counters",
    version="1",
    description=DESCRIPTION,
    path="/schema",
    render_plugins=[
        SwaggerRenderPlugin(
            js_url="/a/swagger/swagger-ui-bundle.js",
            css_url="/a/swagger/swagger-ui.css",
            standalone_preset_js_url="/a/swagger/swagger-ui-standalone-preset.js",
            favicon="",
        )
    ],
)


def make(config: Config, clock: Clock | None = None) -> Litestar:
    """Put the application together; nothing is opened before it starts."""
    files = pages.load(pages.STATIC)
    premises = Premises(config, clock or Clock(), pages.build_id(files))
    return doors(lambda: premises, files)


ROUTERS: list[ControllerRouterHandler] = [
    ticketing_router,
    appointments_router,
    register_router,
    kiosk_router,
    counters_router,
    policies_router,
    display_router,
    mpp_router,
    history_router,
    metrics_router,
    simulation_router,
    staffing_router,
    forecasts_router,
    law_router,
    privacy_router,
    complaints_router,
    follow.show,
    survey_router,
    standards_router,
    description_router,
    floorplan_router,
    slip_router,
    people_router,
    forms_router,
    readiness_router,
    phone.show,
]


def doors(inside: Callable[[], Premises], files: Mapping[str, pages.File]) -> Litestar:
    """Make all doors. Each request asks anew what is inside: tests build them once, and open many houses with them."""

    def given(of: Callable[[Premises], object]) -> Provide:
        return Provide(lambda: of(inside()), sync_to_thread=False)

    async def asker(scope: Scope) -> Asker:
        return await auth.asker(auth.Connection(scope), inside().hall)

    shells = {path[1:].removesuffix(".html"): file.plain for path, file in files.items() if path.endswith(".html")}
    return Litestar(
        route_handlers=[*ROUTERS, pages.router(files)],
        dependencies={
            "hall": given(lambda of: of.hall),
            "config": given(lambda of: of.config),
            "sounds": given(lambda of: of.sounds),
            "guide": given(lambda of: of.guide),
            "history": given(lambda of: of.history),
            "trials": given(lambda of: of.trials),
            "planner": given(lambda of: of.planner),
            "metrics": given(lambda of: of.metrics),
            "pictures": given(lambda of: of.pictures),
            "pulse": given(lambda of: of.pulse),
            "founding": given(lambda of: of.founding),
            "shelf": given(lambda of: of.shelf),
            "pages": given(lambda _: shells),
            "asker": Provide(asker),
        },
        middleware=[Timing(lambda: inside().metrics), auth.OriginGate()],
        exception_handlers={
            Refused: refused,
            ValidationException: invalid,
            HTTPException: failed,
            RecursionError: nested,
            UnicodeDecodeError: garbled,
            Exception: broken,
        },
        lifespan=[lambda _: inside().life()],
        openapi_config=OPENAPI,
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        pdb_on_exception=False,
    )


Web = Request[Any, Any, Any]


def refused(_: Web, no: Refused) -> Response[Answer]:
    """Tell a refusal."""
    return Response(Answer(no.code, no.detail), status_code=no.status, headers={"cache-control": "no-store"})


def invalid(_: Web, fault: ValidationException) -> Response[Answer]:
    """Tell what is wrong with a request, field by field."""
    extra = fault.extra if isinstance(fault.extra, list) else []
    parts = [
        f"{part.get('key', '')}: {part.get('message', '')}".strip(": ") for part in extra if isinstance(part, dict)
    ]
    return Response(Answer(BadRequest.code, "; ".join(parts) or str(fault.detail)), status_code=400)


def nested(_: Web, fault: RecursionError) -> Response[Answer]:
    """Refuse a body of brackets within brackets, which no page sends."""
    del fault
    return Response(Answer(BadRequest.code, "The body is nested too deeply."), status_code=400)


def garbled(_: Web, fault: UnicodeDecodeError) -> Response[Answer]:
    """Refuse a text within a body that is no UTF-8; JSON around it is read without looking at it."""
    del fault
    return Response(Answer(BadRequest.code, "The body holds a text that is not UTF-8."), status_code=400)


def failed(request: Web, fault: HTTPException) -> Response[Answer]:
    """Tell what Litestar itself refuses, in our own form."""
    if fault.status_code >= 500:
        log.error("%s %s failed", request.method, request.url.path, exc_info=fault)
    codes = {404: Unknown.code, 405: "method_not_allowed", 413: "too_large", 415: "bad_media_type"}
    code = codes.get(fault.status_code, BadRequest.code if fault.status_code < 500 else "failed")
    return Response(Answer(code, str(fault.detail)), status_code=fault.status_code)


def broken(request: Web, fault: Exception) -> Response[Answer]:
    """Tell that something is broken, and log what: nothing was changed, the transaction is gone."""
    log.error("%s %s broke", request.method, request.url.path, exc_info=fault)
    sentence = "Something is broken here; nothing was changed. Try again, and tell those who run this server."
    return Response(Answer("failed", sentence), status_code=500)
