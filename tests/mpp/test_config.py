"""Technical settings: one file, nothing unknown, secrets from the environment."""

from pathlib import Path

import pytest

from mpp import config
from mpp.config import Config, FaultyConfig


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPP_DATABASE", raising=False)


def settings(folder: Path, text: str) -> Path:
    file = folder / "mpp.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_a_mall_runs_on_this_machine_alone(tmp_path: Path) -> None:
    found = config.load(None, tmp_path)
    assert found.url == f"sqlite+aiosqlite:///{tmp_path}/mpp.sqlite"
    assert (found.host, found.port, found.pairing) == ("127.0.0.1", 8080, "by_administrator")


def test_a_file_says_how_it_runs_and_the_command_line_where(tmp_path: Path) -> None:
    file = settings(tmp_path, 'data = "/srv/mpp"\nport = 80\nhost = "0.0.0.0"\nvoice = false\n')
    assert config.load(file, None) == Config(data=Path("/srv/mpp"), port=80, host="0.0.0.0", voice=False)
    assert config.load(file, tmp_path).data == tmp_path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('databse = "x"', "unknown field `databse`"),
        ('port = "http"', r"`int`, got `str` - at `\$.port`"),
        ('pairing = "never"', r"'never' - at `\$.pairing`"),
        ("port =", "mpp.toml"),
    ],
)
def test_a_faulty_file_is_refused_with_the_name_of_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(FaultyConfig, match=says):
        config.load(settings(tmp_path, text), None)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FaultyConfig, match=r"nowhere\.toml"):
        config.load(tmp_path / "nowhere.toml", None)


def test_the_environment_holds_the_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = settings(tmp_path, 'database = "postgresql://mpp@db/mpp"\n')
    assert config.load(file, None).url == "postgresql+asyncpg://mpp@db/mpp"
    monkeypatch.setenv("MPP_DATABASE", "postgresql://mpp:rahasia@db/mpp")
    assert config.load(file, None).url == "postgresql+asyncpg://mpp:rahasia@db/mpp"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p%40s@db:5433/mpp?ssl=require", "postgresql+asyncpg://u:p%40s@db:5433/mpp?ssl=require"),
        ("postgres://u@db/mpp", "postgresql+asyncpg://u@db/mpp"),
        ("postgresql+asyncpg://u@db/mpp", "postgresql+asyncpg://u@db/mpp"),
        ("sqlite:////srv/mpp.sqlite", "sqlite+aiosqlite:////srv/mpp.sqlite"),
    ],
)
def test_the_databases_address_is_written_as_everywhere(given: str, used: str) -> None:
    assert Config(database=given).url == used


@pytest.mark.parametrize(
    "given",
    ["", "mpp", "mysql://u:geheim@db/mpp", "postgresql+psycopg2://u:geheim@db/mpp", "postgresql://u:geheim@db:x/m"],
)
def test_an_address_that_cannot_be_used_is_refused_without_telling_its_password(given: str) -> None:
    with pytest.raises(FaultyConfig, match="postgresql://USER") as no:
        _ = Config(database=given).url
    assert "geheim" not in str(no.value)


@pytest.mark.parametrize(
    ("public", "address"),
    [(None, "http://0.0.0.0:81"), ("https://mpp.example/", "https://mpp.example")],
)
def test_the_address_on_tickets_is_the_public_one_if_there_is_one(public: str | None, address: str) -> None:
    assert config.listening(Config(public_url=public), "0.0.0.0", 81).address == address
    assert config.listening(Config(), None, None) == Config()
