"""Who is an operator, and who counts as one of two persons."""

from __future__ import annotations

import pytest

from douane.identity.operators import Doer, parse
from douane.vocabulary.errors import DeclarationFault

ANNA = '[[operator]]\naccount = "eu.anna.berg"\nname = "Anna Berg"\nissuer = "https://id.example"\nsubject = "248"\n'
BEN = (
    '[[operator]]\naccount = "eu.ben.moor"\nname = "Ben Moor"\n'
    '[[operator.passkey]]\nid = "YWJjZGVmZ2g"\nkey = "cHVibGljLWhhbGYtb2Yta2V5"\n'
)


def test_an_operator_is_found_by_what_he_proves_and_by_nothing_else() -> None:
    found = parse(ANNA + BEN)
    assert sorted(found.accounts) == ["eu.anna.berg", "eu.ben.moor"]
    assert found.by_subject("https://id.example", "248") == found.accounts["eu.anna.berg"]
    assert found.by_subject("https://other.example", "248") is None
    assert found.by_subject("", "") is None, "who has no provider is nobody's subject"
    known = found.by_passkey("YWJjZGVmZ2g")
    assert known is not None
    assert known[0].account == "eu.ben.moor"
    assert found.by_passkey("YWJjZGVmZ2i") is None
    assert parse("").accounts == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ANNA + ANNA, "one account"),
        (ANNA + ANNA.replace("anna.berg", "carl.berg"), "one subject"),
        (BEN + BEN.replace("ben.moor", "dora.moor"), "one passkey"),
        ('[[operator]]\naccount = "eu.anna"\nname = "Anna"\n', "could not sign in"),
        (ANNA.replace('subject = "248"\n', ""), "could not sign in"),
        (ANNA + "admin = true\n", "unknown field"),
        (ANNA.replace("eu.anna.berg", "uid 0 for eu.anna.berg"), "cannot be read"),
        ("[[operator", "cannot be read"),
        ("".join(ANNA.replace("anna", f"a{n}").replace("248", f"{n}") for n in range(101)), "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_in_which_somebody_stands_twice_or_could_not_sign_in_is_none(text: str, said: str) -> None:
    with pytest.raises(DeclarationFault, match=said):
        parse(text)


def test_one_of_two_is_a_person_who_signed_in_as_himself() -> None:
    anna = Doer("eu.anna.berg")
    assert anna.may_agree_with("eu.ben.moor")
    assert not anna.may_agree_with("eu.anna.berg"), "nobody agrees to himself"
    assert not Doer(user="uid 0", named="eu.anna.berg").may_agree_with("eu.ben.moor"), "naming a person is no proof"
    assert not Doer("uid 0").is_person
    broke = Doer("eu.anna.berg", alone=True)
    assert not broke.is_person
    assert not broke.may_agree_with("eu.ben.moor")
    assert (anna.name, Doer(user="uid 0", named="eu.anna.berg").name) == ("eu.anna.berg", "uid 0 for eu.anna.berg")
