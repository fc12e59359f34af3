"""What the host may do about operators: a voucher lets in the first two, and the glass is told to everybody."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from douane.identity.console.operators_file import GLASS, VOUCHER, OperatorsFile, text_of
from douane.identity.operators import FILE, Doer, Operator, PublicKey, parse
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated, NotAuthorised, NotFound

ANNA, BEN, CARL = (
    Operator(f"eu.{name}", name.title(), passkey=(PublicKey(f"{name}-passkey", "k" * 40 + name),))
    for name in ("anna", "ben", "carl")
)


class Node:
    """The operators of a node, with a clock that is set."""

    def __init__(self, folder: Path) -> None:
        self.at, numbers = 1_795_000_000_000_000, itertools.count()
        self.identity, self.fault = folder / "identity", ""
        self.identity.mkdir()
        self.file = OperatorsFile(
            self.identity, folder / "data", octets=self._octets, now=lambda: self.at,
            random=lambda size: next(numbers).to_bytes(size, "big"),
        )  # fmt: skip

    def _octets(self, path: Path) -> bytes | None:
        if self.fault:
            raise DeclarationFault(f"{path.name}: {self.fault}")
        return path.read_bytes() if path.exists() else None

    def known(self) -> list[str]:
        return sorted(self.file.read().accounts)

    def having(self, *operators: Operator) -> Node:
        self.file.path.write_text(text_of(operators))
        return self


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return Node(tmp_path)


def test_a_voucher_lets_one_in_beside_those_who_are_kept_once_and_changes_no_file(node: Node) -> None:
    assert node.known() == []
    once = node.file.voucher("uid 0")
    text, by = node.file.let_in(once, ANNA)
    assert (list(parse(text).accounts), by) == (["eu.anna"], "uid 0")
    assert not (node.identity / FILE).exists(), "an act writes it"
    with pytest.raises(NotAuthenticated):
        node.file.let_in(once, BEN)
    node.having(ANNA)
    text, _ = node.file.let_in(node.file.voucher("uid 0"), BEN)
    assert list(parse(text).accounts) == ["eu.anna", "eu.ben"]
    node.having(ANNA, BEN)
    with pytest.raises(NotAuthorised, match="kept already"):
        node.file.voucher("uid 0")


def test_a_voucher_ends_and_a_later_one_voids_it(node: Node) -> None:
    former, once = node.file.voucher("uid 0"), node.file.voucher("uid 0")
    for wrong in (former, "", "x" * 43):
        with pytest.raises(NotAuthenticated):
            node.file.let_in(wrong, ANNA)
    node.at += VOUCHER + 1
    with pytest.raises(NotAuthenticated):
        node.file.let_in(once, ANNA)


def test_a_voucher_for_the_first_one_is_void_once_there_is_one(node: Node) -> None:
    once = node.file.voucher("uid 0")
    node.having(ANNA)
    with pytest.raises(NotAuthenticated):
        node.file.let_in(once, CARL)


@pytest.mark.parametrize("who", [ANNA, Operator("eu.eve", "Eve", passkey=ANNA.passkey), Operator("eu.eve", "Eve")])
def test_nobody_comes_in_by_the_account_or_passkey_of_another_or_without_one(node: Node, who: Operator) -> None:
    once = node.having(ANNA).file.voucher("uid 0")
    with pytest.raises(DeclarationFault):
        node.file.let_in(once, who)
    node.file.vouched(once)  # it was not used up


def test_where_the_file_does_not_hold_those_who_were_operators_are_and_nobody_is_vouched_for(node: Node) -> None:
    once = node.having(ANNA).file.voucher("uid 0")
    assert node.known() == ["eu.anna"]
    node.having(ANNA, CARL).fault = "changed by nobody"
    assert node.known() == ["eu.anna"]
    assert not node.file.holds("eu.carl", alone=False)
    for refused in (lambda: node.file.let_in(once, BEN), lambda: node.file.voucher("uid 0"), node.file.judged):
        with pytest.raises(DeclarationFault):
            refused()
    fresh = OperatorsFile(
        node.identity, node.identity, octets=node._octets, now=lambda: node.at, random=lambda size: b"\0" * size
    )
    with pytest.raises(DeclarationFault):
        fresh.read()
    assert not fresh.holds("eu.anna", alone=False)


def test_who_comes_by_a_voucher_is_nobodys_second_pair_of_eyes() -> None:
    assert not Doer("eu.ben", vouched=True).may_agree_with("eu.anna")


def test_the_glass_is_broken_for_four_hours_in_the_name_of_an_operator_and_everybody_is_told(node: Node) -> None:
    node.having(ANNA, BEN)
    with pytest.raises(NotFound):
        node.file.break_glass("eu.carl", "uid 0", "he is not one")
    with pytest.raises(DeclarationFault, match="reason"):
        node.file.break_glass("eu.anna", "uid 0", " ")
    broken = node.file.break_glass("eu.anna", "uid 0", "the provider is away")
    assert broken.until - broken.at == GLASS
    assert node.file.broken() == [broken]
