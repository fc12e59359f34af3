"""Who answers for vouchers tells of them in the portal, and a holder changes an access code there; nobody else does."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator, Mapping

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import ActorKind
from douane.trust.demo import HOLDER, DemoClient
from douane.vocabulary.identifiers import Country, Grn
from tests.journeys.standing import GENEROUS, Answer, identity_in, standing
from tests.journeys.test_filing import EORI, NOVICE, Trader, draft, faults, fields
from tests.pages.union import CONSIGNEE, JSON, OFFICER, Union
from tests.pages.visitor import Seen

BANK, BANK_EORI, OTHER_BANK = "bank.fr", "FR78484900000013", "bank.de"
GUARANTOR = {
    "identification": BANK_EORI, "name": "Credit douanier", "street": "1 quai", "postcode": "75001", "city": "Paris",
    "country": "FR",
}  # fmt: skip
SELL, CHANGE = "/declare/sell-voucher", "/declare/change-access-code"
UNDERTAKING = str(Grn.issue(2026, Country("FR"), "005350000777"))
GUARANTEE = str(Grn.issue(2026, Country("FR"), "005350000778"))


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("securities")
    clients = (
        DemoClient(BANK, ActorKind.TRADER, "FR", BANK_EORI, roles=frozenset({"guarantor"})),
        DemoClient(OTHER_BANK, ActorKind.TRADER, "DE", "DE7766554433221", roles=frozenset({"guarantor", HOLDER})),
        DemoClient(NOVICE, ActorKind.TRADER, "FR", EORI),
    )
    with standing(folder, identity_in(folder, clients), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        undertaken = {"grn": UNDERTAKING, "guarantor": GUARANTOR, "valid_from": "2026-01-01"}
        assert desk(made, "register_undertaking", undertaken).status == 202
        registered = {
            "grn": GUARANTEE, "type": "1", "holder": EORI, "access_code": "A1B2", "limit": "100000",
            "valid_from": "2026-01-01", "guarantor": GUARANTOR, "master_access_code": "M1M2",
        }  # fmt: skip
        assert desk(made, "register", registered).status == 202
        assert shown(made, GUARANTEE).status == 200
        yield made


def desk(union: Union, operation: str, content: Mapping[str, object]) -> Answer:
    """What the French officer of guarantee says."""
    body = json.dumps(content).encode()
    return union.node.client("ccn2", OFFICER).ask("POST", f"/guarantees/v1/{operation}", body, JSON)


def shown(union: Union, grn: str, *, wait: float = 5.0) -> Answer:
    """The ledger of a guarantee, once there is one."""
    until = time.monotonic() + wait
    while True:
        found = desk(union, "show", {"grn": grn})
        if found.status == 200 or time.monotonic() > until:
            return found
        time.sleep(0.1)


def begun(anne: Trader, what: str) -> str:
    """The path of a new draft."""
    listed = anne.to("/declare")
    assert what in listed.body, "who may, is offered it"
    return draft(anne.send(listed, what))


def sent(anne: Trader, path: str) -> Seen:
    """What became of a draft that is sent, as soon as that is known."""
    return anne.send(anne.to(f"{path}/check"), f"{path}/send")


def until(anne: Trader, path: str, text: str) -> Seen:
    seen = anne.to(path)
    for _ in range(60):
        if text in seen.text:
            return seen
        time.sleep(0.1)
        seen = anne.to(path)
    raise AssertionError(f"{path} does not say {text!r}: {seen.text}")


def sale(bank: Trader, number: str, **other: str) -> str:
    """A draft that tells of one voucher, filled in."""
    path = begun(bank, SELL)
    bank.fill(bank.to(f"{path}/holder"), HolderOfTheTransitProcedure__identificationNumber=EORI)
    day = dt.datetime.now(dt.UTC).date()
    said = {
        "CustomsOfficeOfGuarantee__referenceNumber": UNDERTAKING[2:10], "GuaranteeReference__0__GRN": number,
        "issueDate": str(day), "expiryDate": str(day + dt.timedelta(days=300)), "accessCode": "V1V2", **other,
    }  # fmt: skip
    bank.fill(bank.to(f"{path}/vouchers"), **said)
    return path


def test_a_guarantor_tells_which_vouchers_he_sold(union: Union) -> None:
    bank, voucher = Trader(union, BANK), f"{UNDERTAKING}A000001"
    path = sale(bank, voucher)
    given = fields(bank.to(f"{path}/vouchers"))
    assert given["Guarantor/identificationNumber"] == BANK_EORI, "it is his own number that stands there"
    seen = sent(bank, path)
    assert seen.url.endswith("/sent"), seen.text
    assert "It was received" in seen.text
    kept = shown(union, voucher).json
    assert (kept["holder"], kept["limit"]) == (EORI, "10000")


def test_what_is_nonsense_is_refused_where_it_stands(union: Union) -> None:
    bank = Trader(union, BANK)
    path = begun(bank, SELL)
    wrong = bank.fill(
        bank.to(f"{path}/vouchers"), CustomsOfficeOfGuarantee__referenceNumber="Lesquin", accessCode="far too long",
        issueDate="yesterday", GuaranteeReference__0__GRN="<script>", expiryDate="2027-02-31",
    )  # fmt: skip
    assert wrong.status == 422
    assert len(faults(wrong)) == 5, faults(wrong)
    assert fields(wrong)["GuaranteeReference/0/GRN"] == "<script>", "nothing is lost, and nothing runs"
    assert "<script>" not in wrong.body
    held = sent(bank, path)
    assert not held.url.endswith("/sent"), "it is not sent while it is incomplete"


def test_a_voucher_of_another_undertaking_is_refused_and_said_so(union: Union) -> None:
    bank = Trader(union, BANK)
    stranger = str(Grn.issue(2026, Country("FR"), "005350000999")) + "A000001"
    path = sale(bank, stranger)
    sent(bank, path)
    until(bank, f"{path}/sent", "refused")
    assert shown(union, stranger, wait=0).status == 404


def test_another_guarantor_reaches_no_undertaking_but_his_own(union: Union) -> None:
    """He may fill it in: it is his role. What he names is not his, and he learns no more."""
    other, voucher = Trader(union, OTHER_BANK), f"{UNDERTAKING}A000002"
    sent(other, own := sale(other, voucher))
    until(other, f"{own}/sent", "refused")
    path = sale(other, voucher, Guarantor__identificationNumber=BANK_EORI)
    assert "received" not in sent(other, path).text, "in another's name nothing goes out"
    assert shown(union, voucher, wait=0).status == 404


def coded(who: Trader, **other: str) -> str:
    """A draft that changes the access code of the guarantee, filled in."""
    path = begun(who, CHANGE)
    said = {
        "CustomsOfficeOfGuarantee__referenceNumber": GUARANTEE[2:10], "GRN": GUARANTEE, "masterAccessCode": "M1M2",
        "accessCodeCurrent": "A1B2", "accessCodeNew": "C3D4", **other,
    }  # fmt: skip
    who.fill(who.to(f"{path}/code"), **said)
    return path


def test_a_holder_changes_his_access_code_and_nobody_else(union: Union) -> None:
    holder = Trader(union)

    def changed(who: Trader, **said: str) -> str:
        path = coded(who, **said)
        sent(who, path)
        return path

    other = Trader(union, OTHER_BANK)
    until(other, f"{changed(other)}/sent", "refused")
    until(holder, f"{changed(holder, masterAccessCode='XXXX')}/sent", "refused")
    done = changed(holder)
    until(holder, f"{done}/sent", "It is kept")
    again = changed(holder)
    until(holder, f"{again}/sent", "refused")
    back = changed(holder, accessCodeCurrent="C3D4", accessCodeNew="A1B2")
    until(holder, f"{back}/sent", "It is kept")


def test_who_lacks_the_role_prepares_and_does_not_send(union: Union) -> None:
    """Drafts are the firm's: a colleague may fill one in, and only who has the role for it sends it."""
    for client, what in ((CONSIGNEE, SELL), (NOVICE, SELL), (NOVICE, CHANGE), (BANK, CHANGE),
                         ("representative.be", SELL)):  # fmt: skip
        anne, voucher = Trader(union, client), f"{UNDERTAKING}A000009"
        path = sale(anne, voucher, Guarantor__identificationNumber=BANK_EORI) if what == SELL else coded(anne)
        check = anne.to(f"{path}/check")
        assert "Sending needs a role" in check.text, (client, what)
        said = {"token": check.forms[-1][2]["token"], "turn": "3" if what == SELL else "2"}
        refused = anne.ask("POST", f"{anne.portal}{path}/send", said, sec_fetch_site="same-origin")
        assert refused.status in (403, 404), (client, what, refused.status)
        assert shown(union, voucher, wait=0).status == 404


def test_an_officer_has_no_such_page(union: Union) -> None:
    assert union.node.node.pages is not None
    body = json.dumps({}).encode()
    answer = union.node.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/sell_voucher", body, JSON)
    assert answer.status == 404
