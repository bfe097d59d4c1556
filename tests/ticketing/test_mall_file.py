"""The mall file: what it says, and what is refused, where, and with which advice."""

import datetime as dt
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.core.hours import Holiday, Interval
from ticketing.core.mall_checks import served_by
from ticketing.core.mall_file import FaultyMallFile, read
from ticketing.core.mall_reasons import sentence

SMALL = """\
mall:
  code: KECIL
  name: Mal Kecil
  place: Soe
  timezone: Asia/Makassar
  languages: [id, en]
  priority_classes:
    - {code: lansia, name: Lanjut usia, name_en: Elderly}
hours:
  mon: {open: 08:00, close: 15:00}
  fri:
    open: "08:00"
    close: 14:30
    breaks:
      - {start: 11:30, end: 13:00, name: Istirahat Jumat}
last_ticket_minutes: 30
holidays:
  - {date: 2026-08-17, name: Kemerdekaan}
zones:
  - {code: A, name: no, languages: [id]}
tenants:
  - code: DUKCAPIL
    name: Dinas Dukcapil
    short_name: Dukcapil
    prefix: B
    colour: "#3b46b0"
    services:
      - code: DUKCAPIL-01
        name: KTP-el baru
        name_en: New e-KTP
        standard:
          requirements:
            - Kartu Keluarga
          duration_text: Satu hari
          counter_minutes: 8
          fee_idr: 0
          source: asumsi
          verified: false
  - code: SAMSAT
    name: Samsat Soe
    short_name: Samsat
    prefix: D
    colour: "#6b2424"
    services:
      - code: SAMSAT-01
        name: Pengesahan STNK
        name_en: Validation
        prefix: DA
        standard:
          requirements: []
          duration_text: Saat itu juga
          counter_minutes: 10
          fee_idr: null
          source: asumsi
          verified: true
counters:
  - {code: L01, name: "1", zone: A, tenant: DUKCAPIL, services: all}
  - code: L02
    name: "2"
    zone: A
    tenant: SAMSAT
    services:
      - SAMSAT-01
"""

