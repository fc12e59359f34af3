"""One benchmark in this process: ``python -m bench.single NAME SECONDS OUTPUT [growth]``; the figures go to a file."""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from pathlib import Path


def main() -> None:
    """Run it and write what it found."""
    name, seconds, output = sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])
    found = importlib.import_module(f"bench.{name}").run
    options = {"growth": True} if "growth" in sys.argv[4:] and "growth" in inspect.signature(found).parameters else {}
    output.write_text(json.dumps(found(seconds, **options), indent=1, default=str))


if __name__ == "__main__":
    main()
