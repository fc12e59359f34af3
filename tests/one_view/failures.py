"""A keeper that is frozen, killed, and set back to a backup: what stood in the lists stays, and says how old it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.one_view.expected import waited
from tests.one_view.keepers import (
    DECLARED,
    ITS_DOOR_SECONDS,
    SETTLED,
    TOLD_SECONDS,
    as_shown,
    expect_messages,
    told,
)
from tests.one_view.messages import declaration
from tests.one_view.scene import Scene

KEEPER: Final = "AT"
MARKED_SECONDS: Final = 40.0
"""Until the centre notices that a keeper is silent: it reads on every five seconds, and waits ten for an answer."""
AT_ONCE_SECONDS: Final = 5.0
"""A page that took longer waited for another node."""
SILENT: Final = f"the system of {KEEPER} does not answer"
SAME: Final = "the same"
MARK: Final = "as of, and why"
SET_BACK: Final = f"the system of {KEEPER} stands behind where it was"
Lines = list[str]


def lines(scene: Scene) -> Lines:
    """Every case of the holder with its state, as his list has them."""
    return sorted(as_shown(each, each["case"]) for each in scene.declarant.cases())


def _compared(before: Lines, now: Lines) -> str:
    """What was taken away, what was added; the same where nothing was."""
    gone, new = (", ".join(sorted(set(one) - set(other))) for one, other in ((before, now), (now, before)))
    return SAME if before == now else f"gone: {gone or 'nothing'}; new: {new or 'nothing'}"


def silent(scene: Scene) -> None:
    """Frozen, then killed."""
    before = lines(scene)
    scene.union.freeze(KEEPER)
    try:
        _silent(scene, "frozen", before)
    finally:
        scene.union.thaw(KEEPER)
    name = scene.begun[KEEPER, DECLARED]
    scene.sheet.expect(
        KEEPER, "it goes on: its case is marked no more", f"{KEEPER}, nothing since",
        lambda: told(scene.declarant.line(name)), MARKED_SECONDS,
    )  # fmt: skip
    scene.union.kill(KEEPER)
    _silent(scene, "killed", before)


def _silent(scene: Scene, how: str, before: Lines) -> None:
    name, person = scene.begun[KEEPER, DECLARED], scene.declarant

    def expect(what: str, wanted: str, look: Callable[[], str], seconds: float = 0.0) -> None:
        scene.sheet.expect(KEEPER, f"{how}: {what}", wanted, look, seconds)

    def quick() -> str:
        return "yes" if person.slowest < AT_ONCE_SECONDS else f"the slowest took {person.slowest:.1f} s"

    def others() -> str:
        elsewhere = (each for each in person.cases() if each["administration"] != KEEPER and each["summary"])
        return ", ".join(each["reference"] for each in elsewhere if each["summary"]["why"]) or "none"

    expect("its case is marked in the list", f"{KEEPER}, cannot be reached", lambda: told(person.line(name)),
           MARKED_SECONDS)  # fmt: skip
    person.slowest = 0.0
    expect("the same list", SAME, lambda: _compared(before, lines(scene)))
    expect("its case is marked on its page", MARK, lambda: _marked(scene, name, SILENT))
    expect_messages(scene, KEEPER, DECLARED)
    expect("no page of the trader waits for it", "yes", quick)
    expect("nobody else's case is marked", "none", others)
    _expect_neither(scene, how)


def _marked(scene: Scene, name: str, why: str) -> str:
    text = scene.declarant.case(scene.declarant.line(name)).text
    missing = [each for each in ("as of", why) if each not in text]
    return f"no {' and no '.join(missing)}" if missing else MARK


def _expect_neither(scene: Scene, how: str) -> None:
    """A number that is there and one that is not are told alike: neither yes nor no, whose system, since when."""
    for number, which in ((scene.number, "one that is there"), (_nobodys(scene.number), "one that is not")):
        scene.sheet.expect(
            KEEPER, f"{how}: check of a number by the public, of {which}", f"not known, {KEEPER}, cannot be reached",
            lambda n=number: _check(scene, n),  # type: ignore[misc]
        )  # fmt: skip


def _check(scene: Scene, number: str) -> str:
    known = scene.validated(number)["known"]
    return ", ".join(str(known[each]) for each in ("says", "whom", "why") if known.get(each))


def _nobodys(number: str) -> str:
    """A number like it that nobody was given."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def set_back(scene: Scene) -> None:
    """It comes back, does something more, and is set back to what it was before: marked, and followed no more."""
    union, person, name = scene.union, scene.declarant, scene.begun[KEEPER, DECLARED]
    copy = union.keep(KEEPER)
    union.start(KEEPER)

    def expect(what: str, wanted: str, look: Callable[[], str], seconds: float = 0.0) -> None:
        scene.sheet.expect(KEEPER, what, wanted, look, seconds)

    expect("started again: its case is marked no more", f"{KEEPER}, nothing since",
           lambda: told(person.line(name)), MARKED_SECONDS)  # fmt: skip
    keeper, lost = scene.keepers[KEEPER], scene.name(KEEPER, "4")
    scene.holder.send(declaration(keeper.way, lost, keeper.cover))
    waited(lambda: keeper.line(lost)["state"] == SETTLED[DECLARED], ITS_DOOR_SECONDS)
    expect("started again: it tells of what came since", f"{KEEPER}, nothing since",
           lambda: told(person.line(lost)), TOLD_SECONDS)  # fmt: skip
    scene.validated(_nobodys(scene.number))  # the centre asked it when it was further on
    before = lines(scene)
    union.stop(KEEPER)
    union.set_back(KEEPER, copy)
    union.start(KEEPER)
    expect("set back: its cases are marked, also the one that it lost", f"{KEEPER}, was set back",
           lambda: told(person.line(lost)), MARKED_SECONDS)  # fmt: skip
    expect("set back: the same list", SAME, lambda: _compared(before, lines(scene)))
    expect("set back: its case is marked on its page", MARK, lambda: _marked(scene, lost, SET_BACK))
    not_there = f"not known, {KEEPER}, was set back"
    expect("set back: check of a number by the public, of one that is not there", not_there,
           lambda: _check(scene, _nobodys(scene.number)), MARKED_SECONDS)  # fmt: skip
