"""Authorised economic operators, and what a third country that recognises them is told: no more, and in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from douane.applications.aeo import handlers
from douane.applications.aeo.messages import (
    AeoCheck,
    AeoData,
    AeoDataAcknowledged,
    AeoListRequest,
    AeoNoted,
    AeoStatus,
    AeoType,
    AuthorisationChanged,
    AuthorisationGranted,
    AuthorisationKept,
    AuthorisationNotKept,
    PartnerMember,
    PartnerMembers,
    PartnerMembersKept,
    RecognitionConcluded,
    RecognitionEnded,
    RecognitionKept,
    RecognitionNotKept,
    RecognitionQuery,
    RecognitionState,
    Rejection,
    Standing,
    State,
)
from douane.runtime.store.ports import DAY, SECOND
from douane.vocabulary.errors import NotFound
from douane.vocabulary.known import YES
from tests.journeys.office import BEHAVIOUR, Office

DESK, US, CH = "NTA.EU", "third.us", "third.ch"
SINCE = dt.date(2026, 1, 5)


def granted(serial: int = 1, *, kind: str = "AEOF", country: str = "FR", consent: bool = True) -> AuthorisationGranted:
    return AuthorisationGranted(
        number=f"{country}{kind}{serial:06d}", holder=f"{country}{serial:06d}", legal_name=f"Operator {serial}",
        street_and_number="Quai 1", post_code="59000", town="Lille", country=country, since=SINCE, consent=consent,
    )  # fmt: skip


def changed(
    of: AuthorisationGranted, version: int = 2, state: State = State.ACTIVE, **more: Any
) -> AuthorisationChanged:
    facts = {name: getattr(of, name) for name in of.__struct_fields__}
    return AuthorisationChanged(**{**facts, "version": version, "state": state, **more})


def recognition(partner: str = US, name: str = "US-2012", **more: Any) -> RecognitionConcluded:
    facts: dict[str, Any] = {
        "title": "Partnership", "basis": "Decision of the Joint Committee", "data_protection": "adequacy decision",
        "every": 7,
    }  # fmt: skip
    return RecognitionConcluded(agreement=name, party=partner, **{**facts, **more})


@dataclass
class Register:
    """The Union's register in a node below its doors."""

    office: Office = field(default_factory=lambda: Office(frozenset({"EU"})))

    def give(self, message: Any, sender: str = "") -> Any:
        """Hand in a message; the last thing that its sender is told."""
        sender = sender or f"NTA.{message.number[:2]}"
        self.office.give(message, sender)
        found = self.office.sent(sender)
        return found[-1] if found else None

    def told(self, partner: str = US) -> list[list[tuple[str, str]]]:
        """Number and standing of each operator, for each message to a partner."""
        return [[(m.number, m.standing.value) for m in data.members] for data in self.data(partner)]

    def data(self, partner: str = US) -> list[AeoData]:
        return [m for m in self.office.sent(partner) if isinstance(m, AeoData)]

    def check(self, identifier: str) -> AeoStatus:
        found: AeoStatus = BEHAVIOUR.queries["aeo.check"].answer(self.office.view("EU"), AeoCheck(identifier))
        return found

    def state(self, agreement: str = "US-2012") -> RecognitionState:
        query = BEHAVIOUR.queries["aeo.show_exchange"]
        found: RecognitionState = query.answer(self.office.view("EU"), RecognitionQuery(agreement))
        return found


def test_the_list_holds_who_consented_under_the_types_agreed() -> None:
    register = Register()
    for message in (granted(1), granted(2, kind="AEOS"), granted(3, kind="AEOC"), granted(4, consent=False)):
        assert register.give(message) == AuthorisationKept(message.number, 1)
    assert register.give(recognition(), DESK) == RecognitionKept("US-2012", True)
    (listed,) = register.data()
    assert [(m.identifier, m.number, m.legal_name, m.town) for m in listed.members] == [
        ("FR000001", "FRAEOF000001", "Operator 1", "Lille"), ("FR000002", "FRAEOS000002", "Operator 2", "Lille"),
    ]  # fmt: skip
    assert (listed.exchange, listed.full, listed.more, listed.ended) == (1, True, False, False)


def test_changes_wait_for_the_day_agreed_and_what_worsens_a_standing_does_not() -> None:
    register = Register()
    first, second = granted(1), granted(2)
    register.give(first)
    register.give(recognition(), DESK)
    register.give(second)
    register.give(changed(first, legal_name="Renamed"))
    assert register.told() == [[("FRAEOF000001", "valid")]]
    assert register.state().waiting == 2
    register.office.wait(7 * DAY)
    assert register.told()[1:] == [[("FRAEOF000001", "valid"), ("FRAEOF000002", "valid")]]
    assert register.data()[-1].members[0].legal_name == "Renamed"
    register.give(changed(first, 3, State.SUSPENDED))
    register.give(changed(first, 4, State.REVOKED))
    assert register.told()[2:] == [[("FRAEOF000001", "suspended")], [("FRAEOF000001", "withdrawn")]]
    register.office.wait(30 * DAY)
    assert len(register.told()) == 4  # nothing waits, nothing is sent
    assert [data.exchange for data in register.data()] == [1, 2, 3, 4]


