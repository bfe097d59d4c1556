"""The command `mpp`: serve a mall, describe it, let people and programs in, back up, try it out."""

import asyncio
import logging
import sys
from pathlib import Path

import click

from display.actions import Showing
from mpp import backup, config, schema, server, setup
from mpp import voice as hall_voice
from mpp.actions import SHORTEST_PASSWORD, Place
from mpp.command import installed
from mpp.config import Config
from mpp.forecast_cli import forecast
from mpp.privacy.cli import log, privacy
from mpp.readiness.cli import readiness
from mpp.report_cli import reports
from mpp.simulate_cli import simulate
from mpp.staffing_cli import command as staffing
from ticketing.core.access import PEOPLE, Role

ROLE_NAMES = [str(role) for role in Role]


@click.group(commands=[forecast, log, privacy, readiness, reports, simulate, staffing])
@click.version_option(package_name="mpp")
def main() -> None:
    """Queue and counter management for public service malls."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "alembic", "uvicorn.error"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@main.command()
@installed
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
def serve(settings: Config, host: str | None, port: int | None) -> None:
    """Serve the mall: pages, commands, live views."""
    settings = config.listening(settings, host, port)
    schema.upgrade(settings.url)
    server.run(settings)


@main.command()
@installed
@click.option("--port", type=int, default=8080, show_default=True, help="Port of the server.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0.1, max=600),
    default=10.0,
    show_default=True,
    help="Hall seconds in one real second.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed brings the same visitors.")
@click.option("--no-visitors", is_flag=True, help="Nobody comes and nobody works unless you do.")
def demo(settings: Config, port: int, speed: float, seed: int, no_visitors: bool) -> None:
    """Live a day in a demo mall: server, printer, voice, visitors and officers."""
    from mpp.demo import run

    run.demo(settings, port=port, speed=speed, seed=seed, with_visitors=not no_visitors)


@main.group()
def mall() -> None:
    """Describe a mall by a file."""


@mall.command("import")
@installed
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(settings: Config, source: Path) -> None:
    """Make the mall what SOURCE says, whole or not at all."""
    schema.upgrade(settings.url)
    asyncio.run(setup.import_mall(settings, source))
    click.echo(f"Imported {source}.")
    for tenant, own, shown in setup.recoloured(settings, source):
        click.echo(f"{tenant}: no text can be read on {own}; it is shown as {shown}.")


@mall.command()
@installed
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def export(settings: Config, target: Path | None, code: str | None) -> None:
    """Write the mall to TARGET, or to the screen."""
    schema.upgrade(settings.url)
    text = asyncio.run(setup.export_mall(settings, code))
    if target is None:
        click.echo(text, nl=False)
        return
    target.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {target}.")


@main.group()
def voice() -> None:
    """Hear and read what the hall's voice says (docs/voice.md)."""


@voice.command()
@installed
@click.argument("text")
@click.option("--language", help="Code of the language, such as id; the first zone's first language if not given.")
@click.option(
    "--out", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, help="WAV file to make."
)
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def say(settings: Config, text: str, language: str | None, target: Path, code: str | None) -> None:
    """Say TEXT as the hall would, into a WAV file."""
    schema.upgrade(settings.url)
    click.echo(asyncio.run(hall_voice.say(settings, code, text, language, target)))


@voice.command("words")
@installed
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def list_words(settings: Config, code: str | None) -> None:
    """List what the voice makes of the mall's names, in each language."""
    schema.upgrade(settings.url)
    for line in asyncio.run(hall_voice.spoken(settings, code)):
        click.echo("\t".join(line))


@voice.command()
@installed
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def clips(settings: Config, code: str | None) -> None:
    """List which phrases of the mall's calls are recorded, and which are still to be recorded."""
    schema.upgrade(settings.url)
    for found in asyncio.run(hall_voice.recordings(settings, code)):
        click.echo(f"{found.language}: {len(found.recorded)} recorded, {len(found.missing)} missing")
        for what in ("missing", "broken", "unused"):
            for line in getattr(found, what):
                click.echo(f"{found.language}\t{what}\t{line}")


@main.command()
@installed
@click.option("--role", type=click.Choice(ROLE_NAMES), required=True, help="What the program may do.")
@click.option("--name", required=True, help="What it is called; the log keeps this for ever, so no person's name.")
@click.option("--tenant", help="Code of the tenant to which it is tied.")
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def token(settings: Config, role: str, name: str, tenant: str | None, code: str | None) -> None:
    """Print a bearer token for a program. It is shown once."""
    schema.upgrade(settings.url)
    click.echo(asyncio.run(setup.make_token(settings, code, Role(role), name, tenant)))


