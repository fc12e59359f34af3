"""Acts of an operator, done: those of one person at once, those of two once they agreed.

Invariants. (1) An act is journalled in the commit of what it does, with who asked: whatever was done has its leaf, and
whatever has its leaf was done. (2) The same act again, by the same person under the same identification, changes
nothing and is answered by what is so now; whatever differs in anything is another act. (3) An act that is not declared
does not exist. (4) What two persons answer for goes by ``TwoPersons`` alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from douane.identity.console.operators_file import ENOUGH
from douane.identity.operators import Doer, Operators
from douane.model.caller import INNER, OPERATOR
from douane.runtime.core.commands import Act, Discarding, DropSent, Journal, PauseLane, PutAside, Release
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.store import keys
from douane.runtime.store.decided import Pause, Proposal, SetAside, decisions, discarded, paused, set_aside
from douane.runtime.store.envelope import PARKED, SENT, Parked, SentRow
from douane.runtime.store.ports import Instant, Log, Reader
from douane.shared_services.auditing.cases import Cases
from douane.supervision.operating.beside import Doing
from douane.supervision.operating.declared import (
    ACTS,
    DISCARD,
    DROP,
    GO_BACK,
    OPERATORS,
    PAUSE,
    PUT_BACK,
    RELEASE,
    RESUME,
    RETRY,
    SET_ASIDE,
    by_two,
)
from douane.supervision.operating.outcome import Asked, Outcome
from douane.supervision.operating.two_persons import PROPOSED, Drawn, TwoPersons, must_name_a_person, told
from douane.vocabulary.errors import BadRequest, DouaneError, NotAuthorised, NotFound

REMEMBERED: Final = 50
"""Acts that the console shows."""
HANDLED: Final = "handled"
ASIDE: Final = "set aside again"
DISCARDED: Final = "discarded"
PAUSED: Final = "paused"
GOES_ON: Final = "goes on"
TRIED: Final = "is tried now"
DROPPED: Final = "dropped"
OUT: Final = "out of its lane"
BACK: Final = "back in its lane"


class Done(NamedTuple):
    """An act that was done: when, which, on what, by whom, why."""

    at: Instant
    act: str
    on: str
    by: str
    reason: str


class Acts:
    """Does acts in a node, whoever carries them to it. told: hears of each act that was done. lanes_of: None where
    nothing leaves this process. beside: acts on what stands beside messages. operators: as they are kept now."""

    def __init__(
        self, node: Node, reader: Reader, lanes_of: Callable[[], Lanes | None] = lambda: None,
        told: Callable[[str], None] = lambda _act: None, beside: Mapping[str, Doing] = MappingProxyType({}),
        operators: Callable[[], Operators] = Operators,
        drawing: Mapping[str, Callable[[Asked], Drawn]] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self._operators = operators
        self.done: deque[Done] = deque(maxlen=REMEMBERED)
        """What was done since the process began, the last first; the audit log has all of it."""
        self._node, self._reader, self._lanes_of, self._told = node, reader, lanes_of, told
        self._two = TwoPersons(node, reader)
        self._known: dict[str, Callable[[Asked, Doer], Awaitable[Outcome]]] = {
            RELEASE: self._release, DISCARD: self._discarded, PAUSE: self._pause, RESUME: self._resume,
            RETRY: self._retry, DROP: self._dropped, SET_ASIDE: self._set_aside, PUT_BACK: self._put_back,
        }  # fmt: skip
        self._beside = frozenset(beside)
        for name, doing in beside.items():
            self._known[name] = partial(_by, doing)
        self._known[GO_BACK] = _refused
        self._drawing = {DISCARD: self._draw_discard, DROP: self._draw_drop, GO_BACK: _not_behind, **drawing}

    def waiting(self) -> list[Proposal]:
        """What one person proposed and another one has to agree with, oldest first; not what has become idle, as of a
        message that was handled meanwhile."""
        return [each for each in self._two.waiting() if self._still(each)]

    def _still(self, wanted: Proposal) -> bool:
        """Whether a proposal would still do what was drawn for it: what it is about is there, and has not changed; and
        who proposed it still counts as one of two."""
        draw = self._drawing.get(wanted.act)
        try:
            return (
                draw is not None
                and not self._has_left(wanted)
                and draw(Asked(wanted.act, "0" * 16, wanted.on)).sentences == wanted.drawn
            )
        except DouaneError:
            return False

    def _has_left(self, wanted: Proposal) -> bool:
        """Whether who proposed it is no operator any more. The second one of all proposes himself: he is none yet."""
        known = self._operators().accounts
        begins = wanted.act == OPERATORS and len(known) < ENOUGH
        return bool(known) and not begins and wanted.by not in known

    async def perform(self, asked: Asked, doer: Doer) -> Outcome:
        """Do an act for somebody, once. ``doer``: who, as his proof has it. Raises NotFound for what there is not,
        BadRequest where a reason is missing, NotAuthorised for who may not agree with himself,
        Elsewhere for what another process does, and what the store refuses."""
        act = self._known.get(asked.act)
        if act is None:
            raise NotFound(f"There is no act {asked.act[:40]!r}.", remedy=f"There are: {', '.join(ACTS)}.")
        if ACTS[asked.act].reasoned and not asked.reason.strip():
            raise BadRequest(f"{asked.act} needs a reason.", remedy="Say why; it is kept with the act.")
        self._must_name_a_person(asked, doer)
        outcome = await (self._by_two(asked, doer, act) if by_two(asked.act) else act(asked, doer))
        self._told(asked.act)
        self.done.appendleft(Done(self._now(), asked.act, asked.on, doer.name, asked.reason))
        return outcome

    async def _by_two(
        self, asked: Asked, doer: Doer, finish: Callable[[Asked, Doer], Awaitable[Outcome]]
    ) -> Outcome:  # fmt: skip
        """Propose it, or agree with what was seen; ``finish`` does what is left once two agreed, and says so."""
        act = _act(asked, doer)
        if self._two.done(act):
            return await self._again(asked, doer, finish)
        drawn = self._drawing[asked.act](asked)
        if asked.act in self._beside and not self._two.begun():
            await self._node.command(Journal(drawn.position, act))
            return await finish(asked, doer)
        if doer.vouched and not self._operators().accounts:
            await self._two.first(asked, act, doer, drawn)
            return await finish(asked, doer)
        if not asked.seen:
            return await self._two.propose(asked, act, doer, drawn)
        last = self._two.last(drawn.about)
        if last is not None and self._has_left(last):
            raise NotAuthorised(
                f"{last.by}, who proposed it, is no operator any more.",
                remedy="Propose it anew, and let another agree.",
            )
        agreed = await self._two.agree(asked, act, doer, drawn)
        return await finish(asked, doer) if agreed.over else told(agreed)

    async def _again(
        self, asked: Asked, doer: Doer, finish: Callable[[Asked, Doer], Awaitable[Outcome]]
    ) -> Outcome:  # fmt: skip
        """What was asked for before is not done twice: it is finished where two agreed on this very thing. What stands
        beside messages judges that itself."""
        last = self._two.last_on(asked)
        if last is not None and not last.over:
            return told(last)
        if last is None and asked.act not in self._beside:
            raise BadRequest(
                "What you asked for before does not wait any more.", remedy="Read what is proposed now, and decide."
            )
        return await finish(asked, doer)

    def _must_name_a_person(self, asked: Asked, doer: Doer) -> None:
        """Raise where operators are kept and a command names none of them: each act is somebody's."""
        if doer.vouched and asked.act != OPERATORS:
            raise NotAuthorised("A voucher lets somebody in, and no more.", remedy="Sign in as an operator.")
        must_name_a_person(self._operators(), doer)

    # --- messages set aside

    async def _release(self, asked: Asked, doer: Doer) -> Outcome:
        position, act = _position(asked.on), _act(asked, doer)
        self._must_be_aside(position, act, asked.on)
        await self._node.command(Release(position, act))
        parked = self._parked(position)
        return Outcome(HANDLED) if parked is None else Outcome(ASIDE, parked.reason)

    def _draw_discard(self, asked: Asked) -> Drawn:
        position = _position(asked.on)
        parked = self._parked(position) if position in self._aside() else None
        if parked is None:
            raise self._not_aside(asked.on)
        behind = sum(each.waits_for == position for each in Cases(self._reader).parked())
        sentences = (
            f"{parked.operation} of {parked.sender}, message {parked.id}, is never handled.",
            f"It was set aside after {parked.attempts} attempts: {parked.reason}",
            f"{behind} messages that wait behind it follow.",
        )

        def effect(agreed: Proposal) -> Discarding:
            return Discarding(position, agreed.by, agreed.reason, agreed.second)

        return Drawn(f"{DISCARD} {position:x}", sentences, position, effect)

    async def _discarded(self, asked: Asked, _doer: Doer) -> Outcome:
        kept = discarded(self._reader, _position(asked.on))
        return Outcome(DISCARDED if kept is not None and kept.by else PROPOSED)

    def _must_be_aside(self, position: int, act: Act, named: str) -> None:
        if not self._done(position, act) and position not in self._aside():
            raise self._not_aside(named)

    def _not_aside(self, named: str) -> NotFound:
        known = ", ".join(f"{each:x}" for each in self._aside()[:20]) or "none"
        return NotFound(f"No message is set aside at position {named[:40]!r}.", remedy=f"There are: {known}.")

    def _parked(self, position: int) -> Parked | None:
        (raw,) = self._reader.read([keys.space(keys.WAIT, position >> 48) + keys.u64(position)])
        return PARKED.read(raw) if raw is not None else None

    def _aside(self) -> list[int]:
        """Where messages lie that failed themselves; those that wait behind one follow it."""
        return [each.position for each in Cases(self._reader).parked() if not each.waits_for]

    # --- lanes

    async def _pause(self, asked: Asked, doer: Doer) -> Outcome:
        pause = Pause(self._after(asked.on), doer.name, asked.reason)
        await self._in_each_partition(asked, lambda at: PauseLane(at, asked.on, _act(asked, doer), pause))
        return self._as_decided(asked.on)

    async def _resume(self, asked: Asked, doer: Doer) -> Outcome:
        if not self._two.done(_act(asked, doer)) and asked.on not in self._lanes().paused:
            raise NotFound(f"The lane {asked.on[:80]!r} is not paused.", remedy=_named(self._lanes().paused))
        over = Pause(self._after(asked.on), doer.name, asked.reason, over=True)
        await self._in_each_partition(asked, lambda at: PauseLane(at, asked.on, _act(asked, doer), over))
        return self._as_decided(asked.on)

    def _as_decided(self, lane: str) -> Outcome:
        """Have a lane do as was decided about it last: an act that is asked again decides nothing."""
        pause = paused(self._reader, self._partitions()).get(lane)
        self._lanes().pause(lane, pause)
        return Outcome(GOES_ON if pause is None else PAUSED)

    def _after(self, lane: str) -> Instant:
        """Now, and later than the last decision about a lane in any partition: the latest one counts."""
        last = decisions(self._reader, self._partitions()).get(lane)
        now = self._node.owners[0].ports.clock.now()
        return now if last is None else max(now, last.at + 1)

    async def _retry(self, asked: Asked, doer: Doer) -> Outcome:
        await self._in_each_partition(asked, lambda at: Journal(at, _act(asked, doer)))
        self._lanes().hurry(asked.on)
        return Outcome(PAUSED if asked.on in self._lanes().paused else TRIED)

    async def _set_aside(self, asked: Asked, doer: Doer) -> Outcome:
        """Keep a message out of its lane; whoever did it, or another, puts it back."""
        act = _act(asked, doer)
        position = self._sent(asked.on)[0]
        if not self._done(position, act):
            await self._node.command(PutAside(position, act, SetAside(self._now(), doer.name, asked.reason)))
        return self._as_kept(position)

    async def _put_back(self, asked: Asked, doer: Doer) -> Outcome:
        act = _act(asked, doer)
        position, row = self._sent(asked.on)
        if not self._done(position, act):
            if set_aside(self._reader, position) is None:
                raise NotFound(f"{asked.on[:40]} is not out of its lane.", remedy="See douane lane list.")
            over = SetAside(self._now(), doer.name, asked.reason, over=True)
            await self._node.command(PutAside(position, act, over))
        came = self._as_kept(position)
        if (lanes := self._lanes_of()) is not None:
            lanes.hurry(row.lane)
        return came

    def _as_kept(self, position: int) -> Outcome:
        """Have a message stay out of its lane, or in it, as was decided last: an act asked again decides nothing."""
        out = set_aside(self._reader, position) is not None
        if (lanes := self._lanes_of()) is not None:
            (lanes.aside.add if out else lanes.aside.discard)(position)
        return Outcome(OUT if out else BACK)

    def _draw_drop(self, asked: Asked) -> Drawn:
        position, row = self._sent(asked.on)
        sentences = (
            f"{row.type}, message {row.id}, never goes to {row.party} by {row.lane}.",
            f"Its digest is {row.content.digest.hex()}.",
        )
        return Drawn(
            f"{DROP} {position:x}", sentences, position, lambda agreed: DropSent(position, row.lane, agreed.reason)
        )

    async def _dropped(self, asked: Asked, _doer: Doer) -> Outcome:
        if (lanes := self._lanes_of()) is not None:
            lanes.aside.discard(_position(asked.on.removeprefix("out:")))
        return Outcome(DROPPED)

    def _sent(self, on: str) -> tuple[int, SentRow]:
        """A message that waits for a partner. Raises NotFound."""
        position = _position(on.removeprefix("out:"))
        (raw,) = self._reader.read_log(Log.SENT, [position]) if position else [None]
        row = SENT.read(raw) if raw is not None else None
        if row is not None and row.lane and not row.lane.startswith(INNER):
            waits = keys.LANE + keys.u16(position >> 48) + keys.text(row.lane) + keys.u64(position)
            if self._reader.read([waits])[0] is not None:
                return position, row
        raise NotFound(f"No message waits for a partner at {on[:40]!r}.", remedy="See douane lane list, and timeline.")

    def _partitions(self) -> list[int]:
        return [each.partition for each in self._node.owners]

    def _now(self) -> Instant:
        return self._node.owners[0].ports.clock.now()

    async def _in_each_partition(self, asked: Asked, made: Callable[[int], PauseLane | Journal]) -> None:
        lanes = self._lanes()
        if asked.on not in lanes.lanes or asked.on.startswith(INNER):
            raise NotFound(f"There is no lane {asked.on[:80]!r}.", remedy=_named(lanes.lanes))
        for owner in self._node.owners:
            if owner.partition not in self._node.away:
                await self._node.command(made(keys.log_position(owner.partition, 0)))

    def _lanes(self) -> Lanes:
        lanes = self._lanes_of()
        if lanes is None:
            raise NotFound("Nothing leaves this node by a lane.", remedy="Its partners collect by themselves.")
        return lanes

    # --- what was done

    def _done(self, position: int, act: Act) -> bool:
        return self._reader.read([act.key(position >> 48)])[0] is not None


