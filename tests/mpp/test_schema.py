"""The SQL shape: every database is brought to it, and the migrations say what the tables say."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from mpp import schema
from mpp.config import FaultyConfig


async def tables(url: str) -> set[str]:
    engine = create_async_engine(url)

    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    async with engine.connect() as connection:
        found = await connection.run_sync(names)
    await engine.dispose()
    return found


def test_the_migrations_and_the_tables_tell_the_same(database: str) -> None:
    schema.run(database, command.check)


def test_to_upgrade_twice_does_no_harm(database: str) -> None:
    schema.upgrade(database)
    schema.run(database, command.check)


def test_every_step_back_can_be_gone_and_gone_forward_again(own_database: str) -> None:
    schema.run(own_database, lambda settings: command.downgrade(settings, "base"))
    schema.upgrade(own_database)
    schema.run(own_database, command.check)


async def test_a_migrated_database_has_every_table(database: str) -> None:
    assert await tables(database) == {*schema.metadata().tables, "alembic_version"}


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "mpp.sqlite"
    schema.upgrade(f"sqlite+aiosqlite:///{file}")
    assert file.exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mpp.sqlite"
    file.write_bytes(b"surely not a database" * 100)
    with pytest.raises(FaultyConfig, match="file is not a database"):
        schema.upgrade(f"sqlite+aiosqlite:///{file}")


def test_a_database_that_is_not_there_is_refused(postgres: str) -> None:
    with pytest.raises(FaultyConfig, match="does not exist"):
        schema.upgrade(postgres.replace("/postgres?", "/tiada?"))
    with pytest.raises(FaultyConfig, match="cannot be used"):
        schema.upgrade("postgresql+asyncpg://mpp@127.0.0.1:1/mpp")
