"""The two kinds of struct that the family is made of. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from msgspec import Struct

from douane.standards.ncts.phase6.generated.tags import TAGS


class Group(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    """A data group, part of a message: fields named for their tags, in the order of the schema."""


class Message(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    """A whole message; the class is named for its root element."""

    phase_id: str | None = None
