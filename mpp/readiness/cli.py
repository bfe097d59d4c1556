"""The command `mpp readiness`: the checks of the mall, as the page shows them."""

import asyncio
from datetime import date

import click
import msgspec

from mpp import schema, setup
from mpp.command import installed
from mpp.config import Config
from mpp.readiness import assess
from mpp.readiness.core.shapes import State
from mpp.readiness.views import CheckPart
from mpp.store import the_mall
from ticketing.texts import LANGUAGES, say


@click.command()
@installed
@click.option("--mall", "code", help="Code of the mall, where there are several.")
@click.option("--language", type=click.Choice(LANGUAGES), default="id", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON, for programs: {checks: [...]}.")
def readiness(settings: Config, code: str | None, language: str, as_json: bool) -> None:
    """Judge the mall by its checks R01 to R28: how each stands, why, and what to do. A self-assessment."""
    schema.upgrade(settings.url)
    name, first, last, checks = asyncio.run(_checks(settings, code))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode({"checks": checks}), indent=2).decode())
        return
    click.echo(say(language, "readiness.heading", mall=name, first=first, last=last))
    for check in checks:
        click.echo("\n".join(_lines(check, language)))
    counts = {str(state): n for state, n in assess.counted(checks).items()}
    click.echo(say(language, "readiness.counted", **counts))
    click.echo(say(language, "readiness.self"))


async def _checks(settings: Config, code: str | None) -> tuple[str, date, date, list[CheckPart]]:
    async with setup.database(settings) as db:
        return await assess.checks(db, await the_mall(db, code))


def _lines(check: CheckPart, language: str) -> list[str]:
    english = language == "en"
    state = say(language, f"readiness_state.{check.state}")
    found = [fact.text_en if english else fact.text for fact in check.evidence]
    papers = [part.note for part in check.records if part.note]
    todo = check.next_en if english else check.next
    return [
        f"{check.id}  {state:<14}  {check.name_en if english else check.name}",
        *(f"{'':21}{line}" for line in [*found, *papers]),
        *([f"{'':21}> {todo}"] if todo and check.state is not State.OK else []),
    ]
