"""What must be seen, what is seen, and the table of both."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tests.hostile.party import CannotBePlayed
from tests.outside.door import Unexpected

AGAIN_SECONDS: Final = 0.25
"""Between two looks at the same thing."""
UNSEEN: Final = (Unexpected, CannotBePlayed, OSError, KeyError, IndexError, ValueError)
"""What a look may end with: the door refuses it, nobody answers, or the answer has another shape."""


@dataclass(frozen=True)
class Row:
    """An expectation. whose: the administration that it is about; seconds: after which it was seen."""

    whose: str
    what: str
    expected: str
    got: str
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether what was seen is what was expected."""
        return self.expected == self.got

    def line(self) -> str:
        """For a person."""
        verdict = "PASS" if self.passed else "FAIL"
        seen = self.got if self.passed else f"expected {self.expected}, got {self.got}"
        return f"{verdict}  {self.whose:<3} {self.what}: {seen}  ({self.seconds:.1f} s)"


@dataclass
class Sheet:
    """All expectations of a run, in the order in which they were played."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """What cannot hold, or was not played, each with its reason."""

    def expect(self, whose: str, what: str, wanted: str, look: Callable[[], str], seconds: float = 0.0) -> bool:
        """Look until what is wanted is seen, at most so many seconds; print and keep what was seen last."""
        began = time.monotonic()
        while True:
            got = seen(look)
            waited = time.monotonic() - began
            if got == wanted or waited >= seconds:
                break
            time.sleep(AGAIN_SECONDS)
        row = Row(whose, what, wanted, got, waited)
        self.rows.append(row)
        print(row.line(), flush=True)
        return row.passed

    def leave_out(self, what: str) -> None:
        """Name something that is not played, with its reason."""
        self.left_out.append(what)
        print(f"----  {what}", flush=True)

    def told(self) -> int:
        """Print the table; 0 where every expectation held and there was one."""
        wrong = [row for row in self.rows if not row.passed]
        print(f"\n{len(self.rows)} expectations, {len(wrong)} failed, {len(self.left_out)} left out.")
        for row in wrong:
            print(row.line())
        return int(bool(wrong) or not self.rows)


def seen(look: Callable[[], str]) -> str:
    """What a look sees; the reason where it sees nothing."""
    try:
        return look()
    except UNSEEN as problem:
        return f"{type(problem).__name__}: {str(problem)[:300]}"


def waited(look: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes about in time."""
    until = time.monotonic() + seconds
    while True:
        try:
            if look():
                return True
        except UNSEEN:
            pass
        if time.monotonic() > until:
            return False
        time.sleep(AGAIN_SECONDS)
