"""Of each followed file what was read is what holds: nothing is swapped between looking and agreeing."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.identity.operators import Doer, Operators, parse
from douane.model.caller import OPERATOR
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core import node as nodes
from douane.runtime.core.commands import Act, HoldFirst, Holds
from douane.runtime.store import keys
from douane.runtime.store.decided import Approved, approvals
from douane.supervision.operating import declared as known
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.beside import REPLACED, Beside
from douane.supervision.operating.declared import AGREE, REGISTER
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.two_persons import PROPOSED
from douane.trust.holding import Holding
from douane.vocabulary.errors import BadRequest, DeclarationFault, NotAuthorised, NotFound
from tests.contracts import toy
from tests.contracts.test_acts import ONE, OPERATORS, OTHER, WEBHOOK, Beginning, _raise, asked, go

PERSON = '[[operator]]\naccount = "eu.%s"\nname = "A person"\nissuer = "https://id.example"\nsubject = "%s"\n'
PROVIDER = '[[provider]]\ncountry = "%s"\ntitle = "A country"\ntype = "D"\n'


@pytest.mark.parametrize(
    ("act", "harmless", "evil"),
    [
        (AGREE, WEBHOOK, WEBHOOK.replace("vauban.example", "evil.example")),
        (REGISTER, OPERATORS, OPERATORS.replace("A" * 43, "B" * 43)),
        (known.OPERATORS, PERSON % ("a", "1") + PERSON % ("b", "2"), PERSON % ("a", "1") + PERSON % ("evil", "3")),
        (known.PROVIDERS, PROVIDER % "SE", PROVIDER % "FI"),
    ],
)  # fmt: skip
def test_of_each_file_what_was_read_is_not_swapped_before_it_is_agreed_with(
    tmp_path: Path, act: str, harmless: str, evil: str
) -> None:
    made = Beginning(tmp_path)
    made.channels["webhook"] = None

    async def journey() -> None:
        made.node.start()
        await made.begun()
        good, bad = (lodge(tmp_path, each.encode()) for each in (harmless, evil))
        read = await made.acts.perform(asked(act, good), ONE)
        await made.acts.perform(asked(act, bad, "the same, surely", 2), ONE)
        for on in (good, bad):
            with pytest.raises(BadRequest, match="since you looked"):
                await made.acts.perform(asked(act, on, "I read it", 3, read.digest), OTHER)
        (waits,) = made.acts.waiting()
        assert waits.on == bad
        await made.node.stop()

    go(journey)
    assert not list(tmp_path.rglob("*.toml"))


def test_the_first_operator_comes_in_alone_by_a_voucher_the_second_by_another_and_the_first_and_then_two_answer(
    tmp_path: Path,
) -> None:
    made, path = Beginning(tmp_path), tmp_path / "identity" / "operators.toml"
    first, two = PERSON % ("a", "1"), PERSON % ("a", "1") + PERSON % ("b", "2")
    made.acts._operators = lambda: parse(path.read_text()) if path.exists() else Operators()
    anna, ben, came = Doer("eu.a", vouched=True), Doer("eu.b", vouched=True), known.OPERATORS

    async def journey() -> None:
        made.node.start()
        await made.begun()
        on = lodge(tmp_path, first.encode())
        with pytest.raises(NotAuthorised, match="no more"):
            await made.acts.perform(asked(known.PROVIDERS, lodge(tmp_path, (PROVIDER % "SE").encode())), anna)
        for nobody in (Doer(user="uid 0"), Doer(user="uid 0", named="eu.a"), ONE):
            with contextlib.suppress(NotAuthorised):
                assert (await made.acts.perform(asked(came, on, "alone", 1), nobody)).state == PROPOSED
            assert not path.exists()
        for _ in range(2):  # the second time its answer got lost
            assert (await made.acts.perform(asked(came, on, "a voucher", 2), anna)).state == REPLACED
        assert path.read_text() == first

        on = lodge(tmp_path, two.encode())
        waits = await made.acts.perform(asked(came, on, "a voucher", 3), ben)
        assert (waits.state, path.read_text()) == (PROPOSED, first)
        for wrong in (ben, Doer("eu.c", vouched=True), Doer(user="uid 0", named="eu.a")):
            with pytest.raises(NotAuthorised):
                await made.acts.perform(asked(came, on, "I agree", 4, waits.digest), wrong)
        assert (await made.acts.perform(asked(came, on, "I agree", 5, waits.digest), Doer("eu.a"))).state == REPLACED
        assert path.read_text() == two

        three = lodge(tmp_path, (two + PERSON % ("c", "3")).encode())
        assert (
            await made.acts.perform(asked(came, three, "a voucher", 6), Doer("eu.c", vouched=True))
        ).state == PROPOSED
        with pytest.raises(DeclarationFault, match="Fewer than two"):
            await made.acts.perform(asked(came, lodge(tmp_path, first.encode()), "alone", 7), Doer("eu.a"))
        assert path.read_text() == two
        await made.node.stop()

    go(journey)
    kept = approvals(made.store, [0])["operators.toml"]
    assert (kept.by, kept.second) == ("eu.b", "eu.a")


def test_what_one_process_of_a_node_was_asked_another_one_agrees_with_and_a_swap_between_is_refused(
    tmp_path: Path,
) -> None:
    """Two workers on one store: each keeps what it is asked in a partition of its own, and both read all of them."""
    store = MemoryStore(toy.Clock())
    first, second = (worker(store, own, tmp_path) for own in (0, 1))
    on, other = (lodge(tmp_path, each.encode()) for each in (WEBHOOK, WEBHOOK.replace("vauban", "evil")))

    async def journey() -> None:
        for node, _ in (first, second):
            node.start()
        files = (Holds("partners.toml", Approved(1, "0" * 64)),)
        await first[0].command(HoldFirst(keys.log_position(0, 0), Act("f" * 32, "{}", OPERATOR), files))
        read = await first[1].perform(asked(AGREE, on), ONE)
        assert [each.digest for each in second[1].waiting()] == [read.digest], "proposed at one, drawn at the other"
        swapped = await second[1].perform(asked(AGREE, other, number=2), ONE)
        for _, acts in (first, second):
            with pytest.raises(BadRequest, match="since you looked"):
                await acts.perform(asked(AGREE, on, number=3, seen=read.digest), OTHER)
            assert [each.digest for each in acts.waiting()] == [swapped.digest]
        done = await first[1].perform(asked(AGREE, other, number=4, seen=swapped.digest), OTHER)
        assert done.state == REPLACED, "proposed at one, agreed with at the other"
        assert second[1].waiting() == []
        with pytest.raises(NotFound):
            await second[1].perform(asked(AGREE, other, number=5, seen=swapped.digest), OTHER)
        for node, _ in (first, second):
            await node.stop()

    go(journey)
    kept = approvals(store, [0, 1])["partners.toml"]
    assert (kept.digest, kept.by, kept.second) == (other, "operator", "operator.deputy")


def worker(store: MemoryStore, own: int, folder: Path) -> tuple[nodes.Node, Acts]:
    """The process of a node that has one of its two partitions, and its acts."""
    made = [toy.Node(store, each, partitions=(0, 1), begun=each == own) for each in (0, 1)]
    node = nodes.Node([each.owner for each in made], ended=_raise)
    (folder / "identity").mkdir(exist_ok=True)
    retaining = Retaining(NodeSettings(data=folder), node, store, toy.Clock())
    beside = Beside(
        node, Catalogue(()), retaining, folder, folder / "identity", lambda: {"webhook": None}, lambda: None,
        lambda _number: None, Holding(folder, needed=False),
    )  # fmt: skip
    return node, Acts(node, store, beside=beside.acts(), drawing=beside.drawing())
