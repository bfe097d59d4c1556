"""Complaints: taken anywhere, promised a day, handled by the one concerned, followed up by whoever has the receipt."""
