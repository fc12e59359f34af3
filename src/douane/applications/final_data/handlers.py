"""Final data at work: every answer is read from the views that are kept with each change, and pages are signed.

What is pushed is what is asked, by the same operations: the node asks them in the name of whoever follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from douane.applications.final_data.contract import FinalData
from douane.applications.final_data.messages import (
    DataSetFacts,
    DataSets,
    DataSetsQuestion,
    FeedKept,
    FeedNotKept,
    Feeds,
    FeedsQuestion,
    FeedWanted,
    FinalChangesQuestion,
    FinalEntries,
    FinalEntriesQuestion,
    FinalEntry,
    FinalFound,
    FinalLookUp,
    FinalLookUpFor,
    FinalPage,
    FinalRanges,
    FinalRangesQuestion,
    FinalSnapshotQuestion,
    FinalState,
    FinalStateQuestion,
    PresentedRoot,
    PublishedEntry,
    PublishedPage,
    PublishedQuestion,
    PublishedState,
    PublishedStateQuestion,
)
from douane.applications.final_data.records import Followed, Pushed
from douane.applications.final_data.records import followed as kept_feeds
from douane.author import NO, YES, ActorKind, DouaneError, Fault, NotAuthorised, NotFound, machine
from douane.author.run import PUBLIC, View, Work, answers, handles
from douane.central_repository.data_sets import data_sets, holding, is_distributed, source_of
from douane.runtime.replication.reading import Entry, Page, Source
from douane.standards.internet.addresses import read_endpoint
from douane.standards.replication import tree
from douane.standards.replication.statement import Root, Row, SignedPage, SignedState, digest_of


@answers(FinalData.data_sets)
def which(view: View, _question: DataSetsQuestion) -> DataSets:
    """The data sets of which whoever asks may have a view."""
    kind, found = view.caller.kind, []
    for final in (each.final for each in data_sets().values()):
        own = [each for each in final.views if each.may_have(kind, view.roles)] if final is not None else []
        if final is not None and own:
            found.append(
                DataSetFacts(
                    name=final.name, title=final.title, legal=final.legal, purpose=final.purpose,
                    retention=final.retention, provision=final.provision.value, decision=final.decision,
                    views=tuple(each.name for each in own),
                    recipients=tuple(sorted({kind.value for each in own for kind in each.recipients})),
                )
            )  # fmt: skip
    return DataSets(tuple(found))


@answers(FinalData.look_up)
def look_up(view: View, question: FinalLookUp) -> FinalFound:
    """The entry of a key; of several sources the one with the highest order."""
    return _found(view, holding(view, question.data_set, question.view), question.key)


@answers(FinalData.look_up_for)
def look_up_for(view: View, question: FinalLookUpFor) -> FinalFound:
    """The same for somebody who asked a centre, of a data set that administrations keep: he must be its recipient."""
    held = holding(view, question.data_set, question.view, ActorKind(question.asker.value))
    if not is_distributed(question.data_set):
        raise NotFound(f"{question.data_set} is kept by the centre.", remedy="Look it up there.")
    return _found(view, held, question.key)


def _found(view: View, held: Mapping[int, Source], key: str) -> FinalFound:
    as_of, best = machine(view.now), None
    for source in held.values():
        entry, order = source.entry(key), source.order(key)
        if order >= 0 and (best is None or order > best[0]):
            best = order, entry
    entry = best[1] if best is not None else None
    if entry is None or entry.content is None:
        return FinalFound(known=NO, as_of=as_of)
    return FinalFound(
        known=YES, content=entry.content.decode(), changed_at=machine(entry.at), as_of=as_of
    )  # fmt: skip


@answers(FinalData.snapshot)
def snapshot(view: View, question: FinalSnapshotQuestion) -> FinalPage:
    """A page of what is there, by identity."""
    source = source_of(view, question.data_set, question.view, question.source)
    page = source.snapshot(bytes.fromhex(question.after), question.limit)
    place = _Place(question.data_set, question.view, question.source, "snapshot", question.after)
    return _page(page, _signed(view, place, page))


@answers(FinalData.changes)
def changes(view: View, question: FinalChangesQuestion) -> FinalPage:
    """A page of what changed, by position."""
    page = source_of(view, question.data_set, question.view, question.source).changes(question.after, question.limit)
    place = _Place(question.data_set, question.view, question.source, "changes", str(question.after))
    return _page(page, _signed(view, place, page))


@answers(FinalData.published)
def published(view: View, question: PublishedQuestion) -> PublishedPage:
    """A page of what changed of what is published."""
    page = source_of(view, question.data_set, PUBLIC, question.source).changes(question.after, question.limit)
    place = _Place(question.data_set, PUBLIC, question.source, "changes", str(question.after))
    entries = tuple(
        PublishedEntry(position=e.position, at=e.at, identity=e.id.hex(), key=e.key, content=_text(e))
        for e in page.entries
    )  # fmt: skip
    return PublishedPage(entries=entries, upto=page.upto, more=page.more, note=_signed(view, place, page))


def not_kept(work: Work, m: FeedWanted, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    reasons = tuple(each.remedy for each in found)
    work.reply(FeedNotKept(follower=m.follower, data_set=m.data_set, view=m.view, reasons=reasons))


@handles(FinalData.follow, reads=(Followed,), refuse=not_kept)
def follow(work: Work, m: FeedWanted) -> None:
    """Keep where a view is pushed to; a recipient of the view it must be."""
    reasons = tuple(_hinders(m))
    if reasons:
        work.reply(FeedNotKept(follower=m.follower, data_set=m.data_set, view=m.view, reasons=reasons))
        return
    known = work.get(Followed)
    others = [each for each in known.views if (each.data_set, each.view) != (m.data_set, m.view)] if known else []
    new = [Pushed(m.data_set, m.view, m.address)] if m.address else []
    work.put(Followed(m.follower, tuple(sorted((*others, *new), key=lambda each: (each.data_set, each.view)))))
    work.reply(FeedKept(follower=m.follower, data_set=m.data_set, view=m.view, address=m.address))


def _hinders(m: FeedWanted) -> Iterator[str]:
    kind = data_sets().get(m.data_set)
    views = kind.final.views if kind is not None and kind.final is not None else ()
    whose = ActorKind.COMMISSION if m.follower == "EU" else ActorKind.MEMBER_STATE
    if not any(each.name == m.view and each.may_have(whose, frozenset()) for each in views):
        yield f"There is no {m.data_set} ({m.view}) for you: ask final_data.data_sets which there are."
    if m.address:
        try:
            read_endpoint(m.address)
        except DouaneError as problem:
            yield f"{problem.text} {problem.remedy}"


@answers(FinalData.followed)
def followed(view: View, question: FeedsQuestion) -> Feeds:
    """What is pushed to whoever asks."""
    if view.caller.administration != question.follower:
        refusal = NotAuthorised("Each asks for his own feeds.", remedy="Ask as the system of that administration.")
        raise refusal.because("administrations: each speaks for itself", "to be that administration", "nobody")
    return Feeds(tuple(
        FeedKept(follower=kept.follower, data_set=each.data_set, view=each.view, address=each.address)
        for kept in kept_feeds(view) if kept.follower == question.follower for each in kept.views
    ))  # fmt: skip


@answers(FinalData.state)
def state(view: View, question: FinalStateQuestion) -> FinalState:
    """What each source holds; what was presented is compared with it, and both are signed."""
    presented = tuple(Root(p.source, p.position, p.count, bytes.fromhex(p.root)) for p in question.presented)
    said = _state(view, question.data_set, question.view, presented)
    return FinalState(sources=_roots(said), equal=said.equal, note=view.signed(said.text()))


@answers(FinalData.published_state)
def published_state(view: View, question: PublishedStateQuestion) -> PublishedState:
    """What is published, signed."""
    said = _state(view, question.data_set, PUBLIC, ())
    return PublishedState(_roots(said), view.signed(said.text()))


@answers(FinalData.ranges)
def ranges(view: View, question: FinalRangesQuestion) -> FinalRanges:
    """What ranges hold."""
    source = source_of(view, question.data_set, question.view, question.source)
    held = source.ranges(question.ranges)
    return FinalRanges(source.state().position, tuple(each.hex() for each in held))


@answers(FinalData.entries)
def entries(view: View, question: FinalEntriesQuestion) -> FinalEntries:
    """Entries by identity."""
    source = source_of(view, question.data_set, question.view, question.source)
    found = source.entries([bytes.fromhex(each) for each in question.identities])
    return FinalEntries(tuple(_entry(each) for each in found if each is not None and each.position))


class _Place(NamedTuple):
    """Which page of what is asked for."""

    data_set: str
    view: str
    source: int
    order: str
    after: str


def _signed(view: View, place: _Place, page: Page) -> str:
    digest = digest_of(
        Row(e.position, e.at, e.id, tree.leaf(e.key, e.content) if e.content is not None else b"")
        for e in page.entries
    )  # fmt: skip
    return view.signed(SignedPage(*place, page.upto, page.more, digest, view.now).text())


def _page(page: Page, note: str) -> FinalPage:
    return FinalPage(entries=tuple(_entry(each) for each in page.entries), upto=page.upto, more=page.more, note=note)


def _entry(entry: Entry) -> FinalEntry:
    return FinalEntry(
        position=entry.position, at=entry.at, identity=entry.id.hex(), key=entry.key, content=_text(entry)
    )  # fmt: skip


def _text(entry: Entry) -> str | None:
    return entry.content.decode() if entry.content is not None else None


def _state(view: View, data_set: str, name: str, presented: tuple[Root, ...]) -> SignedState:
    held = []
    for number, source in sorted(holding(view, data_set, name).items()):
        known = source.state()
        held.append(Root(number, known.position, known.count, source.root()))
    return SignedState(data_set, name, view.now, tuple(held), view.caller.name, presented)


def _roots(said: SignedState) -> tuple[PresentedRoot, ...]:
    return tuple(
        PresentedRoot(source=each.source, position=each.position, count=each.entries, root=each.root.hex())
        for each in said.held
    )
