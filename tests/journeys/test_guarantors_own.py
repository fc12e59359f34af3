"""What a guarantor finds: guarantees that he answers for, his undertakings, what he is told; nobody else does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.accounts.contract import Scope
from douane.applications.accounts.messages import DelegationAccepted, DelegationEnded
from douane.applications.accounts.tests.test_delegations import BERT, B, agreed, answer, gift, knowing
from douane.applications.transit.handlers.showing import claims
from douane.applications.transit.messages import ClaimsQuery, GuarantorNotice
from douane.applications.transit.records.claims import ClaimOnGuarantor
from douane.assembly.core import Core
from douane.central_repository.vouching import reading
from douane.configuration import discovery
from douane.configuration.settings import PagesAt
from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.pages.tests.linting import faults
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch
from douane.runtime.store.records import kind_of
from douane.testing.office import Office as Accounts
from douane.testing.office import acting, trader
from douane.trust.demo import HOLDER as HOLDING
from douane.trust.demo import REPRESENTED, DemoClient
from douane.vocabulary.errors import NotAuthorised
from tests.journeys.movements import Movement
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.journeys.test_after_release import GUARANTOR, lost, released_on
from tests.journeys.test_filing_securities import GUARANTEE as GRN
from tests.journeys.test_filing_securities import GUARANTOR as UNDERTOOK
from tests.journeys.test_filing_securities import UNDERTAKING
from tests.journeys.test_modules import seen as desk_page
from tests.journeys.test_own import call, page, sent
from tests.journeys.test_sign_in import BELGIAN, CHIEF, Someone

BANK, OTHER_BANK, TELLER, HOLDER = "bank.fr", "bank.de", "teller.fr", "trader.fr.lesquin"
REPRESENTED_BANK = "trader.bank.fr"
BANK_EORI, HOLDER_EORI = "FR78484900000013", "FR40123456700017"
CLIENTS = (
    DemoClient(BANK, ActorKind.TRADER, "FR", BANK_EORI, roles=frozenset({"guarantor"})),
    DemoClient(OTHER_BANK, ActorKind.TRADER, "DE", "DE7766554433221", roles=frozenset({"guarantor", HOLDING})),
    DemoClient(TELLER, ActorKind.TRADER, "FR", BANK_EORI),
    DemoClient(REPRESENTED_BANK, ActorKind.TRADER, "FR", BANK_EORI, roles=frozenset({"guarantor", REPRESENTED})),
    DemoClient(CHIEF, ActorKind.TRADER, "BE", BELGIAN, roles=frozenset({REPRESENTED})),
)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("guarantors")
    with standing(folder, identity_in(folder, CLIENTS), pages=PagesAt(port=0), limits=GENEROUS) as made:
        terms = {"type": "1", "holder": HOLDER_EORI, "access_code": "A1B2", "limit": "98765.00"}
        told = sent(made, "ccn2", "fr.officer", "guarantees.register", grn=GRN, valid_from="2026-01-01",
                    guarantor=UNDERTOOK, **terms)  # fmt: skip
        assert told == {"GuaranteeRegistered"}
        told = sent(made, "ccn2", "fr.officer", "guarantees.register_undertaking", grn=UNDERTAKING,
                    guarantor=UNDERTOOK, valid_from="2026-01-01")  # fmt: skip
        assert told == {"VoucherUndertakingKept"}
        yield made


def answered(node: Standing, who: str, country: str = "FR") -> Any:
    return call(node, "speed2", who, "guarantees.answered", country=country)


def test_a_guarantor_finds_what_he_answers_for_without_amounts_and_codes(node: Standing) -> None:
    found = answered(node, BANK)
    assert {each["grn"] for each in found.json["lines"]} == {GRN, UNDERTAKING}
    assert {each["holder"] for each in found.json["lines"]} == {HOLDER_EORI, ""}
    assert b"A1B2" not in found.body
    assert b"98765" not in found.body
    assert answered(node, BANK, "DE").json["lines"] == []


def test_another_guarantor_finds_nothing_of_it(node: Standing) -> None:
    assert answered(node, OTHER_BANK).json["lines"] == []
    seen = page(node, OTHER_BANK, "/undertakings?country=FR")
    assert (seen.status, GRN in seen.body) == (200, False)


def test_the_holder_is_no_guarantor_of_his_own_and_an_employee_without_the_role_is_told_so(node: Standing) -> None:
    for who in (HOLDER, TELLER):
        for operation in ("guarantees.answered", "transit.claims"):
            refused = call(node, "speed2", who, operation, country="FR")
            assert (refused.status, refused.json["why"]["missing"]) == (403, "guarantor"), refused.body
    assert GRN in json.dumps(call(node, "speed2", HOLDER, "guarantees.mine", country="FR").json)


def test_an_officer_has_no_such_list(node: Standing) -> None:
    for operation in ("guarantees/v1/answered", "transit/v1/claims"):
        asked = node.client("ccn2", "fr.officer").ask(
            "POST", f"/{operation}", b'{"country": "FR"}', {"content-type": "application/json"}
        )
        assert asked.status == 404


def test_both_lists_are_pages_in_three_languages(node: Standing) -> None:
    found = page(node, BANK, "/undertakings")
    assert GRN in found.text
    assert "Undertaking for vouchers" in found.text
    claims = page(node, BANK, "/claims")
    assert "No office of departure in FR told you anything." in claims.text
    for path in ("/undertakings", "/claims"):
        for language in ("en", "fr", "de"):
            seen = page(node, BANK, path, language)
            assert (seen.status, faults(seen.body)) == (200, [])
            inside = seen.body.partition("<main")[2].partition("</main")[0]
            assert language == "en" or 'lang="en"' not in inside, inside
        assert page(node, HOLDER, path).status == 403
        assert page(node, "", path).status == 401


def test_a_guarantor_finds_what_he_was_told_of_a_movement_and_nobody_else_does() -> None:
    movement = lost(released_on("2026-12-21T09:00+01:00"))
    movement.close(discharged=False, amount="812.50")
    movement.decided(GuarantorNotice(mrn=movement.mrn, guarantor=GUARANTOR))
    movement.days(14)
    told = movement.office.view("FR", trader(GUARANTOR))
    lines = claims(told, ClaimsQuery(country="FR")).lines
    assert ["claimed from you" in each.text for each in lines] == [True, False], "the latest first"
    assert {each.mrn for each in lines} == {movement.mrn}
    for other in (trader("DE7766554433221"), trader(HOLDER_EORI), acting("fr.x", principal=GUARANTOR)):
        assert claims(movement.office.view("FR", other), ClaimsQuery(country="FR")).lines == ()


CLERK, FOREIGN = "fr.clerk", "DE7766554433221"
CLAIMS = {"scope": Scope.OPERATIONS, "operations": ("transit.claims",)}
OTHERWISE = {"scope": Scope.OPERATIONS, "operations": ("guarantees.answered",)}
ELSEWHERE = {"scope": Scope.CASES, "cases": ("26FR005350000099J9",)}


@pytest.fixture(scope="module")
def claimed() -> Movement:
    movement = lost(released_on("2026-12-21T09:00+01:00"))
    movement.close(discharged=False, amount="812.50")
    movement.decided(GuarantorNotice(mrn=movement.mrn, guarantor=GUARANTOR))
    return movement


def seen_by(movement: Movement, register: Accounts, who: Caller) -> tuple[str, ...]:
    """The movements of which a delegate is told, by the register of delegations as it is now. Raises NotAuthorised."""
    _, within = reading(
        discovery.behaviour(), lambda *_: True, lambda administration: register._view(administration), who
    )
    asking = movement.office.view("FR", who, within=within)
    return tuple(each.mrn for each in claims(asking, ClaimsQuery(country="FR")).lines)


@pytest.mark.parametrize(
    ("given", "sees"),
    [({}, True), (CLAIMS, True), (OTHERWISE, False), ("this case", True), (ELSEWHERE, False)],
    ids=["full", "for claims", "for another operation", "for the movement", "for another movement"],
)
def test_a_delegate_finds_what_his_delegation_is_for_and_nothing_once_it_ended(
    claimed: Movement, given: dict[str, Any] | str, sees: bool
) -> None:
    scope = {"scope": Scope.CASES, "cases": (claimed.mrn,)} if isinstance(given, str) else given
    register, who = knowing(), acting(BERT, principal=GUARANTOR, delegate=B)
    with pytest.raises(NotAuthorised):
        seen_by(claimed, register, who)
    answer(register, gift(GUARANTOR, B, **scope), trader(GUARANTOR))
    with pytest.raises(NotAuthorised):  # nobody has accepted it
        seen_by(claimed, register, who)
    answer(register, DelegationAccepted(principal=GUARANTOR, delegate=B), trader(B))
    assert bool(seen_by(claimed, register, who)) is sees
    stranger, other = acting(CLERK, principal=GUARANTOR), acting(BERT, principal=FOREIGN, delegate=B)
    for nobody in (stranger, other):
        with pytest.raises(NotAuthorised):
            seen_by(claimed, register, nobody)
    agreed(register, FOREIGN, B)
    assert seen_by(claimed, register, other) == (), "a delegate of another guarantor"
    register.send(DelegationEnded(principal=GUARANTOR, delegate=B), by=trader(GUARANTOR))
    with pytest.raises(NotAuthorised):
        seen_by(claimed, register, who)


def test_a_delegate_whom_no_register_knows_finds_nothing(claimed: Movement) -> None:
    program = replace(trader(GUARANTOR), id="program.be", by="program.be")
    assert claims(claimed.office.view("FR", program), ClaimsQuery(country="FR")).lines == ()
    _, within = reading(discovery.behaviour(), lambda *_: True, lambda _: None, program)  # type: ignore[arg-type,return-value]
    assert claims(claimed.office.view("FR", program, within=within), ClaimsQuery(country="FR")).lines == ()


def test_a_case_without_an_mrn_is_called_by_its_name_and_not_by_our_number(node: Standing) -> None:
    listed, shown = desk_page(node, "/messages", "fr.officer", site="desk"), page(node, HOLDER, f"/cases/{GRN}")
    assert (listed.status, shown.status) == (200, 200)
    for seen in (listed.body, shown.body.partition("<h1>")[2].partition("</h1>")[0]):
        assert f'<span class="ref">{GRN}</span>' in seen, seen


def keep(core: Core, claim: ClaimOnGuarantor) -> None:
    """Write what an office of departure told, as its handler keeps it: a journey to it takes months."""
    kind, batch, local = kind_of(ClaimOnGuarantor), Batch(), b"\1"
    key = keys.record_key(0, "FR", keys.subject_id(1_800_000_000_000, 0, 7), kind.number, local)
    batch.put[key] = kind.stored.write(claim)
    entries = kind.entries(claim, keys.space(keys.INDEX, 0) + b"FR", key[5:13] + local)
    batch.put.update((each, key) for each in entries)
    core.store.apply(batch, 0, core.node.owners[0].epoch)


def test_a_representative_sees_the_claims_on_his_page_as_long_as_his_delegation_is_for_them(node: Standing) -> None:
    core = node.node.core
    claim = ClaimOnGuarantor(
        guarantor=BANK_EORI, mrn="26FR005350000001J9", holder=HOLDER_EORI, office="FR005350", told_at=1, text="claimed"
    )
    node.loop.call_soon_threadsafe(keep, core, claim)
    teller = {
        "account": "fr.bank", "provider": "https://id.example", "subject": "fr.bank", "name": "Bank", "kind": "trader",
        "country": "FR", "eori": BANK_EORI, "roles": ["guarantor"],
    }  # fmt: skip
    assert sent(node, "ccn2", "fr.system", "accounts.deliver", keeper="EU", accounts=[teller]) == {"AccountRecordsKept"}
    between = {"principal": BANK_EORI, "delegate": BELGIAN}
    own = {"scope": "operations", "operations": ["transit.claims"], "valid_from": "2026-01-01"}
    other = own | {"operations": ["guarantees.answered"]}
    for given, sees in ((own, True), (other, False)):
        for who, operation, content in (
            (REPRESENTED_BANK, "accounts.delegate", between | given), (CHIEF, "accounts.accept", between),
        ):  # fmt: skip
            assert sent(node, "speed2", who, operation, **content) == {"DelegationKept"}
        sofie = Someone(node)
        entered = sofie.sign_in("be.sofie.peeters", "BE", "customs representative", acting_for=BANK_EORI)
        assert entered.status == 200, entered.text
        page = sofie.get(sofie.url("portal", "/claims?country=FR"))
        assert (page.status, claim.mrn in page.text) == (200, sees), page.text
        assert sent(node, "speed2", REPRESENTED_BANK, "accounts.end", **between) == {"DelegationKept"}
        ended = sofie.get(sofie.url("portal", "/claims?country=FR"))
        assert (ended.status, claim.mrn in ended.text) == (403, False), (given, ended.text)
