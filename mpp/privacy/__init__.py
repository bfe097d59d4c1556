"""What is kept of people and for how long, and the proof that the log is whole."""
