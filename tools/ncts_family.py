"""Writes ``src/douane/standards/ncts/phase5/generated`` (or ``phase6``) from the schemas and layouts in ``../shared``.

Run from the root of the checkout: ``python tools/ncts_family.py``. Options: ``--phase 6``, ``--shared FOLDER``,
``--out FOLDER``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.ncts.emit import write_family  # noqa: E402  (the path is set above)
from tools.ncts.schema import PHASES  # noqa: E402  (the path is set above)


def main() -> None:
    """Read the arguments and write the family."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phase", type=int, choices=sorted(PHASES), default=5)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    phase = PHASES[arguments.phase]
    out = arguments.out or ROOT / "src" / phase.package.replace(".", "/")
    write_family(phase, arguments.shared, out)
    print(f"structs and layouts written to {out}")


if __name__ == "__main__":
    main()
