"""That the clock of a log goes back: an act of two persons, proposed and agreed on while no core of the node begins.

What a log commits never goes back, so a clock that was set back stops its node. Where it was the later clock that was
wrong, two persons let the log go on by the earlier one. They sign in at the console, which needs no core; what they
agreed on lies in the data folder until a core begins, and becomes a leaf of each partition.

Invariants. (1) Both are persons who signed in; a command proposes in the name of an account, which confirms it. (2) It
is agreed from when to when: a core goes back by it only within a day after, and behind no leaf that is newer than what
both saw. (3) The file is sealed by a key of the identity folder, so who writes the data folder alone makes none. (4) A
core asks its store who operates the node, and goes back by an agreement once in each partition. (5) Where the store
says that no operator is kept, nobody can sign in: the user of the machine does it alone, and the leaf says so.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from douane.configuration import discovery
from douane.configuration.ports import WallClock
from douane.configuration.settings import NodeSettings
from douane.identity.operators import FILE as OPERATORS
from douane.identity.operators import USER, Doer, Operators, parse
from douane.runtime.core.owner import CLOCKS_DIFFER, GoesBack, told
from douane.runtime.store import keys
from douane.runtime.store.decided import Proposal, approvals
from douane.runtime.store.envelope import OWNER
from douane.runtime.store.ports import HOUR, Clock, Instant, Reader
from douane.shared_services.archiving.files import write_durably
from douane.supervision.operating import two_persons
from douane.supervision.operating.declared import GO_BACK
from douane.supervision.operating.outcome import Asked, Outcome
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.operators import operators_file
from douane.vocabulary.errors import BadRequest, DeclarationFault, NotAuthorised

FILE: Final = "clock.json"
VALID: Final[Instant] = 24 * HOUR
"""How long after the clock said it a core may go back to it."""
AGREED: Final = "agreed"
_ON: Final = re.compile(r"([0-9]{1,19})-([0-9]{1,19})")
_PURPOSE: Final = b"douane: the clock goes back"


class Behind(NamedTuple):
    """A clock behind what was committed: when the newest leaf was, and what the clock says now."""

    newest: Instant
    now: Instant

    @property
    def on(self) -> str:
        """How an act names it."""
        return f"{self.newest}-{self.now}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the act does, for whoever agrees."""
        return (
            f"The newest leaf of this node was committed at {told(self.newest)}.",
            f"The clock of this host says {told(self.now)}: the node goes on by it.",
            "What is committed from then on is dated before leaves that it follows; a leaf of each log says so.",
        )


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was proposed, or agreed on, as it lies in the data folder."""

    act: Proposal
    seal: str


@dataclass(frozen=True, slots=True)
class GoingBack:
    """Keeps what is proposed for a node, and has it agreed on. It asks the store when the newest leaf was committed."""

    settings: NodeSettings
    clock: Clock = field(default_factory=WallClock)

    def behind(self) -> Behind | None:
        """Whether the clock is behind what was committed; None where it is not, or nothing was."""
        wanted = [keys.space(keys.OWNER, partition) for partition in range(self.settings.partitions)]
        with discovery.reading(self.settings.store_address) as reader:
            newest = max((OWNER.read(raw).committed for raw in reader.read(wanted) if raw is not None), default=0)
        now = self.clock.now()
        return Behind(newest, now) if newest - now > CLOCKS_DIFFER else None

    def last(self) -> Proposal | None:
        """What was proposed last, also where it is over; None for nothing, and for what this node did not write."""
        try:
            found = msgspec.json.decode((self.settings.data / FILE).read_bytes(), type=Sealed)
        except (OSError, msgspec.MsgspecError):
            return None
        return found.act if hmac.compare_digest(found.seal.encode(), self._seal(found.act).encode()) else None

    def waiting(self) -> Proposal | None:
        """What waits for a person, and would still do what was drawn."""
        last = self.last()
        return last if last is not None and not last.over and self._stands(last, self.behind()) else None

    def agreed(self) -> bool:
        """Whether two persons agreed, and a core that begins now would go back by it."""
        last, behind = self.last(), self.behind()
        return last is not None and last.over and self._stands(last, behind)

    def perform(self, asked: Asked, doer: Doer) -> Outcome:
        """Propose it, or agree with what was seen. Raises what ``two_persons.agreed_by`` does, and BadRequest where a
        reason is missing or the clock is not behind."""
        if not asked.reason.strip():
            raise BadRequest(f"{GO_BACK} needs a reason.", remedy="Say why; it is kept with the act.")
        if doer.vouched:
            raise NotAuthorised("A voucher lets somebody in, and no more.", remedy="Sign in as an operator.")
        known = operators_file(self.settings).read()
        two_persons.must_name_a_person(known, doer)
        behind = self.behind()
        if behind is None:
            raise BadRequest("The clock is not behind what is committed.", remedy="Start the node.")
        if not asked.seen:
            return self._propose(replace(asked, on=behind.on), doer, behind, known)
        return self._agree(asked, doer, behind, known)

    def _propose(self, asked: Asked, doer: Doer, behind: Behind, known: Operators) -> Outcome:
        last = self.last()
        at = behind.now if last is None else max(behind.now, last.at + 1)
        alone = not known.accounts and not doer.account
        by = doer.name if alone else two_persons.proposer(doer)
        wanted = two_persons.proposal(asked, doer, behind.sentences, by, at)
        self._keep(replace(wanted, over=alone))
        return _said(wanted) if alone else two_persons.told(wanted)

    def _agree(self, asked: Asked, doer: Doer, behind: Behind, known: Operators) -> Outcome:
        last = self.last()
        if last is not None and known.accounts and last.by not in known.accounts:
            raise NotAuthorised(f"{last.by}, who proposed it, is no operator any more.", remedy="Propose it anew.")
        if last is not None and not self._stands(last, behind):
            raise BadRequest("What was proposed is no more so.", remedy="Propose it anew.")
        sentences = last.drawn if last is not None else ()
        agreed = two_persons.agreed_by(last, asked, doer, sentences)
        self._keep(agreed)
        return _said(agreed) if agreed.over else two_persons.told(agreed)

    def _stands(self, wanted: Proposal, behind: Behind | None) -> bool:
        """Whether a proposal would still do what was drawn for it."""
        meant = _meant(wanted)
        return (
            meant is not None and behind is not None and meant.newest == behind.newest
            and _within(meant, behind.now) and wanted.drawn == meant.sentences
        )  # fmt: skip

    def _keep(self, act: Proposal) -> None:
        write_durably(self.settings.data / FILE, msgspec.json.encode(Sealed(act, self._seal(act))))

    def _seal(self, act: Proposal) -> str:
        path = DevelopmentIdentity(self.settings.identity_folder).server_key
        try:
            key = hmac.digest(path.read_bytes(), _PURPOSE, hashlib.sha256)
        except OSError as problem:
            raise DeclarationFault(f"{path} cannot be read.", remedy="Mend its rights, or put it back.") from problem
        return hmac.digest(key, msgspec.json.encode(act), hashlib.sha256).hex()


def going_back(settings: NodeSettings, reader: Reader) -> _Agreed:
    """By which a core asks whether its log may go back. reader: of its own store."""
    return _Agreed(GoingBack(settings), reader)


@dataclass(frozen=True, slots=True)
class _Agreed:
    kept: GoingBack
    reader: Reader

    def __call__(self, newest: Instant, now: Instant) -> GoesBack | None:
        """What two persons agreed on, where it covers this; None where nobody did."""
        act = self.kept.last()
        meant = _meant(act) if act is not None and act.over else None
        if act is None or meant is None or newest > meant.newest or not _within(meant, now):
            return None
        known = self._operators()
        if known is None or not _by_operators(act, known.accounts.keys()):
            return None
        return GoesBack(act.digest, act.by, act.second, act.reason[:300])

    def _operators(self) -> Operators | None:
        """Who operates the node, as its store says; None where nobody knows. In development files hold as they are."""
        settings = self.kept.settings
        path = settings.identity_folder / OPERATORS
        octets = path.read_bytes() if path.is_file() else b""
        holds = approvals(self.reader, range(settings.partitions)).get(OPERATORS)
        if holds is not None and not settings.development and hashlib.sha256(octets).hexdigest() != holds.digest:
            return None
        try:
            return parse(octets.decode())
        except (UnicodeDecodeError, DeclarationFault):
            return None


def _by_operators(act: Proposal, known: Collection[str]) -> bool:
    """Whether those who answer for an act are two operators; where none is kept, one user of the machine is enough."""
    if known:
        return act.by in known and act.second in known and act.by != act.second
    return (act.by.startswith(USER) and not act.second) or (bool(act.second) and act.by != act.second)


def _meant(act: Proposal) -> Behind | None:
    found = _ON.fullmatch(act.on)
    return Behind(int(found[1]), int(found[2])) if found is not None else None


def _within(meant: Behind, now: Instant) -> bool:
    return -CLOCKS_DIFFER <= now - meant.now <= VALID


def _said(act: Proposal) -> Outcome:
    return Outcome(AGREED, "the core goes on by it as it begins", digest=act.digest, drawn=act.drawn)


__all__ = ["AGREED", "FILE", "Behind", "GoingBack", "going_back"]