def _not_behind(_asked: Asked) -> Drawn:
    """A core that serves has a clock that is not behind what it committed."""
    raise BadRequest("The clock is not behind what is committed.", remedy="It is agreed on while no core begins.")


async def _refused(asked: Asked, _doer: Doer) -> Outcome:
    return Outcome(_not_behind(asked).about)


async def _by(doing: Doing, asked: Asked, doer: Doer) -> Outcome:
    return await doing(asked, _act(asked, doer))


def _act(asked: Asked, doer: Doer) -> Act:
    """The act of somebody. Whoever asks picks its id, so what is known as done is known by all that he asked, and by
    who he is: the same id with anything else is another act."""
    said = msgspec.json.encode(asked)
    id = sha256(msgspec.json.encode((said.decode(), doer))).hexdigest()
    return Act(id, said.decode(), msgspec.structs.replace(OPERATOR, person=doer.name))


def _named(names: Mapping[str, object]) -> str:
    return f"There are: {', '.join(sorted(each for each in names if not each.startswith(INNER))[:20]) or 'none'}."


def _position(text: str) -> int:
    """A position in hexadecimal; 0, where nothing stands, for anything else."""
    try:
        position = int(text, 16) if len(text) <= 16 else 0
    except ValueError:
        return 0
    return position if 0 < position < 1 << 62 else 0
