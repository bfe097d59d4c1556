"""Measures the server beside the bare limits of this machine: `make bench`. No part of the product."""
