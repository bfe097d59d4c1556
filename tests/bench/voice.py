"""How long the hall's voice speaks: a call in full, in brief, and when all counters call at once."""

from pathlib import Path
from statistics import mean
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from display import tongues
from display.core import wording
from display.speech import Speech
from hardware.core.call import Call, CallKind
from tests.bench.hall import described

CALLS = 16
"""Counters that call within ten seconds, on the worst day."""


class Spoken(Struct, frozen=True, kw_only=True):
    """Mean seconds of a call, of the whole crowd, and the seconds each call took to be made (sorted)."""

    full: float
    brief: float
    crowd: float
    made: list[float]


async def spoken(folder: Path) -> Spoken:
    """Make the sounds of calls from as many counters, in the languages of the first zone, as the server makes them."""
    mall, known = described(), tongues.load()
    speech = Speech(folder)
    full, brief, made = [], [], []
    tenants = {tenant.code: tenant for tenant in mall.tenants}
    for at, counter in enumerate(mall.counters[:CALLS]):
        tenant = tenants[counter.tenant]
        number = f"{tenant.prefix}-{7 * at + 3:03}"
        call = Call(kind=CallKind.CALL, number=number, counter=counter.name, tenant=tenant.short_name)
        languages = mall.zones[0].languages
        says = [wording.said(call, language, known, mall.pronunciations) for language in languages]
        short = wording.said(replace(call, tenant=None), languages[0], known, mall.pronunciations)
        begin = perf_counter()
        full.append((await speech.render(wording.in_full(says))).seconds)
        brief.append((await speech.render(wording.in_brief(short))).seconds)
        made.append(perf_counter() - begin)
    await speech.aclose()
    return Spoken(full=mean(full), brief=mean(brief), crowd=full[0] + sum(brief[1:]), made=sorted(made))
