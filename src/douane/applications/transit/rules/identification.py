"""Whether goods can be identified under transit: sealed, or by what the law accepts in the place of seals."""

from __future__ import annotations

from typing import Final

from douane.standards.ncts.phase5 import CC015C

SEALS_CONTROL: Final = "41"
"""Type of control (CL716): identification of consignment and seals."""
_BY_CARRIER: Final = frozenset({"2", "4"})
"""Rail and air (CL218): railway companies and airway bills identify the goods, unless the office decides otherwise
(IA 2015/2447 art. 302(2)(a), (b))."""


def sealed(declaration: CC015C) -> bool:
    """Whether every piece of transport equipment is under seal, and there is one (IA 2015/2447 art. 299)."""
    equipment = declaration.consignment.transport_equipment
    return bool(equipment) and all((each.number_of_seals or 0) > 0 for each in equipment)


def identified(declaration: CC015C) -> bool:
    """Whether the goods may be released as declared (IA 2015/2447 art. 303(1)); else an officer seals or decides."""
    return sealed(declaration) or declaration.consignment.inland_mode_of_transport in _BY_CARRIER
