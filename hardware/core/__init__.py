"""The pure part of hardware, the only part that the server may import."""
