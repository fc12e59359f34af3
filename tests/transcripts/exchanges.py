"""What a transcript is: exchanges in their order, with what differs from run to run named instead of said.

A node of another day, port or key says other octets that mean the same. ``RULES`` is all that is taken for such: each
value of a rule becomes the name of its kind with a number, in the order in which a transcript meets them, so the same
identification is the same name wherever it comes again. Everything else must be the same to the octet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import zstandard

FOLDER: Final = Path(__file__).parent / "recorded"
LEVEL: Final = 19
Facts = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """A value that differs from run to run: a pattern, and what must stand before and after it for it to be one.

    numbered: where the same value comes again, it has the same name; without, any other value may stand there.
    """

    kind: str
    before: str
    value: str
    after: str = ""
    numbered: bool = True

    @property
    def pattern(self) -> str:
        """The whole, its value as the one group."""
        return f"{self.before}({self.value}){self.after}"


RULES: Final = (
    Rule("minute", r"\d{4}-\d\d-\d\dT1[12]:", r"\d\d(?::\d\d(?:\.\d+)?)?", numbered=False),
    Rule("minute", r"\b\d{8}T1[12]", r"\d{4}", "Z", numbered=False),
    Rule("minute", r"\d{4}-\d\d-\d\d 1[12]:", r"\d\d(?::\d\d)?", r"\b", numbered=False),
    Rule("moment", r"\b", r"179[45]\d{12}|179[45]\d{6}", r"\b", numbered=False),
    Rule("door", r"(?:localhost|127\.0\.0\.1):", r"\d{4,5}", r"\b"),
    Rule("promise", r"(?:\"promise\":\"|<(?:\w+:)?promise>)", r"[A-Za-z0-9+/]{60,}={0,2}", numbered=False),
    Rule("leaf", r"\"leaf\":", r"[0-9]+", numbered=False),
    Rule("token", "", r"eyJ[A-Za-z0-9_.-]{40,}", numbered=False),
    Rule("digest", r"(?<![0-9a-f])", r"[0-9a-f]{64}", r"(?![0-9a-f])"),
    Rule("identification", r"(?<![0-9a-f-])", r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", r"(?![0-9a-f-])"),
    Rule("identification", r"(?<![0-9a-f])", r"[0-9a-f]{32}|[0-9a-f]{24}", r"(?![0-9a-f])"),
    Rule("case", r"(?<![0-9a-f])", r"0[0-9a-f]{15}", r"(?![0-9a-f])"),
    Rule("MRN", r"(?<![0-9A-Z])", r"26[A-Z]{2}[0-9A-Z]{12}[A-EJ-M][0-9]", r"(?![0-9A-Z])"),
    Rule("message", r"(?<![0-9A-Za-z])", r"0{6}[0-9A-Z]{7}", r"(?![0-9A-Za-z])"),
    Rule("position", r"(?:\"receipt\":\"|/v1/messages/|<(?:\w+:)?receipt>)", r"[0-9a-f]{1,8}", r"(?=[\"<]|$)"),
    Rule(
        "item",
        r"(?:\{\"id\":\"|\"item\":\"|/v1/inbox/|<(?:\w+:)?items><(?:\w+:)?id>|MessageId>)",
        r"[0-9a-f]{1,8}",
        r"(?=[\"/<@]|$)",
    ),
    Rule("conversation", r"ConversationId>", r"[0-9a-f]{15,16}", "<"),
    Rule("key", r"keyid=\\?\"", r"[^\"\\]{8,}", numbered=True),
    Rule("signature", r"\"signature\":\"\w+=:", r"[A-Za-z0-9+/=]{80,}", ":", numbered=False),
    Rule("content", r"\"content-digest\":\"sha-256=:", r"[A-Za-z0-9+/=]{40,}", ":", numbered=False),
    Rule("content", r"DigestValue>", r"[A-Za-z0-9+/]{43}=", numbered=False),
    Rule("cursor", r"(?:\"after\":\"|\bafter=|<(?:\w+:)?after>)", r"[A-Za-z0-9_.=-]+"),
)
_NAME: Final = re.compile("‹([^› ]+)(?: \\d+)?›")
_VALUES: Final = {kind: "|".join(each.value for each in RULES if each.kind == kind) for kind in {r.kind for r in RULES}}
_NUMBERED: Final = {each.kind for each in RULES if each.numbered}


@dataclass(frozen=True)
class Exchange:
    """What was given at a door, and what came back."""

    given: Facts
    told: Facts


@dataclass
class Names:
    """The names of one transcript for what differs from run to run, as they are met."""

    values: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def told(self, facts: Facts) -> Facts:
        """What a node says, with new names for what is new."""
        return self._renamed(facts, new=True)

    def given(self, facts: Facts) -> Facts:
        """What is given to a node, with the names of what it said before."""
        return self._renamed(facts, new=False)

    def said(self, facts: Facts) -> Facts:
        """The reverse of ``given``, to another node. Raises KeyError for what it has not said."""
        found: Facts = changed(facts, lambda _, text: _NAME.sub(lambda name: self.values[name[0]], text))
        return found

    def matches(self, recorded: Facts, facts: Facts) -> bool:
        """Whether a node says what was recorded, where each name stands for one value and each value has one name.

        What is new gets the names that the record has for it, also where something else differs, as far as one can
        tell: what comes after it is then still comparable.
        """
        pairs = list(_beside(recorded, facts))
        bound = [self._bound(pattern, text) for pattern, text in pairs]  # every one, also after one that differs
        same = _bare(recorded) == _bare(facts) and all(bound)
        if not same:
            for pattern, text in pairs:
                self._guessed(pattern, text)
        return same

    def _bound(self, pattern: str, text: str) -> bool:
        """Bind the names of a recorded text to what stands in their places."""
        names = [name[0] for name in _NAME.finditer(pattern)]
        kinds = [name[1] for name in _NAME.finditer(pattern)]
        between = [re.escape(each) for each in _NAME.sub("\0", pattern).split("\0")]
        whole = between[0] + "".join(f"({_VALUES[kind]}){rest}" for kind, rest in zip(kinds, between[1:], strict=True))
        found = re.fullmatch(whole, text, re.DOTALL)
        if found is None:
            return False
        bound = [self._bind(*each) for each in zip(names, kinds, found.groups(), strict=True)]
        return all(bound)

    def _guessed(self, pattern: str, text: str) -> None:
        """Bind the names of a recorded text to the values of their kinds in another one, in their order."""
        for kind in sorted(_NUMBERED):
            names = [name[0] for name in _NAME.finditer(pattern) if name[1] == kind]
            values = [found[1] for rule in RULES if rule.kind == kind for found in re.finditer(rule.pattern, text)]
            if len(names) == len(values):
                for name, value in zip(names, values, strict=True):
                    self._bind(name, kind, value)

    def _bind(self, name: str, kind: str, value: str) -> bool:
        if kind not in _NUMBERED:
            return True
        known, named = self.values.get(name), self.names.get((kind, value))
        if known is None and named is None:
            self.names[kind, value], self.values[name] = name, value
            return True
        return known == value and named == name

    def _renamed(self, facts: Facts, *, new: bool) -> Facts:
        def change(key: str, text: str) -> str:
            before = f'"{key}":"'
            text = before + text
            for rule in RULES:
                text = re.sub(rule.pattern, lambda found, rule=rule: self._named(rule, found, new=new), text)  # type: ignore[misc]  # re has no type for it
            return text.removeprefix(before)

        found: Facts = changed(facts, change)
        return found

    def _named(self, rule: Rule, found: re.Match[str], *, new: bool) -> str:
        value, whole, at = found[1], found[0], found.start(1) - found.start(0)
        known = self.names.get((rule.kind, value))
        if known is None and new:
            number = sum(kind == rule.kind for kind, _ in self.names) + 1
            known = f"‹{rule.kind} {number}›" if rule.numbered else f"‹{rule.kind}›"
            if rule.numbered:
                self.names[rule.kind, value], self.values[known] = known, value
        return whole if known is None else whole[:at] + known + whole[at + len(value) :]


def _beside(recorded: Any, facts: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of two facts that stand in the same places, each with its key before it."""
    match recorded, facts:
        case str(), str():
            yield f'"{key}":"{recorded}', f'"{key}":"{facts}'
        case dict(), dict():
            for name in recorded.keys() & facts.keys():
                yield from _beside(recorded[name], facts[name], name)
        case list(), list():
            for one, other in zip(recorded, facts, strict=False):
                yield from _beside(one, other, key)


