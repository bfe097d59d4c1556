"""Pages in a real browser. A package, so that its browser and its malls end before the next tests begin."""
