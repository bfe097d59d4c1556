"""What a forecast says. Plain values: who only reads them does not need the compiler."""

from typing import NamedTuple


class Forecast(NamedTuple):
    """How many minutes from now until the call."""

    mean: float
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float


class Prediction(NamedTuple):
    """What was foretold to one who took a number."""

    day: int
    ticket: int
    forecast: Forecast
