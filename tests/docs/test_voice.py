"""docs/voice.md: every example in it does what the page says."""

import re
import shlex
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from display import tongues
from display.core import wording
from display.speech import Speech
from hardware.core import words
from hardware.core.call import Call, CallKind
from hardware.core.sound import Say
from hardware.core.tongue import cardinal
from mpp import cli, config

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "voice.md").read_text(encoding="utf-8")
SMALL = (Path(__file__).parents[1] / "small_mall.yaml").read_text(encoding="utf-8")
JV = tongues.load(DOCS / "examples")["jv"]


def examples(kind: str) -> list[str]:
    """Return what stands between the fences of a kind."""
    return re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", PAGE)


def test_the_pronunciations_are_a_part_of_the_demo_mall() -> None:
    demo = files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8")
    first, *rows = examples("yaml")[0].splitlines()
    assert all(row in demo.splitlines() for row in (first, *rows))


def test_the_settings_are_read_and_name_folders(tmp_path: Path) -> None:
    clips, folder, grammar = examples("toml")
    (tmp_path / "mpp.toml").write_text(clips + folder, encoding="utf-8")
    settings = config.load(tmp_path / "mpp.toml", None)
    assert (settings.clips, settings.tongues) == (Path("/srv/mpp/clips"), Path("/srv/mpp/tongues"))
    shipped = tongues.SHIPPED.joinpath("id.toml").read_text(encoding="utf-8").splitlines()
    assert [line for line in grammar.splitlines() if line not in shipped] == []


def test_the_commands_work_in_a_mall_with_the_language_of_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MPP_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("mpp.toml").write_text(f'clips = "clips"\ntongues = "{DOCS / "examples"}"\n', encoding="utf-8")
    zones = examples("yaml")[1]
    Path("mall.yaml").write_text(re.sub(r"(?s)zones:\n.*?languages.*?\n", f"{zones}", SMALL, count=1), encoding="utf-8")
    commands = [line for block in examples("sh") for line in block.splitlines()]
    assert len(commands) == 3
    said = ""
    for line in ["mpp mall import mall.yaml", *commands]:
        _, *given = shlex.split(line)
        result = CliRunner().invoke(cli.main, [*given, *([] if "--config" in given else ["--config", "mpp.toml"])])
        assert result.exit_code == 0, result.output
        said += result.stdout
    assert "Nomor antrean be nol dua belas, loket lima\n" in said
    assert "jv\tNomer antrean B-012, sumangga dhateng loket 1, Dukcapil.\tNomer antrean, be, nol rolas" in said
    assert "jv\tmissing\tsumangga dhateng loket\n" in said


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (1, "siji"),
        (10, "sepuluh"),
        (12, "rolas"),
        (25, "selawe"),
        (31, "telung puluh siji"),
        (57, "seket pitu"),
        (68, "sewidak wolu"),
        (111, "satus sewelas"),
        (345, "telung atus patang puluh lima"),
        (1945, "sewu sangang atus patang puluh lima"),
        (12_021, "rolas ewu selikur"),
    ],
)
def test_the_example_counts_in_javanese(number: int, spoken: str) -> None:
    assert cardinal(JV.numbers, number) == spoken


async def test_the_example_is_spoken_after_indonesian(tmp_path: Path) -> None:
    call = Call(kind=CallKind.RECALL, number="PB-025", counter="3", tenant="BPJS", is_priority=True)
    known = tongues.load(DOCS / "examples")
    told: words.Pronunciations = {"BPJS": {"id": "be pe je es"}}
    says = [wording.said(call, language, known, told) for language in ("id", "jv")]
    assert says[1] == Say(
        text="Dipun ambali, antrean prioritas, nomer, pe be, nol selawe, sumangga dhateng loket telu, be pe je es.",
        language="jv",
        voice="id",
        pace=130,
    )
    speech = Speech(tmp_path)
    try:
        assert 20 < (await speech.render(wording.in_full(says))).seconds < 35
    finally:
        await speech.aclose()
