"""What those who handle complaints may ask for, as one tagged union. Pure."""

from typing import Annotated

from msgspec import Meta, Struct

from mpp.complaints.core.writing import Written
from ticketing.core.complaint_events import Kind

TenantCode = Annotated[str, Meta(min_length=1, max_length=24)]


class Verify(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="verify"):
    """Say of which kind it is."""

    kind: Kind


class Forward(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="forward"):
    """Ask a tenant to handle it, with a word to it if need be."""

    tenant: TenantCode
    text: Written | None = None


class Start(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="start"):
    """Begin to look into it."""


class Reply(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="answer"):
    """Answer; whoever has the receipt reads it."""

    text: Written


class Close(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="close"):
    """Close what was answered: the complainant said to be content."""


class Reject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="reject"):
    """Refuse to handle it; whoever has the receipt reads why."""

    text: Written


class HandOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="hand_over"):
    """Say that it goes on in SP4N-LAPOR!; whoever has the receipt reads under which number."""

    text: Written


Deed = Verify | Forward | Start | Reply | Close | Reject | HandOver

TENANTS_MAY = (Start, Reply)
"""What the tenant that was asked may do; all else is the mall's."""
