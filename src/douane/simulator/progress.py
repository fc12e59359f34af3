"""What the terminal shows while the journeys run: a line each; plain text where nobody watches."""

from __future__ import annotations

from typing import TextIO

from douane.simulator.exchanges import Outcome
from douane.simulator.titles import lane_title

GREEN, RED, GREY, PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[90m", "\x1b[0m"
WIDTH = 46


class Progress:
    """Writes to a stream; with colour where it is a terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._colour = out, out.isatty()

    def say(self, text: str = "") -> None:
        """A line as it is."""
        self._out.write(text + "\n")
        self._out.flush()

    def done(self, outcome: Outcome) -> None:
        """A journey ended: a tick, or a cross with what was expected and what came; a dash where it was not played."""
        if outcome.absent:
            self.say(f"  {self._paint('-', GREY)} {outcome.title:<{WIDTH}} not played: {outcome.absent}")
            return
        sign, colour = ("✓", GREEN) if outcome.succeeded else ("✗", RED)
        messages = len(outcome.exchanges)
        count = f"{messages} message{'' if messages == 1 else 's'}"
        line = f"{outcome.title:<{WIDTH}} {outcome.seconds:6.2f} s  {count}"
        self.say(f"  {self._paint(sign, colour)} {line}")
        for use in outcome.uses:
            who = ", ".join(part for part in lane_title(use.lane) if part)
            self.say(f"      {use.channel:<22} {who}: {use.does}")
        for problem in outcome.problems():
            self.say(f"      {problem}")

    def _paint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{PLAIN}" if self._colour else text
