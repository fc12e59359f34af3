"""A trader fills in, is refused, corrects and sends: by pages without a script, on a running node."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import ActorKind, Platform
from douane.trust.demo import DemoClient
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.union import CONSIGNEE, TRADER, Union
from tests.pages.visitor import Seen, Visitor

EORI = "FR40123456700017"
NOVICE = "novice.fr"
"""A colleague without a role for declarations."""
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*? id="f-([^"]+)"[^>]*>')


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("filing")
    novice = DemoClient(NOVICE, ActorKind.TRADER, "FR", EORI)
    with standing(folder, identity_in(folder, (novice,)), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


class Trader(Visitor):
    """A trader's browser."""

    def __init__(self, union: Union, client: str = TRADER) -> None:
        pages = union.node.node.pages
        assert pages is not None
        super().__init__(pages.port)
        self.portal = pages.url("portal")
        self.get(f"{self.portal}/enter?once={pages.sessions.invite(client, Platform.SPEED2)}")

    def to(self, path: str) -> Seen:
        """A page of the portal."""
        return self.get(self.portal + path)

    def fill(self, seen: Seen, go: str = "on", **values: str) -> Seen:
        """Send the page of a section with everything that stands on it; values by what their places end with."""
        path = seen.url.removeprefix(self.portal).partition("?")[0].partition("#")[0]
        said = fields(seen)
        for name, value in values.items():
            found = [each for each in said if each.endswith(name.replace("__", "/"))]
            assert len(found) == 1, (name, found)
            said[found[0]] = value
        return self.send(seen, path, **{"go": go, "turn": turn(seen), **said})

    def add(self, seen: Seen, group: str) -> Seen:
        """Add a group by its button, with everything that stands on the page."""
        path = seen.url.removeprefix(self.portal).partition("#")[0]
        return self.send(seen, path, **{"add": group, "turn": turn(seen), **fields(seen)})


