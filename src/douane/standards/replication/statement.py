"""What a holder of final data signs: a page of a feed, and the state of a view; texts that anybody verifies offline.

Both are signed notes (``standards.transparency_log.note``) of lines in a fixed order. Their first lines tell them from
checkpoints of an audit log, which the same key signs. Times are microseconds since 1970-01-01 UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

from douane.standards.transparency_log.note import Key, parse_note
from douane.vocabulary.errors import NotWellFormed, ProofFailed

PAGE: Final = "final-data page 1"
STATE: Final = "final-data state 1"
_WORD = re.compile(r"[A-Za-z0-9_.:#@-]{1,80}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_HEX = re.compile(r"[0-9a-f]{64}")
_MOST_SOURCES: Final = 1_024


class Row(NamedTuple):
    """An entry as a page commits to it. leaf: empty for a tombstone."""

    position: int
    at: int
    id: bytes
    leaf: bytes


class SignedPage(NamedTuple):
    """A page of a feed or snapshot. order: ``changes`` or ``snapshot``; after: a position, or an identity in
    hexadecimal digits, behind which it begins; digest: over its entries (``digest_of``)."""

    data_set: str
    view: str
    source: int
    order: str
    after: str
    upto: int
    more: bool
    digest: bytes
    at: int

    def text(self) -> str:
        """The text that is signed."""
        return (
            f"{PAGE}\nset {self.data_set}\nview {self.view}\nsource {self.source}\norder {self.order}\n"
            f"after {self.after or '-'}\nupto {self.upto}\nmore {'yes' if self.more else 'no'}\n"
            f"entries {self.digest.hex()}\nat {self.at}\n"
        )


class Root(NamedTuple):
    """What a holder has of one source of a view: up to which position, how many entries, the digest of them all."""

    source: int
    position: int
    entries: int
    root: bytes

    def line(self, word: str) -> str:
        """How it stands in a text."""
        return f"{word} {self.source} {self.position} {self.entries} {self.root.hex()}\n"


class SignedState(NamedTuple):
    """What a view holds, and what somebody says that he holds. asked_by: his proven name; presented: his roots."""

    data_set: str
    view: str
    at: int
    held: tuple[Root, ...]
    asked_by: str
    presented: tuple[Root, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether what was presented is what is held, source by source."""
        return bool(self.presented) and tuple(sorted(self.presented)) == tuple(sorted(self.held))

    def text(self) -> str:
        """The text that is signed."""
        lines = "".join(each.line("held") for each in self.held)
        lines += "".join(each.line("presented") for each in self.presented)
        verdict = f"equal {'yes' if self.equal else 'no'}\n" if self.presented else ""
        head = f"{STATE}\nset {self.data_set}\nview {self.view}\nat {self.at}\nasked-by {self.asked_by or '-'}\n"
        return head + lines + verdict


def digest_of(rows: Iterable[Row]) -> bytes:
    """The digest over the entries of a page: SHA-256 of one line each, with position, time, identity and leaf."""
    lines = (f"{r.position} {r.at} {r.id.hex()} {r.leaf.hex() or '-'}\n" for r in rows)
    return sha256("".join(lines).encode()).digest()


def open_page(note: str, key: Key) -> SignedPage:
    """Read a signed page. Raises NotWellFormed, and ProofFailed unless this key signed it."""
    lines = _signed(note, key, PAGE)
    if len(lines) != 9:
        raise NotWellFormed("The text of a page of final data does not have ten lines.")
    words = ("set", "view", "source", "order", "after", "upto", "more", "entries", "at")
    data_set, view, source, order, after, upto, more, digest, at = (
        _value(line, word) for line, word in zip(lines, words, strict=True)
    )
    if order not in ("changes", "snapshot") or more not in ("yes", "no"):
        raise NotWellFormed("The text of a page of final data is out of form.")
    return SignedPage(
        _word(data_set), _word(view), _number(source), order, "" if after == "-" else _word(after), _number(upto),
        more == "yes", _digest(digest), _number(at),
    )  # fmt: skip


def open_state(note: str, key: Key) -> SignedState:
    """Read a signed state. Raises NotWellFormed, and ProofFailed unless this key signed it."""
    lines = _signed(note, key, STATE)
    if not 4 <= len(lines) <= 2 * _MOST_SOURCES + 5:
        raise NotWellFormed("The text of a state of final data is out of form.")
    data_set, view, at, asked = (
        _value(line, word) for line, word in zip(lines[:4], ("set", "view", "at", "asked-by"), strict=True)
    )
    held = tuple(_root(line[5:]) for line in lines[4:] if line.startswith("held "))
    presented = tuple(_root(line[10:]) for line in lines[4:] if line.startswith("presented "))
    state = SignedState(
        _word(data_set), _word(view), _number(at), held, "" if asked == "-" else _word(asked), presented
    )
    if state.text().split("\n")[1:-1] != lines:
        raise NotWellFormed("The text of a state of final data is not in its one form.")
    return state


def _signed(note: str, key: Key, first: str) -> list[str]:
    """The lines behind the first of a text that this key signed."""
    parsed = parse_note(note)
    lines = parsed.text[:-1].split("\n")
    if lines[0] != first:
        raise NotWellFormed(f"The text does not begin with {first!r}.")
    if not parsed.signers((key,)):
        raise ProofFailed(f"{key.name} did not sign this.", remedy="Trust the key of the node that was asked.")
    return lines[1:]


def _value(line: str, word: str) -> str:
    if not line.startswith(f"{word} "):
        raise NotWellFormed(f"A line of the text should begin with {word!r}.")
    return line[len(word) + 1 :]


def _root(text: str) -> Root:
    parts = text.split(" ")
    if len(parts) != 4:
        raise NotWellFormed("A line about a source is out of form.")
    return Root(_number(parts[0]), _number(parts[1]), _number(parts[2]), _digest(parts[3]))


def _word(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise NotWellFormed("A name in the text is out of form.")
    return text


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise NotWellFormed("A number in the text is out of form.")
    return int(text)


def _digest(text: str) -> bytes:
    if not _HEX.fullmatch(text):
        raise NotWellFormed("A digest in the text is out of form.")
    return bytes.fromhex(text)
