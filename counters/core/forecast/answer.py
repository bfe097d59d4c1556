"""What a forecast says. Plain values: who only reads them does not need the compiler."""

from typing import NamedTuple

from ticketing.core.outlook import Forecast

__all__ = ["Forecast", "Prediction"]


class Prediction(NamedTuple):
    """What was foretold to one who took a number."""

    day: int
    ticket: int
    forecast: Forecast