def test_a_holder_who_withdraws_consent_is_forgotten_at_once() -> None:
    register = Register()
    one, other = granted(1), granted(2, consent=False)
    register.give(one)
    register.give(recognition(), DESK)
    register.give(changed(one, consent=False))
    (gone,) = register.data()[-1].members
    assert (gone.standing, gone.number, gone.legal_name, gone.street_and_number, gone.town) == (
        Standing.WITHDRAWN, "FRAEOF000001", "", "", "",
    )  # fmt: skip
    register.give(other)
    register.give(changed(other, consent=True))
    register.give(changed(other, 3, consent=False))  # before the partner ever heard of it
    register.office.wait(8 * DAY)
    assert len(register.data()) == 2
    assert register.check("FR000001").types == (AeoType.BOTH,)  # still authorised at home


def test_a_note_that_the_list_overtook_tells_nothing_again() -> None:
    register = Register()
    first = granted(1)
    register.give(first)
    register.give(changed(first, legal_name="Renamed"))
    register.give(recognition(), DESK)
    ((renamed,),) = (data.members for data in register.data())
    noted = AeoNoted("US-2012", first.number, renamed, urgent=True, version=2)
    for note in (replace(noted, member=replace(renamed, legal_name="Operator 1"), version=1), noted):
        register.office.give(note, DESK)
    assert (len(register.data()), register.state().waiting) == (1, 0)
    register.give(changed(first, 3, legal_name="Renamed again"))
    assert register.state().waiting == 1
    register.office.give(replace(noted, member=None, version=2), DESK)
    assert register.state().waiting == 1
    register.office.give(replace(noted, version=0), DESK)  # of an earlier release, which did not say
    assert register.data()[-1].members[0].legal_name == "Renamed"


def test_a_note_for_no_agreement_is_for_nobody() -> None:
    register = Register()
    register.office.give(AeoNoted("US-2012", "FRAEOF000001", None, True, 2), DESK)  # fails where it is set aside
    assert register.office.sent(DESK) == []


def test_a_long_list_comes_in_pages_and_a_change_among_them_is_told_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers, "PAGE", 3)
    register = Register()
    for serial in range(1, 8):
        register.give(granted(serial))
    register.give(granted(8, kind="AEOC"))
    register.give(recognition(), DESK)
    assert [(d.full, d.more, len(d.members)) for d in register.data()] == [(True, True, 2)]  # the AEOC takes a place
    register.give(changed(granted(1), state=State.REVOKED))
    register.give(changed(granted(7), consent=False))
    for _ in range(4):
        register.office.wait(2 * SECOND)
    assert [(d.full, d.more) for d in register.data()] == [(True, True), (True, True), (True, False), (False, False)]
    numbers = [[number[-1] for number, _ in page] for page in register.told()]
    assert numbers == [["1", "2"], ["3", "4", "5"], ["6"], ["1"]]
    assert register.told()[-1] == [("FRAEOF000001", "withdrawn")]
    for serial in range(2, 7):
        register.give(changed(granted(serial), legal_name="Renamed"))
    register.office.wait(8 * DAY)
    register.office.wait(2 * SECOND)
    assert [(d.full, d.more, len(d.members)) for d in register.data()[4:]] == [(False, True, 3), (False, False, 2)]


def test_the_partner_acknowledges_rejects_and_asks_for_the_list_again() -> None:
    register = Register()
    register.give(granted(1))
    register.give(recognition(), DESK)
    rejected = (Rejection("FR000001", "no such town"),)
    register.give(AeoDataAcknowledged("US-2012", 1, rejected), US)
    register.give(AeoDataAcknowledged("US-2012", 9), US)  # never sent
    state = register.state()
    assert (state.sent, state.acknowledged, state.rejected) == (1, 1, rejected)
    register.give(AeoListRequest("US-2012"), US)
    assert [data.full for data in register.data()] == [True, True]
    register.give(AeoListRequest("US-2012"), CH)  # a stranger to the agreement
    assert len(register.data()) == 2


