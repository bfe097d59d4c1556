"""`make bench-forecast`: print the table of forecasts on the benchmark, and put it into docs/measured.md.

`python -m tests.bench.forecast quick` leaves the variants out and writes nothing.
"""

import sys

from counters import machine_code

machine_code.keep()

from tests.bench.forecast import table  # noqa: E402 - the compiler is told first where to keep its code

table.run(is_quick="quick" in sys.argv[1:])
