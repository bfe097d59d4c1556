"""Secrets: made elsewhere from random bytes, kept as hashes only. Pure."""

from datetime import timedelta
from hashlib import sha256

SESSION_LIFE = timedelta(hours=12)
"""A working day with its overtime; then one signs in anew."""


def hashed(secret: str) -> str:
    """Return what is kept of a secret; it has 256 random bits, so it needs no salt and no slow hash."""
    return sha256(secret.encode()).hexdigest()
