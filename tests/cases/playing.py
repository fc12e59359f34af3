"""A node that cases are played at, as it is or with something taken away, and how each case ends."""

from __future__ import annotations

import contextlib
import importlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.hostile.union import Node, Shape, Tree
from tests.outside.case import Case, Seen
from tests.outside.door import Doors, Unexpected

ROOT: Final = Path(__file__).parents[2]
SABOTAGES: Final = Path(__file__).parent / "sabotages"
OUTSIDE: Final = ROOT / "tests" / "outside"


@dataclass(frozen=True)
class Ended:
    """How a case ended."""

    case: Case
    seen: Seen

    def line(self) -> str:
        """For a person."""
        if self.seen.passed:
            return f"PASS {self.case.number} {self.case.about} ({self.case.law}): {self.seen.got}"
        told = f"expected {self.seen.expected}, got {self.seen.got}"
        return f"FAIL {self.case.number} {self.case.about} ({self.case.law}): {told}"


def names() -> list[str]:
    """What there are cases of."""
    return sorted(path.stem for path in SABOTAGES.glob("*.py"))


def cases_of(name: str) -> tuple[Case, ...]:
    """The cases of a name. Raises ValueError for a name of none."""
    if name not in names():
        raise ValueError(f"There are no cases of {name!r}; there are those of {', '.join(names())}.")
    found: tuple[Case, ...] = importlib.import_module(f"tests.outside.{name}").CASES
    return found


def play(name: str, doors: Doors) -> list[Ended]:
    """Play every case of a name; one that cannot go on has got why."""
    return [Ended(each, _seen(each, doors)) for each in cases_of(name)]


def _seen(case: Case, doors: Doors) -> Seen:
    try:
        return case.play(doors)
    except (Unexpected, OSError) as problem:
        return Seen("an answer", str(problem))


def doors_of(data: Path, ports: dict[str, int]) -> Doors:
    """Those of a running node with its data in a folder."""
    return Doors(ports, data / "identity", f"{time.time_ns() // 10_000_000 % 100_000_000:08d}")


@contextlib.contextmanager
def standing(sabotaged: tuple[str, int] | None = None) -> Iterator[Doors]:
    """A node of this tree as long as the block lasts. sabotaged: a name, and the case whose rule it lacks."""
    folder = Path(tempfile.mkdtemp(prefix="douane-cases-"))
    environment = {}
    if sabotaged is not None:
        file, number = SABOTAGES / f"{sabotaged[0]}.py", sabotaged[1]
        environment = {"PYTHONPATH": str(Path(__file__).parent / "inside"), "CASES_SABOTAGE": f"{file}:{number}"}
    node = Node(Tree(ROOT), folder, Shape("cases", {"name": "cases", "development": True}, environment=environment))
    try:
        node.start()
        yield doors_of(node.data, node.ports)
    finally:
        node.stop()
        shutil.rmtree(folder, ignore_errors=True)
