"""Those who do not wait yet, but might take a number now. Compiled.

A ghost is noted when a counter would call it, and takes nobody's time. So any number of them can be in one run, and
they disturb neither each other nor those who wait. A ghost is named by its lane.
"""

import numpy as np

from counters.core.forecast.compiled import compiled
from counters.core.forecast.draws import draw
from counters.core.forecast.queue import claim
from counters.core.forecast.shapes import Bools, Floats, Ints


@compiled
def at_once(ghosts: Ints, able: Bools, idle: Bools, reaction: Floats, out: Floats) -> int:
    """Note the ghosts that a free counter would call now, and return how many they are."""
    met = 0
    for ghost in range(len(ghosts)):
        for counter in range(len(idle)):
            if idle[counter] and able[counter, ghosts[ghost]]:
                out[ghost] = min(out[ghost], draw(reaction))
        met += out[ghost] < np.inf
    return met


@compiled
def meet(
    ghosts: Ints, able: Bools, weight: Floats, head_start: Floats, claims: float, waited: float, out: Floats
) -> int:
    """Note the ghosts that a counter would call before one who `claims` so much, and return how many they are.

    Of equal claims the ghost's is the later one: its number would be the newest. `able` (L,) is that of the counter.
    """
    met = 0
    for ghost in range(len(ghosts)):
        lane = ghosts[ghost]
        if out[ghost] == np.inf and able[lane] and claim(weight[lane], waited, head_start[lane]) > claims:
            out[ghost] = waited
            met += 1
    return met
