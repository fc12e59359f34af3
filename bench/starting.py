"""What it costs to start: the command line, the services, their handlers, the first message of a type.

Each figure is a process of its own, the least of several: CPU milliseconds from nothing, or after what comes before it,
and how many modules of ours it loaded. ``python -m bench starting``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.brief import size

ROOT = Path(__file__).resolve().parent.parent
MESSAGE = ROOT / "docs/examples/declaration.xml"
ROUNDS = size(5, brief=1)
Row = dict[str, object]

CASES = {
    "douane --help": (
        "",
        (
            "import contextlib, io\nfrom douane.cli.main import main\n"
            "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main(['--help'])"
        ),
    ),
    "services": ("", "from douane.configuration.discovery import services\nservices()"),
    "services and handlers": ("", "from douane.configuration.discovery import behaviour\nbehaviour()"),
    "one message type, by name": ("", "from douane.standards.ncts.phase5 import CC928C"),
    "from nothing to a CC015C read and written": (
        f"data = open({str(MESSAGE)!r}, 'rb').read()",
        "from douane.standards.ncts.phase5 import read, write\nwrite(read(data))",
    ),
    "the same in phase 6": (
        f"data = open({str(MESSAGE)!r}, 'rb').read().replace(b'NCTS5.1', b'NCTS6')",
        (
            "from douane.standards.ncts import phase6\nfrom douane.vocabulary.errors import NotValid\n"
            "try: phase6.write(phase6.read(data))\nexcept NotValid: pass"
        ),
    ),
    "first CC015C where the services are loaded": (
        f"from douane.configuration.discovery import services; services(); data = open({str(MESSAGE)!r}, 'rb').read()",
        "from douane.standards.ncts.phase5 import read, write\nwrite(read(data))",
    ),
    "catalogue of phase 5": (
        "",
        "from douane.standards.ncts.phase5 import family\n[each.fields for each in family()]",
    ),
}
PROGRAM = """
import json, sys, time

from bench.brief import size
{before}
begin = time.process_time()
{measured}
spent = time.process_time() - begin
print(json.dumps([spent * 1000, sum(name.split(".")[0] == "douane" for name in sys.modules)]))
"""


def measure(case: str) -> Row:
    """One case: the least of several processes."""
    before, measured = CASES[case]
    program = PROGRAM.format(before=before, measured=measured)
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
        )
        found.append(json.loads(done.stdout))
    return {"case": case, "cpu_ms": min(spent for spent, _ in found), "modules": found[0][1]}


def run(_seconds: float) -> dict[str, object]:
    """Measure every case."""
    return {"name": "Starting, CPU milliseconds", "rows": [measure(case) for case in CASES], "ratios": {}}
