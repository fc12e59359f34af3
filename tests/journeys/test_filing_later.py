"""What follows a declaration is filled in too: presented, amended, invalidated, arrived."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from html import unescape

import pytest

from douane.configuration.settings import PagesAt
from douane.pages.tests.linting import faults as linted
from douane.vocabulary.identifiers import Country, Grn
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.journeys.test_filing import Trader, copied, draft, faults, fields, fields_of_cells, turn
from tests.pages.union import CONSIGNEE, EXAMPLES, JSON, OFFICER, Union
from tests.pages.visitor import Seen

CONSIGNEE_EORI = "ATEOS1000012345"


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("filing-later")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


def until(anne: Trader, path: str, text: str) -> Seen:
    """A page, as soon as it says something."""
    seen = anne.to(path)
    for _ in range(60):
        if text in seen.text:
            return seen
        time.sleep(0.1)
        seen = anne.to(path)
    raise AssertionError(f"{path} does not say {text!r}: {seen.text}")


def sent(anne: Trader, path: str) -> Seen:
    """What became of a draft that is sent."""
    seen = anne.send(anne.to(f"{path}/check"), f"{path}/send")
    assert seen.url.endswith("/sent"), seen.text
    return seen


def lodged_early(anne: Trader, union: Union) -> str:
    """A declaration before the goods are presented; the path of its case."""
    path = copied(anne, union)
    anne.fill(anne.to(f"{path}/declaration"), additionalDeclarationType="D")
    seen = sent(anne, path)
    assert "It was received" in seen.text, seen.text
    found = [each for each in seen.body.split('"') if each.startswith("/cases/")]
    return found[0].replace("&amp;", "&")


def test_goods_of_an_early_declaration_are_presented_with_what_was_declared(union: Union) -> None:
    anne = Trader(union)
    case = until(anne, lodged_early(anne, union), "Present the goods")
    path = draft(anne.send(case, "/declare/present-goods"))
    goods = anne.to(f"{path}/goods")
    assert fields(goods)["Consignment/LocationOfGoods/CustomsOffice/referenceNumber"] == "FR005350"
    seen = sent(anne, path)
    assert "It was received" in seen.text, seen.text
    until(anne, f"{path}/sent", "released")


def test_an_early_declaration_is_amended(union: Union) -> None:
    anne = Trader(union)
    case = until(anne, lodged_early(anne, union), "Amend the declaration")
    path = draft(anne.send(case, "/declare/amend-declaration"))
    item = anne.to(f"{path}/items/0.0")
    anne.fill(item, descriptionOfGoods="Roasted coffee, amended")
    seen = sent(anne, path)
    assert "It was received" in seen.text, seen.text
    assert "CC004C" in until(anne, case.url.removeprefix(anne.portal), "CC004C").text, "it is accepted"


def test_an_early_declaration_is_invalidated_and_then_nothing_more_is_offered(union: Union) -> None:
    anne = Trader(union)
    case = until(anne, lodged_early(anne, union), "Ask to invalidate")
    path = draft(anne.send(case, "/declare/request-invalidation"))
    anne.fill(anne.to(f"{path}/reason"), justification="The order was cancelled.")
    assert "It was received" in sent(anne, path).text
    over = until(anne, case.url.removeprefix(anne.portal), "invalidated")
    for title in ("Present the goods", "Amend the declaration", "Ask to invalidate"):
        assert f">{title}</button>" not in over.body
    late = anne.ask("POST", f"{anne.portal}/declare/present-goods", sec_fetch_site="same-origin", form={
        "token": over.forms[-1][2]["token"], "case": case.url.rpartition("/")[2].partition("?")[0], "country": "FR",
    })  # fmt: skip
    assert late.status == 404, "the case does not wait for it any more"


def test_goods_arrive_and_what_was_found_is_told_by_their_consignee(union: Union) -> None:
    eva, mrn = Trader(union, CONSIGNEE), union.released()
    path = draft(eva.send(eva.to("/declare"), "/declare/notify-arrival"))
    movement = eva.fill(
        eva.to(f"{path}/movement"), MRN=mrn, CustomsOfficeOfDestinationActual__referenceNumber="AT100000"
    )
    goods = eva.add(movement, "Consignment/LocationOfGoods") if "typeOfLocation" not in movement.body else movement
    goods = eva.add(goods, "Consignment/LocationOfGoods/CustomsOffice")
    eva.fill(goods, typeOfLocation="A", qualifierOfIdentification="V", CustomsOffice__referenceNumber="AT100000")
    seen = sent(eva, path)
    assert "It was received" in seen.text, seen.text
    case = next(each for each in seen.body.split('"') if each.startswith(f"/cases/{mrn}")).replace("&amp;", "&")
    assert "Arrival" in until(eva, case, "Arrival").text, "of her case at Wien, not of the one at Lesquin"
    assert case in eva.to("/cases").body.replace("&amp;", "&")


def test_what_one_is_asked_stands_first_until_it_is_answered(union: Union) -> None:
    anne = Trader(union)
    assert "Name another guarantee" not in anne.to("/overview").text
    path = copied(anne, union)
    anne.fill(anne.to(f"{path}/guarantee"), accessCode="ZZZZ")
    assert "It was received" in sent(anne, path).text
    asked = until(anne, "/overview", "Name another guarantee")
    assert "Name another guarantee new" in asked.text
    case = re.search(r'href="(/cases/[^"]+)"', asked.body.partition("Name another guarantee")[2])
    assert case is not None
    at = unescape(case[1])
    assert "new" in anne.to("/messages").text
    anne.to(at)
    until(anne, "/overview", "Name another guarantee read")
    wrong = draft(anne.send(anne.to(at), "/declare/amend-declaration"))
    country = "Consignment/CountryOfRoutingOfConsignment/3/country"
    anne.fill(anne.to(f"{wrong}/route"), **{country.replace("/", "__"): "ZZ"})
    assert "in work" in anne.to("/overview").text, "a draft that is saved is no answer"
    assert "It was refused" in sent(anne, wrong).text
    until(anne, "/overview", "refused: answer again")
    amendment = draft(anne.send(anne.to(at), "/declare/amend-declaration"))
    anne.fill(anne.to(f"{amendment}/route"), **{country.replace("/", "__"): "AT"})
    anne.fill(anne.to(f"{amendment}/guarantee"), accessCode="A1B2")
    assert "It was received" in sent(anne, amendment).text
    waits, _, done = anne.to("/overview").text.partition("What you answered")
    assert "Name another guarantee" not in waits
    assert "Name another guarantee answered" in done
    until(anne, at, "released")


def test_a_person_chooses_what_his_overview_shows_how_he_fills_in_and_in_which_language(union: Union) -> None:
    anne, eva = Trader(union), Trader(union, CONSIGNEE)
    path = copied(anne, union)
    reference = anne.to(path).url.rpartition("/")[2]
    assert reference in anne.to("/overview").body
    shown = anne.to("/preferences")
    assert linted(shown.body) == []
    anne.send(shown, "/preferences", language="", dense="yes", **{"m-transit": "out"})
    assert reference not in anne.to("/overview").body, "transit is left out"
    assert reference in anne.to("/declare").body, "and lost nowhere"
    assert anne.to(f"{path}/items").url.endswith("/items/sheet")
    assert anne.to(f"{path}/items?list=1").url.endswith("/items?list=1")
    assert "On the overview" in eva.to("/preferences").text, "what one chose is nobody else's"
    assert 'value="out" selected' not in eva.to("/preferences").body
    anne.send(anne.to("/preferences"), "/preferences", language="de", dense="")
    fresh = Trader(union)
    assert "Was von Ihnen verlangt wird" in fresh.to("/overview").text or "Übersicht" in fresh.to("/overview").text
    assert fresh.send(fresh.to("/preferences"), "/preferences", language="tlh").status == 400
    fresh.send(fresh.to("/preferences"), "/preferences", language="", dense="")


def test_what_was_chosen_first_can_be_chosen_again(union: Union) -> None:
    anne = Trader(union)
    for choice in ("out", "", "out"):
        anne.send(anne.to("/preferences"), "/preferences", language="", dense="", **{"m-transit": choice})
        kept = 'value="out" selected' in anne.to("/preferences").body
        assert kept is bool(choice), "the same words as before are said anew"
    anne.send(anne.to("/preferences"), "/preferences", language="", dense="", **{"m-transit": ""})


def test_a_case_is_found_by_any_reference_that_its_trader_has(union: Union) -> None:
    anne, eva = Trader(union), Trader(union, CONSIGNEE)
    for reference, told in (("QS-0000001", union.mrn), (union.mrn, union.mrn)):
        assert told in anne.to(f"/find?reference={reference}").text
    listed = anne.to("/guarantees")
    links = re.findall(r'href="(/cases/[^"]+)"', listed.body)
    assert links
    assert all(anne.to(unescape(each)).status == 200 for each in links), "a guarantee leads to its case"
    strangers = eva.to("/find?reference=QS-0000001")
    assert union.mrn not in strangers.body.replace("QS-0000001", "")


def test_deadlines_are_a_calendar_of_ones_own_cases(union: Union) -> None:
    anne, eva = Trader(union), Trader(union, CONSIGNEE)
    until(anne, "/overview", union.mrn)
    found = anne.to("/overview/deadlines.ics")
    assert found.headers["content-type"].startswith("text/calendar")
    lines = found.body.split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert union.mrn in found.body.replace("\r\n ", "")
    assert all(len(each.encode()) <= 75 for each in lines)
    assert found.body.count("BEGIN:VEVENT") == found.body.count("DTSTART:") > 0
    for each in lines:
        if each.startswith("URL:"):
            assert each.startswith(f"URL:{anne.portal}/cases/"), "a calendar opens addresses, not paths"
    french = anne.ask("GET", f"{anne.portal}/overview/deadlines.ics", accept_language="fr").body.replace("\r\n ", "")
    assert "(mainlevée donnée)" in french
    assert "(released)" not in french
    assert union.mrn not in eva.to("/overview/deadlines.ics").body
    assert anne.ask("GET", f"{anne.portal}/overview/deadlines.ics", cookie="").status == 401


def test_goods_are_declared_for_import_refused_at_their_field_and_corrected(union: Union) -> None:
    anne = Trader(union)
    path = draft(anne.send(anne.to("/declare"), "/declare/import"))
    items = anne.fill(
        anne.to(f"{path}/declaration"), lrn=f"IM-{time.time_ns() % 10**9}", office="FR005350",
        country_of_dispatch="BR", country_of_destination="BR",
    )  # fmt: skip
    assert items.url.endswith("/items"), items.text
    row = {f"items/0/{name}": value for name, value in (
        ("commodity", "090121"), ("description", "Roasted coffee"), ("gross_mass", "120,5"), ("value", "1000"),
        ("origin", "BR"),
    )}  # fmt: skip
    sheet = anne.to(f"{path}/items/sheet")
    assert set(fields_of_cells(sheet)) == set(row)
    anne.send(sheet, f"{path}/items/sheet", go="on", **{"turn": turn(sheet), **row, "items/0/gross_mass": "120.5"})
    refused = sent(anne, path)
    assert "It was refused" in refused.text, refused.text
    anne.send(refused, f"{path}/correct")
    page = anne.to(f"{path}/declaration")
    assert faults(page), "goods that do not enter the Union are not declared for import"
    anne.fill(page, country_of_destination="FR")
    assert "It was received" in sent(anne, path).text


def test_what_is_refused_without_a_case_is_told_as_refused_too(union: Union) -> None:
    eva = Trader(union, CONSIGNEE)
    path = draft(eva.send(eva.to("/declare"), "/declare/notify-arrival"))
    unknown = "26FR005350000009J9"
    goods = eva.fill(
        eva.to(f"{path}/movement"), MRN=unknown, CustomsOfficeOfDestinationActual__referenceNumber="AT100000"
    )
    goods = eva.add(goods, "Consignment/LocationOfGoods/CustomsOffice")
    eva.fill(goods, typeOfLocation="A", qualifierOfIdentification="V", CustomsOffice__referenceNumber="AT100000")
    seen = sent(eva, path)
    assert "It was refused" in seen.text, seen.text
    assert "It was received" not in seen.text
    again = eva.send(seen, f"{path}/correct")
    assert "It was refused" in again.text, seen.text
    assert "No case is known under this reference" in again.text, "it is about the whole, and no field"
    assert unknown in eva.to(f"{path}/movement").body


def test_what_is_in_use_of_a_guarantee_is_asked_and_answered_on_a_page(union: Union) -> None:
    anne, terms = Trader(union), json.loads((EXAMPLES / "guarantee.json").read_bytes())
    number = str(Grn.issue(2026, Country("FR"), "000001000148"))
    place = {"street": "Rue 1", "postcode": "59000", "city": "Lille", "country": "FR"}
    guarantor = {"identification": CONSIGNEE_EORI, "name": "Garant", **place}
    body = json.dumps(terms | {"grn": number, "guarantor": guarantor}).encode()
    assert union.node.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", body, JSON).status == 202
    path = copied(anne, union)
    anne.fill(anne.to(f"{path}/guarantee"), GRN=number)
    assert "It was received" in sent(anne, path).text
    until(anne, f"{path}/sent", "released")
    path = draft(anne.send(anne.to("/declare"), "/declare/ask-use"))
    check = anne.fill(anne.to(f"{path}/guarantee"), GRN=number, AccessCode__accessCode="A1B2")
    assert check.url.endswith("/check"), check.text
    seen = sent(anne, path)
    assert "It was received" in seen.text, seen.text
    assert "Balance 95500" in seen.text, seen.text
    path = draft(anne.send(anne.to("/declare"), "/declare/ask-use"))
    anne.fill(anne.to(f"{path}/guarantee"), GRN=number, AccessCode__accessCode="ZZZZ")
    assert "It was refused" in sent(anne, path).text, "with another access code it is nobody's"
