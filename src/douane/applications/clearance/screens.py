"""What traders fill in and send in the portal: declarations for import and export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from douane.author.pages import Beginning, Filing, Module, Section, Sending

_WHERE: Final = ("lrn", "declarant", "office", "country_of_dispatch", "country_of_destination", "transport_mode")
_GOODS: Final = ("commodity", "description", "gross_mass", "value", "origin")


def _nothing(_sending: Sending) -> Mapping[str, str]:
    """The head of these messages is the declaration itself."""
    return {}


def _begins(beginning: Beginning) -> Mapping[str, str]:
    """The own goods, by road."""
    return {"declarant": beginning.party, "transport_mode": "3"}


def _declaring(service: str, title: str) -> Filing:
    sections = (
        Section(
            "declaration",
            "The declaration",
            _WHERE,
            hint="Your own reference, the office, where the goods come from and go.",
        ),
        Section("items", "Goods items", (), each="items", hint="The goods, item by item.", columns=_GOODS),
    )
    return Filing(
        f"{service}.declare", title, sections, _nothing, (), _begins, own="lrn", first=("items",),
        called=service.replace("_procedure", ""),
    )  # fmt: skip


_IMPORT: Final = _declaring("import_procedure", "Declare goods for import")
_EXPORT: Final = _declaring("export_procedure", "Declare goods for export")

MODULE: Final = Module("clearance", "Import and export", (_IMPORT, _EXPORT))
"""The module of clearance."""