FAULTS = [
    # YAML itself
    ("  name: Mal Kecil", "  name: Mal: Kecil", 3, "colon"),
    ("  place: Soe", "\tplace: Soe", 4, "spaces"),
    ("  place: Soe", "  place: 'Soe", 4, "quote is opened"),
    ("  place: Soe", "  place: @Soe", 4, "quotes"),
    ("  place: Soe", '  place: "So\\qe"', 4, "backslash"),
    ("languages: [id, en]", "languages: [id, en", 6, "bracket"),
    ("  place: Soe", "  place: - Soe", 4, "next"),
    ("holidays:\n  -", "holidays:\n  - {date: 2026-01-01, name: A}\n -", 19, "indented"),
    ("  place: Soe", "  place: Soe\x07", 4, "control character"),
    ("  place: Soe", "  place Soe", 5, "not YAML|colon"),
    ("last_ticket_minutes: 30", "last_ticket_minutes 30", 17, "colon"),
    ("  place: Soe", "  place: &here Soe", 4, "&"),
    ("  place: Soe", "  place: *here", 4, r"\*"),
    ("  place: Soe", "  place: !Soe", 4, "!"),
    ("  place: Soe", "  place: Soe\n  name: Dua", 5, "twice, first on line 3"),
    ("  place: Soe", "  ? [a]\n  : Soe", 4, "name of a field"),
    ("  place: Soe", f"  place: {'[' * 400}", 4, "nested"),
    ("counters:", "---\ncounters:", 56, "second document"),
    # fields
    ("  place: Soe", "  plaace: Soe", 4, 'did you mean "place"'),
    ("        name_en: New e-KTP", "        nam_en: New e-KTP", 30, 'did you mean "name_en"'),
    ("mon: {open", "monday: {open", 10, 'did you mean "mon"'),
    ("    breaks:\n", "    pauses:\n", 14, "known are open, close, breaks"),
    ("start: 11:30", "begin: 11:30", 15, "known are start, end, name"),
    ("zones:\n", "kiosks: []\nzones:\n", 19, "known are mall, hours"),
    ("  place: Soe\n", "", 1, '"place" is missing'),
    ("    name: Dinas Dukcapil\n", "", 22, '"name" is missing'),
    ("last_ticket_minutes: 30\n", "", 1, '"last_ticket_minutes" is missing'),
    (
        "          source: asumsi\n          verified: false",
        "          verified: false",
        31,
        '"source" is missing',
    ),
    ("        name: KTP-el baru", "        name:", 29, "no text"),
    ("        name: KTP-el baru", "        name: ''", 29, "one line of text"),
    ("        name: KTP-el baru", "        name: |\n          KTP\n          baru", 29, "one line of text"),
    ("        name: KTP-el baru", '        name: "KTP \\e@ baru"', 29, "one line of text"),
    ("        name: KTP-el baru", "        name: [KTP]", 29, "not a list"),
    ("short_name: Dukcapil", "short_name: Dinas Kependudukan dan Catatan Sipil", 24, "at most 24"),
    ('name: "1"', "name: 1", 57, 'in quotes: "1"'),
    ('name: "2"', "name: true", 59, "quotes"),
    ('colour: "#3b46b0"', "colour: #3b46b0", 26, "quotes"),
    ('colour: "#3b46b0"', "colour: blue", 26, "#rrggbb"),
    ("fee_idr: 0", "fee_idr: 30.000", 36, "30.000 is not a whole number"),
    ("fee_idr: 0", "fee_idr: -1", 36, "least is 0"),
    ("fee_idr: 0", "fee_idr: 99999999999999999999", 36, "whole number"),
    ("counter_minutes: 8", "counter_minutes: 0", 35, "least is 1"),
    ("counter_minutes: 8", "counter_minutes: 481", 35, "most is 480"),
    ("last_ticket_minutes: 30", "last_ticket_minutes: half", 16, "whole number"),
    ("holidays:", "policy: {late_places: 51}\nholidays:", 17, "most is 50"),
    ("holidays:", "policy: {priority_weight: 2.5}\nholidays:", 17, "2.5 is not a whole number"),
    ("holidays:", "policy: {late_place: 5}\nholidays:", 17, 'did you mean "late_places"'),
    ("verified: false", "verified: no", 38, "true or false"),
    ("          requirements: []", "          requirements: KTP", 50, 'begin each entry with "- "'),
    ("    services:\n      - SAMSAT-01", "    services: []", 62, "empty"),
    ("    services:\n      - SAMSAT-01", "    services: some", 62, '"some" cannot stand here; write "all"'),
    ("    services:\n      - SAMSAT-01", "    services: {a: b}", 62, 'write "all"'),
    ("  mon: {open: 08:00, close: 15:00}", "  mon: 08:00", 10, "group of fields"),
    ("mon: {open: 08:00", "mon: {open: 8:00", 10, "08:00"),
    ("mon: {open: 08:00", "mon: {open: 08.00", 10, "time of day"),
    ("close: 14:30", "close: 24:00", 13, "23:59"),
    ("close: 14:30", "close: 14:30:30", 13, "hours and minutes only"),
    ("date: 2026-08-17", "date: 17-08-2026", 18, "year-month-day"),
    ("date: 2026-08-17", "date: 2026-02-30", 18, "year-month-day"),
    ("date: 2026-08-17", "date: 2026", 18, "year-month-day"),
    ("languages: [id]}", "languages: [fr]}", 20, 'the voice does not speak "fr"; it speaks en, id'),
    ("code: KECIL", "code: kecil", 2, "capital letters"),
    ("code: lansia", "code: Lansia", 8, "small letters"),
    # prefixes
    ("prefix: B", "prefix: I", 25, "look like digits"),
    ("prefix: B", "prefix: O", 25, "look like digits"),
    ("prefix: B", "prefix: P", 25, "priority"),
    ("prefix: B", "prefix: PB", 25, "priority"),
    ("prefix: B", "prefix: BCD", 25, "one or two"),
    ("prefix: B", "prefix: b", 25, "capital"),
    ("prefix: B", "prefix: D", 42, "belongs to tenant DUKCAPIL"),
    ("prefix: DA", "prefix: B", 48, "belongs to tenant DUKCAPIL"),
    # what must fit together
    ("timezone: Asia/Makassar", "timezone: Asia/Makasar", 5, "Asia/Makassar"),
    ("timezone: Asia/Makassar", "timezone: WITA", 5, "Asia/Makassar .WITA."),
    ("mon: {open: 08:00, close: 15:00}", "mon: {open: 15:00, close: 08:00}", 10, "not after opening"),
    ("mon: {open: 08:00, close: 15:00}", "mon: {open: 08:00, close: 08:30}", 10, "no time for any ticket"),
    ("start: 11:30, end: 13:00", "start: 13:30, end: 13:00", 15, "not after the start"),
    ("start: 11:30, end: 13:00", "start: 07:00, end: 07:30", 15, "outside the hours 08:00 to 14:30"),
    ("start: 11:30, end: 13:00", "start: 14:00, end: 14:45", 15, "outside the hours"),
    (
        "13:00, name: Istirahat Jumat}",
        "13:00, name: A}\n      - {start: 12:00, end: 14:00, name: B}",
        16,
        "the one above",
    ),
    ("languages: [id, en]", "languages: [id, id]", 6, 'language "id" is given twice'),
    ("languages: [id]}", "languages: [id, id]}", 20, 'language "id" is given twice'),
    (
        "name: Kemerdekaan}",
        "name: Kemerdekaan}\n  - {date: 2026-08-17, name: Lagi}",
        19,
        "2026-08-17.* is given twice",
    ),
    ("languages: [id]}", "languages: [id]}\n  - {code: A, name: B, languages: [id]}", 21, "zone code"),
    ("name_en: Elderly}", "name_en: E}\n    - {code: lansia, name: L, name_en: E}", 9, "class code"),
    ("  - code: SAMSAT\n", "  - code: DUKCAPIL\n", 39, "tenant code"),
    ("      - code: SAMSAT-01", "      - code: DUKCAPIL-01", 45, "service code"),
    ("  - code: L02", "  - code: L01", 58, "counter code"),
    ('name: "2"', 'name: "1"', 59, "counter name"),
    ("      - SAMSAT-01", "      - SAMSAT-01\n      - SAMSAT-01", 64, "service .* twice"),
    (
        "        name_en: New e-KTP",
        "        name_en: New e-KTP\n        keywords: [rekam ktp, rekam ktp]",
        31,
        'keyword "rekam ktp" is given twice',
    ),
    ("      - SAMSAT-01", "      - SAMSAT-1", 63, 'did you mean "SAMSAT-01"'),
    ("      - SAMSAT-01", "      - SAMSAT-01\n      - DUKCAPIL-01", 64, "not a service of tenant SAMSAT"),
    ("    zone: A", "    zone: B", 60, 'no zone "B"; add it'),
    ("    tenant: SAMSAT", "    tenant: SAMSATT", 61, 'did you mean "SAMSAT"'),
    ("tenant: DUKCAPIL,", "tenant: SAMSAT,", 28, "no counter serves DUKCAPIL-01"),
    # how words are spoken
    ("counters:\n", "pronunciations: [IKD]\ncounters:\n", 56, "group of fields"),
    ("counters:\n", "pronunciations:\n  IKD: i ka de\n  NIB: 5\ncounters:\n", 58, "words to be said here, or a group"),
    ("counters:\n", "pronunciations:\n  A.B: {id: a be}\n  NIB: {id: 5}\ncounters:\n", 58, 'in quotes: "5"'),
    ("counters:\n", "pronunciations:\n  IKD: x\n  A.B: {id: [x]}\ncounters:\n", 58, "one single text"),
    ("counters:\n", "pronunciations:\n  IKD: {jv: i ka de}\ncounters:\n", 57, 'does not speak "jv"'),
    ("counters:\n", "pronunciations:\n  IKD: x\n  ikd: y\ncounters:\n", 58, '"ikd" and "IKD" are one word'),
    ("counters:\n", "pronunciations:\n  IKD: '-'\ncounters:\n", 57, 'write "IKD" as words'),
    ("counters:\n", "pronunciations:\n  '--': x\ncounters:\n", 57, 'write "--" as words'),
    ("counters:\n", f"pronunciations:\n  IKD: {'i ka de ' * 20}\ncounters:\n", 57, 'write "IKD" as words'),
]


