"""Technical settings: one frozen value, read from mpp.toml; the environment may override secrets only."""

import os
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ASYNC_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
"""What may begin the database's address, and what SQLAlchemy has to be told."""


MEDIA = "media"
"""Folder of the boards' pictures and videos, within `data` and beside each backup."""


class FaultyConfig(Exception):
    """The settings cannot be used; the message says where and why."""


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How this installation runs.

    `data` holds the embedded database, the rendered sounds, and the boards' pictures and videos. `database` is a URL of
    PostgreSQL; None is SQLite in `data`. `public_url` is where phones find the server. `pairing`: who lets devices in;
    `at_once` is for demos only. `postgresql_tools` is the folder of pg_dump and pg_restore, for machines on which those
    that are found first are older than the server; None is wherever PATH leads. `clips` and `tongues` are folders of
    recordings and of grammars for the voice (docs/voice.md). `forecast`: whether waits are foretold, by a process of
    its own; a machine with little memory does without. `metrics`: whether Prometheus is answered at /metrics; `token`
    asks it for an administrator's token, `local` lets programs on this machine in without one.
    """

    data: Path = Path("data")
    database: str | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str | None = None
    pairing: Literal["by_administrator", "at_once"] = "by_administrator"
    voice: bool = True
    forecast: bool = True
    clips: Path | None = None
    tongues: Path | None = None
    secure_cookies: bool = False
    postgresql_tools: Path | None = None
    metrics: Literal["off", "token", "local"] = "off"

    @property
    def url(self) -> str:
        """Return the database's address for SQLAlchemy's async drivers.

        Raises: FaultyConfig.
        """
        if self.database is None:
            return f"sqlite+aiosqlite:///{(self.data / 'mpp.sqlite').absolute()}"
        try:
            url = make_url(self.database)
            driver = ASYNC_DRIVERS[url.drivername]
        except (ArgumentError, ValueError, KeyError):
            form = "postgresql://USER:PASSWORD@HOST/NAME"
            raise FaultyConfig(f"The database's address cannot be used; write it as {form}.") from None
        return url.set(drivername=driver).render_as_string(hide_password=False)

    @property
    def address(self) -> str:
        """Return the address that stands on tickets."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def load(file: Path | None, data: Path | None) -> Config:
    """Read the settings from `file`, with `data` taking the place of its folder.

    Raises: FaultyConfig.
    """
    config = Config()
    if file is not None:
        try:
            config = msgspec.toml.decode(file.read_bytes(), type=Config, strict=False, dec_hook=_folder)
        except (OSError, msgspec.DecodeError) as fault:
            raise FaultyConfig(f"{file}: {fault}") from fault
    if data is not None:
        config = msgspec.structs.replace(config, data=data)
    if secret := os.environ.get("MPP_DATABASE"):
        config = msgspec.structs.replace(config, database=secret)
    return config


def listening(config: Config, host: str | None, port: int | None) -> Config:
    """Return the settings with another address to listen on."""
    return msgspec.structs.replace(config, host=host or config.host, port=config.port if port is None else port)


def _folder(kind: type, value: object) -> Path:
    """Read what TOML does not know by itself; the only such kind is a folder."""
    if kind is Path and isinstance(value, str) and value:
        return Path(value)
    raise ValueError("write the path of a folder in quotes")
