"""Which agreement an incoming message falls under. Where none fits, the error names the field and the nearest value."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from douane.standards.as4.messages import Party, PartyId, Typed, UserMessage
from douane.standards.as4.pmodes import PMode, Side
from douane.vocabulary.errors import BadHeader, NoAgreement, UnknownValue

ANY: Final = "*"
"""An action that stands for every action."""
Test = Callable[[PMode, UserMessage], bool]


def find(modes: Iterable[PMode], message: UserMessage) -> PMode:
    """The agreement of a message: agreement first, then parties, roles, service, action, channel; exact before open.

    A message of the test service needs no leg of its own. Raises NoAgreement, UnknownValue for the channel.
    """
    left = list(modes)
    if not left:
        raise NoAgreement("There is no agreement at all.", remedy="Conclude one with the operator.")
    for what, fits, values, found in _FIELDS:
        if message.is_test and what in ("service", "action", "message partition channel"):
            continue
        fitting = [mode for mode in left if fits(mode, message)]
        if not fitting:
            configured = sorted({text for mode in left for text in values(mode)})
            raise _refusal(what, found(message), configured)
        left = fitting
    return max(left, key=_exactness)


class AgreementBook:
    """All agreements of an access point, found by their sender first: a door with many partners looks at one's only."""

    def __init__(self, modes: Iterable[PMode]) -> None:
        self.modes = tuple(modes)
        self._open = [mode for mode in self.modes if not mode.sender.parties]
        self._by_sender: dict[str, list[PMode]] = {}
        for mode in self.modes:
            for party in mode.sender.parties:
                self._by_sender.setdefault(party.value, []).append(mode)

    def find(self, message: UserMessage) -> PMode:
        """As ``find`` over all agreements."""
        near = [*self._by_sender.get(message.sender.id.value, ()), *self._open]
        try:
            return find(near, message)
        except (NoAgreement, UnknownValue):
            return find(self.modes, message)  # only all of them tell what the nearest agreed value is


def _exactness(mode: PMode) -> tuple[bool, ...]:
    return mode.action != ANY, bool(mode.sender.parties), bool(mode.receiver.parties), mode.agreement is not None


def check_time(mode: PMode, message: UserMessage, now: int) -> None:
    """Whether the signed timestamp lies within what was agreed. Raises BadHeader."""
    if message.timestamp < now - mode.past or message.timestamp > now + mode.future:
        minutes = mode.past // 60_000_000
        remedy = f"Send within {minutes} minutes after it, and set your clock."
        raise BadHeader("The timestamp lies outside the agreed window.", remedy=remedy)


def same_party(mode: PMode, one: PartyId, other: PartyId) -> bool:
    """Whether two identifiers mean one party: equal, or of types that the agreement takes for the same."""
    return one.value == other.value and (one.type == other.type or (one.type, other.type) in _both(mode.aliases))


def covers_channel(mode: PMode, mpc: str) -> bool:
    """Whether a channel is the agreed one or a sub-channel of it."""
    return mpc == mode.mpc or mpc.startswith(mode.mpc + "/")


def _both(aliases: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    return {*aliases, *((b, a) for a, b in aliases)}


def _agreement(mode: PMode, message: UserMessage) -> bool:
    if mode.agreement is None or message.agreement is None:
        return message.agreement is None or mode.agreement is None
    return mode.agreement == message.agreement


def _stands(mode: PMode, side: Side, party: Party) -> bool:
    return not side.parties or any(same_party(mode, each, party.id) for each in side.parties)


def _show(value: PartyId | Typed | None) -> str:
    if value is None:
        return "none"
    return f"{value.value} ({value.type})" if value.type else value.value


def _parties(side: Side) -> list[str]:
    return [_show(each) for each in side.parties]


_FIELDS: Final[tuple[tuple[str, Test, Callable[[PMode], list[str]], Callable[[UserMessage], str]], ...]] = (
    ("agreement", _agreement, lambda p: [_show(p.agreement)], lambda m: _show(m.agreement)),
    ("From party", lambda p, m: _stands(p, p.sender, m.sender), lambda p: _parties(p.sender),
     lambda m: _show(m.sender.id)),
    ("To party", lambda p, m: _stands(p, p.receiver, m.receiver), lambda p: _parties(p.receiver),
     lambda m: _show(m.receiver.id)),
    ("From role", lambda p, m: p.sender.role == m.sender.role, lambda p: [p.sender.role], lambda m: m.sender.role),
    ("To role", lambda p, m: p.receiver.role == m.receiver.role, lambda p: [p.receiver.role],
     lambda m: m.receiver.role),
    ("service", lambda p, m: p.service == m.service, lambda p: [_show(p.service)], lambda m: _show(m.service)),
    ("action", lambda p, m: p.action in (m.action, ANY), lambda p: [p.action], lambda m: m.action),
    ("message partition channel", lambda p, m: covers_channel(p, m.mpc), lambda p: [p.mpc], lambda m: m.mpc),
)  # fmt: skip


def _refusal(what: str, found: str, configured: list[str]) -> NoAgreement | UnknownValue:
    near = difflib.get_close_matches(found, configured, 1, 0.0) or [""]
    text = f"The {what} {found[:160]!r} is not agreed."
    remedy = f"Nearest agreed value: {near[0][:160]!r}."
    return UnknownValue(text, remedy=remedy) if "channel" in what else NoAgreement(text, remedy=remedy)
