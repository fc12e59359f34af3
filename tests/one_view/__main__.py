"""``python -m tests.one_view``: one trader's view over all keepers, played from outside at a running union.

It knows doors, pages, files and signals alone, and nothing of the product. Without options it starts a union of
``make run`` in a folder of its own; ``--running build/demo`` plays at one that runs. Each expectation is printed with
PASS or FAIL, what was expected and what was got. Exit code 0: all held; 1: one did not; 75: there was no union.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.hostile.party import CannotBePlayed
from tests.one_view import failures, keepers
from tests.one_view.expected import UNSEEN, Sheet
from tests.one_view.keepers import APPLIED, DECLARED, REFUSED
from tests.one_view.scene import Keeper, Scene
from tests.one_view.union import NATIONS, Union, found, started
from tools.briefs import NOT_PLAYED
from tools.guarding import guarded

CHAPTER = ("--chapter", "decisions")
"""Of the journeys of the demonstration those that take the least time: what is seen here does not need the others."""
BY_DESIGN = (
    "What a trader does at a keeper's own door is not told to the centre (0340): all here begins at the centre.",
    "Decisions are common (IA 2015/2447 art. 10), so BE is not hosted for them: applications wait for its own system.",
)


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m tests.one_view", description=__doc__)
    made.add_argument("--running", type=Path, metavar="FOLDER", help="play at the union that runs on this folder")
    made.add_argument("--set-back", action="store_true", help="also there: set a node back to a backup, for good")
    made.add_argument("--brief", action="store_true", help="without the hosted, the legacy and the set-back keeper")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Play; the exit code."""
    asked = parser().parse_args(arguments)
    sheet = Sheet()
    try:
        with _union(asked.running) as union:
            _play(union, sheet, brief=asked.brief, last=asked.running is None or asked.set_back)
    except CannotBePlayed as problem:
        if not sheet.rows:
            print(f"not played: {problem}", file=sys.stderr)
            return NOT_PLAYED
        text = str(problem)
        sheet.expect("", "the union goes on", "yes", lambda: text)
    return sheet.told()


@contextlib.contextmanager
def _union(running: Path | None) -> Iterator[Union]:
    """The one that is named, or one for this run."""
    if running is not None:
        yield found(running)
        return
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="douane-one-view-"))
        yield stack.enter_context(started(Path(folder) / "data", *CHAPTER))


def _play(union: Union, sheet: Sheet, *, brief: bool, last: bool) -> None:
    """Everything, in its order; a part that cannot go on is a row that failed, and the next one is played."""
    scene = Scene(union, sheet)

    def part(name: str, play: Callable[[], None]) -> None:
        try:
            play()
        except (*UNSEEN, AssertionError) as problem:
            text = f"{type(problem).__name__}: {problem}"
            sheet.expect("", f"{name} can be played", "yes", lambda: text)

    for code in NATIONS:
        part(f"the keeper {code}", lambda c=code: _keeper(scene, keepers.own(scene, c), DECLARED, REFUSED, APPLIED))  # type: ignore[misc]
    part("the arrival at Wien", lambda: keepers.arrives(scene))
    part("the exporter of Austria", lambda: keepers.registered(scene))
    if brief:
        sheet.leave_out("BE hosted, the systems of files and queues, and a node that is set back: not in brief.")
    else:
        part("the hosted keeper", lambda: _keeper(scene, keepers.hosted(scene, "BE", "DE"), DECLARED, REFUSED))
        part("the keeper of files", lambda: keepers.files(scene))
        part("the keepers that nobody plays", lambda: keepers.legacy(scene))
    part("the silent keeper", lambda: failures.silent(scene))
    if last and not brief:
        part("the keeper that is set back", lambda: failures.set_back(scene))
    elif union.works("AT") is False:
        union.start("AT")
    for each in BY_DESIGN:
        sheet.leave_out(each)


def _keeper(scene: Scene, keeper: Keeper, *whats: str) -> None:
    keepers.begin(scene, keeper, *whats)
    keepers.expect(scene, keeper, *whats)


if __name__ == "__main__":
    sys.exit(guarded(main))
