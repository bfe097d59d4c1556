"""Is the mall ready, and does it stay so: checks with evidence, from the hall's own data or from people."""
