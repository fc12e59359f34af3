"""Four eyes: the digest of what was drawn for whoever agrees, and how many persons answer for an act.

What is agreed with is a digest. It covers what was proposed, by whom and when, so a new proposal has another one even
where it says the same. Who is a person says ``model.caller``.
"""

from __future__ import annotations

import enum
import hashlib
import tomllib
from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.time import Instant

FILE: Final = "persons.toml"
"""Beside a contract, and beside the acts of operators: how many persons answer for each act, and why."""

DIGEST: Final = r"\A([0-9a-f]{64})?\Z"
"""The form of a digest in a message; empty in messages of a former release, which agreed with a number."""


def digest_of_proposal(kind: str, content: object, *, by: str, at: Instant) -> str:
    """What whoever agrees names: SHA-256 over a proposal. kind: of what; by: the person who proposes it; at: when."""
    said = msgspec.json.encode((kind, content, by, at), order="deterministic")
    return hashlib.sha256(said).hexdigest()


# --- how many persons answer for an act


class Persons(enum.IntEnum):
    """How many persons answer for an act."""

    ONE = 1
    TWO = 2


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table: acts for which the same holds for the same reason. source: by what text or practice."""

    acts: Annotated[tuple[str, ...], Meta(min_length=1)]
    persons: Persons
    why: Annotated[str, Meta(min_length=20)]
    source: Annotated[str, Meta(min_length=4)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    act: tuple[Row, ...] = ()


def table(text: str, where: str) -> Mapping[str, Row]:
    """The rows of a table by act. Raises DeclarationFault for what is none, and for an act that stands in two rows."""
    try:
        rows = msgspec.convert(tomllib.loads(text), _Table).act
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise DeclarationFault(f"{where} is no table of acts: {problem}.", remedy="See docs/four-eyes.md.") from problem
    found: dict[str, Row] = {}
    for row in rows:
        for act in row.acts:
            if act in found:
                raise DeclarationFault(f"{act} stands in two rows of {where}.", remedy="Leave one of them.")
            found[act] = row
    return found
