"""NCTS phase 6: the 33 message types of the external domain, read and written as XML and JSON.

Everything is loaded when it is first named: ``from douane.standards.ncts.phase6 import CC015C, read, write``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from douane.standards.ncts.phase6.catalogue import Field as Field
    from douane.standards.ncts.phase6.catalogue import MessageType as MessageType
    from douane.standards.ncts.phase6.catalogue import family as family
    from douane.standards.ncts.phase6.generated.structs import *  # noqa: F403  (the checker sees every struct, none is loaded)
    from douane.standards.ncts.phase6.generated.structs import Group as Group
    from douane.standards.ncts.phase6.generated.structs import Message as Message
    from douane.standards.ncts.phase6.objects import check as check
    from douane.standards.ncts.phase6.objects import from_json as from_json
    from douane.standards.ncts.phase6.objects import to_json as to_json
    from douane.standards.ncts.phase6.reading import read as read
    from douane.standards.ncts.phase6.reading import write as write

_WHERE = {
    "Field": "catalogue",
    "MessageType": "catalogue",
    "family": "catalogue",
    "Group": "generated.structs",
    "Message": "generated.structs",
    "check": "objects",
    "from_json": "objects",
    "to_json": "objects",
    "read": "reading",
    "write": "reading",
}


def __getattr__(name: str) -> object:
    """Load a function or a struct of the family."""
    if name.startswith("_"):  # Python itself asks for such names, and no struct has one
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_WHERE.get(name, 'generated.structs')}"), name)
    globals()[name] = value  # asked once: handlers name structs through the package on every message
    return value
