"""The views of the set-up page."""

from collections.abc import Collection

from mpp import store as people
from mpp.description import store
from mpp.description.core.difference import difference
from mpp.description.core.plain import Plain
from mpp.description.tables import Way
from mpp.description.views import SetupView, VersionLine, VersionView, problem
from ticketing.core.mall_checks import Fault
from ticketing.db import Tx


def setup_view(
    description: Plain, basis: str, faults: list[Fault], spoken: Collection[str], *, is_whole: bool
) -> SetupView:
    """Show the description, and what is still missing of one that is not whole yet."""
    return SetupView(
        basis=basis,
        is_whole=is_whole,
        description=description,
        problems=[] if is_whole else [problem(fault) for fault in faults],
        voices=sorted(spoken, key=lambda code: (code != "id", code != "en", code)),
    )


async def version_lines(tx: Tx) -> list[VersionLine]:
    """List the versions, the newest first."""
    rows = await store.versions(tx)
    names = await people.names(tx, {row.actor for row in rows})
    return [
        VersionLine(
            number=row.number,
            at=row.at,
            by=None if row.way is Way.FOUND else names.get(row.actor),
            way=row.way,
            put_back=row.put_back,
            is_whole=row.is_whole,
            changes=row.changes,
        )
        for row in rows
    ]


async def version_view(tx: Tx, number: int, now: Plain) -> VersionView:
    """Show what would change if a version were put back.

    Raises: UnknownDescription.
    """
    row = await store.version(tx, number)
    return VersionView(number=number, changes=difference(now, row.description))
