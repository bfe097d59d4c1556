"""What can be done with the forms of a service: write them, take an old version up again."""

from collections.abc import Sequence

from mpp.forms import store
from mpp.forms.core import FaultyForm, FormsRewritten, basis
from ticketing import tables
from ticketing.core import form
from ticketing.core.form import Form, FormsSaved
from ticketing.db import Tx

IMPORTED = "import"
"""Who wrote forms that came with the mall's file."""


async def save(tx: Tx, service: tables.Service, forms: Sequence[Form], seen: str) -> None:
    """Show these forms of a service from now on; those before them are kept.

    Raises: FormsRewritten, FaultyForm.
    """
    if seen != basis(service.forms):
        raise FormsRewritten
    fault = next(form.faults(forms), None)
    if fault is not None:
        raise FaultyForm(f"{fault.reason[0].upper()}{fault.reason[1:]}.")
    if list(forms) == list(service.forms):
        return
    kept = await store.versions(tx, service.id)
    if service.forms and (not kept or list(kept[0].forms) != list(service.forms)):
        await store.add(tx, service.id, service.forms, IMPORTED)
    row = await store.add(tx, service.id, forms, tx.actor)
    service.forms = list(forms)
    tx.append(FormsSaved(service_id=service.id, version=row.id))


async def take_up(tx: Tx, service: tables.Service, version_id: int, seen: str) -> None:
    """Show an old version of the forms again.

    Raises: UnknownForms, FormsRewritten.
    """
    old = await store.version(tx, service.id, version_id)
    await save(tx, service, old.forms, seen)
