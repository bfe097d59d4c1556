"""`mpp simulate`: the mall's own days beside the same days with something changed."""

import asyncio
import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mpp import cli
from tests.browser import month

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a folder with a week of a mall."""
    folder = tmp_path_factory.mktemp("past")
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(month.fill, folder, 7, 300).result()
    return folder


def type_in(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["simulate", *words])


async def simulate(*words: str) -> Result:
    return await asyncio.to_thread(type_in, *words)


WAYS = ("all alike", "one more", "looking ahead", "by policy", "not after all")


async def test_ways_of_a_file_stand_side_by_side(past: Path, tmp_path: Path) -> None:
    ways, table = tmp_path / "ways.yaml", tmp_path / "table.csv"
    ways.write_text(
        "ways:\n- {name: all alike, policy: {priority_weight: 1}}\n- {name: one more, more_counters: 1}\n"
        "- {name: looking ahead, mode: look_ahead, guard: 2}\n"
        "- {name: by policy, policy: {mode: look_ahead, guard: 2}}\n"
        "- {name: not after all, policy: {mode: look_ahead, guard: 2}, mode: claim}\n",
        encoding="utf-8",
    )
    found = await simulate("--data", str(past), "--tenant", "DUKCAPIL", "--ways", str(ways), "--out", str(table))
    assert found.exit_code == 0, found.output
    with table.open(encoding="utf-8", newline="") as file:
        rows = {row[0]: row[1:] for row in csv.reader(file)}
    assert rows["minutes"] == ["happened", "simulated as it was", *WAYS]
    assert len(set(rows["visitors"])) == 1
    assert float(rows["visitors"][0]) > 50
    assert rows["ordinary: overtaken"][2] == "0.00"
    columns = {way: [row[at] for row in rows.values()][1:] for at, way in enumerate(rows["minutes"])}
    assert columns["by policy"] == columns["looking ahead"] != columns["simulated as it was"]
    assert columns["not after all"] == columns["simulated as it was"]
    assert float(rows["all: mean"][3]) <= float(rows["all: mean"][1])


async def test_what_is_told_takes_the_place_of_todays_rules(past: Path) -> None:
    found = await simulate("--data", str(past), "--tenant", "DUKCAPIL", "--priority-weight", "5", "--favour-short", "0")
    rows = [line.split("  ") for line in found.output.splitlines()]
    means = next([cell.strip() for cell in row if cell.strip()] for row in rows if row[0] == "all: mean")
    assert means[2] == means[3], "these are the demo's rules"


async def test_what_cannot_be_tried_is_said(past: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "ways.yaml"
    wrong.write_text("ways:\n- {name: x, more_counter: 1}\n", encoding="utf-8")
    words = "--data", str(past), "--tenant"
    answers = [
        await simulate(*words, "DUKCAPIL", "--ways", str(wrong)),
        await simulate(*words, "NONE"),
        await simulate(*words, "DUKCAPIL", "--from", "2001-01-01", "--to", "2001-01-02"),
    ]
    assert [answer.exit_code for answer in answers] == [1, 1, 1]
    assert "more_counter" in answers[0].output
    assert "Nobody came" in answers[2].output
