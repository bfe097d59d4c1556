"""The application, put together: one place where everything meets by name."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import SwaggerRenderPlugin
from litestar.types import Scope

from counters.forecaster import Forecaster
from counters.foreteller import Foreteller
from counters.policy_routes import router as policies_router
from counters.routes import router as counters_router
from display import guide, tongues
from display.guide import Guide
from display.routes import router as display_router
from display.shelf import Shelf
from display.sounds import Sounds
from display.speech import Speech
from mpp import auth, daily, pages, phone, timekeeper
from mpp.alerts import Alerts
from mpp.appointments.routes import router as register_router
from mpp.complaints import follow
from mpp.complaints.routes import router as complaints_router
from mpp.config import MEDIA, Config
from mpp.crowding import Crowding
from mpp.description.founding import Founding
from mpp.description.routes import router as description_router
from mpp.floorplan.routes import router as floorplan_router
from mpp.forecast_routes import router as forecasts_router
from mpp.forms.routes import router as forms_router
from mpp.history import History
from mpp.history_routes import router as history_router
from mpp.law.routes import router as law_router
from mpp.metrics import Metrics, Timing
from mpp.metrics_routes import router as metrics_router
from mpp.people.routes import router as people_router
from mpp.planner import Planner
from mpp.privacy import keeper
from mpp.privacy.routes import router as privacy_router
from mpp.pulse import Pulse
from mpp.readiness.routes import router as readiness_router
from mpp.routes import router as mpp_router
from mpp.simulation_routes import router as simulation_router
from mpp.simulations import Simulations
from mpp.slip.pictures import Pictures
from mpp.slip.routes import router as slip_router
from mpp.staffing_routes import router as staffing_router
from mpp.standards.routes import router as standards_router
from mpp.survey.routes import router as survey_router
from ticketing import notify
from ticketing.answers import Answer
from ticketing.appointment_routes import router as appointments_router
from ticketing.clock import Clock
from ticketing.core.access import Asker
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest, Refused, Unknown
from ticketing.db import Db
from ticketing.hall import Hall
from ticketing.kiosk_routes import router as kiosk_router
from ticketing.limits import Limits
from ticketing.live import Live
from ticketing.routes import router as ticketing_router

log = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
"""No command is longer; pictures and videos have a door of their own."""


def make(config: Config, clock: Clock | None = None) -> Litestar:
    """Put the application together; nothing is opened before it starts."""
    live = Live()
    metrics = Metrics() if config.metrics != "off" else None
    clock = clock or Clock()
    files = pages.load(pages.STATIC)
    hall = Hall(
        db=Db(config.url, clock, live, metrics),
        live=live,
        clock=clock,
        limits=Limits(),
        public_url=config.address,
        build=pages.build_id(files),
    )
    known = tongues.load_what_is_sound(config.tongues)
    speech = Speech(config.data / "voice", config.clips) if config.voice else None
    shelf = Shelf(config.data / MEDIA)
    sounds = Sounds(hall.db, speech, known)
    largest = guide.LARGEST_CACHE
    reader = Speech(config.data / "guide", config.clips, largest_cache=largest) if config.voice else None
    guidance = Guide(hall.db, reader, known)
    history, trials, planner, crowding = History(), Simulations(), Planner(), Crowding()
    pulse, pictures = Pulse(history), Pictures(config.data / "escpos")
    founding = Founding(known)
    foreteller = Foreteller(hall, Forecaster(config.url)) if config.forecast else None
    shells = {path[1:].removesuffix(".html"): file.plain for path, file in files.items() if path.endswith(".html")}

    async def asker(scope: Scope) -> Asker:
        return await auth.asker(auth.Connection(scope), hall)

    return Litestar(
        route_handlers=[
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
            pages.router(files),
        ],
        dependencies={
            "hall": Provide(lambda: hall, sync_to_thread=False),
            "config": Provide(lambda: config, sync_to_thread=False),
            "sounds": Provide(lambda: sounds, sync_to_thread=False),
            "guide": Provide(lambda: guidance, sync_to_thread=False),
            "history": Provide(lambda: history, sync_to_thread=False),
            "trials": Provide(lambda: trials, sync_to_thread=False),
            "planner": Provide(lambda: planner, sync_to_thread=False),
            "metrics": Provide(lambda: metrics, sync_to_thread=False),
            "pictures": Provide(lambda: pictures, sync_to_thread=False),
            "pulse": Provide(lambda: pulse, sync_to_thread=False),
            "founding": Provide(lambda: founding, sync_to_thread=False),
            "shelf": Provide(lambda: shelf, sync_to_thread=False),
            "pages": Provide(lambda: shells, sync_to_thread=False),
            "asker": Provide(asker),
        },
        middleware=[*([Timing(metrics)] if metrics else []), auth.OriginGate()],
        exception_handlers={
            Refused: refused,
            ValidationException: invalid,
            HTTPException: failed,
            RecursionError: nested,
            UnicodeDecodeError: garbled,
            Exception: broken,
        },
        lifespan=[
            lambda _: life(hall, config.data, sounds, guidance, foreteller, pulse, planner, crowding, metrics, founding)
        ],
        openapi_config=OpenAPIConfig(
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
        ),
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        pdb_on_exception=False,
    )


DESCRIPTION = """Post a command, follow a view: that is the whole protocol.