@pytest.mark.parametrize(("old", "new", "line", "reason"), FAULTS, ids=[f"{f[2]} {f[3]}"[:40] for f in FAULTS])
def test_a_faulty_file_is_refused_with_its_line_and_what_to_do(old: str, new: str, line: int, reason: str) -> None:
    assert old in SMALL
    with pytest.raises(FaultyMallFile, match=reason) as caught:
        read(SMALL.replace(old, new, 1))
    assert (caught.value.line, str(caught.value)) == (line, f"line {line}: {caught.value.reason}")


def test_a_zone_may_speak_a_language_that_the_mall_has_a_grammar_of() -> None:
    mall = read(SMALL.replace("languages: [id]}", "languages: [id, jv]}"), {"id", "jv"})
    assert mall.zones[0].languages == ("id", "jv")


@pytest.mark.parametrize("text", ["", "# nothing\n", "~"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(FaultyMallFile, match="line 1: the file is empty"):
        read(text)


def test_a_list_is_not_a_mall() -> None:
    with pytest.raises(FaultyMallFile, match="line 1: a group of fields"):
        read("- mall\n")


def test_a_message_that_nobody_foresaw_is_passed_on() -> None:
    assert sentence("Something new - at `$.zones[0]`", {"zones": ["A"]}) == (
        "$.zones[0]",
        "Something new; compare with a file that the system has written",
    )


def test_a_mall_that_never_opens_is_refused() -> None:
    shut = re.sub(r"hours:\n(  .*\n)*", "hours: {}\n", SMALL)
    with pytest.raises(FaultyMallFile, match="line 9: no day is open"):
        read(shut)


def test_the_hours_of_a_tenant_are_checked_too() -> None:
    own = SMALL.replace("    prefix: D\n", "    prefix: D\n    hours: {tue: {open: 12:00, close: 10:00}}\n")
    with pytest.raises(FaultyMallFile, match="not after opening") as caught:
        read(own)
    assert (caught.value.line, caught.value.path) == (43, "tenants[1].hours.tue.close")


@pytest.mark.parametrize("key", ["a - at `$.b`", "a\\nb", "a.b[0]", "{0}"])
def test_a_strange_field_name_is_refused_like_any_other(key: str) -> None:
    with pytest.raises(FaultyMallFile, match="not known here"):
        read(f'"{key}": 1\n{SMALL}')


def test_words_that_older_yaml_changes_stay_what_was_typed() -> None:
    mall = read("%YAML 1.1\n---\n" + SMALL)
    assert mall.zones[0].name == "no"
    assert mall.hours.mon == Interval(open=dt.time(8), close=dt.time(15))
    assert mall.holidays == (Holiday(date=dt.date(2026, 8, 17), name="Kemerdekaan"),)
    assert mall.tenants[1].services[0].standard.fee_idr is None


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert read("\ufeff" + SMALL.replace("\n", "\r\n")) == read(SMALL)


def test_all_stands_for_every_service_of_the_tenant() -> None:
    mall = read(SMALL)
    assert [served_by(counter, mall) for counter in mall.counters] == [("DUKCAPIL-01",), ("SAMSAT-01",)]


def test_an_own_series_may_be_shared_within_a_tenant() -> None:
    assert read(SMALL.replace("prefix: DA", "prefix: D")).tenants[1].services[0].prefix == "D"


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_program(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SMALL)))
    length = data.draw(st.integers(0, 12))
    junk = data.draw(st.text(st.sampled_from("ab:-#{}[]&*!|>'\"%@`,? \n\t\x00\u2028\ufeff0\\"), max_size=6))
    damaged = SMALL[:at] + junk + SMALL[at + length :]
    with suppress(FaultyMallFile):
        read(damaged)
