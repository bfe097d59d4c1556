"""Which groups of a table are too small to be shown. Pure.

Who may see a table can subtract: when groups are withheld, the next smallest are withheld with them until those
withheld are two at least and hold `smallest` visitors together, so that no row of the same table gives a single one
away. Source: common practice of statistical disclosure control (primary and complementary suppression).
"""

from collections.abc import Sequence


def withheld(sizes: Sequence[int], smallest: int) -> set[int]:
    """Choose the groups that are not shown, by their place; groups without visitors need no cover."""
    order = sorted((n, at) for at, n in enumerate(sizes) if n > 0)
    hidden = [(n, at) for n, at in order if n < smallest]
    for n, at in order[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(size for size, _ in hidden) >= smallest):
            break
        hidden.append((n, at))
    return {at for _, at in hidden}
