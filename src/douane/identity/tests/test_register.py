from __future__ import annotations

from pathlib import Path

import pytest

from douane.identity.principals import Delegation
from douane.identity.register import COST, LEAST, Client, Register, SecretHash
from douane.model.circles import ActorKind, Circle
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated

THUMB = "A" * 43
SALT = b"0123456789abcdef"

TEXT = f"""
[[client]]
id = "trader.fr"
kind = "trader"
country = "FR"
eori = "FR40123456700017"
roles = ["HOLDER"]
certificates = ["{THUMB}"]

[[client]]
id = "agent.de"
kind = "trader"
country = "DE"
eori = "DE1234567"
roles = ["REPRESENTATIVE"]
secret = "{SecretHash.of("correct horse", salt=SALT, cost=LEAST).text}"

[[client.delegation]]
principal = "FR40123456700017"
roles = ["HOLDER", "CONSIGNEE"]

[[client.delegation]]
principal = "XI9999"
roles = ["HOLDER"]

[[client]]
id = "at.system"
kind = "member_state"
administration = "AT"
certificates = ["{"B" * 43}"]

[[client]]
id = "program.at"
kind = "officer"
administration = "AT"
person = "at.paul.huber"
certificates = ["{"D" * 43}"]
"""


def test_a_register_finds_by_id_and_by_certificate() -> None:
    register = Register.parse(TEXT)
    trader = register.client("trader.fr")
    assert trader is not None
    assert trader.circle is Circle.UNTRUSTED
    assert register.holder(THUMB) is trader
    assert register.holder("C" * 43) is None
    assert len(register) == 4


def test_the_file_form_comes_back_equal(tmp_path: Path) -> None:
    register = Register.parse(TEXT)
    (tmp_path / "clients.toml").write_text(register.toml(), "utf-8")
    assert list(Register.load(tmp_path / "clients.toml")) == list(register)


def test_secrets_are_compared_by_their_hash() -> None:
    agent = Register.parse(TEXT).client("agent.de")
    assert agent is not None
    assert agent.secret is not None
    assert agent.secret.matches("correct horse")
    assert not agent.secret.matches("correct horse ")
    assert "horse" not in repr(agent)
    assert agent.secret.text not in repr(agent), "the hash does not reach a log either"


def test_a_new_hash_costs_what_is_advised_and_an_older_one_is_still_checked() -> None:
    new = SecretHash.of("correct horse", salt=SALT)
    assert new.text.startswith("scrypt$131072$8$1$")
    assert new.matches("correct horse")
    assert COST * 8 * 128 == 128 * 1024 * 1024, "what one check takes of memory"


@pytest.mark.parametrize("cost", [2**13, 2**14 + 1, 2**18, 2**30])
def test_a_hash_that_is_too_cheap_or_would_stall_the_node_is_refused(cost: int) -> None:
    kept = SecretHash.of("x", salt=SALT, cost=LEAST).text.replace("$16384$", f"${cost}$")
    with pytest.raises(DeclarationFault, match="outside the bounds"):
        SecretHash.parse(kept)


def test_delegates_have_the_roles_of_the_delegation_at_most_those_of_the_principal() -> None:
    register = Register.parse(TEXT)
    agent = register.client("agent.de")
    assert agent is not None
    assert register.roles(agent) == {"REPRESENTATIVE", "inbox"}
    assert register.roles(agent, "FR40123456700017") == {"HOLDER"}, "the principal is no CONSIGNEE"
    assert register.roles(agent, "XI9999") == {"HOLDER"}, "a principal registered elsewhere"
    with pytest.raises(NotAuthenticated, match="no delegation from NL1"):
        register.roles(agent, "NL1")


def test_a_delegation_never_crosses_circles() -> None:
    register = Register.parse(
        TEXT.replace('principal = "XI9999"', 'principal = "at.system"'),
    )
    agent = register.client("agent.de")
    assert agent is not None
    with pytest.raises(NotAuthenticated, match=r"no delegation from at\.system"):
        register.roles(agent, "at.system")


GOOD = {"id": "x", "kind": ActorKind.TRADER, "eori": "FR1", "certificates": (THUMB,)}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "No Blanks"}, "bad id"),
        ({"id": ""}, "bad id"),
        ({"eori": ""}, "without EORI"),
        ({"eori": "F R"}, "bad EORI"),
        ({"country": "fr"}, "bad country"),
        ({"certificates": ()}, "neither secret nor certificate"),
        ({"certificates": ("short",)}, "bad certificate thumbprint"),
        ({"person": "fr.anne.martin"}, "names a person wrongly"),
        ({"kind": ActorKind.MEMBER_STATE}, "names no administration"),
        ({"kind": ActorKind.THIRD_COUNTRY, "administration": "Switzerland"}, "names no administration"),
        (
            {"kind": ActorKind.COMMISSION, "administration": "EU", "secret": SecretHash(2**14, 8, 1, SALT, b"")},
            "secret outside the untrusted circle",
        ),
    ],
)
def test_each_bad_registration_is_named(change: dict[str, object], says: str) -> None:
    assert len(Register([Client(**GOOD)])) == 1  # type: ignore[arg-type]
    with pytest.raises(DeclarationFault, match=says):
        Register([Client(**(GOOD | change))])  # type: ignore[arg-type]


def test_ids_and_certificates_are_unique() -> None:
    one = Client(**GOOD)  # type: ignore[arg-type]
    with pytest.raises(DeclarationFault, match="stands twice"):
        Register([one, one])
    with pytest.raises(DeclarationFault, match="shares a certificate"):
        Register([one, Client(**(GOOD | {"id": "y"}))])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        '[[client]]\nid = "x"\nkind = "emperor"',
        '[[client]]\nid = "x"\nkind = "trader"\nsurprise = 1',
        '[[client]]\nid = "x"\nkind = "trader"\neori = "FR1"\nsecret = "plain"',
        '[[client]]\nid = "x"\nkind = "trader"\neori = "FR1"\nsecret = "scrypt$2$8$1$MDEyMzQ1Njc4OWFiY2RlZg==$AA=="',
        '[[client]]\nid = "x"\nkind = "trader"\neori = "FR1"\nsecret = "scrypt$1073741824$8$1$MDEyMw==$AA=="',
    ],
)
def test_a_broken_file_is_refused(text: str) -> None:
    with pytest.raises(DeclarationFault):
        Register.parse(text)


def test_values_are_quoted_safely() -> None:
    odd = Client(**(GOOD | {"roles": frozenset({'a"b\\c', "d\ne"})}), delegations=(Delegation("P", frozenset({"R"})),))  # type: ignore[arg-type]
    assert list(Register.parse(Register([odd]).toml())) == [odd]
