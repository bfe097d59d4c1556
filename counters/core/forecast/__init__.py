"""How long will it take? The hall, run forward from now many times: learned, compiled, calibrated. Pure."""
