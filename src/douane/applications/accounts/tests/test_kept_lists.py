"""Lists that a person keeps: under names of his own, told to him alone, whoever else acts for the same party."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import pytest

from douane.applications.accounts.handlers import MOST_LISTS
from douane.applications.accounts.messages import KeptList, ListForgotten, ListKept, MyLists
from douane.applications.accounts.tests.test_delegations import BERT, A, B, agreed, knowing
from douane.author import Caller, DouaneError
from douane.testing.office import Office, acting, administration, officer, trader

ANNE: Final = msgspec.structs.replace(officer("fr.officer", "FR"), person="fr.anne")
BETTY: Final = msgspec.structs.replace(officer("fr.officer", "FR"), person="fr.betty")


@pytest.fixture
def office() -> Office:
    return Office("EU", "FR", "BE")


def kept(name: str, keeper: str = "FR", query: str = "state=under+control", path: str = "/cases") -> ListKept:
    return ListKept(keeper=keeper, path=path, query=query, name=name)


def told(office: Office, who: Caller, keeper: str = "FR", path: str = "") -> list[tuple[str, str, str]]:
    answer = office.ask(MyLists(keeper=keeper, path=path), by=who)
    return [(each.path, each.name, each.query) for each in answer.lists]


def test_a_list_is_kept_replaced_and_forgotten(office: Office) -> None:
    office.send(kept("controls"), by=ANNE)
    office.send(kept("mine", path="/tasks", query="holder=me"), by=ANNE)
    office.send(kept("controls", query="state=released"), by=ANNE)
    assert told(office, ANNE) == [("/cases", "controls", "state=released"), ("/tasks", "mine", "holder=me")]
    assert told(office, ANNE, path="/tasks") == [("/tasks", "mine", "holder=me")]
    office.send(ListForgotten(keeper="FR", path="/cases", name="mine"), by=ANNE)
    assert len(told(office, ANNE)) == 2, "of another address it is another list"
    office.send(ListForgotten(keeper="FR", path="/cases", name="controls"), by=ANNE)
    assert told(office, ANNE) == [("/tasks", "mine", "holder=me")]


def test_it_is_told_to_nobody_else_of_the_same_office_or_party(office: Office) -> None:
    office.send(kept("controls"), by=ANNE)
    office.send(kept("mine", "EU"), by=trader(A))
    assert told(office, BETTY) == []
    assert told(office, officer("fr.officer", "FR")) == []
    assert told(office, trader(B), "EU") == []
    office.send(ListForgotten(keeper="FR", path="/cases", name="controls"), by=BETTY)
    assert len(told(office, ANNE)) == 1
    for nobody in (administration("FR"),):
        with pytest.raises(DouaneError):
            told(office, nobody)


def test_it_is_kept_where_the_person_belongs_and_nowhere_else(office: Office) -> None:
    office.send(kept("controls", "BE"), by=ANNE)
    office.send(kept("controls", "FR"), by=trader(A))
    assert told(office, ANNE, "BE") == told(office, trader(A), "FR") == []


def test_nobody_keeps_lists_without_end(office: Office) -> None:
    for number in range(MOST_LISTS + 3):
        office.send(kept(f"list {number:02}"), by=ANNE)
    names = [name for _, name, _ in told(office, ANNE)]
    assert len(names) == MOST_LISTS
    assert "list 00" not in names


@pytest.mark.parametrize("wrong", [
    {"path": "//elsewhere.example"}, {"path": "https://elsewhere.example"}, {"path": "/cases?x"}, {"path": "/../x"},
    {"query": "a b"}, {"name": ""}, {"name": "x" * 61}, {"query": "q" * 501},
])  # fmt: skip
def test_an_address_is_one_of_this_shell(wrong: dict[str, Any]) -> None:
    body = {"keeper": "FR", "path": "/cases", "query": "", "name": "x", **wrong}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, ListKept)
    assert msgspec.convert({**body, "path": "/explore/find", "query": "q=a", "name": "x"}, ListKept) is not None
    assert KeptList(path="/cases", query="", name="x") is not None


def test_who_acts_for_another_keeps_lists_for_each_and_his_principal_sees_none() -> None:
    office = knowing()
    agreed(office)
    for_another, for_himself = acting(BERT, principal=A, delegate=B), msgspec.structs.replace(trader(B), person=BERT)
    for who, names in ((for_another, ("a", "b")), (for_himself, ("c", "d"))):
        for name in names:
            office.send(kept(name, "EU"), by=who)
    assert [name for _, name, _ in told(office, for_another, "EU")] == ["a", "b"]
    assert [name for _, name, _ in told(office, for_himself, "EU")] == ["c", "d"]
    assert told(office, trader(A), "EU") == told(office, trader(B), "EU") == []
