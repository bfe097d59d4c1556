"""Passwords by argon2, in a thread: a hash takes a quarter of a second and would stop the whole hall."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_turns = asyncio.Semaphore(2)


async def make(password: str) -> str:
    """Return the hash of a password."""
    async with _turns:
        return await asyncio.to_thread(_hasher.hash, password)


async def fits(password: str, hash: str | None) -> bool:
    """Say whether the password is the one of the hash; for None, a name that nobody has, the answer takes as long."""
    async with _turns:
        return await asyncio.to_thread(_verify, password, hash)


def _verify(password: str, hash: str | None) -> bool:
    if hash is None:
        _hasher.hash(password)
        return False
    try:
        return _hasher.verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False
