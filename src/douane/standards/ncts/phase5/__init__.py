"""NCTS phase 5: 91 message types with reading and writing.

A message type or data group is loaded when it is first named: ``from douane.standards.ncts.phase5 import CC015C``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from douane.standards.ncts.phase5 import generated
from douane.standards.ncts.phase5.reading import read as read
from douane.standards.ncts.phase5.reading import write as write

if TYPE_CHECKING:
    from douane.standards.ncts.phase5.generated import *  # noqa: F403  (the checker sees every struct, none is loaded)


def __getattr__(name: str) -> object:
    """Load a struct of the family."""
    return getattr(generated, name)
