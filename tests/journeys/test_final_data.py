"""Final data: who gets which view of it, what never leaves, what is signed; in an office and at the doors of a node."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.applications.aeo.messages import AuthorisationChanged, AuthorisationGranted
from douane.applications.authorisations.messages import AuthorisationStated
from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.applications.final_data.messages import (
    DataSetsQuestion,
    FinalChangesQuestion,
    FinalEntriesQuestion,
    FinalEntry,
    FinalLookUp,
    FinalPage,
    FinalRangesQuestion,
    FinalSnapshotQuestion,
    FinalStateQuestion,
    PresentedRoot,
    PublishedQuestion,
    PublishedStateQuestion,
)
from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.central_repository.data_sets import data_sets
from douane.configuration import discovery
from douane.model.caller import PUBLIC, Caller
from douane.model.circles import ActorKind
from douane.standards.replication import tree
from douane.standards.replication.statement import Row, digest_of, open_page, open_state
from douane.testing.office import Office, administration, officer, third_country, trader
from douane.vocabulary.errors import NotAuthorised, NotFound
from douane.vocabulary.known import NO
from tests.journeys.standing import Answer, Standing, identity_in, standing

PAGE = Path(__file__).parents[2] / "docs" / "replication.md"
DE, FR, COMMISSION = administration("DE"), administration("FR"), administration("EU")
ASKING: dict[ActorKind, Caller] = {
    ActorKind.MEMBER_STATE: FR,
    ActorKind.OFFICER: officer("fr.officer", "FR"),
    ActorKind.COMMISSION: COMMISSION,
    ActorKind.TRADER: trader("DE1234567"),
    ActorKind.THIRD_COUNTRY: third_country("CH"),
    ActorKind.PUBLIC: PUBLIC,
}
discovery.behaviour()
PRODUCT = {
    name: kind.final for name, kind in data_sets().items() if kind.final and kind.type.__module__.startswith("douane.")
}  # other tests declare some of their own
HELD = [(name, view.name) for name, final in PRODUCT.items() for view in final.views]
AEO = "DEAEOF26000001"
GRN = "26DE0000000000011"


def operator(eori: str, name: str, *, publish: bool = True) -> OperatorEntry:
    return OperatorEntry(
        eori=eori, legal_name=name, street_and_number="Hauptstr. 1", post_code="10115", town="Berlin", country="DE",
        valid_from=dt.date(2026, 1, 1), publish=publish,
    )  # fmt: skip


@pytest.fixture
def office() -> Office:
    made = Office("EU", "DE", "FR")
    made.send(OperatorRecords((operator("DE1", "Anders"), operator("DE2", "Berger", publish=False))), by=DE)
    return made


def changes(office: Office, data_set: str, view: str = "full", *, after: int = 0, by: Caller = FR) -> FinalPage:
    found = office.ask(FinalChangesQuestion(data_set=data_set, view=view, after=after), by=by)
    assert isinstance(found, FinalPage)
    return found


def content(entry: FinalEntry) -> Any:
    return json.loads(entry.content) if entry.content is not None else None


@pytest.mark.parametrize(("data_set", "view"), HELD)
def test_each_view_is_for_its_recipients_and_does_not_exist_for_others(
    office: Office, data_set: str, view: str
) -> None:
    """A matrix of every view, every question and every kind of caller."""
    final = PRODUCT[data_set]
    number = final.view(view)
    assert number is not None
    recipients = final.views[number].recipients
    at: dict[str, Any] = {"data_set": data_set, "view": view}
    id = tree.identity("DE1").hex()
    for kind, who in ASKING.items():
        open_to = kind in recipients and kind in (ActorKind.MEMBER_STATE, ActorKind.COMMISSION)
        for question in (
            FinalChangesQuestion(**at), FinalSnapshotQuestion(**at), FinalStateQuestion(**at),
            FinalRangesQuestion(**at, ranges=("",)), FinalEntriesQuestion(**at, identities=(id,)),
        ):  # fmt: skip
            _asked(office, question, who, open_to=open_to)
        in_circle = kind.circle.value == "trusted"
        _asked(office, FinalLookUp(**at, key="DE1"), who, open_to=kind in recipients and in_circle)
        if view == "public":
            _asked(office, PublishedQuestion(data_set=data_set), who, open_to=True)


def _asked(office: Office, question: object, who: Caller, *, open_to: bool) -> None:
    if open_to:
        office.ask(question, by=who)
    else:
        with pytest.raises((NotFound, NotAuthorised)):
            office.ask(question, by=who)


def test_what_is_not_published_is_not_there_for_the_public(office: Office) -> None:
    for data_set in {name for name, _ in HELD} - {name for name, view in HELD if view == "public"}:
        for question in (PublishedQuestion(data_set=data_set), PublishedStateQuestion(data_set)):
            with pytest.raises(NotFound):
                office.ask(question, by=PUBLIC)
    with pytest.raises(NotFound):
        office.ask(PublishedQuestion(data_set="no_such_set"), by=PUBLIC)
    with pytest.raises(NotFound):
        office.ask(FinalChangesQuestion(data_set="economic_operators", view="full", source=7), by=FR)


def test_everybody_is_told_of_the_data_sets_that_he_may_have_and_no_other(office: Office) -> None:
    told = {
        kind: {
            (each.name, view)
            for each in office.ask(DataSetsQuestion(), by=who).sets
            if each.name in PRODUCT
            for view in each.views
        }
        for kind, who in ASKING.items()
    }
    assert told[ActorKind.PUBLIC] == {(name, view) for name, view in HELD if view == "public"}
    assert ("guarantees", "full") in told[ActorKind.MEMBER_STATE]
    assert ("guarantees", "full") not in told[ActorKind.COMMISSION]
    assert {each for each in told[ActorKind.COMMISSION] if each[1] == "partner"} == {
        ("authorised_economic_operators", "partner")
    }
    assert not {view for kind in (ActorKind.TRADER, ActorKind.THIRD_COUNTRY) for _, view in told[kind]} - {"public"}


def test_consent_filters_what_is_published_and_never_replication(office: Office) -> None:
    """decisions-cases 6: consent is for publication alone; who withdraws it is gone from it with the next reading."""
    page = office.ask(PublishedQuestion(data_set="economic_operators"), by=PUBLIC)
    assert [(each.key, content(each)["name"]) for each in page.entries] == [("DE1", "Anders")]
    assert "valid_from" not in page.entries[0].content
    office.send(OperatorRecords((operator("DE1", "Anders", publish=False),)), by=DE)
    (gone,) = office.ask(PublishedQuestion(data_set="economic_operators", after=page.upto), by=PUBLIC).entries
    assert (gone.key, gone.content, gone.identity) == ("", None, tree.identity("DE1").hex())
    anew = office.ask(PublishedQuestion(data_set="economic_operators"), by=PUBLIC)
    assert "Anders" not in msgspec.json.encode(anew).decode()
    full = {each.key: content(each) for each in changes(office, "economic_operators").entries}
    assert (full["DE1"]["name"], full["DE1"]["publish"]) == ("Anders", False)
    public = office.ask(PublishedStateQuestion("economic_operators"), by=PUBLIC)
    assert [(each.count, each.root) for each in public.sources] == [(0, tree.EMPTY.hex())]


def test_of_a_guarantee_neither_code_nor_amount_leaves(office: Office) -> None:
    paper = GuaranteeRegistration(
        GRN, "1", "DE1", "A1B2", Decimal("12345.67"), dt.date(2026, 1, 1), office="DE004055"
    )  # fmt: skip
    office.send(paper, by=officer("de.officer", "DE"))
    page = changes(office, "guarantees")
    assert [content(each)["grn"] for each in page.entries] == [GRN]
    said = msgspec.json.encode(page).decode()
    assert "A1B2" not in said
    assert "12345" not in said


def test_a_partner_s_view_of_aeo_has_those_who_agreed_and_is_not_read_by_partners(office: Office) -> None:
    facts: dict[str, Any] = {
        "number": AEO,
        "holder": "DE1",
        "since": dt.date(2026, 1, 1),
        "legal_name": "Anders",
        "country": "DE",
    }
    office.send(AuthorisationGranted(**facts, consent=True), by=DE)
    (known,) = changes(office, "authorised_economic_operators").entries
    assert (content(known)["holder"], content(known)["state"]) == ("DE1", "active")
    assert "Anders" not in (known.content or "")
    (entry,) = changes(office, "authorised_economic_operators", "partner", by=COMMISSION).entries
    assert content(entry)["legal_name"] == "Anders"
    office.send(AuthorisationChanged(**facts, version=2, consent=False), by=DE)
    (gone,) = changes(office, "authorised_economic_operators", "partner", by=COMMISSION).entries
    assert (gone.key, gone.content) == ("", None)
    (kept,) = changes(office, "authorised_economic_operators").entries
    assert content(kept)["version"] == 2


def test_an_authorisation_goes_with_its_acts_and_without_grounds(office: Office) -> None:
    stated = AuthorisationStated(
        reference="DEACR2026000001", number=1, holder="DE1", effect_from=office.now, ground="a private reason"
    )
    office.send(stated, by=DE)
    (entry,) = changes(office, "authorisations").entries
    assert [act["number"] for act in content(entry)["acts"]] == [1]
    assert "private" not in (entry.content or "")


def test_pages_are_signed_and_say_what_they_hold(office: Office) -> None:
    page = changes(office, "economic_operators")
    said = open_page(page.note, office.key)
    assert (said.data_set, said.view, said.source, said.order, said.after, said.upto, said.more) == (
        "economic_operators", "full", 0, "changes", "0", page.upto, False,
    )  # fmt: skip
    assert said.digest == digest_of(
        Row(e.position, e.at, bytes.fromhex(e.identity), tree.leaf(e.key, (e.content or "").encode()))
        for e in page.entries
    )
    first = office.ask(FinalSnapshotQuestion(data_set="economic_operators", view="full", limit=1), by=FR)
    assert open_page(first.note, office.key).order == "snapshot"
    after = first.entries[-1].identity
    rest = office.ask(FinalSnapshotQuestion(data_set="economic_operators", view="full", after=after), by=FR)
    assert {each.key for each in (*first.entries, *rest.entries)} == {"DE1", "DE2"}
    assert (first.more, rest.more) == (True, False)


def test_a_root_that_is_presented_is_compared_and_signed_with_the_name_of_whoever_asked(office: Office) -> None:
    at: dict[str, Any] = {"data_set": "economic_operators", "view": "full"}
    held = office.ask(FinalStateQuestion(**at), by=FR)
    said = open_state(held.note, office.key)
    assert (said.asked_by, said.presented, held.equal) == ("NTA.FR", (), False)
    equal = office.ask(FinalStateQuestion(**at, presented=held.sources), by=FR)
    assert equal.equal
    assert open_state(equal.note, office.key).equal
    other = PresentedRoot(source=0, position=2, count=2, root="00" * 32)
    wrong = office.ask(FinalStateQuestion(**at, presented=(other,)), by=FR)
    assert not wrong.equal
    assert "equal no" in wrong.note


def test_what_differs_is_named(office: Office) -> None:
    at: dict[str, Any] = {"data_set": "economic_operators", "view": "full"}
    bucket = tree.bucket_of(tree.identity("DE2"))
    found = office.ask(FinalRangesQuestion(**at, ranges=("", bucket, "0000")), by=FR)
    assert found.held[2] == ""
    assert set(tree.leaves_of(bytes.fromhex(found.held[1]))) == {tree.identity("DE2")}
    (entry,) = office.ask(
        FinalEntriesQuestion(**at, identities=(tree.identity("DE2").hex(), "00" * 32)), by=FR
    ).entries  # fmt: skip
    assert entry.key == "DE2"


def test_an_entry_is_looked_up_and_an_unknown_one_is_not_found(office: Office) -> None:
    at: dict[str, Any] = {"data_set": "economic_operators", "view": "full"}
    found = office.ask(FinalLookUp(**at, key="DE2"), by=officer("fr.officer", "FR"))
    assert json.loads(found.content)["name"] == "Berger"
    missing = office.ask(FinalLookUp(**at, key="DE9"), by=FR)
    assert (missing.known, missing.content) == (NO, None)
    hidden = office.ask(FinalLookUp(data_set="economic_operators", view="public", key="DE2"), by=FR)
    assert hidden.known == NO


def test_every_data_set_stands_on_its_page_with_its_ground() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, final in PRODUCT.items():
        views = ", ".join(view.name for view in final.views)
        assert f"| `{name}` | {views} | {'; '.join(final.legal)} | {final.provision.value} |" in text


# --- at the doors

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("final")
    with standing(folder, identity_in(folder)) as made:
        yield made


def call(node: Standing, who: str, operation: str, *, door: str = "ccn2", **more: Any) -> Answer:
    return node.client(door, who).ask("POST", f"/{operation}", json.dumps(more).encode(), JSON)


def test_an_administration_reads_at_ccn2_and_the_public_what_is_published(node: Standing) -> None:
    entries = [{"eori": "FR9", "legal_name": "Petit", "country": "FR", "valid_from": "2026-01-01", "publish": True}]
    assert call(node, "fr.system", "eori/v1/deliver", operators=entries).status == 202
    assert node.client("ccn2", "fr.system").ask("GET", "/v1/inbox?wait=20").json["items"]
    at: dict[str, Any] = {"data_set": "economic_operators", "view": "full"}
    until = time.monotonic() + 30
    while (page := call(node, "de.system", "final_data/v1/changes", **at)).status == 503:
        assert time.monotonic() < until  # a new store is looked through once, beside the messages
        time.sleep(0.05)
    assert page.status == 200, page.body
    assert "FR9" in [each["key"] for each in page.json["entries"]]  # beside the parties of the development identity
    state = call(node, "de.system", "final_data/v1/state", **at)
    key = node.node.core.auditor.log.signer.key
    assert open_state(state.json["note"], key).asked_by == "NTA.DE"
    assert open_page(page.json["note"], key).upto == state.json["sources"][0]["position"]
    found = call(node, "de.officer", "final_data/v1/look_up", **at, key="FR9")
    assert json.loads(found.json["content"])["name"] == "Petit"
    public = call(node, "", "final_data/v1/published", door="speed2", data_set="economic_operators")
    assert [each["key"] for each in public.json["entries"]] == ["FR9"]


@pytest.mark.parametrize("after", [-1, 2**63, 2**64 - 1, 2**64, 10**400], ids=lambda at: f"{at.bit_length()} bits")
def test_a_position_that_cannot_be_is_its_senders_fault(node: Standing, after: int) -> None:
    refused = call(node, "", "final_data/v1/published", door="speed2", data_set="economic_operators", after=after)
    assert refused.status == 422, refused.body
    last = call(node, "", "final_data/v1/published", door="speed2", data_set="economic_operators", after=2**63 - 1)
    assert (last.status, last.json["entries"]) == (200, [])


def test_strangers_find_no_door_to_it(node: Standing) -> None:
    at: dict[str, Any] = {"data_set": "economic_operators", "view": "public"}
    for who in ("", "trader.fr.lesquin"):
        for operation in ("changes", "snapshot", "state", "look_up"):
            answer = call(node, who, f"final_data/v1/{operation}", door="speed2", **at, key="FR9")
            assert answer.status in (401, 403, 404), (who, operation, answer.body)
    assert call(node, "", "final_data/v1/changes", **at).status in (0, 401, 403)
    assert call(node, "de.officer", "final_data/v1/changes", **at).status == 404
