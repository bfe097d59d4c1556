"""Rules of the survey as pure functions: sample, index, grade, periods."""
