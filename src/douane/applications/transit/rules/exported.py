"""Whether goods follow an export declaration, which no system of export is asked about (decision 0197)."""

from __future__ import annotations

from typing import Any, Final

from douane.standards.ncts.phase5 import CC015C

EXPORT_DECLARATION: Final = "N830"
"""Type of previous document (CL214, CL228): goods declaration for exportation."""
DOCUMENTS_CONTROL: Final = "10"
"""Type of control (CL716): documentary controls."""
UNASKED: Final = (
    "The goods follow an export declaration, and no system of export was asked whether it released them "
    "(IA art. 329(5), (6): this office may be their office of exit). Release them where documents or the goods show "
    "it, and say in the remarks by what (UCC art. 188, 267(4)); otherwise do not release them."
)
"""Why an officer sees such goods, and what he may do."""


def exports(declaration: CC015C) -> tuple[str, ...]:
    """The export declarations that are named as previous documents at any level, each once, as they are written."""
    c = declaration.consignment
    documents: list[Any] = [
        *c.previous_document,
        *[each for house in c.house_consignment for each in house.previous_document],
        *[each for house in c.house_consignment for item in house.consignment_item for each in item.previous_document],
    ]
    return tuple(dict.fromkeys([each.reference_number for each in documents if each.type == EXPORT_DECLARATION]))
