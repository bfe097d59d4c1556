"""A mall's description as a page is given it: plain values, without what has a place of its own.

Standards and forms have versions of their own (mpp/standards, mpp/forms), rules of calling begin at their own hour
(/manage/rules), what stands on a ticket has its own versions (/manage/slip), and who answers for complaints is a
person's name, which no history keeps.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import Struct

from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.form import Form
from ticketing.core.mall_entries import MallFile, PolicyEntry
from ticketing.core.slip_layout import SlipLayout
from ticketing.core.standard import UNSTATED, Standard

Plain = dict[str, object]

ELSEWHERE = ("policy", "complaints", "slip")
"""Parts of the mall file that are not set up here."""

USUAL_MINUTES = 10
"""At the counter, until the standard says it; forecasts soon learn from the hall itself."""


class Elsewhere(Struct, frozen=True):
    """What the hall has now of what is not set up here; standards and forms by code of their service."""

    policy: PolicyEntry
    complaints: ComplaintDesk
    standards: Mapping[str, Standard]
    forms: Mapping[str, Sequence[Form]] = {}
    slip: SlipLayout = SlipLayout()


def plain(file: MallFile) -> Plain:
    """Return a mall as plain values, without what has a place of its own."""
    return stripped(msgspec.json.decode(msgspec.json.encode(file), type=Plain))


def stripped(given: Plain) -> Plain:
    """Return a description without what has a place of its own."""
    kept = {name: value for name, value in given.items() if name not in ELSEWHERE}
    if isinstance(tenants := kept.get("tenants"), list):
        kept["tenants"] = [_each_service(one, _without_its_own) for one in tenants]
    return kept


def _without_its_own(service: Plain) -> Plain:
    return {key: value for key, value in service.items() if key not in {"standard", "forms"}}


def completed(given: Plain, code: str, elsewhere: Elsewhere) -> Plain:
    """Put in what the hall has elsewhere, and the code that the mall keeps for ever."""
    whole: Plain = {
        **given,
        "policy": _json(elsewhere.policy),
        "complaints": _json(elsewhere.complaints),
        "slip": _json(elsewhere.slip),
    }
    if isinstance(mall := given.get("mall"), dict):
        whole["mall"] = {**mall, "code": code}
    if isinstance(tenants := given.get("tenants"), list):

        def with_its_own(service: Plain) -> Plain:
            code = str(service.get("code"))
            forms = [_json(form) for form in elsewhere.forms.get(code, ())]
            return {**service, "standard": _json(elsewhere.standards.get(code, first_standard())), "forms": forms}

        whole["tenants"] = [_each_service(one, with_its_own) for one in tenants]
    return whole


def _each_service(tenant: object, change: Callable[[Plain], Plain]) -> object:
    """Change the services of a tenant; what is no tenant and no service stays, for the checks to tell of it."""
    if isinstance(tenant, dict) and isinstance(services := tenant.get("services"), list):
        return {**tenant, "services": [change(one) if isinstance(one, dict) else one for one in services]}
    return tenant


def first_standard() -> Standard:
    """Return the standard of a new service: it says that nothing has been stated yet."""
    return Standard(
        requirements=(),
        duration_text=UNSTATED,
        counter_minutes=USUAL_MINUTES,
        fee_idr=None,
        source=UNSTATED,
        verified=False,
    )


def basis(given: Plain) -> str:
    """Name a description by what it says: who saves tells which one was looked at."""
    return hashlib.blake2b(msgspec.json.encode(given, order="deterministic"), digest_size=8).hexdigest()


def _json(value: Struct) -> object:
    return msgspec.json.decode(msgspec.json.encode(value))
