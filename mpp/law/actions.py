"""What can be done with the rules that a mall is measured by."""

from mpp.law import core, store
from mpp.law.core import Edition
from ticketing.core.events import EditionAdded
from ticketing.core.refused import BadRequest
from ticketing.db import Tx


async def add(tx: Tx, edition: Edition) -> None:
    """Add an edition; from its day on it holds instead of the one before, which old reports keep.

    Raises: BadRequest.
    """
    of_it = [one for one in await store.editions(tx) if one.instrument == edition.instrument]
    known = sorted(of_it, key=lambda one: one.valid_from)
    if any(one.valid_from == edition.valid_from for one in known):
        raise BadRequest(f"An edition from {edition.valid_from} is there already; an edition is never changed.")
    before = [one for one in known if one.valid_from < edition.valid_from]
    found = core.faults(
        edition, before or known[:1]
    )  # older than all: it says as much as the first, for reports of then
    if found:
        raise BadRequest("; ".join(found))
    store.add(tx, edition)
    tx.append(EditionAdded(instrument=edition.instrument, name=edition.name, valid_from=edition.valid_from))
