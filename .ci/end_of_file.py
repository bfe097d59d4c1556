"""Let each file that is named end with exactly one newline; exit code 1 when one had to be changed."""

import sys
from pathlib import Path

changed = 0
for name in sys.argv[1:]:
    file = Path(name)
    body = file.read_bytes()
    fixed = body.rstrip(b"\n") + b"\n" if body.strip() else b""
    if fixed != body:
        file.write_bytes(fixed)
        print(f"fixed {name}")
        changed = 1
sys.exit(changed)
