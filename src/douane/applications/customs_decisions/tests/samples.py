"""Applications for tests: what an applicant of these types has to say."""

from __future__ import annotations

from douane.applications.authorisations.contract import Condition
from douane.applications.customs_decisions.messages.applying import DecisionApplication
from douane.applications.customs_decisions.messages.words import DecisionType, ElementValue
from douane.applications.customs_decisions.rules.codes import CODES
from douane.applications.customs_decisions.rules.elements import Facts, asked_of, missing
from douane.applications.customs_decisions.rules.elements import pattern as _pattern
from douane.applications.customs_decisions.rules.types import TYPES

APPLICANT = "FR40123456700017"


def elements(**more: str) -> dict[str, str]:
    """Data elements that most types ask; ``more`` by number with underscores: ``_38_12_000_213``."""
    common = {
        "31 04 000 008": "1", "32 04 000 223": "0", "33 05 000 016": "Anne Petit", "33 06 000 016": "Luc Martin",
        "33 06 000 076": "luc.martin@example.org", "33 07 010 016": "Jeanne Roux", "34 03 010 019": "1 rue du Port",
        "34 03 010 020": "FR", "34 03 010 021": "59000", "34 03 010 022": "Lille", "34 04 010 020": "FR",
        "38 01 000 009": "General ledger", "38 02 000 009": "Stock records", "38 12 000 213": "1",
    }  # fmt: skip
    return common | {number[1:].replace("_", " "): value for number, value in more.items()}


CGU = elements(
    _46_01_000_295="40000.00", _46_01_000_296="EUR", _46_01_000_297="Transit by road", _46_02_000_257="80",
    _46_02_050_295="40000.00", _46_02_050_296="EUR", _46_03_000_299="1", _46_04_000_291="BD",
)  # fmt: skip
IPO = elements(
    _31_04_000_008="2", _34_09_010_046="V", _34_09_020_001="FR005350", _34_10_000_301="FR005350",
    _34_11_000_301="FR005350", _34_12_000_301="FR005350", _34_17_000_213="0", _34_17_000_008="1", _34_17_000_245="6",
    _35_01_010_056="870323", _35_01_020_009="Car bodies", _35_07_020_254="Cars", _36_04_000_002="1",
    _37_05_000_298="FR", _37_05_000_244="Assembly", _38_06_000_260="1", _38_07_000_012="EUR", _38_07_000_071="90000",
    _38_08_000_213="0", _38_13_000_008="2", _57_01_000_213="0", _57_02_000_213="0",
)  # fmt: skip
AEO = {
    "32 04 000 223": "0", "33 05 000 016": "Anne Petit", "33 06 000 016": "Luc Martin", "33 07 010 016": "Jeanne Roux",
    "34 03 010 020": "DE", "38 12 000 213": "1", "44 01 000 244": "GmbH", "44 02 000 207": "20010401",
    "44 03 000 008": "IM", "44 04 010 020": "DE", "44 05 000 301": "DE004101", "44 07 000 213": "1",
    "44 09 000 016": "Archive", "44 11 000 287": "4941", "44 12 000 288": "3", "44 13 000 016": "Post",
}  # fmt: skip
BTI = {
    "32 04 010 224": "Data sheet", "33 06 000 016": "Luc Martin", "34 03 010 020": "FR", "35 01 020 321": "Grey, solid",
    "37 01 000 213": "1", "38 04 000 213": "0", "42 02 000 008": "CN",
}  # fmt: skip
RULING = (
    Condition("35 01 010 056", "610510"), Condition("35 01 010 057", "00"), Condition("38 09 000 262", "shirts"),
    Condition("42 04 000 009", "General rules 1 and 6, wording of heading 6105"),
)  # fmt: skip
"""What the grant of binding tariff information states."""
for _not_asked in ("33 05 000 016", "33 07 010 016"):
    IPO.pop(_not_asked)


def filled(type: DecisionType, country: str) -> dict[str, str]:
    """Something in every class that a type demands, in its form."""
    given: dict[str, str] = {}
    for fault in missing(type, (), Facts(aeo=False)):
        element = next(
            each for each, _ in asked_of(type) if each.of_class == fault.element[:5] and _pattern(each.format)
        )
        given[element.number] = _value(element.format, element.code_list, country)
    if "31 04 000 008" in given:
        given["31 04 000 008"] = "3" if TYPES[type].one_state else "1"
    if type is DecisionType.CGU:  # its amounts belong together
        given |= {"46 02 050 295": "1.00", "46 02 000 257": "80", "46 04 000 291": "BD"}
    return given


def _value(form: str, code_list: str, country: str) -> str:
    codes = CODES.get(code_list)
    if codes:
        return min(codes)
    if form == "an8":
        return {"FR": "FR005350", "DE": "DE004101", "AT": "AT100000"}[country]
    if form == "a2":
        return country
    known = {"n8": "20270101", "n..16,2": "1.00", "n1": "1", "a3": "EUR"}
    return known[form] if form in known else "1" * int(form.lstrip("an."))


def application(
    type: DecisionType,
    given: dict[str, str],
    *,
    office: str = "FR005350",
    own: str = "A1",
    states: tuple[str, ...] = (),
    applicant: str = APPLICANT,
) -> DecisionApplication:
    """An application of a type with these data elements, and the Member States in which the decision is to hold."""
    values = tuple(ElementValue(number, value) for number, value in given.items())
    named = tuple(ElementValue("31 04 010 020", each, m=m) for m, each in enumerate(states, 1))
    return DecisionApplication(
        own_reference=own, type=type, applicant=applicant, office=office, elements=(*values, *named)
    )
