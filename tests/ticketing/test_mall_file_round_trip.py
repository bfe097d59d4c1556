"""Any mall is read back as it was written, whatever its names look like."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from ticketing.core.closing import Closing, Mode
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.form import FieldKind, Form, FormField
from ticketing.core.hours import Break, Holiday, Interval, OpeningHours
from ticketing.core.lease import Offline
from ticketing.core.lines import LINE
from ticketing.core.mall_entries import Language
from ticketing.core.mall_file import (
    CounterEntry,
    MallEntry,
    MallFile,
    Outcome,
    PolicyEntry,
    PriorityClass,
    ServiceEntry,
    TenantEntry,
    ZoneEntry,
    read,
    write,
)
from ticketing.core.reporting import Reporting
from ticketing.core.slip_layout import SlipLayout
from ticketing.core.standard import Standard
from ticketing.core.surveying import Surveying

texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20)
lines = texts.map(str.strip).filter(lambda text: re.search(LINE, text) is not None)
awkward = st.sampled_from(
    [
        *("no", "null", "~", "true", "True", "0x10", "1_000", "007", "1e3", ".5", "08:00", "2026-01-01"),
        *(
            "-",
            "?",
            "=",
            "<<",
            "---",
            "...",
            "'",
            '"',
            "\\",
            "{",
            "[a",
            "a,",
            "#x",
            "a #b",
            "a:",
            "a: b",
            "a -",
        ),
        *("- a", "? a", "&a", "*a", "!a", "%a", "@a", "`a", "é", "日本", "🙂", "a\ufeffb", "a\xa0b"),
    ]
)
names = lines | awkward
numbers = st.integers(0, 1_000_000_000)
languages: st.SearchStrategy[tuple[Language, ...]] = st.sampled_from([("id",), ("en", "id")])


@st.composite
def hours(draw: st.DrawFn) -> OpeningHours:
    def day() -> Interval:
        marks = sorted(draw(st.sets(st.integers(5 * 60, 23 * 60), min_size=4, max_size=4)))
        first, start, end, last = (dt.time(minute // 60, minute % 60) for minute in marks)
        pause = Break(start=start, end=end, name=draw(names))
        return Interval(open=first, close=last, breaks=draw(st.sampled_from([(), (pause,)])))

    return OpeningHours(mon=day(), tue=draw(st.none()), sun=draw(st.sampled_from([None, day()])))


said = names.filter(lambda text: re.search(r"\w", text) is not None)
spoken = said | st.dictionaries(st.sampled_from(["id", "en"]), said, min_size=1)

standards = st.builds(
    Standard,
    requirements=st.lists(names, max_size=3).map(tuple),
    duration_text=names,
    counter_minutes=st.integers(1, 480),
    fee_idr=st.none() | numbers,
    fee_note=st.none() | names,
    legal_basis=st.none() | names,
    procedure_steps=st.lists(names, max_size=2).map(tuple),
    duration_working_days=st.none() | st.integers(0, 999),
    product=st.none() | names,
    facilities=st.lists(names, max_size=2).map(tuple),
    staff_count=st.none() | st.integers(1, 999),
    set_by=st.none() | names,
    set_on=st.none() | st.dates(),
    source=names,
    verified=st.booleans(),
)

policies = st.builds(
    PolicyEntry,
    ordinary_weight=st.integers(1, 100),
    priority_weight=st.integers(1, 100),
    head_start=st.integers(0, 240),
    favour_short=st.integers(0, 100),
    late_places=st.integers(0, 50),
    soon_places=st.integers(0, 50),
    appointment_weight=st.integers(1, 100),
    appointment_tolerance=st.integers(0, 240),
    cap=st.integers(0, 10),
)


form_fields = st.builds(FormField, label=names, label_en=st.none() | names, required=st.booleans()) | st.builds(
    FormField, label=names, kind=st.just(FieldKind.CHOICE), choices=st.tuples(names, names)
)
forms = st.builds(
    Form, title=names, text=st.none() | names, fields=st.lists(form_fields, min_size=1, max_size=2).map(tuple)
)


@st.composite
def malls(draw: st.DrawFn) -> MallFile:
    def service(code: str, prefix: str) -> ServiceEntry:
        return ServiceEntry(
            code=code,
            name=draw(names),
            name_en=draw(names),
            prefix=draw(st.sampled_from([None, prefix])),
            quota_per_day=draw(st.none() | st.integers(1, 9999)),
            keywords=tuple(draw(st.lists(names, max_size=2, unique=True))),
            outcomes=tuple(
                Outcome(code="done" + "x" * at, name=draw(names), name_en=draw(names))
                for at in range(draw(st.integers(0, 2)))
            ),
            forms=tuple(draw(st.lists(forms, max_size=2))),
            standard=draw(standards),
        )

    def tenant(at: int) -> TenantEntry:
        prefix = "ABC"[at]
        return TenantEntry(
            code=f"T{at}",
            name=draw(names),
            name_en=draw(st.none() | names),
            short_name=draw(names),
            prefix=prefix,
            colour=f"#{draw(st.integers(0, 0xFFFFFF)):06x}",
            hours=draw(st.none() | hours()),
            responsible=draw(st.none() | names),
            services=tuple(service(f"T{at}-{nth}", prefix * 2) for nth in range(draw(st.integers(1, 2)))),
        )

    tenants = tuple(tenant(at) for at in range(draw(st.integers(1, 3))))
    counters = tuple(
        CounterEntry(
            code=f"L{at}",
            name=f"{at}",
            zone="Z",
            tenant=row.code,
            services=draw(st.sampled_from(["all", tuple(service.code for service in row.services)])),
        )
        for at, row in enumerate(tenants)
    )
    classes = [PriorityClass(code="lansia", name=draw(names), name_en=draw(names))]
    return MallFile(
        mall=MallEntry(
            code="M-1",
            name=draw(names),
            name_en=draw(st.none() | names),
            place=draw(names),
            timezone="Asia/Jayapura",
            languages=draw(languages),
            label=draw(st.none() | names),
            ticket_footer=draw(st.none() | names),
            pledge=draw(st.none() | names),
            priority_classes=tuple(classes[: draw(st.integers(0, 1))]),
        ),
        hours=draw(hours()),
        last_ticket_minutes=0,
        offline=Offline(numbers=draw(st.integers(0, 200)), first=draw(st.integers(2, 9000))),
        holidays=tuple(Holiday(date=date, name=draw(names)) for date in draw(st.sets(st.dates(), max_size=2))),
        policy=draw(policies),
        reporting=Reporting(target_wait_minutes=draw(st.integers(1, 480)), smallest_group=draw(st.integers(2, 50))),
        slip=SlipLayout(qr=draw(st.booleans()), number_size=draw(st.integers(2, 8))),
        closing=Closing(mode=draw(st.sampled_from(Mode)), percent=draw(st.integers(1, 99))),
        complaints=ComplaintDesk(officer=draw(st.none() | names), address=draw(st.none() | names)),
        survey=Surveying(offered=draw(st.booleans()), answer_percent=draw(st.integers(1, 100))),
        zones=(
            ZoneEntry(
                code="Z",
                name=draw(names),
                languages=draw(languages),
                ticker=tuple(draw(st.lists(names, max_size=2))),
            ),
        ),
        pronunciations=draw(st.dictionaries(st.sampled_from(["IKD", "C++", "AK/I", "no", "a: b", "1"]), spoken)),
        tenants=tenants,
        counters=counters,
    )


@given(malls())
def test_what_is_written_is_read_back_the_same(mall: MallFile) -> None:
    text = write(mall)
    again = read(text)
    assert again == mall
    assert write(again) == text
