"""Machine code from Python functions, by numba: the one place that knows the compiler."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile at the first call, keep the machine code on disk, and let other threads go on while it runs.

    Where no folder can be written, it is compiled anew in each process.
    """
    try:
        machine: Callable[P, R] = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        machine = numba.njit(nogil=True, error_model="numpy")(function)
    return machine
