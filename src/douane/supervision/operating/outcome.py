"""An act as it is asked for, and what came of it: the lines of the operator's socket."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from douane.vocabulary.four_eyes import DIGEST


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An act as it is asked for.

    id: made by who asks, the same when he asks again. on: what it is about: the position of a message in hexadecimal
    (of one that was sent with ``out:`` before it), the name of a lane, the digest of a file that was lodged, or a
    service with its circle and until when it rests. reason: why, in his words; kept with the act. account: of the
    operator in whose name a command asks; who is signed in names none, since it is his own. seen: of an act that two
    persons answer for, the digest of what was proposed, by whoever agrees; empty where it is proposed.
    """

    act: str
    id: Annotated[str, Meta(pattern=r"^[0-9a-f]{16,64}$")]
    on: Annotated[str, Meta(max_length=200)] = ""
    reason: Annotated[str, Meta(max_length=500)] = ""
    account: Annotated[str, Meta(max_length=63)] = ""
    seen: Annotated[str, Meta(pattern=DIGEST)] = ""


class RowFault(msgspec.Struct, frozen=True):
    """What is wrong with a row of a file that was to be taken over: where, by which rule, and how to mend it."""

    file: str
    row: int
    field: str
    rule: str
    remedy: str


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of an act, and why where it was not what was wanted; how many of what, where it is about many.

    faults: what stands against a file that was to be taken over, row by row. digest, drawn: of what was proposed, and
    what it would do.
    """

    state: str
    reason: str = ""
    counts: dict[str, int] = {}
    faults: tuple[RowFault, ...] = ()
    digest: str = ""
    drawn: tuple[str, ...] = ()
