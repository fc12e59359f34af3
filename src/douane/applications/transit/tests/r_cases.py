"""The form of a case of an R or B rule: a message, an edit that the rule accepts and one that it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests.r_base import NOW, ListedLook, edit
from douane.author import Look, RuleBook


@dataclass(frozen=True)
class Case:
    """One pair for one rule. ``ground`` is the message that both edits start from; pointers stand below its root."""

    rule: str
    ground: msgspec.Struct
    accepted: dict[str, Any]
    refused: dict[str, Any]
    pointers: tuple[str, ...]
    code: str = "14"
    look: ListedLook = NOW

    def __str__(self) -> str:
        return f"{self.rule}-{type(self.ground).__name__}-{'-'.join(self.refused)}"[:80]


def found(
    book: RuleBook, rule: str, message: msgspec.Struct, look: Look, case: KnownCase | None = None
) -> list[tuple[str, str]]:  # fmt: skip
    """Pointer and code of every fault that this rule finds."""
    return [(fault.pointer, fault.code) for fault in book.faults(message, case, look) if fault.rule == rule]


def check(book: RuleBook, case: Case) -> None:
    """The accepted edit passes the rule; the refused one is found at exactly these places."""
    assert found(book, case.rule, edit(case.ground, **case.accepted), case.look) == []
    expected = [(f"/{type(case.ground).__name__}/{pointer}", case.code) for pointer in case.pointers]
    assert found(book, case.rule, edit(case.ground, **case.refused), case.look) == expected


def declared(book: RuleBook) -> set[tuple[str, str]]:
    """Rule and message type of everything a book declares."""
    return {(rule.id, message.__name__) for rule in book.rules for message in rule.messages}


def covered(cases: list[Case]) -> set[tuple[str, str]]:
    """Rule and message type of everything the cases cover; a declaration stands for its amendment too."""
    pairs = {(case.rule, type(case.ground).__name__) for case in cases}
    return pairs | {(rule, "CC013C") for rule, message in pairs if message == "CC015C"}
