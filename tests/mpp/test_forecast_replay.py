"""`mpp forecast replay`: every ticket is foretold, from nothing but the past, whatever the log lacks."""

import csv
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from counters.core.forecast import foresee
from counters.core.forecast.plan import Entry, Kind
from mpp import cli, forecast_cli, replay_files
from mpp.replay_files import WRITTEN
from tests.bench.forecast.mallbench import PLAN, rows, write

Lines = list[list[str]]
DAY, AT, EVENT, TICKET, SERVICE, WHO = 0, 1, 2, 5, 6, 7


@pytest.fixture(scope="module")
def log() -> Lines:
    """Return three days of two small tenants of the benchmark, header first."""
    return list(rows(range(3), frozenset({9, 13})))


@pytest.fixture(autouse=True)
def _few_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast_cli, "RUNS", 12)
    monkeypatch.setattr(foresee, "RUNS", 4)


def replay(folder: Path, lines: Lines, train_days: int = 2) -> dict[tuple[int, int], list[float]]:
    """Replay a log that has to work; return what was foretold."""
    result = type_in(folder, write(folder / "events.csv.gz", lines), train_days)
    assert result.exit_code == 0, result.output
    with (folder / "predictions.csv").open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file)
    assert header == list(WRITTEN)
    return {(int(row[0]), int(row[1])): [float(value) for value in row[2:]] for row in found}


def type_in(folder: Path, events: Path, train_days: int = 2, plan: Path = PLAN) -> Result:
    """Type the command."""
    words = ["forecast", "replay", "--events", events, "--config", plan]
    words += ["--train-days", train_days, "--out", folder / "predictions.csv"]
    return CliRunner().invoke(cli.main, [str(word) for word in words])


def tickets(lines: Lines, day: int) -> set[tuple[int, int]]:
    """Name the tickets of a day and later."""
    return {(int(row[DAY]), int(row[TICKET])) for row in lines[1:] if row[EVENT] == "ticket" and int(row[DAY]) >= day}


def test_every_ticket_of_the_later_days_is_foretold(tmp_path: Path, log: Lines) -> None:
    found = replay(tmp_path, log)
    assert set(found) == tickets(log, 2)
    assert all(0 <= low <= b <= middle <= c <= high for _, low, b, middle, c, high in found.values())
    issued = {row[TICKET]: float(row[AT]) for row in log if row[DAY] == "2" and row[EVENT] == "ticket"}
    waits = {
        row[TICKET]: float(row[AT]) - issued[row[TICKET]] for row in log if row[DAY] == "2" and row[EVENT] == "call"
    }
    errors = [abs(found[2, int(ticket)][3] - waited) for ticket, waited in waits.items()]
    assert sum(errors) < 0.75 * sum(waits.values())


def test_nothing_of_the_future_is_used(tmp_path: Path, log: Lines) -> None:
    whole = replay(tmp_path, log)
    until = [row for row in log if row[DAY] in {"day", "0", "1"} or (row[DAY] == "2" and float(row[AT]) < 700)]
    cut = replay(tmp_path, until)
    assert len(cut) > 20
    assert cut == {key: whole[key] for key in cut}


def without(*kinds: str) -> Callable[[list[str]], bool]:
    """Keep all lines but these kinds."""
    return lambda row: row[EVENT] not in kinds


GAPS = {
    "no pauses": without("pause"),
    "no pauses and no ends of them": without("pause", "resume"),
    "no lunches": without("lunch", "resume"),
    "no openings": without("open", "close"),
    "no starts": without("start"),
    "no ends": without("end"),
    "no no-shows": without("noshow"),
    "tickets and calls only": without("open", "close", "start", "end", "noshow", "lunch", "pause", "resume"),
    "a day is missing": lambda row: row[DAY] != "1",
    "some are never called": lambda row: (
        row[TICKET] in {"-1", "ticket"} or int(row[TICKET]) % 5 > 0 or row[EVENT] == "ticket"
    ),
}


@pytest.mark.parametrize("kept", GAPS.values(), ids=GAPS)
def test_a_log_may_lack_something(tmp_path: Path, log: Lines, kept: Callable[[list[str]], bool]) -> None:
    short = [row for row in log if kept(row)]
    assert set(replay(tmp_path, short)) == tickets(short, 2)


def test_a_new_class_and_a_new_event_do_no_harm(tmp_path: Path, log: Lines) -> None:
    strange = [[*row[:WHO], "4"] if row[EVENT] == "ticket" and row[DAY] == "2" else row for row in log]
    strange.append(["2", "950", "fire_drill", "9", "0", "-1", "-1", "-1"])
    assert set(replay(tmp_path, strange)) == tickets(log, 2)


def change(column: int, value: str) -> Callable[[Lines], Lines]:
    """Change one field of the fourth line."""
    return lambda log: [*log[:3], [*log[3][:column], value, *log[3][column + 1 :]], *log[4:]]


