"""Why a declaration is not accepted: each fault with its place, its code and how to mend it.

Codes are those of functional errors (CL180): 12, a value that is not in its list or cannot be; 13, something missing;
14, a rule is broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from douane.applications.clearance.contract import Procedure
from douane.applications.clearance.messages import GoodsDeclaration, GoodsItem
from douane.applications.single_window.contract import Track, named
from douane.author import Fault, Judge, Look

INVALID: Final = "12"
MISSING: Final = "13"
BROKEN: Final = "14"
OFFICES, COUNTRIES, UNION, HEADINGS, MODES = "CL141", "CL008", "CL010", "CL152", "CL218"
"""Code lists: customs offices, countries, those of the Union, codes of the Harmonised System, modes of transport."""


def judged(own: Procedure) -> Judge:
    """What the core asks before a declaration of this procedure is accepted."""

    def judge(m: GoodsDeclaration[Any], _case: object, look: Look) -> tuple[Fault, ...]:
        return (*_places(own, m, look), *_goods(m, look), *_certificates(m))

    return Judge(judge)


def certificates_of(m: GoodsDeclaration[Any]) -> tuple[Track, ...]:
    """The certificates that a declaration names, by goods item."""
    return named((n, item.commodity, item.documents) for n, item in enumerate(m.items, 1))


def _places(own: Procedure, m: GoodsDeclaration[Any], look: Look) -> Iterator[Fault]:
    """The office is one on the day; the goods come into the customs territory, or leave it (UCC art. 4, 201, 269)."""
    if not look.has(OFFICES, m.office):
        yield Fault(
            "/office", INVALID, f"{m.office} is no customs office on {look.date}; choose another.", value=m.office
        )
    if not look.has(MODES, m.transport_mode):
        text = f"{m.transport_mode} is no mode of transport ({MODES})."
        yield Fault("/transport_mode", INVALID, text, value=m.transport_mode)
    for name in ("country_of_dispatch", "country_of_destination"):
        country = getattr(m, name)
        if not look.has(COUNTRIES, country):
            yield Fault(f"/{name}", INVALID, f"{country} is no country ({COUNTRIES}).", value=country)
    inside = look.has(UNION, m.country_of_destination)
    if own.abroad and inside:
        text = f"{m.country_of_destination} is in the Union: goods for it are not exported (UCC art. 269)."
        yield Fault("/country_of_destination", BROKEN, text, value=m.country_of_destination)
    elif not own.abroad and not inside and look.has(COUNTRIES, m.country_of_destination):
        text = f"{m.country_of_destination} is outside the Union: goods for it are not imported (UCC art. 201)."
        yield Fault("/country_of_destination", BROKEN, text, value=m.country_of_destination)
    if own.abroad and not look.has(UNION, m.country_of_dispatch) and look.has(COUNTRIES, m.country_of_dispatch):
        text = f"{m.country_of_dispatch} is outside the Union: goods are exported from the Union (UCC art. 269)."
        yield Fault("/country_of_dispatch", BROKEN, text, value=m.country_of_dispatch)


def _goods(m: GoodsDeclaration[Any], look: Look) -> Iterator[Fault]:
    """Each item is goods that can exist."""
    for n, item in enumerate(m.items):
        yield from _item(f"/items/{n}", item, look)


def _item(at: str, item: GoodsItem, look: Look) -> Iterator[Fault]:
    heading = item.commodity[:6]
    if not look.has(HEADINGS, heading):
        text = f"{heading} is no code of the Harmonised System on {look.date} ({HEADINGS})."
        yield Fault(f"{at}/commodity", INVALID, text, value=item.commodity)
    if not item.description.strip():
        yield Fault(f"{at}/description", MISSING, "Say what the goods are.")
    for name, what in (("gross_mass", "The gross mass"), ("value", "The value")):
        figure = getattr(item, name)
        if not figure.is_finite() or figure <= 0:
            yield Fault(f"{at}/{name}", INVALID, f"{what} is more than nothing.", value=str(figure))
    if item.origin is not None and not look.has(COUNTRIES, item.origin):
        yield Fault(f"{at}/origin", INVALID, f"{item.origin} is no country ({COUNTRIES}).", value=item.origin)


def _certificates(m: GoodsDeclaration[Any]) -> Iterator[Fault]:
    """What is used of each certificate is clear."""
    found = certificates_of(m)
    incomplete = [each for each in found if each.document.quantity is None]
    for track in incomplete:
        remedy = "Say how much of the certificate the item uses, and in which unit."
        yield Fault(f"/items/{track.item - 1}/documents", INVALID, remedy, value=track.document.number)
    lines = {(e.item, e.document.type, e.document.number, e.document.line) for e in found}
    if not incomplete and len(lines) < len(found):
        yield Fault("/items", INVALID, "Name each line of a certificate once per goods item.")
