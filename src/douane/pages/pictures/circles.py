"""Who enters by which door: the circles of trust as a picture, every door a link where it has pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from douane.model.circles import Circle, Platform
from douane.pages.blocks import Bullets, Figure
from douane.pages.languages import Words

_BOX = '<rect class="box {look}" x="{x}" y="{y}" width="{wide}" height="{high}" rx="4"/>'
_BOTH = (
    '<text class="b {ink}" x="{middle}" y="{first}">{name}</text>'
    '<text class="sub" x="{middle}" y="{second}">{does}</text>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """A box: where it stands, how high it is, and in which colour."""

    x: int
    y: int
    wide: int
    colour: str = ""
    deep: str = ""


_PARTIES: Final = (Place(2, 2, 152, "outer"), Place(166, 2, 190, "trusted"), Place(368, 2, 142, "core"))
_DOORS: Final = {
    Platform.SPEED2: Place(2, 88, 152, "outer"),
    Platform.CCN_CSI: Place(166, 88, 86, "trusted"),
    Platform.CCN2: Place(262, 88, 94, "trusted"),
    Platform.CDCO: Place(368, 88, 142, "core"),
    Platform.UUMDS: Place(2, 260, 248),
    Platform.OPERATIONS: Place(262, 260, 248),
}
_ARROWS: Final = (78, 209, 309, 439)


def circles(links: Mapping[Platform, str], services: str, words: Words) -> Figure:
    """The picture. ``links``: the pages of a platform; ``services``: what the core holds, in 70 characters at most."""
    say = words.plain
    parties = (
        (say("Traders, partners"), say("untrusted circle")),
        (say("Member States"), say("trusted circle")),
        (say("Commission"), say("staff and systems")),
    )
    doors = {
        Platform.SPEED2: ("SPEED2", say("traders' portal")),
        Platform.CCN_CSI: ("CCN/CSI", say("queues")),
        Platform.CCN2: ("CCN2", say("officer's desk")),
        Platform.CDCO: ("CDCO", say("Commission's desk")),
        Platform.UUMDS: ("UUM&DS", say("who calls, for whom: open to all")),
        Platform.OPERATIONS: (say("Operations", "platform"), say("is it well, what fails")),
    }
    core = (say("The core: no door of its own to the outside"), services)
    parts = [_box(place, *names) for place, names in zip(_PARTIES, parties, strict=True)]
    parts += [_arrow(x, 52) for x in _ARROWS]
    parts += [_linked(_box(_DOORS[each], *names), links.get(each, "")) for each, names in doors.items()]
    parts += [_arrow(x, 138) for x in _ARROWS]
    parts.append(_box(Place(2, 174, 508, "core", "deep"), *core, high=62))
    label = say("Who enters by which door")
    svg = Markup(
        '<svg class="pic" viewBox="0 0 512 312" width="512" height="312" role="group" aria-label="{}">{}</svg>'
    ).format(label, Markup("").join(parts))
    twin = Bullets(tuple(words.say("%(door)s lets in: %(kinds)s.", door=names[0], kinds=_kinds(each, words))
                         for each, names in doors.items()))  # fmt: skip
    return Figure(svg, label, (twin,), say("The same in words"))


def _kinds(platform: Platform, words: Words) -> str:
    """The circles that a platform lets in, by the table that the gates themselves read."""
    names = {
        Circle.UNTRUSTED: words.plain("untrusted circle"), Circle.TRUSTED: words.plain("trusted circle"),
        Circle.INTERNAL: words.plain("inside circle"),
    }  # fmt: skip
    return ", ".join(name for circle, name in names.items() if any(kind.circle is circle for kind in platform.kinds))


def _box(place: Place, name: str, does: str, high: int = 50) -> Markup:
    look = f"of-{place.colour} {place.deep}".strip() if place.colour else ""
    box = Markup(_BOX).format(look=look, x=place.x, y=place.y, wide=place.wide, high=high)
    middle, top = place.x + place.wide // 2, place.y + (high - 50) // 2
    ink = f"in-{place.colour}" if place.colour else ""
    return box + Markup(_BOTH).format(ink=ink, middle=middle, first=top + 22, second=top + 40, name=name, does=does)


def _linked(box: Markup, href: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, box) if href else box


def _arrow(x: int, y: int) -> Markup:
    line = '<path class="line" d="M{x} {y}v28"/><path class="tip" d="M{x} {end}l-4-8h8z"/>'
    return Markup(line).format(x=x, y=y, end=y + 35)
