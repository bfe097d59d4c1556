"""Doors of the set-up page: those who lead the mall describe it; the first of them begins it."""

from typing import Annotated, Any
from zoneinfo import available_timezones

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from mpp import actions as people
from mpp import auth, store
from mpp.actions import SHORTEST_PASSWORD
from mpp.config import Config
from mpp.description import actions, reads
from mpp.description.actions import Outcome
from mpp.description.founding import Founding
from mpp.description.views import FirstStart, Saved, SetupView, VersionLine, VersionView, problem
from mpp.routes import Asker_, Hall_
from mpp.views import Me
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import LEADERS
from ticketing.core.lines import Name
from ticketing.core.refused import BadRequest
from ticketing.db import Tx

LARGEST = 2 * 1024 * 1024
"""The description of the largest mall that we can think of takes a tenth of it."""

TRIES_A_MINUTE = 10
"""Of the first code: enough for typing errors, too few for guessing."""

Founding_ = NamedDependency[Founding]
Settings = NamedDependency[Config]
Basis = Annotated[str, Meta(max_length=64)]


class SaveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole description, which one was looked at, and whether what is still needed may go."""

    basis: Basis
    description: dict[str, object]
    confirmed: bool = False


class PutBackBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Which description was looked at, and whether what is still needed may go."""

    basis: Basis
    confirmed: bool = False


class BeginBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The code of the console, the mall, and its first administrator."""

    code: Annotated[str, Meta(max_length=40)]
    mall: Name
    place: Name
    timezone: Name
    name: Name
    login: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,38}[A-Za-z0-9]$(?!\n)")]
    password: Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=1000)]


@get("/api/setup", operation_id="show_setup", responses=REFUSALS)
async def show(hall: Hall_, asker: Asker_, founding: Founding_) -> SetupView:
    """Show how the mall is described."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        return await _view(tx, founding)


@put("/api/setup", operation_id="save_setup", responses=REFUSALS, request_max_body_size=LARGEST)
async def save(data: JSONBody[SaveBody], hall: Hall_, asker: Asker_, founding: Founding_) -> Saved:
    """Describe the mall anew; what does not fit is told field by field, and nothing is changed then."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        done = await actions.save(tx, data.description, data.basis, founding.spoken, confirmed=data.confirmed)
        return await _saved(tx, founding, done)


@get("/api/setup/versions", operation_id="list_setup_versions", responses=REFUSALS)
async def versions(hall: Hall_, asker: Asker_) -> list[VersionLine]:
    """List who described the mall when, and what that changed."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.version_lines(tx)


@get("/api/setup/versions/{number:int}", operation_id="show_setup_version", responses=REFUSALS)
async def version(number: FromPath[int], hall: Hall_, asker: Asker_) -> VersionView:
    """Show what would change if a version were put back."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.version_view(tx, number, (await actions.present(tx)).description)


@post(
    "/api/setup/versions/{number:int}/put-back",
    status_code=200,
    operation_id="put_back_setup",
    responses=REFUSALS,
)
async def put_back(
    number: FromPath[int], data: JSONBody[PutBackBody], hall: Hall_, asker: Asker_, founding: Founding_
) -> Saved:
    """Make the mall again what a version says."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        done = await actions.put_back(tx, number, data.basis, founding.spoken, confirmed=data.confirmed)
        return await _saved(tx, founding, done)


@get("/api/setup/first", operation_id="show_first_start", responses=REFUSALS)
async def first(hall: Hall_) -> FirstStart:
    """Say whether this server waits for its first mall."""
    return FirstStart(is_open=not await hall.db.malls())


@post("/api/setup/first", status_code=200, operation_id="begin_setup", responses=REFUSALS)
async def begin(
    data: JSONBody[BeginBody], request: Request[Any, Any, Any], hall: Hall_, founding: Founding_, config: Settings
) -> Response[Me]:
    """Begin the first mall with the code that the server wrote on its console; the answer signs in."""
    auth.must_not_be_elsewhere(request)
    auth.count_attempt(request, hall, "first start", TRIES_A_MINUTE)
    if data.timezone not in available_timezones():
        raise BadRequest("There is no such time zone.")
    mall, person = (data.mall, data.place, data.timezone), (data.name, data.login, data.password)
    mall_id, login = await founding.begin(hall.db, data.code, mall, person)
    found, _ = await store.person(hall.db, login)
    assert found is not None
    async with hall.db.write(mall_id, f"person:{found.id}") as tx:
        secret = await people.sign_in(tx, found, None, hall.clock.real())
    return await auth.signed_in(hall, config, secret)


async def _view(tx: Tx, founding: Founding) -> SetupView:
    now = await actions.present(tx)
    found = [] if now.is_whole else (await actions.faults(tx, now.description, founding.spoken)).faults
    return reads.setup_view(now.description, now.basis, found, founding.spoken, is_whole=now.is_whole)


async def _saved(tx: Tx, founding: Founding, done: Outcome) -> Saved:
    problems = [problem(fault) for fault in done.faults]
    return Saved(is_saved=done.is_saved, problems=problems, held=done.held, view=await _view(tx, founding))


router = Router("", route_handlers=[show, save, versions, version, put_back, first, begin])
