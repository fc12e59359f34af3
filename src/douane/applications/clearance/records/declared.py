"""What an office keeps of a declaration, whichever procedure it is for."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from douane.applications.clearance.contract import DECLARING, State
from douane.applications.clearance.messages import GoodsDeclaration
from douane.applications.single_window.contract import Track
from douane.author import Members, trader
from douane.author.run import Value

D = TypeVar("D", bound=GoodsDeclaration[Any])  # whatever its goods items are called


class Declared(Value, Generic[D], frozen=True):
    """What the office keeps of a declaration."""

    lrn: str
    declarant: str
    sender: str
    office: str
    content: D
    state: str = State.ACCEPTED
    mrn: str = ""
    treatment: str = "none"
    controls: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    satisfactory: bool = True
    remarks: str = ""
    deadline: int = 0
    certificates: tuple[Track, ...] = ()


def parties_of(kept: Declared[Any]) -> Members:
    """The declarant, and who sent the declaration."""
    return (trader(kept.declarant), DECLARING), (trader(kept.sender), DECLARING)
