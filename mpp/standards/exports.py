"""All published standards as a table for spreadsheets."""

import csv
from io import StringIO

from msgspec.structs import fields

from mpp.exports import safe
from mpp.standards.views import PublicStandards
from ticketing.core.standard import Standard

COLUMNS = tuple(field.name for field in fields(Standard))
"""In the order of the standard's fields; several entries of one field are parted by a bar."""

BETWEEN = " | "


def table(all_: PublicStandards) -> bytes:
    """Write one line for each service, with a mark by which spreadsheets know UTF-8."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(["tenant", "service", "name", "delivery", "all", "ladder", *COLUMNS, "label"])
    for tenant in all_.tenants:
        for one in tenant.services:
            done = one.completeness
            counted = [f"{done.delivery}/{done.delivery_of}", f"{done.all}/{done.all_of}", str(done.rung)]
            values = [_cell(getattr(one.standard, name)) for name in COLUMNS]
            row = [tenant.code, one.code, one.name, *counted, *values, all_.label or ""]
            lines.writerow([safe(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return BETWEEN.join(value)
    return str(value)
