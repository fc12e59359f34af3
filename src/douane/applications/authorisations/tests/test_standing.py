"""How an authorisation stands: by its acts, by what was known, and by where the operation begins and ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.applications.authorisations.messages import (
    TYPE_OF_DOCUMENT,
    TYPES,
    AuthorisationStated,
    Standing,
    State,
)
from douane.applications.authorisations.rules import act_faults, holds_there, in_force, standing_of, type_of
from douane.author import DECISION_TYPES, DecisionType

ACR, ACE, SSE, TRD, ETD = (DecisionType(code) for code in ("ACR", "ACE", "SSE", "TRD", "ETD"))


@dataclass(frozen=True)
class Act:
    """An act on paper; days count from an arbitrary one."""

    state: State = State.VALID
    effect_from: int = 0
    effect_to: int = 0
    known_at: int = 0
    member_states: tuple[str, ...] = ()


GRANT = Act(effect_from=10, known_at=10)


def state_at(acts: list[Act], valid_at: int, known_at: int = 1_000) -> State | None:
    place = in_force(acts, valid_at=valid_at, known_at=known_at)
    return acts[place].state if place >= 0 else None


def test_nothing_holds_before_the_grant_takes_effect() -> None:
    assert [state_at([GRANT], day) for day in (9, 10, 11)] == [None, State.VALID, State.VALID]


def test_an_authorisation_for_a_period_ends_without_an_act() -> None:
    assert [state_at([replace(GRANT, effect_to=20)], day) for day in (19, 20)] == [State.VALID, None]


def test_a_suspension_ends_by_itself_and_the_authorisation_is_usable_again() -> None:
    """The first instant of the day after is free: no act is needed (DA art. 18)."""
    acts = [GRANT, Act(State.SUSPENDED, effect_from=40, effect_to=70, known_at=37)]
    assert [state_at(acts, day) for day in (39, 40, 69, 70)] == [
        State.VALID, State.SUSPENDED, State.SUSPENDED, State.VALID,
    ]  # fmt: skip


def test_a_suspension_that_was_signed_but_not_received_suspends_nothing_yet() -> None:
    acts = [GRANT, Act(State.SUSPENDED, effect_from=40, effect_to=70, known_at=37)]
    assert state_at(acts, 38) is State.VALID


def test_an_annulment_reaches_back_and_what_was_known_before_stays_known() -> None:
    acts = [GRANT, Act(State.ANNULLED, effect_from=10, known_at=50)]
    assert state_at(acts, 20) is State.ANNULLED
    assert state_at(acts, 20, known_at=49) is State.VALID


def test_a_revocation_that_came_to_be_known_later_prevails_over_a_suspension_announced_before() -> None:
    acts = [GRANT, Act(State.SUSPENDED, effect_from=60, known_at=20), Act(State.REVOKED, effect_from=50, known_at=30)]
    assert [state_at(acts, day) for day in (49, 50, 61)] == [State.VALID, State.REVOKED, State.REVOKED]
    assert state_at(acts, 61, known_at=29) is State.SUSPENDED


acts_on_paper = st.lists(
    st.builds(
        Act, st.sampled_from(State), effect_from=st.integers(1, 50), effect_to=st.sampled_from([0, 20, 60]),
        known_at=st.integers(1, 50),
    ),
    max_size=8,
)  # fmt: skip


@given(acts_on_paper, acts_on_paper, st.integers(0, 70), st.integers(0, 49))
def test_what_is_stated_later_never_changes_what_was_known(
    acts: list[Act], later: list[Act], valid_at: int, known_at: int
) -> None:
    ordered = sorted(acts, key=lambda act: act.known_at)
    more = [replace(act, known_at=known_at + 1) for act in later]
    before = state_at([a for a in ordered if a.known_at <= known_at], valid_at, known_at)
    assert state_at(ordered + more, valid_at, known_at) == before


@pytest.mark.parametrize(
    ("type", "begins_in", "ends_in", "holds"),
    [
        (ACR, "FR", "AT", True), (ACR, "AT", "FR", False), (ACR, "", "FR", False),
        (SSE, "FR", "AT", True), (SSE, "DE", "FR", False),
        (ACE, "AT", "FR", True), (ACE, "FR", "AT", False), (ACE, "FR", "", False),
        (TRD, "DE", "AT", True), (TRD, "", "", True),
        (ETD, "FR", "AT", False),
    ],
)  # fmt: skip
def test_a_simplification_of_transit_holds_where_the_law_says(
    type: DecisionType, begins_in: str, ends_in: str, holds: bool
) -> None:
    """IA art. 313; each was granted in France."""
    assert holds_there(GRANT, type, granted_in="FR", begins_in=begins_in, ends_in=ends_in) is holds


@pytest.mark.parametrize(("begins_in", "ends_in", "holds"), [("FR", "DE", True), ("FR", "AT", False), ("", "", False)])
def test_an_electronic_transport_document_holds_in_the_member_states_that_are_named(
    begins_in: str, ends_in: str, holds: bool
) -> None:
    act = replace(GRANT, member_states=("FR", "DE"))
    assert holds_there(act, ETD, granted_in="FR", begins_in=begins_in, ends_in=ends_in) is holds


def test_an_authorisation_that_names_member_states_holds_in_them_alone() -> None:
    act = replace(GRANT, member_states=("FR", "BE"))
    assert holds_there(act, TRD, granted_in="FR", begins_in="BE", ends_in="FR")
    assert not holds_there(act, TRD, granted_in="FR", begins_in="DE", ends_in="FR")


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (State.VALID, Standing.USABLE), (State.SUSPENDED, Standing.SUSPENDED), (State.REVOKED, Standing.ENDED),
        (State.ANNULLED, Standing.ENDED), (State.WITHDRAWN, Standing.ENDED),
    ],
)  # fmt: skip
def test_only_a_valid_one_may_be_used(state: State, standing: Standing) -> None:
    found = standing_of(replace(GRANT, state=state), ACR, granted_in="FR", begins_in="FR", ends_in="AT")
    assert found is standing


def test_the_types_are_those_of_the_union_without_what_other_registers_keep() -> None:
    elsewhere = {"AEOC", "AEOS", "AEOF", "REX", "BTI", "BOI", "BVI", "REP", "REM"}
    assert {each.value for each in TYPES} == DECISION_TYPES - elsewhere
    assert [TYPE_OF_DOCUMENT[code] for code in ("C521", "C522", "C523", "C524")] == [ACR, ACE, SSE, TRD]
    assert len(TYPE_OF_DOCUMENT) == len(TYPES)


def test_a_reference_names_its_type() -> None:
    assert type_of("FRACR2026000001") is ACR
    assert [type_of(reference) for reference in ("FRAEOC1", "FRXYZ1", "FRA")] == [None, None, None]


def stated(**facts: object) -> AuthorisationStated:
    day = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    known = {"reference": "FRACR1", "number": 2, "holder": "FR1", "effect_from": day}
    return AuthorisationStated(**{**known, **facts})  # type: ignore[arg-type]


def test_an_act_that_fits_is_kept() -> None:
    assert act_faults(stated(), holder="FR1", last=1) == ()


@pytest.mark.parametrize(
    ("facts", "remedy"),
    [
        ({"number": 1}, "the next one is number 2"),
        ({"number": 3}, "the next one is number 2"),
        ({"holder": "FR2"}, "The holder is FR1"),
        ({"reference": "FRXYZ1"}, "names no type"),
        ({"effect_to": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)}, "effect_to must be later"),
    ],
)
def test_an_act_that_does_not_fit_is_refused_with_its_reason(facts: dict[str, object], remedy: str) -> None:
    (found,) = act_faults(stated(**facts), holder="FR1", last=1)
    assert remedy in found
