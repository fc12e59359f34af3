"""What a command says of an act: done, or proposed in somebody's name, with what it would do."""

from __future__ import annotations

from douane.supervision.operating.outcome import Outcome


def say(on: str, outcome: Outcome) -> None:
    """Print what came of an act; of one that two persons answer for, what whoever agrees will read."""
    print(f"{on}  {outcome.state}" + (f": {outcome.reason}" if outcome.reason else ""))
    for each in outcome.drawn:
        print(f"  {each}")
    if outcome.digest:
        print(f"Digest: {outcome.digest}")
