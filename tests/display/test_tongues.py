"""Languages of the voice: those that come with the product, and the mall's own in a folder."""

from pathlib import Path

import pytest

from display import tongues
from hardware.core.grammar import FaultyTongue
from tests.logs import told

ID = tongues.SHIPPED.joinpath("id.toml").read_text(encoding="utf-8")


def test_a_file_in_the_folder_adds_a_language_or_takes_the_place_of_one(tmp_path: Path) -> None:
    (tmp_path / "id.toml").write_text(ID.replace("pace = 140", "pace = 120"), encoding="utf-8")
    (tmp_path / "ban.toml").write_text(ID.replace('name = "Bahasa Indonesia"', 'name = "Basa"'), encoding="utf-8")
    (tmp_path / "README").write_text("not a grammar")
    known = tongues.load(tmp_path)
    assert sorted(known) == ["ban", "en", "id"]
    assert (known["id"].pace, known["ban"].name) == (120, "Basa")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("id.toml", b"pace = 1", r"id\.toml: .*missing required field|id\.toml, line 1, pace"),
        ("Jawa.toml", ID.encode(), r"Jawa\.toml: name it after the language's code"),
        ("jv.toml", b"\xff\xfe", r"jv\.toml: cannot be read"),
    ],
)
def test_a_faulty_file_is_named_and_the_hall_speaks_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FaultyTongue, match=reason):
        tongues.load(tmp_path)
    assert tongues.load_what_is_sound(tmp_path) == tongues.load()
    assert name in told(caplog, "display.tongues")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(FaultyTongue, match="there is no such folder"):
        tongues.load(tmp_path / "nowhere")
    assert sorted(tongues.load_what_is_sound(tmp_path / "nowhere")) == ["en", "id"]
    assert "nowhere" in told(caplog, "display.tongues")
