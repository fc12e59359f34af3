"""Layouts and readers of country. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.country import Country02
from douane.standards.ncts.phase5.generated.codec.action import L_ACTION, read_action
from douane.standards.ncts.phase5.generated.codec.kinds import COUNTRY_CODES_CUSTOMS_OFFICE_LISTS

L_COUNTRY_02 = Layout("Country", Country02, (
    Leaf("country", "country", True, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS), Inner("Action", "action", 1, 9, L_ACTION),
))

_L_COUNTRY_02_0 = run(L_COUNTRY_02, 0, 1)
_L_COUNTRY_02_1 = run(L_COUNTRY_02, 2, 2)

def read_country_02(text: str, starts: Starts, at: int) -> tuple[Country02, int]:
    found = _L_COUNTRY_02_0(text, at)
    if found is None: raise Unusual
    v0 = found[1]
    at = found.end()
    action, at = many(read_action, "<Action>", 9, text, starts, at)
    found = _L_COUNTRY_02_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Country02(country=v0, action=action), at
