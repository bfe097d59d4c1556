"""The command line: every command once, and one plain line with exit code 1 for what it cannot do."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from hardware.core.sound import wav_seconds
from mpp import actions, cli, setup
from mpp.config import Config
from tests.hardware.recordings import record
from tests.mpp.test_backup import TOOLS
from ticketing.clock import Clock
from ticketing.core.access import Role

SMALL = Path(__file__).parent.parent / "small_mall.yaml"
PASSWORD = "kuda-baterai-staples"


def mpp(folder: Path, *words: str | Path, answer: str = "") -> Result:
    """Type a command in an installation."""
    return CliRunner().invoke(cli.main, [*map(str, words), "--data", str(folder)], input=answer)


def done(folder: Path, *words: str | Path, answer: str = "") -> str:
    """Type a command that has to work; return what it says."""
    result = mpp(folder, *words, answer=answer)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def installed(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Import the small mall into a new installation."""
    monkeypatch.delenv("MPP_DATABASE", raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "mpp.sqlite")  # to migrate one for each test would take longer than they do
    assert done(folder, "mall", "import", SMALL) == f"Imported {SMALL}.\n"
    return folder


def test_a_mall_is_exported_to_the_screen_or_a_file_and_imported_again(installed: Path, tmp_path: Path) -> None:
    text = done(installed, "mall", "export")
    assert "code: KECIL" in text
    target = tmp_path / "out.yaml"
    assert done(installed, "mall", "export", target, "--mall", "KECIL") == f"Wrote {target}.\n"
    assert target.read_text(encoding="utf-8") == text
    done(installed, "mall", "import", target)
    assert done(installed, "mall", "export") == text


def test_a_colour_on_which_nothing_can_be_read_is_named_at_the_import(installed: Path, tmp_path: Path) -> None:
    pale = tmp_path / "pale.yaml"
    pale.write_text(SMALL.read_text(encoding="utf-8").replace("#1c644c", "#1f6f54"), encoding="utf-8")
    said = done(installed, "mall", "import", pale).splitlines()
    assert said[1:] == ["DUKCAPIL: no text can be read on #1f6f54; it is shown as #1c644c."]
    assert "#1f6f54" in done(installed, "mall", "export"), "a tenant's own colour is kept"


