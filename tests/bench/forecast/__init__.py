"""How good forecasts of waits are, beside the clairvoyant's and the formulas of other systems; and what they cost."""