Programs send `Authorization: Bearer TOKEN` (`mpp token --role ROLE --name NAME` prints one). A refusal is
`{code, detail}`: 400 faulty request, 401 not signed in, 403 not allowed, 404 unknown, 409 the hall's state does not
allow it now, 429 too many attempts.

Views are also followed live: WebSockets `/live/kiosk`, `/live/boards/{zone}`, `/live/counters/{code}`,
`/live/signs/{counter}`, `/live/tickets/{code}`, `/live/printers/{code}`, `/live/speakers/{code}`,
`/live/complaints/{code}`, `/live/manage`, `/live/manage/complaints` and `/live/info` send the same views as the GET of
that name, whole, whenever something changed and at least every 20
seconds; they close with 4000 + status when refused."""


@asynccontextmanager
async def life(
    hall: Hall,
    data: Path,
    sounds: Sounds,
    guidance: Guide,
    foreteller: Foreteller | None,
    pulse: Pulse,
    planner: Planner,
    crowding: Crowding,
    metrics: Metrics | None,
    founding: Founding,
) -> AsyncIterator[None]:
    """Run what goes on beside the doors, from start to stop."""
    malls = await hall.db.malls()
    tasks = [asyncio.create_task(timekeeper.run(hall), name="timekeeper")]
    tasks.append(asyncio.create_task(daily.run(hall), name="daily"))
    if metrics is not None:
        tasks.append(asyncio.create_task(metrics.feel(), name="lag"))
    tasks.append(asyncio.create_task(keeper.run(hall, data), name="privacy"))
    tasks += [asyncio.create_task(sounds.run(mall_id), name=f"voice {mall_id}") for mall_id in malls]
    if not malls:
        founding.announce(hall.public_url)
        tasks.append(asyncio.create_task(first_voice(founding, sounds, malls), name="first voice"))
    if foreteller is not None:
        tasks.append(asyncio.create_task(foreteller.run(), name="foreteller"))
        tasks.append(asyncio.create_task(Alerts(hall, crowding.shown).run(), name="alerts"))
    if not hall.db.is_sqlite:
        tasks.append(asyncio.create_task(notify.listen(hall.db.url, hall.live, malls), name="notify"))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await sounds.close()
        await guidance.close()
        await pulse.close()
        await planner.close()
        await crowding.close()
        await hall.live.close()
        await hall.db.close()


async def first_voice(founding: Founding, sounds: Sounds, malls: list[MallId]) -> None:
    """Let the hall of a mall that is begun while the server runs be spoken in."""
    mall_id = await founding.begun()
    malls.append(mall_id)
    await sounds.run(mall_id)


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
