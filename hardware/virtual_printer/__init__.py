"""A printer made of software: speaks ESC/POS over TCP as a real one, and shows each slip as a picture."""