FAULTS: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "a column is missing": (lambda log: [row[:WHO] for row in log], "has no column class_or_operator"),
    "the file is empty": (lambda _: [], "is empty; its first line must be: day,t,event"),
    "there is only a header": (lambda log: log[:1], "holds no event"),
    "a word stands where a number must": (change(AT, "ten"), "line 4: "),
    "a tenant is unknown": (change(3, "99"), "line 4: tenant 99 is not in the configuration"),
    "a counter is unknown": (change(4, "99"), "line 4: tenant 13 has no counter 99"),
    "a time is impossible": (change(AT, "9000"), "line 4: t is 9000"),
    "a service is unknown": (
        lambda log: [[*row[:SERVICE], "77", row[WHO]] if row[EVENT] == "ticket" else row for row in log],
        "has no service 77; its services in the configuration are numbered 0 to 4",
    ),
    "all days are for learning": (lambda log: [row for row in log if row[DAY] in {"day", "0", "1"}], "no day is left"),
}


@pytest.mark.parametrize(("damage", "said"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_log_is_refused_in_words(
    tmp_path: Path, log: Lines, damage: Callable[[Lines], Lines], said: str
) -> None:
    result = type_in(tmp_path, write(tmp_path / "events.csv.gz", damage(log)))
    assert result.exit_code == 1
    assert said in result.output
    assert not (tmp_path / "predictions.csv").exists()


def test_files_that_are_no_logs_are_refused_in_words(tmp_path: Path, log: Lines) -> None:
    plain, damaged, binary = tmp_path / "plain.csv.gz", tmp_path / "cut.csv.gz", tmp_path / "binary.csv"
    plain.write_text("day,t\n", encoding="utf-8")
    damaged.write_bytes(write(tmp_path / "whole.csv.gz", log).read_bytes()[:-2000])
    binary.write_bytes(b"\xff\xfe\x00\x9c")
    assert "is not compressed" in type_in(tmp_path, plain).output
    assert "is damaged" in type_in(tmp_path, damaged).output
    assert "not text" in type_in(tmp_path, binary).output
    binary.write_text(f"day,{'x' * 200_000}\n", encoding="utf-8")
    assert "not text" in type_in(tmp_path, binary).output


def test_a_log_may_be_plain_text(tmp_path: Path, log: Lines) -> None:
    packed = write(tmp_path / "events.csv.gz", log)
    text = tmp_path / "events.csv"
    text.write_bytes(gzip.decompress(packed.read_bytes()))
    plan = replay_files.read_plan(PLAN)
    assert replay_files.read_log(text, plan, print) == replay_files.read_log(packed, plan, print)


PLANS = {
    "{": "truncated",
    '{"open": 480}': "missing required field `close`",
    '{"open": 480, "close": 960, "tenants": [{"services": [], "counters": []}]}': "at least one service",
    '{"open":480,"close":960,"tenants":[{"services":[{"nominal_min":0}],"counters":[{"skills":[0]}]}]}': "nominal_min",
    '{"open":480,"close":960,"tenants":[{"services":[{"nominal_min":5}],"counters":[{"skills":[3]}]}]}': "serves 3",
}


def test_a_note_that_only_looks_like_weights_is_for_people(tmp_path: Path) -> None:
    plan = tmp_path / "config.json"
    described = json.loads(PLAN.read_text(encoding="utf-8"))
    described.pop("b", None)
    described["note"] = "weights b = [1.2.3]"
    plan.write_text(json.dumps(described), encoding="utf-8")
    assert replay_files.read_plan(plan).weights == ()


@pytest.mark.parametrize(("text", "said"), PLANS.items())
def test_a_faulty_plan_is_refused_in_words(tmp_path: Path, log: Lines, text: str, said: str) -> None:
    plan = tmp_path / "config.json"
    plan.write_text(text, encoding="utf-8")
    result = type_in(tmp_path, write(tmp_path / "events.csv.gz", log), plan=plan)
    assert result.exit_code == 1
    assert said in result.output


@pytest.mark.parametrize(
    ("days", "train_days", "first"),
    [((0, 44), 30, 30), ((0, 44), 1, 1), ((29, 44), 1, 30), ((1, 45), 30, 30), ((100, 140), 30, 130)],
)
def test_days_are_counted_as_the_log_counts_them(days: tuple[int, int], train_days: int, first: int) -> None:
    entries = [Entry(day, 480.0, Kind.OPEN, 0, 0, -1, -1, 0) for day in days]
    assert replay_files.first_day(entries, train_days) == first


@pytest.mark.long
def test_the_compiled_run_foretells_what_the_interpreted_one_does(tmp_path: Path, log: Lines) -> None:
    interpreted = replay(tmp_path, log)
    compiled = tmp_path / "compiled.csv"
    words = ["forecast", "replay", "--events", tmp_path / "events.csv.gz", "--config", PLAN, "--train-days", 2]
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_DISABLE_JIT"}
    subprocess.run([sys.executable, "-m", "mpp", *map(str, words), "--out", str(compiled)], env=environment, check=True)
    with compiled.open(encoding="utf-8", newline="") as file:
        found = {(int(row["day"]), int(row["ticket"])): float(row["mean"]) for row in csv.DictReader(file)}
    assert set(found) == set(interpreted)
    apart = [abs(found[key] - interpreted[key][0]) for key in found]
    assert sum(apart) / len(apart) < 0.15 * sum(found.values()) / len(found)
