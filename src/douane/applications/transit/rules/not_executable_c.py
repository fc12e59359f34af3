"""Why some published rules are not evaluated: guidance (G) and sequence (S). Shown on the coverage page."""

from __future__ import annotations

from collections.abc import Mapping

_GUIDANCE = "guidance: tells what a value means or when to give it; leaves nothing to refuse"
_SCHEMA = "kept by the schema: pattern, range or zero value of the type"
_REGISTER = "needs the register of authorisations"
_OPERATOR = "needs what only the declarant knows: parties, goods, route or logistics outside the message"
_EXPORT = "needs the related export declaration"
_LISTS = "kept by the code list: national or dated content of the list decides"


def _carried_by(rule: str) -> str:
    return f"no check of its own: {rule} carries it"


NOT_EXECUTABLE: Mapping[str, str] = {
    "G0001": _carried_by("C0001"),
    "G0002": _SCHEMA,
    "G0005": _SCHEMA,
    "G0006": _GUIDANCE,
    "G0014": _SCHEMA,
    "G0016": _GUIDANCE,
    "G0017": _GUIDANCE,
    "G0020": _GUIDANCE,
    "G0021": _SCHEMA,
    "G0023": _GUIDANCE,
    "G0024": _GUIDANCE,
    "G0026": _EXPORT,
    "G0029": _GUIDANCE,
    "G0030": _OPERATOR,
    "G0033": _REGISTER,
    "G0034": _EXPORT,
    "G0042": _GUIDANCE,
    "G0045": _GUIDANCE,
    "G0050": _GUIDANCE,
    "G0057": _LISTS,
    "G0058": _GUIDANCE,
    "G0061": _GUIDANCE,
    "G0062": _carried_by("R0506"),
    "G0068": _GUIDANCE,
    "G0069": _GUIDANCE,
    "G0071": _EXPORT,
    "G0072": _EXPORT,
    "G0088": _OPERATOR,
    "G0090": _OPERATOR,
    "G0101": _GUIDANCE,
    "G0102": _GUIDANCE,
    "G0103": _GUIDANCE,
    "G0105": _GUIDANCE,
    "G0112": _OPERATOR,
    "G0113": _GUIDANCE,
    "G0114": _GUIDANCE,
    "G0115": _GUIDANCE,
    "G0117": _LISTS,
    "G0118": _OPERATOR,
    "G0119": _OPERATOR,
    "G0120": _OPERATOR,
    "G0123": _OPERATOR,
    "G0139": _GUIDANCE,
    "G0142": _OPERATOR,
    "G0165": _REGISTER,
    "G0167": _REGISTER,
    "G0186": _GUIDANCE,
    "G0196": _GUIDANCE,
    "G0201": _GUIDANCE,
    "G0205": _GUIDANCE,
    "G0300": _OPERATOR,
    "G0301": "needs the commodity codes of each CUS number, which the code list does not carry",
    "G0321": _GUIDANCE,
    "G0332": _carried_by("C0823"),
    "G0360": "needs what the unloading found; R0054 and R0055 compare it with the declaration",
    "G0414": _GUIDANCE,
    "G0424": _GUIDANCE,
    "G0500": _LISTS,
    "G0587": _carried_by("C0587"),
    "G0670": _carried_by("C0670"),
    "G0789": _GUIDANCE,
    "G0825": _GUIDANCE,
    "G0850": _OPERATOR,
    "G0988": _GUIDANCE,
    "G0989": _GUIDANCE,
    "G0991": _LISTS,
    "S1018": "no check of its own: C0215 forbids the office of destination without a text, which C0315 then cannot ask",
    "S1023": "no check of its own: C0040 is asked only where C0240 lets the transport equipment stand",
}
