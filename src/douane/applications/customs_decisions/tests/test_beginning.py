"""From when on a decision has effect, how far back it reaches, and what ends it before it has begun."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ApplicationNotRegistered,
    EffectAwaited,
    NotPossible,
    ReceiptConfirmed,
)
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, ActTaken, DecisionTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing
from douane.applications.customs_decisions.rules.goods import is_sensitive
from douane.applications.customs_decisions.tests.life import Life
from douane.applications.customs_decisions.tests.samples import AEO, BTI, IPO, RULING, filled

T = DecisionType
HERE = {"31 04 000 008": "3", "31 04 010 020": "FR"}
WANTED = "34 06 000 207"


def processing(own: str = "one", before: Life | None = None, **given: str) -> Life:
    """An application for inward processing in France, accepted on 11 January 2027."""
    elements = IPO | HERE | {each[1:].replace("_", " "): value for each, value in given.items()}
    return Life("2027-01-11T09:00", T.IPO, elements, own=own, office=before.office if before else None)


def granted(life: Life, **more: Any) -> Life:
    """Granted as its officer says, and received."""
    told = life.decides(DecisionTaken(reference=life.reference, granted=True, **more))
    assert not isinstance(told, NotPossible), told
    life.send(ReceiptConfirmed(reference=life.reference, number=1))
    return life


def refused(life: Life, **more: Any) -> str:
    """By which article its officer cannot grant it so."""
    told = life.decides(DecisionTaken(reference=life.reference, granted=True, **more))
    assert isinstance(told, NotPossible), told
    return told.article


def taken(life: Life, kind: ActKind, ground: Ground) -> Any:
    """An act about which nobody is heard, received at once; what its officer was told."""
    unheard: dict[str, Any] = (
        {"no_hearing": NoHearing.SECURITY, "unheard_for": "Alert 7"} if kind is not ActKind.COMMENCE else {}
    )
    told = life.decides(ActTaken(reference=life.reference, act=kind, ground=ground, reasons="Grounds", **unheard))
    if not isinstance(told, NotPossible):
        life.send(ReceiptConfirmed(reference=life.reference, number=len(life.shown.acts)))
    return told


def test_it_is_usable_from_the_day_that_was_wanted_and_its_holder_is_told_twice() -> None:
    life = granted(processing(_34_06_000_207="20270301"))
    assert life.shown.state == "granted, not yet in effect"
    awaited = life.last(EffectAwaited)
    assert awaited.article == "DA 2015/2446 art. 14(a)"
    assert awaited.effect_from == dt.datetime(2027, 2, 28, 23, tzinfo=dt.UTC)
    assert life.standing() != "usable"
    assert life.standing("2027-03-01T09:00", begins_in="FR") == "usable", "the register knows the day"
    assert not [each for each in life.told if isinstance(each, ActInEffect)]
    life.until("2027-02-28T23:00")
    assert life.shown.state == "in force"
    assert life.last(ActInEffect).effect_from == awaited.effect_from
    assert life.standing(begins_in="FR") == "usable"


@pytest.mark.parametrize("kind", [ActKind.REVOKE, ActKind.ANNUL])
def test_what_ends_it_before_its_day_leaves_nothing_to_use(kind: ActKind) -> None:
    life = granted(processing(_34_06_000_207="20270301"))
    taken(life, kind, Ground.CONDITIONS if kind is ActKind.REVOKE else Ground.INCORRECT)
    ended = life.shown.state
    assert life.standing("2027-03-02T09:00", begins_in="FR") == "ended"
    life.until("2027-04-01T09:00")
    assert life.shown.state == ended
    assert life.standing(begins_in="FR") == "ended"
    assert not [each for each in life.told if isinstance(each, ActInEffect) and each.act is ActKind.GRANT]


def test_a_decision_that_waits_for_formalities_is_in_no_register_until_they_are_completed() -> None:
    life = granted(processing(), formalities="The scales are verified")
    assert life.last(EffectAwaited).formalities == "The scales are verified"
    assert life.last(EffectAwaited).effect_from is None
    assert life.standing("2027-06-01T09:00", begins_in="FR") not in ("usable", "suspended", "ended")
    life.until("2027-02-01T09:00")
    taken(life, ActKind.COMMENCE, Ground.FORMALITIES)
    assert life.shown.state == "in force"
    assert life.standing(begins_in="FR") == "usable"
    assert life.standing("2027-01-20T09:00", begins_in="FR") != "usable", "it does not reach back"
    again = taken(life, ActKind.COMMENCE, Ground.FORMALITIES)
    assert isinstance(again, NotPossible)
    taken(life, ActKind.SUSPEND, Ground.DOUBT)
    assert life.standing(begins_in="FR") == "suspended", "the register counts from the act with which it began"


def test_a_decision_that_has_not_begun_ends_with_its_revocation_alone() -> None:
    life = granted(processing(), formalities="The scales are verified")
    assert isinstance(taken(life, ActKind.SUSPEND, Ground.DOUBT), NotPossible)
    taken(life, ActKind.REVOKE, Ground.CONDITIONS)
    assert life.shown.state == "revoked"
    assert isinstance(taken(life, ActKind.COMMENCE, Ground.FORMALITIES), NotPossible)
    assert life.standing(begins_in="FR") != "usable"


def test_an_officer_says_no_formalities_of_a_decision_that_waits_for_its_day() -> None:
    life = granted(processing(_34_06_000_207="20270301"))
    assert "commence" not in life.shown.possible
    assert isinstance(taken(life, ActKind.COMMENCE, Ground.FORMALITIES), NotPossible)
    assert life.shown.state == "granted, not yet in effect"


def test_it_reaches_back_as_far_as_the_law_says() -> None:
    day, back = dt.date(2027, 1, 11), "UCC art. 211(2)"
    life = processing()
    assert refused(life, effect_on=day) == back, "say what shows that it may"
    assert refused(life, effect_on=dt.date(2027, 1, 10), shown="Records") == "DA 2015/2446 art. 172(1)"
    assert refused(life, effect_on=dt.date(2027, 2, 1), shown="Records") == "DA 2015/2446 art. 14(a)"
    exceptional: dict[str, Any] = {"shown": "Records", "exceptional": "The forwarder was closed by a flood"}
    assert refused(life, effect_on=dt.date(2026, 1, 10), **exceptional) == "DA 2015/2446 art. 172(2)"
    assert refused(life, effect_on=day, shown="Records", formalities="Scales") == "DA 2015/2446 art. 14(c)"
    granted(life, effect_on=dt.date(2026, 6, 1), **exceptional)
    assert life.shown.state == "in force"
    assert life.standing("2026-07-01T09:00", begins_in="FR") == "usable"
    other = processing("two", before=life)
    assert refused(other, effect_on=day, shown="Records") == "UCC art. 211(2)(e)", "once in three years"


def test_one_that_reaches_back_in_another_procedure_counts_before_it_is_received() -> None:
    """UCC art. 211(2)(e) speaks of any authorisation with retroactive effect, granted, not received."""
    day = dt.date(2027, 1, 11)
    life = processing()
    life.decides(DecisionTaken(reference=life.reference, granted=True, effect_on=day, shown="Records"))
    assert life.shown.acts[-1].received_at is None
    other = Life("", T.EUS, filled(T.EUS, "FR"), own="other", office=life.office)
    assert refused(other, effect_on=day, shown="Records") == "UCC art. 211(2)(e)"


def test_a_renewal_reaches_back_to_the_end_of_what_it_renews_and_no_further() -> None:
    life = granted(processing(), valid_until=dt.date(2027, 1, 31))
    life.until("2027-03-01T09:00")
    wanted = msgspec.structs.replace(life.lodged, own_reference="renewal", renews=life.shown.decision)
    renewal = processing("other", before=life)
    renewal.reference = life.send(wanted).reference
    renewal.decides(AcceptanceJudged(reference=renewal.reference, accepted=True))
    assert refused(renewal, effect_on=dt.date(2027, 1, 31), shown="Records") == "DA 2015/2446 art. 172(3)"
    granted(renewal, effect_on=dt.date(2027, 2, 1), shown="Records")
    assert renewal.standing("2027-02-01T09:00", begins_in="FR") == "usable"


def test_what_reaches_back_says_to_which_day() -> None:
    assert refused(processing(), shown="Records") == "UCC art. 211(2)"


def test_sensitive_goods_reach_back_three_months() -> None:
    life = processing(_35_01_010_056="170199")
    exceptional: dict[str, Any] = {"shown": "Records", "exceptional": "The forwarder was closed by a flood"}
    assert refused(life, effect_on=dt.date(2026, 10, 10), **exceptional) == "DA 2015/2446 art. 172(2)"
    granted(life, effect_on=dt.date(2026, 10, 12), **exceptional)


def test_a_storage_facility_does_not_reach_back() -> None:
    life = Life("2027-01-11T09:00", T.CW1, filled(T.CW1, "FR"))
    assert refused(life, effect_on=dt.date(2027, 1, 11), shown="Records") == "UCC art. 211(2)"


def test_the_law_alone_says_how_long_a_ruling_is_valid_and_that_it_waits_for_nothing() -> None:
    life = Life("2027-01-11T09:00", T.BTI, BTI)
    assert refused(life, conditions=RULING, valid_until=dt.date(2028, 1, 1))
    assert refused(life, conditions=RULING, formalities="Scales") == "DA 2015/2446 art. 14(c)"


def test_an_end_before_its_beginning_is_none() -> None:
    life = processing(_34_06_000_207="20270301")
    assert refused(life, valid_until=dt.date(2027, 2, 28)) == "UCC art. 22(5)"
    assert refused(life, valid_until=dt.date(2032, 3, 2)) == "DA 2015/2446 art. 173(1)"


def test_what_is_refused_has_no_time() -> None:
    life = processing()
    told = life.decides(
        DecisionTaken(reference=life.reference, granted=False, reasons="No", valid_until=dt.date(2028, 1, 1))
    )
    assert isinstance(told, NotPossible)


def test_only_an_own_decision_for_a_time_is_renewed() -> None:
    life = granted(processing())
    for named in ("FRIPO2027000000099", life.shown.decision.replace("IPO", "OPO")):
        wanted = msgspec.structs.replace(life.lodged, own_reference=f"of {named}", renews=named)
        told = life.send(wanted)
        assert isinstance(told, ApplicationNotRegistered)
        assert [each.element for each in told.faults] == ["31 03 010 001"]
    ruling = Life("", T.BTI, BTI, own="ruling", office=life.office).granted()
    told = life.send(msgspec.structs.replace(ruling.lodged, own_reference="no", renews=ruling.shown.decision))
    assert isinstance(told, ApplicationNotRegistered), "a ruling is not renewed"
    kept = msgspec.structs.replace(life.lodged, own_reference="renewal", renews=life.shown.decision)
    assert not isinstance(life.send(kept), ApplicationNotRegistered)
    taken(life, ActKind.REVOKE, Ground.CONDITIONS)
    told = life.send(msgspec.structs.replace(kept, own_reference="revoked"))
    assert isinstance(told, ApplicationNotRegistered), "what was revoked is not renewed"


def test_an_economic_operator_waits_for_the_fifth_day() -> None:
    life = Life("2027-01-11T09:00", T.AEOC, AEO, authority="DE")
    granted(life)
    assert life.shown.state == "granted, not yet in effect"
    life.until("2027-01-20T09:00")
    assert life.shown.state == "in force"


@pytest.mark.parametrize(
    ("code", "sensitive"),
    [
        ("170199", True),
        ("17019910", True),
        ("760110", False),
        ("220710", True),
        ("22084051", True),
        ("22083011", False),
    ],
)
def test_goods_of_annex_71_02(code: str, sensitive: bool) -> None:
    assert is_sensitive(code) is sensitive
