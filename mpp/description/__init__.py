"""The mall's description on pages: shown, checked, saved, put back, and begun on a server that has no mall yet."""
