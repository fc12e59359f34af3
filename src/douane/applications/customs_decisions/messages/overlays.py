"""National overlays: what an administration adds to the common procedure, proposed by one and approved by another.

Kinds of change that no overlay may make have names, too: whoever tries one is told by which article it is not his.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta, Struct

from douane.applications.customs_decisions.messages.words import Days, DecisionType, MemberState, Reference
from douane.author import DIGEST, Statutory

Version = Annotated[int, Meta(ge=1, le=9_999, title="Version of the overlay")]
Why = Annotated[str, Meta(min_length=1, max_length=2560, title="Reason")]
Digest = Annotated[str, Meta(pattern=DIGEST, title="Digest of the proposal")]


class ChangeKind(enum.StrEnum):
    """What an overlay changes. The first four are additions; the others belong to the law or to all Member States."""

    TASK = "task"  # an officer of the administration does something more
    TARGET = "target"  # the administration wants a task to be done earlier than the law does
    LETTER = "letter"  # a paragraph of its own in letters about an act
    ELEMENT = "element"  # a data element with status B that the Member State demands
    LIMIT = "limit"  # another length of a time limit
    REMOVAL = "removal"  # a step of the common procedure is left out
    GROUND = "ground"  # a further ground of refusal
    MESSAGE = "message"  # a message between administrations, or with traders, of another form
    INTERFACE = "interface"  # another interface for traders


class OverlayChange(Struct, frozen=True, kw_only=True):
    """One change.

    at: what it is about: steps of the common procedure (a task comes after whichever is behind first, a target is for
    each; naming those of a version to come keeps it fit for that); acts, of a letter; a data element; a time limit by
    its id. name: of an added
    task. text: its title, or the paragraph of a letter. days: of a target, or of a limit. types: of decision; none for
    all. announced: where the Member State announced that it demands the data element.
    """

    kind: Annotated[ChangeKind, Meta(title="Kind")]
    at: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=60)], ...], Meta(min_length=1, max_length=8, title="At")
    ]
    name: Annotated[str, Meta(pattern=r"\A([a-z][a-z0-9_]{0,39})?\Z", title="Name")] = ""
    text: Annotated[str, Meta(max_length=2560, title="Text")] = ""
    days: Annotated[Days | None, Meta(title="Days")] = None
    types: Annotated[tuple[DecisionType, ...], Meta(max_length=40, title="Types of decision")] = ()
    announced: Annotated[str, Meta(max_length=400, title="Announced in")] = ""


Changes = Annotated[tuple[OverlayChange, ...], Meta(max_length=50, title="Changes")]


class OverlayProposed(Struct, frozen=True, kw_only=True):
    """An expert proposes the next version of the own administration's overlay; without changes it ends.

    since: the first day on which applications are lodged that it is for; what was lodged before ends as it began.
    """

    administration: MemberState
    version: Version
    since: Annotated[dt.date, Meta(title="For applications from")]
    changes: Changes
    reason: Why


class OverlayApproved(Struct, frozen=True):
    """Another expert approves a version that was proposed (four eyes).

    digest: of the proposal that he read, as ``overlays`` shows it. A message of a former release has none, and approves
    nothing.
    """

    administration: MemberState
    version: Version
    reason: Why
    digest: Digest = ""


class OverlayKept(Struct, frozen=True):
    """A version is kept as it is said. state: proposed or approved. digest: what whoever approves it names."""

    administration: str
    version: int
    state: str
    digest: str = ""


class OverlayFault(Struct, frozen=True):
    """What stands against a change, and how to mend it. change: its place, from 1; 0 for the whole overlay."""

    change: int
    remedy: str
    article: str


class OverlayRefused(Struct, frozen=True):
    """Nothing changed; everything that stands against it."""

    administration: str
    version: int
    faults: tuple[OverlayFault, ...]


class OwnTaskConcluded(Struct, frozen=True):
    """An officer concludes a task that the own administration's overlay added."""

    reference: Reference
    task: Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,39}\Z", title="Task")]
    result: Annotated[str, Meta(min_length=1, max_length=2560, title="Result", extra={"confidential": True})]


class OverlaysQuery(Struct, frozen=True):
    """Every version of the overlay of an administration."""

    administration: MemberState


class OverlayVersionShown(Struct, frozen=True, kw_only=True):
    """One version: what it adds, who proposed and who approved it, and why."""

    version: int
    state: str
    since: dt.date
    changes: tuple[OverlayChange, ...]
    reason: str
    proposed_by: str
    proposed_at: Statutory
    approved_by: str
    approved_at: Statutory | None
    fits: bool
    """Whether the procedure of this release has what its changes stand at."""
    digest: str = ""
    """Of the proposal: what whoever approves it names. Empty for one of a former release, which is proposed anew."""


class OverlaysShown(Struct, frozen=True):
    """The versions, the latest first. steps: what the common procedure has to add something at."""

    administration: str
    versions: tuple[OverlayVersionShown, ...]
    steps: tuple[str, ...]