def fields(seen: Seen) -> dict[str, str]:
    """The values of a page's fields, by their places."""
    found = {}
    for match in re.finditer(
        r'<input class="in[^"]*" id="f-[^"]+" name="([^"]+)" type="[^"]+" value="([^"]*)"', seen.body
    ):
        found[match[1]] = unescape(match[2])
    for match in re.finditer(
        r'<select class="in" id="f-[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', seen.body, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', match[2])
        found[match[1]] = unescape(chosen[1]) if chosen else ""
    for match in re.finditer(
        r'<textarea class="in" id="f-[^"]+" name="([^"]+)"[^>]*>\n?(.*?)</textarea>', seen.body, re.DOTALL
    ):
        found[match[1]] = unescape(match[2])
    return found


def turn(seen: Seen) -> str:
    """How often the draft was saved when the page was made."""
    match = re.search(r'name="turn" value="(\d+)"', seen.body)
    assert match is not None
    return match[1]


def draft(seen: Seen) -> str:
    """The path of the draft that a page is of."""
    match = re.search(r"/drafts/[0-9a-f]+", seen.url)
    assert match is not None
    return match[0]


def copied(anne: Trader, union: Union) -> str:
    """A draft with what was declared for the movement that was released."""
    return draft(anne.send(anne.to(f"/cases/{union.mrn}"), "/declare/lodge-declaration"))


def faults(seen: Seen) -> list[str]:
    """What stands at fields of a page as wrong."""
    return [unescape(each) for each in re.findall(r'<span class="fault"[^>]*>(.*?)</span>', seen.body)]


def test_a_declaration_is_filled_in_from_nothing_section_by_section_and_released(union: Union) -> None:
    anne = Trader(union)
    tasks = anne.send(anne.to("/declare"), "/declare/lodge-declaration")
    path = draft(tasks)
    assert "Not complete" in tasks.text
    parties = anne.fill(anne.to(f"{path}/declaration"), TransitOperation__LRN=f"HAND-{time.time_ns() % 10**9}")
    assert parties.url.endswith("/parties")
    for group in ("Consignment/Consignee", "Consignment/Carrier", "HolderOfTheTransitProcedure/ContactPerson"):
        parties = anne.add(parties, group)
        assert f"#g-{group}" in anne.trail[-1], "it goes on where the group was added"
    route = anne.fill(
        parties, Consignee__identificationNumber="ATEOS1000012345", Carrier__identificationNumber="FR55512345600027",
        HolderOfTheTransitProcedure__ContactPerson__name="Anne", ContactPerson__phoneNumber="+33320000000",
    )  # fmt: skip
    assert route.url.endswith("/route")
    wrong = anne.fill(route, CustomsOfficeOfDeparture__referenceNumber="Lesquin")
    assert wrong.status == 422
    assert "There are 2 problems" in wrong.text, "the office of destination is missing"
    assert fields(wrong)["CustomsOfficeOfDeparture/referenceNumber"] == "Lesquin", "nothing is lost"
    assert fields(anne.to(f"{path}/route"))["CustomsOfficeOfDeparture/referenceNumber"] == "Lesquin"
    route = wrong
    offices, countries = ("CH001251", "DE004055"), ("FR", "CH", "DE", "AT")
    for _ in offices:
        route = anne.add(route, "CustomsOfficeOfTransitDeclared")
    for _ in countries:
        route = anne.add(route, "Consignment/CountryOfRoutingOfConsignment")
    said = {f"CustomsOfficeOfTransitDeclared__{n}__referenceNumber": each for n, each in enumerate(offices)}
    said |= {f"CountryOfRoutingOfConsignment__{n}__country": each for n, each in enumerate(countries)}
    places = anne.fill(
        route, CustomsOfficeOfDeparture__referenceNumber="FR005350", Consignment__countryOfDispatch="FR",
        CustomsOfficeOfDestinationDeclared__referenceNumber="AT100000", Consignment__countryOfDestination="AT", **said,
    )  # fmt: skip
    assert places.url.endswith("/places"), places.text
    places = anne.add(anne.add(places, "Consignment/LocationOfGoods"), "Consignment/PlaceOfLoading")
    places = anne.add(places, "Consignment/LocationOfGoods/CustomsOffice")
    transport = anne.fill(
        places, typeOfLocation="A", qualifierOfIdentification="V", CustomsOffice__referenceNumber="FR005350",
        PlaceOfLoading__UNLocode="FRLIL",
    )  # fmt: skip
    transport = anne.add(transport, "Consignment/DepartureTransportMeans")
    transport = anne.add(transport, "Consignment/TransportEquipment")
    transport = anne.add(transport, "Consignment/TransportEquipment/0/Seal")
    transport = anne.add(transport, "Consignment/TransportEquipment/0/GoodsReference")
    guarantee = anne.fill(
        transport, containerIndicator="0", inlandModeOfTransport="3",
        DepartureTransportMeans__0__typeOfIdentification="30",
        DepartureTransportMeans__0__identificationNumber="GK482RT", DepartureTransportMeans__0__nationality="FR",
        numberOfSeals="1", Seal__0__identifier="FR0012345", GoodsReference__0__declarationGoodsItemNumber="1",
    )  # fmt: skip
    guarantee = anne.add(guarantee, "Guarantee/0/GuaranteeReference")
    consignment = anne.fill(
        guarantee, guaranteeType="1", GRN="26FR0000010001477", accessCode="A1B2", amountToBeCovered="4500.00",
        currency="EUR",
    )  # fmt: skip
    consignment = anne.add(consignment, "Consignment/TransportDocument")
    houses = anne.fill(
        consignment, Consignment__grossMass="120.5", Consignment__referenceNumberUCR="6FR40123456700017QS1",
        TransportDocument__0__type="N730", TransportDocument__0__referenceNumber="CMR-1",
    )  # fmt: skip
    assert houses.url.endswith("/houses"), houses.text
    anne.fill(anne.to(f"{path}/houses/0"), HouseConsignment__0__grossMass="120.5")
    item = anne.to(f"{path}/items/0.0")
    base = "Consignment/HouseConsignment/0/ConsignmentItem/0"
    for group in ("Commodity/CommodityCode", "Commodity/GoodsMeasure", "SupportingDocument"):
        item = anne.add(item, f"{base}/{group}")
    items = anne.fill(
        item, descriptionOfGoods="Roasted coffee", harmonizedSystemSubHeadingCode="090121",
        combinedNomenclatureCode="00", GoodsMeasure__grossMass="120.5", netMass="110.25", typeOfPackages="CT",
        numberOfPackages="10", shippingMarks="LQ", SupportingDocument__0__type="N380",
        SupportingDocument__0__referenceNumber="FA-1",
    )  # fmt: skip
    assert items.url.endswith("/items"), items.text
    assert "Not complete" not in anne.to(path).text
    done = anne.send(anne.to(f"{path}/check"), f"{path}/send")
    assert "It was received" in done.text, done.text
    assert released(anne, done)


def test_an_earlier_declaration_is_a_template_and_a_refusal_is_told_at_its_field(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    route = anne.to(f"{path}/route")
    assert fields(route)["CustomsOfficeOfDeparture/referenceNumber"] == "FR005350"
    country = "Consignment/CountryOfRoutingOfConsignment/3/country"
    assert fields(route)[country] == "AT"
    anne.fill(route, **{country.replace("/", "__"): "ZZ"})
    refused = anne.send(anne.to(f"{path}/check"), f"{path}/send")
    assert refused.url.endswith("/sent"), refused.text
    assert "It was refused" in refused.text
    again = anne.send(refused, f"{path}/correct")
    assert "To be mended" in again.text
    route = anne.to(f"{path}/route")
    assert len(faults(route)) == 1
    assert "sent: ZZ" in route.text
    anne.fill(route, **{country.replace("/", "__"): "AT"})
    assert faults(anne.to(f"{path}/route")) == [], "it is mended"
    done = anne.send(anne.to(f"{path}/check"), f"{path}/send")
    assert "It was received" in done.text, done.text
    assert released(anne, done), "and the goods are released"
    assert re.search("SHA-256 of what was sent( [0-9a-f]{16}){4}", anne.get(done.url).text), "and it can be proven"


@pytest.mark.parametrize("office", ["AT999999", "DE003450"], ids=["no office", "no office of destination"])
def test_an_office_without_the_role_is_refused_at_its_field(union: Union, office: str) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    anne.fill(anne.to(f"{path}/route"), CustomsOfficeOfDestinationDeclared__referenceNumber=office)
    refused = anne.send(anne.to(f"{path}/check"), f"{path}/send")
    assert "It was refused" in refused.text, refused.text
    anne.send(refused, f"{path}/correct")
    route = anne.to(f"{path}/route")
    assert f"sent: {office}" in route.text
    assert len(faults(route)) == 1, faults(route)


def released(anne: Trader, seen: Seen) -> bool:
    for _ in range(60):
        if "released" in seen.text:
            return True
        time.sleep(0.1)
        seen = anne.get(seen.url)
    return False


def test_sending_twice_sends_once_and_the_way_back_changes_nothing(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    check, route = anne.to(f"{path}/check"), anne.to(f"{path}/route")
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(lambda _: anne.send(check, f"{path}/send"), range(2)))
    assert {each.url for each in ends} == {f"{anne.portal}{path}/sent"}
    reference = re.search(r"\d{6}[0-9A-F]{10}", ends[0].text)
    assert reference is not None
    listed = anne.to("/cases").text
    assert listed.count(reference[0]) == 1, "one declaration under this reference"
    for late in (anne.fill(route), anne.send(check, f"{path}/send"), anne.send(check, f"{path}/send")):
        assert late.url == f"{anne.portal}{path}/sent"
    assert anne.to("/cases").text.count(reference[0]) == 1


def test_two_windows_lose_nothing_of_each_other(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    first, second = anne.to(f"{path}/route"), anne.to(f"{path}/route")
    anne.fill(first, go="later", CustomsOfficeOfDestinationDeclared__referenceNumber="DE004055")
    stale = anne.fill(second, CustomsOfficeOfDestinationDeclared__referenceNumber="AT100001")
    assert stale.status == 422
    assert "The draft has changed" in stale.text
    assert fields(stale)["CustomsOfficeOfDestinationDeclared/referenceNumber"] == "AT100001", "what he typed is there"
    kept = fields(anne.to(f"{path}/route"))["CustomsOfficeOfDestinationDeclared/referenceNumber"]
    assert kept == "DE004055", "and nothing was written over"
    anne.fill(stale, go="later")
    kept = fields(anne.to(f"{path}/route"))["CustomsOfficeOfDestinationDeclared/referenceNumber"]
    assert kept == "AT100001", "he has seen it and sent it once more"
    gone = anne.send(anne.to(path), f"{path}/discard", turn=turn(second))
    assert "The draft has changed" in gone.text
    anne.send(anne.to(path), f"{path}/discard")
    assert anne.to(path).status == 404


def test_a_draft_saves_itself_and_says_so(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    page = anne.to(f"{path}/route")
    form = {"token": page.forms[-1][2]["token"], "turn": turn(page), **fields(page)}
    form["CustomsOfficeOfDestinationDeclared/referenceNumber"] = "DE0"
    saved = anne.ask("POST", f"{anne.portal}{path}/route?by=itself", form, sec_fetch_site="same-origin")
    assert saved.status == 200
    assert "Saved" in saved.text
    assert int(turn(saved)) == int(turn(page)) + 1
    assert "DE0" in fields(anne.to(f"{path}/route")).values()
    again = anne.ask("POST", f"{anne.portal}{path}/route?by=itself", form, sec_fetch_site="same-origin")
    assert "Not saved" in again.text


def test_a_stranger_finds_no_draft_and_leaves_none_of_his_in_it(union: Union) -> None:
    anne, eva = Trader(union), Trader(union, CONSIGNEE)
    path = copied(anne, union)
    token = eva.to("/declare").forms[-1][2]["token"]
    for address in (path, f"{path}/route", f"{path}/check", f"{path}/sent", f"{path}/items/0.0"):
        assert eva.to(address).status == 404
    for address in ("route", "send", "discard", "correct", "items/0.0"):
        sent = eva.ask(
            "POST", f"{eva.portal}{path}/{address}", {"token": token, "turn": "1"}, sec_fetch_site="same-origin"
        )
        assert sent.status == 404, address
    assert anne.to(path).status == 200
    case = union.mrn
    sent = eva.ask("POST", f"{eva.portal}/declare/lodge-declaration", {"token": token, "case": case},
                   sec_fetch_site="same-origin")  # fmt: skip
    assert sent.status == 404, "what another declared is no template"


def test_the_same_browser_as_another_person_does_not_go_on_with_the_first_ones_draft(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    page = anne.to(f"{path}/route")
    eva = Trader(union, CONSIGNEE)
    anne.jar["portal.localhost"] = eva.jar["portal.localhost"]
    form = {"turn": turn(page), "token": page.forms[-1][2]["token"], **fields(page)}
    sent = anne.ask("POST", f"{anne.portal}{path}/route", form, sec_fetch_site="same-origin")
    assert sent.status == 403, "a form of the first session is none of the second"


def test_whoever_may_only_prepare_is_told_so_and_sends_nothing(union: Union) -> None:
    novice = Trader(union, NOVICE)
    anne = Trader(union)
    path = copied(anne, union)
    check = novice.to(f"{path}/check")
    assert check.status == 200, "drafts are the firm's"
    assert "Sending needs a role" in check.text
    assert "Send it to customs" not in check.text
    token = check.forms[-1][2]["token"]
    sent = novice.ask(
        "POST", f"{novice.portal}{path}/send", {"token": token, "turn": "1"}, sec_fetch_site="same-origin"
    )
    assert sent.status in (403, 404)
    assert anne.to(path).status == 200
    assert "not sent" in anne.to(path).text


def test_what_one_has_no_role_to_send_stands_apart_and_says_what_is_missing(union: Union) -> None:
    open_to, apart, rest = Trader(union).to("/declare").text.partition("What you may prepare, and not send")
    assert "Ask what is in use of a guarantee" in open_to
    assert "Tell which vouchers you sold" not in open_to, "it would be refused when it is sent"
    assert "Tell which vouchers you sold" in rest
    assert "missing: guarantor" in rest
    assert "missing: trader at destination" in rest
    assert apart


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 30])
def test_a_form_that_does_not_say_what_it_began_with_is_refused(union: Union, said: str) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    form = {"token": anne.to(f"{path}/route").forms[-1][2]["token"], "turn": said}
    assert anne.ask("POST", f"{anne.portal}{path}/route", form, sec_fetch_site="same-origin").status == 400


def test_what_a_program_saved_is_shown_as_far_as_the_form_has_a_place_for_it(union: Union) -> None:
    client, anne = union.node.client("speed2", TRADER), Trader(union)
    for n, text in enumerate(("no json", "[1, 2]", '{"TransitOperation": [{"LRN": "x"}], "x": "<b>"}')):
        name = f"by-program-{n}"
        body = json.dumps({"name": name, "operation": "transit.lodge_declaration", "turn": 0, "content": text})
        if not text.startswith("{"):  # a draft is an object, and a door says so
            refused = client.ask("POST", "/drafts/v1/save", body.encode(), {"content-type": "application/json"})
            assert refused.status == 422
            assert anne.to(f"/drafts/{name}").status == 404
            continue
        assert client.ask("POST", "/drafts/v1/save", body.encode(), {"content-type": "application/json"}).status == 202
        found = anne.to(f"/drafts/{name}")
        for _ in range(40):
            if found.status == 200:
                break
            time.sleep(0.05)
            found = anne.to(f"/drafts/{name}")
        assert found.status == 200
        assert anne.to(f"/drafts/{name}/check").status == 200
    body = json.dumps({"name": "of-nothing", "operation": "transit.nothing", "turn": 0, "content": "{}"})
    assert client.ask("POST", "/drafts/v1/save", body.encode(), {"content-type": "application/json"}).status == 202
    time.sleep(0.2)
    assert anne.to("/drafts/of-nothing").status == 404
    assert anne.to("/declare").status == 200


def test_999_items_are_pasted_with_each_fault_at_its_cell(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    sheet = anne.to(f"{path}/items/sheet")
    assert fields_of_cells(sheet)[f"{ITEM}/0/Commodity/descriptionOfGoods"].startswith("Roasted coffee")
    rows = [f"Coffee {n}\t090121\t00\t1.000,5\t1 000,25\tCT\t1\tLQ" for n in range(999)]
    rows[700] = "Coffee 700\t0901211\t00\theavy\t1\tCT\t1\tLQ"
    began = time.monotonic()
    pasted = anne.send(sheet, f"{path}/items/sheet", turn=turn(sheet), paste="\n".join(rows), way="replace")
    assert time.monotonic() - began < 10
    assert "999 are filled in" in pasted.text
    assert "Show those that are not complete: 1" in pasted.text
    assert fields_of_cells(pasted)[f"{ITEM}/1/Commodity/GoodsMeasure/grossMass"] == "1000.5"
    assert fields_of_cells(pasted)[f"{ITEM}/1/Commodity/GoodsMeasure/netMass"] == "1000.25"
    wrong = anne.to(f"{path}/items/sheet?faulty=shown")
    assert len(faults(wrong)) == 2, "the code and the mass of one row"
    assert all(name.startswith(f"{ITEM}/700/") for name in fields_of_cells(wrong))
    cells = fields_of_cells(wrong)
    cells |= {f"{ITEM}/700/Commodity/CommodityCode/harmonizedSystemSubHeadingCode": "090121",
              f"{ITEM}/700/Commodity/GoodsMeasure/grossMass": "2"}  # fmt: skip
    mended = anne.send(wrong, f"{path}/items/sheet", go="on", **{"turn": turn(wrong), **cells})
    assert "not complete" not in mended.text.lower()
    assert len(fields_of_cells(mended)) == 50 * 8


@pytest.mark.parametrize(
    ("rows", "way", "why"),
    [("a\n" * 1_000, "replace", "999 at most"), ("a\n" * 999, "append", "999 at most"),
     ("\t".join("abcdefghi"), "replace", "more cells"), ("x;y\n" + ";" * 9, "replace", "more cells")],
)  # fmt: skip
def test_rows_that_do_not_fit_are_refused_and_change_nothing(union: Union, rows: str, way: str, why: str) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    sheet = anne.to(f"{path}/items/sheet")
    seen = anne.send(sheet, f"{path}/items/sheet", turn=turn(sheet), paste=rows, way=way)
    assert (seen.status, why in seen.text) == (422, True)
    assert fields_of_cells(anne.to(f"{path}/items/sheet")) == fields_of_cells(sheet)


ITEM = "Consignment/HouseConsignment/0/ConsignmentItem"


def fields_of_cells(seen: Seen) -> dict[str, str]:
    """The cells of a table by their places."""
    found = re.findall(r'<input class="in" id="f-([^"]+)" name="[^"]+" value="([^"]*)" aria-label', seen.body)
    return {name: unescape(value) for name, value in found}
