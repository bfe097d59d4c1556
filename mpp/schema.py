"""Brings a database to the SQL shape this version needs."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config as Alembic
from sqlalchemy import Connection, Enum, MetaData, Text, pool, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

import counters.tables
import display.tables
import mpp.complaints.tables
import mpp.description.tables
import mpp.floorplan.tables
import mpp.forms.tables
import mpp.law.tables
import mpp.privacy.tables
import mpp.readiness.tables
import mpp.standards.tables
import mpp.survey.tables
import mpp.tables
import ticketing.appointment_tables
import ticketing.forecast_tables
import ticketing.layout_tables
import ticketing.lease_tables
import ticketing.request_tables
import ticketing.tables
from mpp.config import FaultyConfig
from ticketing.base import Base
from ticketing.columns import Instant, Json

UPGRADE_LOCK = 4_705_661
"""PostgreSQL advisory lock: of several processes that start at once, one migrates and the others wait."""


def alembic() -> Alembic:
    """Return Alembic's settings; they live in code, so that an installed package can migrate."""
    settings = Alembic()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings


def upgrade(url: str) -> None:
    """Bring the database at `url` up to date.

    Raises: FaultyConfig when it cannot be used.
    """
    run(url, lambda settings: command.upgrade(settings, "head"))


def run(url: str, do: Callable[[Alembic], None]) -> None:
    """Do something with Alembic on a connection of its own."""
    asyncio.run(_run(url, do))


async def _run(url: str, do: Callable[[Alembic], None]) -> None:
    database = make_url(url)
    if database.get_backend_name() == "sqlite" and database.database:
        Path(database.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, poolclass=pool.NullPool)

    def within(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": UPGRADE_LOCK})
            connection.commit()
        settings = alembic()
        settings.attributes["connection"] = connection
        do(settings)
        connection.commit()

    try:
        async with engine.connect() as connection:
            await connection.run_sync(within)
    except (OSError, DBAPIError) as fault:
        raise FaultyConfig(f"The database cannot be used: {fault.args[0] if fault.args else fault}") from fault
    finally:
        await engine.dispose()


def metadata() -> MetaData:
    """Return the SQL shape of all packages together."""
    for row in (
        ticketing.tables.Ticket,
        ticketing.lease_tables.Lease,
        ticketing.request_tables.Request,
        ticketing.appointment_tables.Appointment,
        ticketing.forecast_tables.TicketForecast,
        ticketing.layout_tables.SlipLayoutVersion,
        counters.tables.TicketNote,
        display.tables.Announcement,
        mpp.tables.Token,
        mpp.law.tables.LawEdition,
        mpp.forms.tables.FormsVersion,
        mpp.floorplan.tables.FloorPlan,
        mpp.privacy.tables.Breach,
        mpp.complaints.tables.Complaint,
        mpp.survey.tables.SurveyAnswer,
        mpp.standards.tables.StandardVersion,
        mpp.description.tables.DescriptionVersion,
        mpp.readiness.tables.ReadinessRecord,
    ):
        assert row.metadata is Base.metadata
    return Base.metadata


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our column types into migrations by what they are in SQL, so that old steps never need our code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        return f"sa.{Text.__name__}()"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False
