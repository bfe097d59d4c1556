"""The booklet of all published standards as a PDF: what it says, in words; the template only sets them.

It says what the export of standards says and nothing more: what a tenant has not stated is called missing.
"""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from mpp.law.core import Mark
from mpp.press import setting
from mpp.standards import core, reads, store
from mpp.standards.paper import fee
from mpp.standards.tables import StandardVersion
from mpp.standards.views import ComponentPart, PublicStandard, PublicStandards, PublicTenant
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest
from ticketing.core.standard import Standard
from ticketing.hall import Hall
from ticketing.texts import LANGUAGES, say

KEPT = 4
"""Booklets that are remembered: two languages, for the day that is over and the day that begins."""


class Row(Struct, frozen=True):
    """A component: its name, what is said of it, and whether nothing is."""

    name: str
    said: tuple[str, ...]
    is_missing: bool


class Family(Struct, frozen=True):
    """The components of a family, such as those that must be published."""

    name: str
    rows: tuple[Row, ...]


class Chapter(Struct, frozen=True, kw_only=True):
    """A service with its components, how complete and how sure they are, and which version this is."""

    name: str
    state: tuple[str, ...]
    families: tuple[Family, ...]
    remarks: tuple[str, ...]


class Part(Struct, frozen=True):
    """A tenant with its services."""

    name: str
    remark: str
    chapters: tuple[Chapter, ...]


class Sheet(Struct, frozen=True, kw_only=True):
    """The whole booklet, ready to be set: nothing but words."""

    language: str
    title: str
    mall: str
    place: str
    day: str
    mark: str
    counted: str
    pledge_title: str
    pledge: str
    pledge_remark: str
    contents: str
    component: str
    content: str
    parts: tuple[Part, ...]
    notes_title: str
    notes: tuple[str, ...]
    page: str


class Published(Struct, frozen=True):
    """Which version of a standard is in force: the how-manieth, and since when (None: since the mall's file)."""

    nth: int
    since: datetime | None


async def booklet(hall: Hall, mall_id: MallId, language: str) -> bytes:
    """Return all published standards of today as a PDF.

    Raises: BadRequest.
    """
    if language not in LANGUAGES:
        raise BadRequest(f"The booklet is written in one of these languages: {', '.join(LANGUAGES)}.")
    async with hall.db.read(mall_id) as tx:
        all_ = await reads.public_standards(tx, hall.public_url)
        versions = published(await store.all_published(tx))
        words = sheet(all_, versions, tx.mall.place, ZoneInfo(tx.mall.timezone), language)
    return await asyncio.to_thread(_set, words)


@lru_cache(maxsize=KEPT)
def _set(words: Sheet) -> bytes:
    """Set the booklet; the same words are set once, however many people ask."""
    return setting("mpp.standards", "booklet.typ", words)


def published(rows: Mapping[str, list[StandardVersion]]) -> dict[str, Published]:
    """Say which version of each service is in force; a service whose standard was never edited has its first."""
    found: dict[str, Published] = {}
    for code, mine in rows.items():
        since = next((row.began_at for row in mine if row.state is core.VersionState.IN_FORCE), None)
        found[code] = Published(len(mine), since)
    return found


def sheet(all_: PublicStandards, versions: Mapping[str, Published], place: str, zone: ZoneInfo, language: str) -> Sheet:
    """Put all standards into words."""

    def text(key: str, **values: object) -> str:
        return say(language, f"booklet.{key}", **values)

    services = [one for tenant in all_.tenants for one in tenant.services]
    doubtful = [part for part in all_.components if part.mark is not Mark.VERIFIED]
    return Sheet(
        language=language,
        title=text("title"),
        mall=all_.name,
        place=place,
        day=text("day", day=_day(all_.day)),
        mark=all_.label or "",
        counted=text(
            "counted",
            services=len(services),
            tenants=len(all_.tenants),
            six=sum(one.completeness.is_delivery_complete for one in services),
            all=sum(one.completeness.is_complete for one in services),
        ),
        pledge_title=say(language, "info.pledge"),
        pledge=all_.pledge or say(language, "info.pledge_usual"),
        pledge_remark="" if all_.pledge else text("pledge_usual"),
        contents=text("contents"),
        component=text("component"),
        content=text("content"),
        parts=tuple(_part(one, all_, versions, zone, language) for one in all_.tenants),
        notes_title=text("notes"),
        notes=(
            text("edition", edition=all_.edition),
            *(f"{_name(one, language)}: {one.source} ({say(language, f'mark.{one.mark}')})." for one in doubtful),
            text("own"),
        ),
        page=say(language, "report.page"),
    )


