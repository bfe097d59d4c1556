"""The command mpp-agent: agents of kiosks, printers and speakers, and a printer made of software."""

import asyncio
import sys
from pathlib import Path

import click

from hardware.agent import service
from hardware.agent.pairing import Pairing
from hardware.agent.players import Player, player
from hardware.agent.server import Server
from hardware.agent.speaking import SpeakAgent
from hardware.drivers import escpos_library
from hardware.drivers.destination import WrongDestination, parse
from hardware.virtual_printer.server import DOTS, VirtualPrinter

SERVER = click.option(
    "--server", required=True, metavar="URL", help="Address of the server, such as http://192.168.1.10:8080."
)
STATE = click.option(
    "--state",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for this device's secret and for reports not delivered yet. One folder for each device.",
)
DESTINATION = click.option(
    "--to",
    "destination",
    required=True,
    metavar="DESTINATION",
    help="The printer, such as network://192.168.1.50:9100?profile=TM-T20II, usb://04b8:0e15, "
    "serial:///dev/ttyUSB0?baud=19200 or file:///dev/usb/lp0. Add proof=no for a model that cannot tell "
    "the end of a job, status=no for a file that cannot answer.",
)
PAIR_ANEW = click.option(
    "--pair-anew", is_flag=True, help="Forget the old pairing and ask to be let in again, with a new code."
)


@click.group()
def main() -> None:
    """Connect printers and loudspeakers with the queue server.

    A new device shows a pairing code in its log. An administrator compares and approves it on the
    server's page of devices; then the device starts by itself.
    """
    service.log_to_stderr()


@main.command("print")
@SERVER
@DESTINATION
@STATE
@PAIR_ANEW
def print_slips(server: str, destination: str, state: Path, pair_anew: bool) -> None:
    """Print tickets on one receipt printer.

    Asks the printer for its real state before and after each ticket, so that the server knows
    what is on paper.
    """
    _prepare(destination, state)
    asyncio.run(_print(server, destination, state, pair_anew))


@main.command()
@SERVER
@DESTINATION
@STATE
@click.option(
    "--port",
    default=8090,
    show_default=True,
    help="Port of the kiosk's page, on this machine only: http://127.0.0.1:PORT/kiosk. 0 takes a free one.",
)
@PAIR_ANEW
def kiosk(server: str, destination: str, state: Path, port: int, pair_anew: bool) -> None:
    """Serve one kiosk's page and print its tickets, with the server or without.

    While the server is gone, numbers are given out that this kiosk holds for that time; they are handed
    in when it is back. Pairs as a kiosk and as a printer: approve the printer first, then the kiosk with it.
    """
    _prepare(destination, state)
    asyncio.run(_kiosk(server, destination, state, port, pair_anew))


@main.command()
@SERVER
@click.option(
    "--to",
    "sink",
    required=True,
    metavar="SINK",
    help="aplay for the sound card, aplay:DEVICE for another one (aplay -L lists them), "
    "or file:FOLDER to copy each sound into a folder.",
)
@STATE
@PAIR_ANEW
def speak(server: str, sink: str, state: Path, pair_anew: bool) -> None:
    """Say the calls of one zone on a loudspeaker."""
    try:
        chosen = player(sink)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--to") from None
    asyncio.run(_speak(server, chosen, state, pair_anew))


@main.command()
@click.option("--port", default=9100, show_default=True, help="Port of the printer; 0 takes a free one.")
@click.option(
    "--control-port",
    default=9180,
    show_default=True,
    help="Port of the page that shows the slips and makes trouble, only on this machine; 0 takes a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address that the printer listens on.")
@click.option(
    "--folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the slips: a picture and the raw bytes of each.",
)
@click.option(
    "--width",
    type=click.Choice([str(width) for width in DOTS]),
    default="80",
    show_default=True,
    help="Width of the paper in mm.",
)
def virtual_printer(port: int, control_port: int, host: str, folder: Path, width: str) -> None:
    """Be a receipt printer, without paper.

    Understands what a real printer understands, shows each slip as a picture on a page, and can run
    out of paper when told to.
    """
    asyncio.run(
        _virtual_printer(VirtualPrinter(folder, port=port, control_port=control_port, host=host, width_mm=int(width)))
    )


def _prepare(destination: str, state: Path) -> None:
    try:
        parse(destination)
    except WrongDestination as error:
        raise click.BadParameter(str(error), param_hint="--to") from None
    escpos_library.prepare(state / "escpos")


async def _kiosk(address: str, destination: str, state: Path, port: int, pair_anew: bool) -> None:
    # Only now, for the reason below.
    from hardware.agent.kiosk.agent import KioskAgent
    from hardware.drivers.lines import printer

    await service.serve(KioskAgent(address, printer(destination), state, port, is_new=pair_anew))


async def _print(address: str, destination: str, state: Path, pair_anew: bool) -> None:
    # Only now, because these load python-escpos, which must first be told where to keep its files.
    from hardware.agent.printing import PrintAgent
    from hardware.drivers.lines import printer

    server = Server(address)
    pairing = Pairing(server, state, "printer", is_new=pair_anew)
    try:
        await service.serve(PrintAgent(server, pairing, printer(destination), state))
    finally:
        await server.close()


async def _speak(address: str, sink: Player, state: Path, pair_anew: bool) -> None:
    server = Server(address)
    pairing = Pairing(server, state, "speaker", is_new=pair_anew)
    try:
        await service.serve(SpeakAgent(server, pairing, sink, state))
    finally:
        await server.close()


async def _virtual_printer(machine: VirtualPrinter) -> None:
    stop = service.stop_on_signal()
    async with machine:
        click.echo(f"printer  network://{machine.host}:{machine.port}", err=True)
        click.echo(f"page     http://127.0.0.1:{machine.control_port}/", err=True)
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