def test_the_log_is_verified_and_its_head_printed(installed: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(done(installed, "log", "head"), encoding="utf-8")
    assert done(installed, "log", "verify", "--heads", kept).startswith("KECIL: whole: 1 event, head ")
    with closing(sqlite3.connect(installed / "mpp.sqlite")) as database:
        database.execute("UPDATE event SET actor = 'person:9'")
        database.commit()
    refused = mpp(installed, "log", "verify")
    assert (refused.exit_code, refused.output.splitlines()[0]) == (1, "KECIL: NOT whole: 1 fault in 1 event.")


def test_what_is_kept_of_a_person_is_handed_out_and_erased(installed: Path) -> None:
    done(installed, "person", "maria", "--name", "Maria Bana", "--role", "officer", "--password", PASSWORD)
    assert "Nama dan peran petugas" in done(installed, "privacy", "report")
    assert '"name": "Maria Bana"' in done(installed, "privacy", "export", "maria")
    assert done(installed, "privacy", "erase", "maria", "--yes") == "maria is person 1 from now on.\n"
    assert mpp(installed, "privacy", "export", "maria").exit_code == 1
    assert b"Maria Bana" not in (installed / "mpp.sqlite").read_bytes()


def test_pictures_are_put_on_the_boards_listed_and_taken_off(installed: Path, tmp_path: Path) -> None:
    poster = tmp_path / "maklumat.png"
    Image.new("RGB", (32, 18), "teal").save(poster)
    assert (
        done(installed, "media", "add", poster, "--zone", "A", "--alt", "Maklumat")
        == f"{poster.name} is on the boards.\n"
    )
    (line,) = done(installed, "media", "list").splitlines()
    number, kind, *_ = line.split()
    assert (kind, line.endswith("Maklumat")) == ("picture", True)
    next((installed / "media").iterdir()).unlink()
    assert done(installed, "media", "list").endswith("FILE IS MISSING\n")
    assert done(installed, "media", "remove", number) == f"{number} is off the boards.\n"
    assert done(installed, "media", "list") == ""
    wrong = mpp(installed, "media", "add", SMALL)
    assert (wrong.exit_code, "no picture and no video" in wrong.output) == (1, True)


def test_a_token_is_printed_once_on_a_line_of_its_own(installed: Path) -> None:
    options = ("token", "--role", "supervisor", "--name", "sim", "--tenant", "POLRES")
    first, second = done(installed, *options), done(installed, *options)
    assert len(first.strip()) == 43
    assert first != second
    assert first.strip().encode() not in b"".join(file.read_bytes() for file in installed.glob("mpp.sqlite*"))


def test_a_person_is_added_with_a_password_that_is_asked_for_twice(installed: Path) -> None:
    options = ("person", "maria", "--name", "Maria", "--role", "officer")
    said = done(installed, *options, answer=f"{PASSWORD}\n{PASSWORD}\n")
    assert said.endswith("maria is officer now.\n")
    assert PASSWORD not in said
    again = done(installed, *options[:4], "--role", "supervisor", "--tenant", "POLRES", "--password", PASSWORD)
    assert again == "maria is supervisor now.\n"


def test_a_device_is_let_in_by_its_pairing_code(installed: Path) -> None:
    code = _ask_in(installed)
    said = done(installed, "approve", code.lower(), "--code", "B01", "--name", "Board", "--zone", "A")
    assert said == "B01 may work now.\n"
    assert mpp(installed, "approve", code, "--code", "B02", "--name", "Board", "--zone", "A").exit_code == 1


def test_a_backup_is_made_and_put_back(installed: Path, tmp_path: Path) -> None:
    before = done(installed, "mall", "export")
    copy = done(installed, "backup", tmp_path / "copies", "--keep", "2").removeprefix("Wrote ").removesuffix(".\n")
    (installed / "mpp.sqlite").unlink()
    assert done(installed, "restore", copy) == f"Restored {copy}.\n"
    assert done(installed, "mall", "export") == before


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_installation_on_postgresql_is_run_by_the_same_commands(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPP_DATABASE", database)
    settings = tmp_path / "mpp.toml"
    settings.write_text(f'postgresql_tools = "{TOOLS}"\n', encoding="utf-8")
    done(tmp_path, "mall", "import", SMALL)
    copy = done(tmp_path, "backup", tmp_path / "copies", "--config", settings).removeprefix("Wrote ")
    done(tmp_path, "restore", copy.removesuffix(".\n"), "--config", settings)
    assert "code: KECIL" in done(tmp_path, "mall", "export")
    assert not (tmp_path / "mpp.sqlite").exists()


def test_the_doors_are_described_in_a_file(tmp_path: Path) -> None:
    target = tmp_path / "openapi.json"
    result = CliRunner().invoke(cli.main, ["openapi", str(target)])
    assert (result.exit_code, result.output) == (0, f"Wrote {target}.\n")
    paths = msgspec.json.decode(target.read_bytes())["paths"]
    assert {"/api/tickets", "/api/session", "/health/ready"} <= set(paths)


def test_the_voice_is_heard_and_read_before_it_speaks_in_the_hall(installed: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.wav"
    said = done(installed, "voice", "say", "Nomor antrean B-012, loket 5 (SKCK).", "--out", target)
    assert said == "Nomor antrean be nol dua belas, loket lima es ka ce ka.\n"
    assert 2.5 < wav_seconds(target.read_bytes()) < 8
    said = done(installed, "voice", "say", "SKCK, Polres", "--language", "en", "--out", target)
    assert said == "ess kay see kay, pol res\n"
    assert not (installed / "voice").exists()


def test_the_words_of_the_voice_are_listed(installed: Path) -> None:
    lines = [line.split("\t") for line in done(installed, "voice", "words").splitlines()]
    assert ["id", "Polres", "pol res"] in lines
    assert ["en", "Identity card", "Identity card"] in lines
    call = "Queue number C-012, please go to counter 3, Polres."
    assert ["en", call, "Queue number, see, zero twelve, please go to counter three, pol res."] in lines


def test_what_is_still_to_be_recorded_is_listed(installed: Path, tmp_path: Path) -> None:
    settings, clips = tmp_path / "mpp.toml", tmp_path / "clips"
    settings.write_text(f'clips = "{clips}"\n', encoding="utf-8")
    before = done(installed, "voice", "clips", "--config", settings).splitlines()
    assert before[0].startswith("id: 0 recorded, ")
    assert "id\tmissing\tsilakan menuju loket" in before
    record(clips, "id", "silakan menuju loket", "dua", "belas", "Halo")
    (clips / "id" / "dua.wav").write_bytes(b"ID3")
    after = done(installed, "voice", "clips", "--config", settings).splitlines()
    assert after[0].startswith("id: 3 recorded, ")
    assert "id\tmissing\tsilakan menuju loket" not in after
    assert "id\tunused\thalo" in after
    assert f"id\tbroken\t{clips}/id/dua.wav: this is not a WAV file; save the recording as WAV" in after
    said = done(installed, "voice", "say", "Loket dua belas", "--out", tmp_path / "x.wav", "--config", settings)
    assert said == "Loket dua belas\n"


IMPOSSIBLE = [
    (("voice", "clips"), 'write clips = "FOLDER" into mpp.toml'),
    (("voice", "say", "Halo", "--language", "fr", "--out", "x.wav"), 'does not speak "fr"; it speaks en, id'),
    (("voice", "say", "(!)", "--out", "x.wav"), "there is nothing to say in '(!)'"),
    (("voice", "say", "Halo", "--out", "/nowhere/x.wav"), "No such file or directory"),
    (("mall", "export", "--mall", "TIADA"), "There is no mall 'TIADA' in this installation."),
    (("token", "--role", "supervisor", "--name", "x"), "A supervisor belongs to a tenant; name it."),
    (("token", "--role", "officer", "--name", "x", "--tenant", "TNI"), "There is no tenant 'TNI' in this mall."),
    (("person", "x", "--name", "X", "--role", "officer", "--password", "pendek"), "use at least 8 characters"),
    (("approve", "AAA-AAA", "--code", "B01", "--name", "Board"), "No device shows the pairing code AAA-AAA."),
    (("mall", "import", __file__), "Error: line "),
    (("restore", __file__), "is not a usable backup"),
    (("mall", "export", "/nowhere/out.yaml"), "No such file or directory: '/nowhere/out.yaml'"),
    (("mall", "export", "--config", "/nowhere/mpp.toml"), "/nowhere/mpp.toml: "),
]


def test_what_cannot_be_done_is_said_in_one_plain_line(installed: Path) -> None:
    for words, says in IMPOSSIBLE:
        assert_refused(mpp(installed, *words), says)


@pytest.mark.parametrize(
    "words",
    [
        ("mall", "export"),
        ("token", "--role", "officer", "--name", "x"),
        ("approve", "K7M-4PX", "--code", "B01", "--name", "B"),
    ],
)
def test_without_a_mall_every_command_says_what_to_do_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("MPP_DATABASE", raising=False)
    assert_refused(mpp(tmp_path, *words), "There is no mall yet; begin one on /manage/setup, or import one")


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPP_DATABASE", raising=False)
    assert_refused(mpp(tmp_path, "backup", tmp_path / "copies"), "There is no database at")


def test_a_mall_file_in_another_alphabet_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mall.yaml"
    file.write_bytes("mall:\n  code: KECIL\n  name: Café\n".encode("latin-1"))
    assert_refused(mpp(tmp_path, "mall", "import", file), "line 3: this is not UTF-8 text")


@pytest.mark.parametrize("address", ["mysql://u:geheim@db/m", "postgresql://u:geheim@127.0.0.1:1/m"])
def test_a_database_that_cannot_be_used_is_said_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("MPP_DATABASE", address)
    result = mpp(tmp_path, "mall", "export")
    assert_refused(result, "database")
    assert "geheim" not in result.output


def assert_refused(result: Result, says: str) -> None:
    """Expect one plain line, and exit code 1."""
    assert result.exit_code == 1
    assert says in result.output
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1, result.output
    assert "Traceback" not in result.output


def test_the_server_tells_systemd_that_it_is_ready_and_lives_until_it_is_stopped(
    installed: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "mpp", "serve", "--port", "0", "--data", str(installed)]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "100000"}
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | told) as server:
            assert [systemd.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
            server.send_signal(signal.SIGTERM)
            _, said = server.communicate(timeout=20)
    assert server.returncode in {0, -signal.SIGTERM}
    assert "Traceback" not in said


def _ask_in(folder: Path) -> str:
    """Let a board ask to be let in; return the pairing code it shows."""

    async def ask() -> str:
        async with setup.change(Config(data=folder), None) as tx:
            device, _ = await actions.ask_in(tx, Role.BOARD, Clock().real())
            return device.pairing_code

    return asyncio.run(ask())
