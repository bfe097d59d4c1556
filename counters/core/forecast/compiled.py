"""Machine code from Python functions, by numba: the one place that knows the compiler."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import numba
from numba.core import types
from numba.extending import intrinsic, overload

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile at the first call, keep the machine code on disk, and let other threads go on while it runs.

    Where no folder can be written, it is compiled anew in each process.
    """
    try:
        machine: Callable[P, R] = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        machine = numba.njit(nogil=True, error_model="numpy")(function)
    return machine


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile into whoever calls it: for what each visitor of each run needs, and what costs less than to be called."""
    machine: Callable[P, R] = numba.njit(inline="always", error_model="numpy")(function)
    return machine


def uncounted(value: V) -> V:
    """Return the same array, or tuple of arrays; compiled, without counting references to it.

    To count them, each time an array is handed on, takes two thirds of a forward run. Only for what the caller of the
    compiled code holds on to: arrays that are made inside would be gone.
    """
    return value


@overload(uncounted, strict=False)  # the types are there for people: the compiler has its own
def _uncounted(value: Any) -> Any:
    del value
    return lambda value: _strip(value)  # type: ignore[call-arg]  # the first argument is the compiler's own


@intrinsic
def _strip(_typing: Any, value: Any) -> Any:
    """Let arrays forget who owns their memory."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return _without_owner(context, builder, signature.args[0], given[0])

    return value(value), generate


def _without_owner(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    if isinstance(kind, types.Array):
        array = context.make_array(kind)(context, builder, value)
        array.meminfo, array.parent = array.meminfo.type(None), array.parent.type(None)
        return array._getvalue()
    if isinstance(kind, (types.NamedTuple, types.NamedUniTuple)):
        for place, part in enumerate(kind.types):
            bare = _without_owner(context, builder, part, builder.extract_value(value, place))
            value = builder.insert_value(value, bare, place)
    return value
