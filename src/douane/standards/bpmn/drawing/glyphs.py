"""The small signs of BPMN as SVG, each drawn around its own origin."""

from __future__ import annotations

from typing import Final

from douane.standards.bpmn.drawing.diagram import tenths as n

_LINE: Final = 'class="bpmn-sign"'
_SOLID: Final = 'class="bpmn-solid"'
_ENVELOPE: Final = "M-8-5.5h16v11h-16z"
_GEAR: Final = (
    "M-1.5-7h3l.5 2 1.6.7 1.8-1.1 2 2-1.1 1.8.7 1.6 2 .5v3l-2 .5-.7 1.6 1.1 1.8-2 2-1.8-1.1-1.6.7-.5 2h-3"
    "l-.5-2-1.6-.7-1.8 1.1-2-2 1.1-1.8-.7-1.6-2-.5v-3l2-.5.7-1.6-1.1-1.8 2-2 1.8 1.1 1.6-.7z"
)

_EVENTS: Final = {
    "message": (
        f'<path {_LINE} d="{_ENVELOPE}M-8-5.5l8 6 8-6"/>',
        f'<path {_SOLID} d="M-8-5.5h16l-8 6zM-8-4v9.5h16v-9.5l-8 6z"/>',
    ),
    "timer": (f'<circle {_LINE} r="9"/><path {_LINE} d="M0-9v2.5M0 9v-2.5M-9 0h2.5M9 0h-2.5M0-5.5v5.5l4 2.5"/>', ""),
    "error": (
        f'<path {_LINE} d="M-8 7l4-13 5 8 5-9-3 14-5-8z"/>',
        f'<path {_SOLID} d="M-8 7l4-13 5 8 5-9-3 14-5-8z"/>',
    ),
    "terminate": ("", f'<circle {_SOLID} r="10"/>'),
    "signal": (f'<path {_LINE} d="M0-8l8 13h-16z"/>', f'<path {_SOLID} d="M0-8l8 13h-16z"/>'),
    "escalation": (f'<path {_LINE} d="M0-9l6 16-6-6-6 6z"/>', f'<path {_SOLID} d="M0-9l6 16-6-6-6 6z"/>'),
    "conditional": (f'<path {_LINE} d="M-6-8h12v16h-12zM-4-4.5h8M-4-1.5h8M-4 1.5h8M-4 4.5h8"/>', ""),
    "link": (f'<path {_LINE} d="M-8-3h8v-5l8 8-8 8v-5h-8z"/>', f'<path {_SOLID} d="M-8-3h8v-5l8 8-8 8v-5h-8z"/>'),
    "compensate": (
        f'<path {_LINE} d="M-9 0l8-6v12zM-1 0l8-6v12z"/>',
        f'<path {_SOLID} d="M-9 0l8-6v12zM-1 0l8-6v12z"/>',
    ),
    "cancel": (
        f'<path {_LINE} d="M-7-7l14 14M7-7l-14 14"/>',
        f'<path {_LINE} d="M-7-7l14 14M7-7l-14 14" stroke-width="3"/>',
    ),
}

_PENTAGON: Final = "M0-9l9 6.5-3.4 10.5h-11.2l-3.4-10.5z"
_MULTIPLE: Final = (f'<path {_LINE} d="{_PENTAGON}"/>', f'<path {_SOLID} d="{_PENTAGON}"/>')

_TASKS: Final = {
    "serviceTask": f'<path {_LINE} transform="translate(0-1) scale(.8)" d="{_GEAR}"/><circle {_LINE} r="2" cy=".5"/>',
    "userTask": f'<circle {_LINE} cy="-3.2" r="3.2"/><path {_LINE} d="M-6.5 7c0-9 13-9 13 0z"/>',
    "sendTask": _EVENTS["message"][1],
    "receiveTask": _EVENTS["message"][0],
    "businessRuleTask": (
        f'<path {_LINE} d="M-8-6h16v12h-16zM-8-2h16M-8 2h16M-3-2v8"/><path {_SOLID} d="M-8-6h16v3h-16z"/>'
    ),
    "scriptTask": f'<path {_LINE} d="M-4-7h9c-5 5 4 8-1 14h-9c5-6-4-9 1-14zM-2-3h5M-1 0h5M-2 3h5"/>',
    "manualTask": f'<path {_LINE} d="M-8-2l5-4h7v3h-5 8v3h-1v3h-1v3h-8l-5-2z"/>',
}

_GATEWAYS: Final = {
    "exclusiveGateway": '<path class="bpmn-bold" d="M-6-7l12 14M6-7l-12 14"/>',
    "parallelGateway": '<path class="bpmn-bold" d="M0-10v20M-10 0h20"/>',
    "inclusiveGateway": '<circle class="bpmn-bold" r="9"/>',
    "complexGateway": '<path class="bpmn-bold" d="M0-10v20M-10 0h20M-7-7l14 14M7-7l-14 14"/>',
    "eventBasedGateway": (
        f'<circle {_LINE} r="11"/><circle {_LINE} r="8.5"/><path {_LINE} d="M0-6l5.7 4.1-2.2 6.7h-7l-2.2-6.7z"/>'
    ),
}


def placed(glyph: str, x: float, y: float, scale: float = 1.0) -> str:
    """A sign with its origin at the point."""
    grown = f" scale({n(scale)})" if abs(scale - 1) > 0.01 else ""
    return f'<g transform="translate({n(x)} {n(y)}){grown}">{glyph}</g>' if glyph else ""


def event(triggers: list[str], *, throwing: bool) -> str:
    """The sign inside an event: empty for none, a pentagon for several triggers."""
    if not triggers:
        return ""
    outline, solid = _EVENTS.get(triggers[0], _MULTIPLE) if len(triggers) == 1 else _MULTIPLE
    return (solid or outline) if throwing else (outline or solid)


def task(kind: str) -> str:
    """The sign in the corner of a task."""
    return _TASKS.get(kind, "")


def gateway(kind: str) -> str:
    """The sign inside a gateway."""
    return _GATEWAYS.get(kind, "")