@main.command()
@installed
@click.argument("login")
@click.option("--name", required=True, help="Name as others see it.")
@click.option("--role", type=click.Choice(sorted(str(role) for role in PEOPLE)), required=True)
@click.option("--tenant", help="Code of the tenant to which the person is tied.")
@click.option("--mall", "code", help="Code of the mall, where there are several.")
@click.password_option(help=f"At least {SHORTEST_PASSWORD} characters; asked for when not given.")
def person(
    settings: Config, login: str, name: str, role: str, tenant: str | None, code: str | None, password: str
) -> None:
    """Add a person who signs in as LOGIN, or change name, role and password of a known one."""
    if len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"The password is too short; use at least {SHORTEST_PASSWORD} characters.")
    schema.upgrade(settings.url)
    asyncio.run(setup.add_person(settings, code, login, name, password, Role(role), tenant))
    click.echo(f"{login} is {role} now.")


@main.command()
@installed
@click.argument("pairing_code")
@click.option("--code", required=True, help="Code of the device, such as P01.")
@click.option("--name", required=True, help="Name of the device, such as 'Kiosk at the door'.")
@click.option("--zone", help="Zone of a board or speaker.")
@click.option("--counter", help="Counter of a sign.")
@click.option("--printer", help="Printer of a kiosk.")
@click.option("--mall", help="Code of the mall, where there are several.")
def approve(
    settings: Config,
    pairing_code: str,
    code: str,
    name: str,
    zone: str | None,
    counter: str | None,
    printer: str | None,
    mall: str | None,
) -> None:
    """Let in the device that shows PAIRING_CODE."""
    place = Place(zone=zone, counter=counter, printer=printer)
    schema.upgrade(settings.url)
    asyncio.run(setup.approve_device(settings, mall, pairing_code, code, name, place))
    click.echo(f"{code} may work now.")


@main.group()
def media() -> None:
    """Pictures and videos on the boards."""


@media.command()
@installed
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--zone", help="Code of the zone whose boards show it; all boards when not given.")
@click.option("--seconds", type=click.IntRange(1, 3600), help="How long it stays; a video until its end, else 12.")
@click.option("--alt", default="", help="What there is to be seen, for those who cannot see it.")
@click.option("--place", type=click.IntRange(min=1), help="Place in the order, from 1; the last when not given.")
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def add(
    settings: Config,
    file: Path,
    zone: str | None,
    seconds: int | None,
    alt: str,
    place: int | None,
    code: str | None,
) -> None:
    """Put FILE on the boards: PNG, JPEG, WebP, MP4 or WebM."""
    schema.upgrade(settings.url)
    asyncio.run(setup.show_media(settings, code, file, Showing(zone=zone, seconds=seconds, alt=alt, place=place)))
    click.echo(f"{file.name} is on the boards.")


@media.command("list")
@installed
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def list_(settings: Config, code: str | None) -> None:
    """List what the boards show, in its order."""
    schema.upgrade(settings.url)
    for line in asyncio.run(setup.media_lines(settings, code)):
        lasts = f"{line.seconds} s" if line.seconds else "to its end"
        lost = ("" if line.there else "  FILE IS MISSING") + ("  TAKEN OFF" if line.off_at else "")
        click.echo(f"{line.id:4}  {line.kind:7}  zone {line.zone or 'all':8}  {lasts:10}  {line.url}  {line.alt}{lost}")


@media.command()
@installed
@click.argument("number", type=int)
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def remove(settings: Config, number: int, code: str | None) -> None:
    """Take the picture or video with this NUMBER (see list) off the boards."""
    schema.upgrade(settings.url)
    asyncio.run(setup.remove_media(settings, code, number))
    click.echo(f"{number} is off the boards.")


@main.command("backup")
@installed
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), default=30, show_default=True, help="How many copies are kept.")
def back_up(settings: Config, folder: Path, keep: int) -> None:
    """Copy database, pictures and videos into FOLDER while the mall goes on, and check the copy."""
    click.echo(f"Wrote {asyncio.run(backup.back_up(settings, folder, keep))}.")


@main.command()
@installed
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(settings: Config, file: Path) -> None:
    """Put a backup in the database's place. Stop the server first."""
    asyncio.run(backup.restore(settings, file))
    schema.upgrade(settings.url)
    click.echo(f"Restored {file}.")


@main.command()
@installed
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def openapi(settings: Config, target: Path) -> None:
    """Write the description of all doors (OpenAPI) to TARGET."""
    target.write_bytes(server.openapi(settings))
    click.echo(f"Wrote {target}.")