def test_members_of_the_partner_are_recognised_until_a_complete_list_leaves_them_out() -> None:
    register = Register()
    member = PartnerMember("US1234567", Standing.VALID, SINCE, "Acme")
    members = PartnerMembers("US-2012", (member,), full=True)
    register.give(recognition(), DESK)
    foreign, twin = replace(member, identifier="CA1"), replace(member, standing=Standing.SUSPENDED)
    answer = register.give(replace(members, members=(member, foreign, twin)), US)
    assert isinstance(answer, PartnerMembersKept)
    assert (answer.kept, [each.identifier for each in answer.rejected]) == (1, ["CA1", "US1234567"])
    assert register.check("US1234567") == AeoStatus("US1234567", YES, (), "US-2012")
    second = replace(member, identifier="US2")
    register.give(replace(members, members=(second,), more=True), US)
    assert register.check("US1234567").agreement  # the new list is not complete
    register.give(replace(members, members=()), US)
    assert [register.check(each).agreement for each in ("US1234567", "US2")] == ["", "US-2012"]
    register.give(replace(members, members=(replace(second, standing=Standing.SUSPENDED),), full=False), US)
    assert register.check("US2").agreement == ""
    register.give(replace(members, members=(second,), full=False), US)
    later = replace(second, identifier="US3", since=dt.date(2030, 1, 1))
    register.give(replace(members, members=(later,), full=False), US)
    assert [register.check(each).agreement for each in ("US2", "US3")] == ["US-2012", ""]
    stranger = register.give(members, CH)
    assert (stranger.kept, len(stranger.rejected)) == (0, 1)


def test_an_agreement_that_ends_is_told_to_the_partner_and_recognises_nobody() -> None:
    register = Register()
    register.give(granted(1))
    register.give(recognition(), DESK)
    assert isinstance(register.give(recognition(name="US-2030"), DESK), RecognitionNotKept)  # one at a time
    register.give(PartnerMembers("US-2012", (PartnerMember("US1", Standing.VALID, SINCE),)), US)
    for _ in range(2):
        assert register.give(RecognitionEnded("US-2012", "denounced"), DESK) == RecognitionKept("US-2012", False)
    assert [(d.ended, d.full, len(d.members)) for d in register.data()] == [(False, True, 1), (True, False, 0)]
    register.give(granted(2))
    register.give(changed(granted(1), state=State.REVOKED))
    register.office.wait(30 * DAY)
    assert len(register.data()) == 2
    assert register.check("US1").agreement == ""
    late = register.give(PartnerMembers("US-2012", (PartnerMember("US1", Standing.VALID, SINCE),)), US)
    assert late.kept == 0
    assert isinstance(register.give(recognition(), DESK), RecognitionNotKept)  # its name is taken for ever
    assert register.give(recognition(name="US-2031"), DESK) == RecognitionKept("US-2031", True)
    assert register.told()[2:] == [[("FRAEOF000002", "valid")]]


def test_each_partner_has_an_exchange_of_its_own() -> None:
    register = Register()
    register.give(recognition(), DESK)
    register.give(recognition(CH, "CH-2011", types=(AeoType.CUSTOMS_SIMPLIFICATIONS,), every=0), DESK)
    register.give(granted(1, kind="AEOC"))
    register.give(granted(2))
    assert register.told(CH) == [[], [("FRAEOC000001", "valid")]]
    register.office.wait(7 * DAY)
    assert register.told(US) == [[], [("FRAEOF000002", "valid")]]
    with pytest.raises(NotFound):
        register.state("JP-2010")


def test_nothing_is_exchanged_without_a_ground_of_the_transfer() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(msgspec.to_builtins(recognition(data_protection="")), RecognitionConcluded)
    register = Register()
    register.give(granted(1))
    assert register.data() == []


def test_an_administration_delivers_its_own_and_the_latest_state_stands() -> None:
    register = Register()
    one = granted(1)
    refused = register.give(one, "NTA.DE")
    assert isinstance(refused, AuthorisationNotKept)
    assert "your own administration" in refused.reasons[0]
    assert isinstance(register.give(changed(one), "NTA.DE"), AuthorisationNotKept)
    assert register.give(one) == AuthorisationKept(one.number, 1)  # the refused grant took no number
    assert register.give(changed(one)) == AuthorisationKept(one.number, 2)
    assert isinstance(register.give(changed(one)), AuthorisationNotKept)
    assert isinstance(register.give(changed(granted(9))), AuthorisationNotKept)  # never granted
    assert register.give(changed(one, 3, State.SUSPENDED)) == AuthorisationKept(one.number, 3)
    assert register.check(one.holder).types == ()
    assert register.give(changed(one, 4)) == AuthorisationKept(one.number, 4)
    assert register.check(one.holder).types == (AeoType.BOTH,)
    assert register.give(changed(one, 5, State.REVOKED)) == AuthorisationKept(one.number, 5)
    assert "grant a new one" in register.give(changed(one, 6)).reasons[0]
