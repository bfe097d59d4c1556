"""How many counters a tenant needs in each hour: formulas to begin with, then a search on simulated days."""
