"""What can be done with a mall's description: save it, put an older one back, take it from a file, begin it."""

from collections.abc import Collection
from typing import NamedTuple

from mpp import store as people
from mpp.description import store
from mpp.description.core import plain as shapes
from mpp.description.core.difference import difference
from mpp.description.core.plain import Plain
from mpp.description.core.refused import SetUpMeanwhile
from mpp.description.tables import Way
from mpp.description.views import Held
from ticketing import malls
from ticketing.core import mall_faults
from ticketing.core.events import MallDescribed
from ticketing.core.mall_checks import Fault
from ticketing.core.mall_entries import MallFile
from ticketing.db import Tx


class Present(NamedTuple):
    """The description as it is now, its name, and whether it is the hall's (else: kept until it is whole)."""

    description: Plain
    basis: str
    is_whole: bool


class Outcome(NamedTuple):
    """What became of a change."""

    is_saved: bool
    faults: list[Fault]
    held: list[Held]


async def present(tx: Tx) -> Present:
    """Return the description as it is now, whoever changed it last and by what way."""
    newest = await store.newest(tx)
    is_unfinished = newest is not None and not newest.is_whole
    given = newest.description if newest and is_unfinished else shapes.plain(await malls.describe(tx))
    return Present(given, shapes.basis(given), not is_unfinished)


async def faults(tx: Tx, given: Plain, spoken: Collection[str]) -> mall_faults.Found:
    """Hold a description against the checks of the mall file."""
    return mall_faults.find(shapes.completed(given, tx.mall.code, await store.elsewhere(tx)), spoken)


async def save(
    tx: Tx,
    given: Plain,
    basis: str,
    spoken: Collection[str],
    *,
    confirmed: bool = False,
    put_back: int | None = None,
) -> Outcome:
    """Make the mall what a page says: at once when it is whole, else keep it if there is no whole one yet.

    Args:
        basis: which description was looked at.
        confirmed: take away what is still needed, too.
        put_back: the number of the version that is put back.

    Raises: SetUpMeanwhile.
    """
    now = await present(tx)
    if now.basis != basis:
        raise SetUpMeanwhile
    given = shapes.stripped(given)
    found = await faults(tx, given, spoken)
    way = Way.SAVED if put_back is None else Way.PUT_BACK
    if found.mall is None:
        if now.is_whole:
            return Outcome(is_saved=False, faults=found.faults, held=[])
        await _keep(tx, way, now.description, given, is_whole=False, put_back=put_back)
        return Outcome(is_saved=True, faults=found.faults, held=[])
    if now.is_whole and shapes.plain(found.mall) == now.description:
        return Outcome(is_saved=True, faults=[], held=[])
    held = [] if confirmed else await _held(tx, found.mall)
    if held:
        return Outcome(is_saved=False, faults=[], held=held)
    await _remember(tx, now)
    await malls.arrange(tx, found.mall)
    await _keep(tx, way, now.description, shapes.plain(found.mall), is_whole=True, put_back=put_back)
    return Outcome(is_saved=True, faults=[], held=[])


async def put_back(tx: Tx, number: int, basis: str, spoken: Collection[str], *, confirmed: bool = False) -> Outcome:
    """Make the mall what an earlier version says; what is not in a description stays as it is.

    Raises: SetUpMeanwhile, UnknownDescription.
    """
    old = await store.version(tx, number)
    return await save(tx, old.description, basis, spoken, confirmed=confirmed, put_back=number)


async def take_file(tx: Tx, file: MallFile) -> None:
    """Make the mall what a file says, with its standards and rules; the history knows what was there before."""
    is_described = await people.is_described(tx)
    now = await present(tx)
    if is_described:
        await _remember(tx, now)
    await malls.replace(tx, file)
    await _keep(tx, Way.IMPORTED, now.description if is_described else {}, shapes.plain(file), is_whole=True)


async def begin(tx: Tx, unfinished: MallFile) -> None:
    """Keep what a new mall begins with."""
    await _keep(tx, Way.BEGUN, {}, shapes.plain(unfinished), is_whole=False)


async def _remember(tx: Tx, now: Present) -> None:
    """Keep what is there if the history does not know it: it came before there was one, or by another way."""
    newest = await store.newest(tx)
    if newest is None:
        await store.keep(tx, Way.FOUND, now.description, [], is_whole=True)
    elif newest.description != now.description:
        changes = difference(newest.description, now.description)
        await store.keep(tx, Way.FOUND, now.description, changes, is_whole=now.is_whole)


async def _keep(tx: Tx, way: Way, before: Plain, after: Plain, *, is_whole: bool, put_back: int | None = None) -> None:
    changes = difference(before, after) if before else []
    row = await store.keep(tx, way, after, changes, is_whole=is_whole, put_back=put_back)
    if way is not Way.IMPORTED:  # then the log knows already
        tx.append(MallDescribed(version=row.number, is_whole=is_whole))


async def _held(tx: Tx, file: MallFile) -> list[Held]:
    """List what would go although it is needed: numbers and agreed times that nobody would call, open counters."""
    services = {service.code for tenant in file.tenants for service in tenant.services}
    counters = {counter.code for counter in file.counters}
    waiting, agreed = await store.waiting(tx), await store.agreed(tx)
    gone = [
        Held(
            part="services",
            code=code,
            name=name,
            tickets=waiting.get(code, ("", 0))[1],
            appointments=agreed.get(code, ("", 0))[1],
        )
        for code, (name, _) in {**agreed, **waiting}.items()
        if code not in services
    ]
    is_open = await store.open_counters(tx)
    closed = [Held(part="counters", code=code, name=name) for code, name in is_open.items()]
    return gone + [one for one in closed if one.code not in counters]
