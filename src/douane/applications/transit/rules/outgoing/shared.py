"""Which rules of what traders send hold as well of what is sent: the same groups return in other messages.

Ids are those that the layout of the message names and whose predicate reads what the message has. The others are not
asked: they compare with messages that are not at hand, or with groups that the message lacks.
"""

from __future__ import annotations

from collections.abc import Mapping

from douane.standards.ncts.phase5 import (
    CC025C,
    CC029C,
    CC043C,
    CC182C,
    CD001C,
    CD003C,
    CD018C,
    CD050C,
    CD115C,
    CD160C,
    CD165C,
    CD180C,
    CD181C,
)


def _ids(line: str) -> frozenset[str]:
    return frozenset(line.split())


_RECORD = _ids(
    "C0001 C0015 C0035 C0045 C0055 C0060 C0191 C0337 C0343 C0387 C0502 C0531 C0586 C0598 C0670 C0837 C0909 R0003 "
    "R0006 R0007 R0020 R0023 R0076 R0103 R0219 R0220 R0221 R0223 R0315 R0364 R0416 R0472 R0473 R0474 R0476 R0601 "
    "R0789 R0840 R0851 R0855 R0904 R0905 R0906 R0909 R0911 R0983 R0988 R0994 R3060 R3061 R3062"
)
_INCIDENT = _ids("C0040 C0240 C0396 C0460 C0820")

SHARED: Mapping[type, frozenset[str]] = {
    CC025C: _ids("C0060 R0221 R0223 R0364"),
    CD018C: _ids("R0023"),
    CC029C: (_RECORD - _ids("R0789 R0904 R0905 R0906"))
    | _ids(
        "C0030 C0085 C0086 C0101 C0130 C0153 C0186 C0250 C0298 C0382 C0394 C0411 C0587 C0671 C0904 R0165 R0318 R0350 "
        "R0506 R0900 R0990"
    ),
    CC043C: _INCIDENT
    | _ids(
        "C0001 C0015 C0045 C0055 C0060 C0153 C0343 C0670 C0837 C0904 R0007 R0023 R0219 R0220 R0221 R0223 R0364 R0416 "
        "R0472 R0473 R0474 R0476 R0601 R0855 R0983 R0988 R0994 R3060 R3061 R3062"
    ),
    CC182C: _INCIDENT,
    CD001C: _RECORD | _ids("C0030 C0153 C0186 C0411 C0587 C0904 R0901 R0990"),
    CD003C: _RECORD | _INCIDENT | _ids("C0030 C0153 C0186 C0411 C0587 C0904 R0901 R0990"),
    CD050C: _RECORD | _ids("C0186 C0587"),
    CD115C: _RECORD | _INCIDENT | _ids("C0030 C0186 C0587"),
    CD160C: _RECORD,
    CD165C: _RECORD | _INCIDENT | _ids("C0587"),
    CD180C: _INCIDENT,
    CD181C: _INCIDENT,
}
"""Message type to ids of rules that are declared for what traders send."""