def _part(
    tenant: PublicTenant, all_: PublicStandards, versions: Mapping[str, Published], zone: ZoneInfo, language: str
) -> Part:
    chapters = [
        _chapter(one, all_.components, versions.get(one.code, Published(0, None)), zone, language)
        for one in tenant.services
    ]
    responsible = tenant.responsible or say(language, "booklet.not_stated")
    remark = say(language, "booklet.responsible", name=responsible) if chapters else say(language, "booklet.no_service")
    name = (tenant.name_en if language == "en" else None) or tenant.name
    return Part(name, remark, tuple(chapters))


def _chapter(
    one: PublicStandard, components: list[ComponentPart], version: Published, zone: ZoneInfo, language: str
) -> Chapter:
    standard, done = one.standard, one.completeness
    return Chapter(
        name=(one.name_en if language == "en" else None) or one.name,
        state=(
            say(language, "booklet.complete", n=done.all, of=done.all_of, six=done.delivery, of_six=done.delivery_of),
            say(language, "standard_paper.verified" if standard.verified else "standard_paper.unverified"),
        ),
        families=tuple(
            Family(
                say(language, f"booklet.{family}"),
                tuple(_row(part, standard, language) for part in components if part.key.startswith(f"{family}.")),
            )
            for family in (core.DELIVERY, core.MAKING)
        ),
        remarks=_remarks(standard, version, zone, language),
    )


def _row(part: ComponentPart, standard: Standard, language: str) -> Row:
    name = _name(part, language)
    if not core.says(standard, part.key):
        return Row(name, (say(language, "booklet.missing"),), is_missing=True)
    lines = [line for field in core.FIELDS[part.key] for line in _lines(standard, field, language)]
    return Row(name, tuple(dict.fromkeys(lines)), is_missing=False)


def _lines(standard: Standard, field: str, language: str) -> list[str]:
    """Put a field of a standard into words; one that is not stated says nothing."""
    value = getattr(standard, field)
    match field:
        case "duration_text":
            return [value, *_terms(standard, language)]
        case "fee_idr":
            return [fee(standard, say(language, "standard_paper.free"), say(language, "standard_paper.ask"))]
        case "procedure_steps":
            return [f"{nth}. {line}" for nth, line in enumerate(value, 1)]
        case "staff_count":
            return [] if value is None else [say(language, "standard.staff", n=value)]
    if isinstance(value, tuple):
        return [str(line) for line in value]
    return [] if value is None else [str(value)]


def _terms(standard: Standard, language: str) -> list[str]:
    days = standard.duration_working_days
    working = [] if days is None else [say(language, "booklet.working_days", n=days)]
    return [*working, say(language, "standard_paper.minutes", n=standard.counter_minutes)]


def _remarks(standard: Standard, version: Published, zone: ZoneInfo, language: str) -> tuple[str, ...]:
    """Say which version this is, who set it, when it is looked at again, and where it is from."""

    def day_of(name: str, day: date | None) -> str:
        return say(language, f"booklet.{name}", day=_day(day) if day else say(language, "booklet.not_stated"))

    if version.since is None:
        which = say(language, "booklet.from_file", n=max(1, version.nth))
    else:
        which = say(language, "booklet.version", n=version.nth, day=_day(version.since.astimezone(zone).date()))
    decided = ", ".join(filter(None, [standard.set_by, _day(standard.set_on) if standard.set_on else ""]))
    return (
        which,
        say(language, "booklet.set", by=decided or say(language, "booklet.not_stated")),
        day_of("heard", standard.public_hearing),
        day_of("monitored", standard.monitored_on),
        day_of("review", standard.review_on),
        say(language, "booklet.source", source=standard.source),
    )


def _name(part: ComponentPart, language: str) -> str:
    return part.name_en if language == "en" else part.name


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"
