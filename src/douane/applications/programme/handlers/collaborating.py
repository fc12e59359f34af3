"""Initiatives: stated by their owner, joined and left by each for himself, with results and who uses them."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from msgspec.structs import replace

from douane.applications.programme.contract import Programme
from douane.applications.programme.handlers.passing import passed_on
from douane.applications.programme.messages.library import (
    InitiativeKept,
    InitiativeLeft,
    InitiativeLine,
    InitiativeRefused,
    InitiativeStated,
    Library,
    LibraryQuery,
    ResultLine,
    ResultStated,
    ResultUse,
    TakingPart,
    TurnLine,
    UserLine,
    VolunteerLine,
)
from douane.applications.programme.records import Initiative, Participation, Period, Result
from douane.author import Fault
from douane.author.run import View, Work, answers, handles

MOST: Final = 1_000
"""Initiatives that are told: more than a union has."""
PARTS: Final = 10_000
"""Parts of administrations in initiatives that are told."""
KEPT: Final = 500
"""Times that administrations joined, and versions, that are kept of one; the journal keeps all."""
Said = InitiativeStated | TakingPart | InitiativeLeft | ResultStated | ResultUse


def refuse(work: Work, m: Said, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(InitiativeRefused(m.initiative, tuple(each.remedy for each in found)))


def _reject(work: Work, m: Said, reason: str) -> None:
    work.reply(InitiativeRefused(m.initiative, (reason,)))


def _keep(work: Work, kept: Initiative | Participation) -> None:
    work.put(replace(kept, turns=kept.turns + 1) if isinstance(kept, Participation) else kept)
    work.reply(InitiativeKept(kept.initiative))


@handles(Programme.state_initiative, reads=(Initiative,), refuse=refuse)
def state_initiative(work: Work, m: InitiativeStated) -> None:
    """Keep its terms; results stay, and so do those who take part."""
    kept = work.get(Initiative)
    if kept is not None and kept.stated.owner != m.owner:
        _reject(work, m, f"{m.initiative} is of {kept.stated.owner}: take another name.")
        return
    _keep(work, replace(kept, stated=m) if kept is not None else Initiative(m.initiative, m))


@handles(Programme.state_result, reads=(Initiative,), refuse=refuse)
def state_result(work: Work, m: ResultStated) -> None:
    """Keep a version; what was published under a number stays what it was."""
    kept = work.get(Initiative)
    if kept is None or kept.stated.owner != m.owner:
        _reject(work, m, f"{m.owner} owns no initiative {m.initiative}: state it first.")
    elif any(each.version == m.version for each in kept.results):
        _reject(work, m, f"Version {m.version} is published: give what is new another number.")
    else:
        fresh = Result(m.version, m.address, m.digest, m.octets, work.today())
        _keep(work, replace(kept, results=(*kept.results, fresh)[-KEPT:]))


@handles(Programme.join, reads=(Participation,), refuse=refuse)
def join(work: Work, m: TakingPart) -> None:
    """Take part from today on."""
    if passed_on(work, Programme.join, m):
        return
    part = _part(work, m)
    if _initiative(work, m.initiative) is None:
        _reject(work, m, f"There is no initiative {m.initiative}: name one of the library.")
    elif part.now:
        _reject(work, m, f"{m.administration} takes part already: there is nothing to do.")
    else:
        _keep(work, replace(part, periods=(*part.periods, Period(work.today()))[-KEPT:]))


@handles(Programme.leave, reads=(Participation,), refuse=refuse)
def leave(work: Work, m: InitiativeLeft) -> None:
    """Leave today; that one took part, and until when, stays."""
    if passed_on(work, Programme.leave, m):
        return
    part = _part(work, m)
    if not part.now:
        _reject(work, m, f"{m.administration} does not take part in {m.initiative}: there is nothing to leave.")
        return
    *before, last = part.periods
    _keep(work, replace(part, periods=(*before, replace(last, left=work.today()))))


@handles(Programme.use_result, reads=(Participation,), refuse=refuse)
def use_result(work: Work, m: ResultUse) -> None:
    """Keep which version an administration uses, by its own word."""
    if passed_on(work, Programme.use_result, m):
        return
    known = _initiative(work, m.initiative)
    if known is None or (m.version and all(each.version != m.version for each in known.results)):
        _reject(work, m, f"{m.initiative} has no version {m.version}: name one of its results.")
        return
    _keep(work, replace(_part(work, m), uses=m.version, since=work.today() if m.version else None))


def _part(work: Work, m: TakingPart | InitiativeLeft | ResultUse) -> Participation:
    return work.get(Participation) or Participation(m.administration, m.initiative)


def _initiative(work: Work, name: str) -> Initiative | None:
    return next(iter(work.find(Initiative, "by_initiative", name)), None)


@answers(Programme.library)
def library(view: View, question: LibraryQuery) -> Library:
    """Initiatives in which every word occurs."""
    found, _ = view.find(Initiative, "by_initiative", limit=MOST)
    parts: dict[str, list[Participation]] = defaultdict(list)
    for _, each in view.find(Participation, "by_initiative", limit=PARTS)[0]:
        parts[each.initiative].append(each)
    lines = [_line(each, parts[each.initiative]) for _, each in found]
    wanted = question.text.lower().split()
    chosen = (
        each for each in lines
        if question.kind in (None, each.kind) and question.initiative in ("", each.initiative)
        and all(word in _words(each) for word in wanted)
    )  # fmt: skip
    return Library(tuple(sorted(chosen, key=lambda each: each.initiative)), len(lines))


def _words(each: InitiativeLine) -> str:
    said = (each.initiative, each.title, each.text, each.kind.value, each.licence, each.owner, each.host)
    versions = (result.version for result in each.results)
    return " ".join((*said, *versions, *(user.administration for user in each.users))).lower()


def _line(kept: Initiative, parts: list[Participation]) -> InitiativeLine:
    m = kept.stated
    return InitiativeLine(
        initiative=kept.initiative, owner=m.owner, title=m.title, text=m.text, kind=m.kind, licence=m.licence,
        host=m.host, funding=m.funding, ending=m.ending,
        volunteers=tuple(
            VolunteerLine(part.administration, each.joined, each.left) for part in parts for each in part.periods
        ),
        results=tuple(
            ResultLine(each.version, each.address, each.digest, each.octets, each.on) for each in reversed(kept.results)
        ),
        users=tuple(UserLine(e.administration, e.uses, e.since) for e in parts if e.uses and e.since is not None),
        turns=tuple(TurnLine(part.administration, part.turns) for part in parts),
    )  # fmt: skip
