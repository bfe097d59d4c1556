"""What a fact says in a sentence, in both languages."""

from mpp.law.core import Unit
from mpp.readiness.core.shapes import Fact
from mpp.readiness.reads import Places
from mpp.readiness.views import FactPart, Named
from ticketing.texts import say


def part(fact: Fact, known: Places) -> FactPart:
    """Show a fact with the names of its places and as a sentence."""
    tenant, service, counter = (
        of.get(id) if id is not None else None
        for of, id in (
            (known.tenants, fact.tenant_id),
            (known.services, fact.service_id),
            (known.counters, fact.counter_id),
        )
    )
    return FactPart(
        measure=fact.measure,
        value=fact.value,
        limit=fact.limit,
        unit=fact.unit,
        n=fact.n,
        tenant=tenant,
        service=service,
        counter=counter,
        hour=fact.hour,
        text=sentence("id", fact, tenant, service, counter),
        text_en=sentence("en", fact, tenant, service, counter),
    )


def sentence(language: str, fact: Fact, tenant: Named | None, service: Named | None, counter: Named | None) -> str:
    """Return the sentence of a fact; where an hour is known, it is said."""
    said = say(
        language,
        f"readiness_fact.{fact.measure}",
        value=_figure(fact.value, fact.unit, language),
        limit=_figure(fact.limit, fact.unit, language),
        n=fact.n if fact.n is not None else "",
        tenant=_name(tenant, language),
        service=_name(service, language),
        counter=_name(counter, language),
    )
    return said if fact.hour is None else say(language, "readiness.at_hour", said=said, hour=f"{fact.hour:02}.00")


def _name(of: Named | None, language: str) -> str:
    if of is None:
        return "-"
    return (of.name_en or of.name) if language == "en" else of.name


def _figure(value: float | None, unit: Unit | None, language: str) -> str:
    if value is None:
        return "-"
    shown = {Unit.PERCENT: value * 100, Unit.MINUTES: value / 60}.get(unit, value) if unit else value
    text = f"{shown:.1f}".removesuffix(".0")
    return text.replace(".", ",") if language == "id" else text
