"""What was changed in a store past its node is named by ``douane audit inspect --recompute``, over every backend."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.cli.main import main
from douane.configuration import discovery
from douane.configuration.settings import PagesAt, settings_text
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch, SharedStore
from douane.runtime.store.records import RecordKind, kinds
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.union import Union
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]
pytestmark = pytest.mark.timeout(300)


def of_a_store(store: SharedStore, space: bytes) -> list[tuple[bytes, bytes]]:
    prefix = keys.space(space, 0)
    return store.scan(prefix, keys.after(prefix), 10_000)


def kept(store: SharedStore, kind: RecordKind) -> list[tuple[bytes, Any]]:
    rows = of_a_store(store, keys.RECORD)
    return [(key, kind.stored.read(raw)) for key, raw in rows if key[13:15] == kind.mark]


def named(name: str) -> RecordKind:
    return next(each for each in kinds() if each.type.__name__ == name)


def forge(store: SharedStore, case: int) -> dict[str, str]:
    """Set a departure to another state, an amount in use to 0.01, and take a timer out; what is to be named of each."""
    departure, held, batch = named("Departure"), named("Held"), Batch()
    mark = keys.u64(case)
    (at, value), *_ = [each for each in kept(store, departure) if each[0][5:13] == mark]
    batch.put[at] = departure.stored.write(msgspec.structs.replace(value, state="not released"))
    (where, used), *_ = kept(store, held)
    batch.put[where] = held.stored.write(
        msgspec.structs.replace(used, reservation=msgspec.structs.replace(used.reservation, amount=Decimal("0.01")))
    )
    (timer, _), *_ = [each for each in of_a_store(store, keys.TIMER) if each[0][11:19] == mark]
    batch.gone.add(timer)
    store.apply(batch, 0, store.take(0))
    return {
        "Departure": f"state: {value.state} became not released",
        "Held": f"reservation.amount: {used.reservation.amount} became 0.01",
        f"timer {timer[19:].decode()}": "taken out",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["sqlite", "files", "postgresql"])
def test_what_was_forged_is_named_and_what_the_node_changed_is_told_apart(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "node"
    address = request.getfixturevalue("database") if kind == "postgresql" else f"{kind}:{folder / 'store'}"
    backup = ["--key", str(tmp_path / "key")]
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS, store=address) as node:
        union = Union(node)
        union.prepare()
        settings = node.node.core.settings
        config = tmp_path / "douane.toml"
        config.write_text(settings_text(settings, place=True))
        at = ["--config", str(config)]
        assert main(["backup", str(tmp_path / "backups"), *backup, "--make-key", *at]) == 0
        later = union.released()  # the same guarantee is used again, and another case begins
    asked = ["audit", "inspect", "--against", str(tmp_path / "backups"), *backup, "--json", *at]

    def told(what: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main([*asked, "--recompute", what])
        return code, json.loads(capsys.readouterr().out)

    assert told("all") == (0, {"backup": told("all")[1]["backup"], "changed": [], "right": 0, "unproven": []})
    store = discovery.open_store(settings.store_address)
    (number,) = {int.from_bytes(key[5:13], "big") for key, value in kept(store, named("Departure"))
                 if union.mrn in repr(value)}  # fmt: skip
    wanted = forge(store, number)
    store.close()
    assert main(["audit", "inspect", *at]) == 1
    assert "--recompute" in capsys.readouterr().out
    code, found = told("all")
    assert (code, found["unproven"]) == (1, [])
    assert {_word(each["what"]): each["differs"] for each in found["changed"]} == wanted
    assert {each["verdict"] for each in found["changed"]} == {"changed past the node"}
    code, of_case = told(union.mrn)
    mine = {_word(each["what"]) for each in of_case["changed"] if not each["others"]}
    assert mine == {name for name in wanted if name != "Held"}
    assert all(union.mrn in each["case"] for each in of_case["changed"] if not each["others"])
    assert [each for each in told(later)[1]["changed"] if not each["others"]] == []
    assert told("timers")[1]["changed"] == [each for each in found["changed"] if each["what"].startswith("timer")]


def _word(what: str) -> str:
    return what.partition(",")[0] if what.startswith("timer") else what.split()[0]


def test_what_cannot_be_asked_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "inspect", "--recompute", "all", "--data", str(tmp_path)]) == 2
    assert "--against FOLDER --key FILE" in "".join(capsys.readouterr())
