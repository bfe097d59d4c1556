"""`python -m hardware` is `mpp-agent`."""

from hardware.cli import main

main()
