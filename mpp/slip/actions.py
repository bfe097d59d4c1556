"""What can be done with the layout of tickets: change it, and print an example."""

from hardware.core.slip import Slip
from mpp.slip.core import LayoutChanged
from ticketing import layouts, slips
from ticketing.core.slip_layout import SlipLayout
from ticketing.db import Tx

TITLE = "TEST"
"""What the printer's agent calls an example."""


async def change(tx: Tx, wanted: SlipLayout, seen: int | None) -> None:
    """Print tickets so from now on; `seen` is the version that was looked at (None: there was none).

    Raises: LayoutChanged.
    """
    row = await layouts.newest(tx)
    if (row.id if row else None) != seen:
        raise LayoutChanged
    await layouts.hold(tx, wanted)


async def print_test(tx: Tx, printer: str, paper: Slip) -> None:
    """Ask a printer for an example.

    Raises: UnknownDevice.
    """
    await slips.add_text(tx, (await slips.printer(tx, printer)).id, TITLE, paper)
