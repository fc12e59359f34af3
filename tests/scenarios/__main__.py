"""``python -m tests.scenarios``: plays the table of scenarios, and says which rows come out as the law expects.

Each row is compared with its file in ``rows``: messages by recipient, state, ledger of the guarantee, time limits to
the instant. Then each of its brakes is taken away, and the row must come out wrong. Exit code 0: every row is right,
and wrong without its brakes; 1: one is not, or one of the table has no file.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from tests.scenarios.playing import Outcome, judged, kept
from tests.scenarios.row import ASKED, rows


def main(arguments: list[str]) -> int:
    """Play what is asked for; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.scenarios", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, metavar="ROW", help="numbers of rows; all of them where none is")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    expected, played = rows(), kept()
    wanted = options.rows or sorted({*ASKED, *expected, *played})
    outcomes, missing, began = [], [], time.perf_counter()
    for number in wanted:
        if number in expected and number in played:
            outcomes.append(judged(expected[number], played[number]))
        else:
            missing.append(number)
    if options.json:
        print(json.dumps({"rows": [_facts(each) for each in outcomes], "missing": missing}, indent=2))
    else:
        _print(outcomes, missing, time.perf_counter() - began)
    return 0 if all(each.holds for each in outcomes) and not missing else 1


def _print(outcomes: list[Outcome], missing: list[int], seconds: float) -> None:
    print("row was now without its brakes")
    for each in outcomes:
        row = each.row
        print(f"{row.number:3} {row.was:>3} {each.verdict:>3} {each.without}: {'; '.join(row.without)}")
        print(f"            {row.title} ({', '.join(row.law)})")
        for difference in each.differs:
            print(f"            wrong: {difference}")
        for name in each.idle:
            print(f"            nothing changes where {name}")
    if missing:
        print(f"without a file or a play: {', '.join(map(str, missing))}")
    right = sum(each.holds for each in outcomes)
    print(f"{right} of {len(outcomes) + len(missing)} rows are right, and wrong without their brakes; {seconds:.1f} s")


def _facts(outcome: Outcome) -> dict[str, object]:
    row = outcome.row
    return {
        "row": row.number, "title": row.title, "law": row.law, "was": row.was, "now": outcome.verdict,
        "without": outcome.without, "differs": outcome.differs, "idle": outcome.idle, "holds": outcome.holds,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
