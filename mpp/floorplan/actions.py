"""What can be done with the floor plan: show a new one, take it away, put an old one back."""

from io import BytesIO

from msgspec import Struct

from display import shelf
from display.core import media
from display.core.media import MediaKind, NoMedia, TooLarge
from mpp.floorplan import store
from mpp.floorplan.core import KEPT, NoPicture, PictureTooLarge, UnknownPlan
from mpp.floorplan.tables import FloorPlan
from ticketing.core.events import FloorPlanRemoved, FloorPlanShown
from ticketing.db import Tx


class Picture(Struct, frozen=True):
    """A picture that was drawn once more: nothing is in it but what is to be seen."""

    media_type: str
    width: int
    height: int
    content: bytes


def picture(content: bytes) -> Picture:
    """Check a picture and draw it once more; takes a moment, so not on the event loop.

    Raises: NoPicture, PictureTooLarge.
    """
    known = media.format_of(content[: media.HEAD_BYTES])
    if known is None or known.kind is not MediaKind.PICTURE:
        raise NoPicture
    fresh = BytesIO()
    try:
        width, height = shelf.draw_anew(BytesIO(content), fresh, known)
    except NoMedia as fault:
        raise NoPicture from fault
    except TooLarge as fault:
        raise PictureTooLarge from fault
    return Picture(known.media_type, width, height, fresh.getvalue())


async def show(tx: Tx, new: Picture) -> FloorPlan:
    """Show a picture from now on; of those before it the newest are kept."""
    await _end(tx)
    row = FloorPlan(
        media_type=new.media_type,
        width=new.width,
        height=new.height,
        content=new.content,
        since=tx.now,
        until=None,
    )
    store.add(tx, row)
    await tx.session.flush()
    for old in (await store.plans(tx))[KEPT:]:
        await store.drop(tx, old)
    tx.append(FloorPlanShown(plan=row.id))
    return row


async def put_back(tx: Tx, plan_id: int) -> None:
    """Show a plan again that is kept.

    Raises: UnknownPlan.
    """
    row = await store.plan(tx, plan_id)
    if row.until is None:
        return
    await _end(tx)
    row.since, row.until = tx.now, None
    tx.append(FloorPlanShown(plan=row.id))


async def take_down(tx: Tx) -> None:
    """Show no plan any more; it is kept, so that it can be put back.

    Raises: UnknownPlan.
    """
    row = await _end(tx)
    if row is None:
        raise UnknownPlan
    tx.append(FloorPlanRemoved(plan=row.id))


async def _end(tx: Tx) -> FloorPlan | None:
    row = await store.shown(tx)
    if row is not None:
        row.until = tx.now
    return row