def _bare(facts: Any) -> Any:
    """Facts without their texts."""
    return changed(facts, lambda _key, _text: "")


def changed(facts: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """Facts with each of their texts changed, which is told with its key."""
    match facts:
        case str():
            return change(key, facts)
        case dict():
            return {name: changed(each, change, name) for name, each in facts.items()}
        case list():
            return [changed(each, change, key) for each in facts]
    return facts


def file_of(name: str) -> Path:
    """Where a transcript is kept."""
    return FOLDER / f"{name}.jsonl.zst"


def load(name: str) -> list[Exchange]:
    """A transcript."""
    text = zstandard.ZstdDecompressor().decompress(file_of(name).read_bytes()).decode()
    return [Exchange(**json.loads(line)) for line in text.splitlines()]


def keep(name: str, exchanges: Iterable[Exchange]) -> None:
    """Write a transcript."""
    lines = (
        json.dumps({"given": each.given, "told": each.told}, ensure_ascii=False, sort_keys=True) for each in exchanges
    )
    FOLDER.mkdir(exist_ok=True)
    file_of(name).write_bytes(zstandard.ZstdCompressor(level=LEVEL).compress("\n".join(lines).encode()))


def names() -> list[str]:
    """Every transcript that is kept."""
    return sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.jsonl.zst"))
