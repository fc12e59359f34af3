"""``douane replica`` beside a running node: kept current, tampered with, proven; and alone once the node has ended."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import apsw
import pytest

from douane.cli.main import main
from douane.standards.replication import tree
from tests.cli.nodes import Printed, answer, refused, said
from tests.journeys.standing import Standing, identity_in, standing

OPERATORS = {"FR9": "Petit", "FR8": "Grand"}
SETTINGS = """
centre = "{centre}"
certificate = "{certificate}"
private_key = "{key}"
trusted_root = "{root}"
signed_by = "{signed_by}"
store = "sqlite:replica/replica.db"
every_seconds = 0.2

[views]
economic_operators = "full"
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("centre")
    with standing(folder, identity_in(folder)) as made:
        deliver(made, OPERATORS)
        yield made


def deliver(node: Standing, names: dict[str, str]) -> None:
    entries = [
        {"eori": eori, "legal_name": name, "country": "FR", "valid_from": "2026-01-01"} for eori, name in names.items()
    ]
    body = json.dumps({"operators": entries}).encode()
    done = node.client("ccn2", "fr.system").ask("POST", "/eori/v1/deliver", body, {"content-type": "application/json"})
    assert done.status == 202, done.body


@pytest.fixture
def config(node: Standing, tmp_path: Path) -> Path:
    file = tmp_path / "replica.toml"
    replace_centre(file, node)
    return file


def replace_centre(file: Path, node: Standing) -> None:
    """Settings of a replica at a node."""
    files = node.identity.client("de.system")
    file.write_text(
        SETTINGS.format(
            centre=node.node.url("ccn2"), certificate=files.certificate, key=files.key, root=node.identity.root,
            signed_by=node.node.core.auditor.log.signer.key.text(),
        )
    )  # fmt: skip


def pulled(capsys: Printed, config: Path, wanted: Iterable[str] = tuple(OPERATORS)) -> None:
    """Read once; a new node enters its registers beside its first messages, so the first answers may be 503."""
    until = time.monotonic() + 30
    while True:
        try:
            answer(capsys, "replica", "pull", "--config", str(config))
            for each in wanted:
                answer(capsys, "replica", "look-up", "economic_operators", each, "--config", str(config))
        except AssertionError:
            pass
        else:
            return
        assert time.monotonic() < until
        time.sleep(0.1)


def shown(capsys: Printed, config: Path) -> str:
    return json.dumps(answer(capsys, "replica", "show", "--config", str(config)))


def test_it_is_read_proven_tampered_with_and_found_out(capsys: Printed, config: Path) -> None:
    at = ("--config", str(config))
    pulled(capsys, config)
    found = answer(capsys, "replica", "look-up", "economic_operators", "FR9", *at)
    assert (found["found"], found["content"]["name"]) == (True, "Petit")
    assert answer(capsys, "replica", "look-up", "economic_operators", "FR0", *at, code=1)["found"] is False
    kept = config.parent / "proof.json"
    (proof,) = answer(capsys, "replica", "prove", "--out", str(kept), *at)
    assert proof["equal"] is True
    assert "holds" in said(capsys, "replica", "verify", str(kept), *at)
    store = apsw.Connection(str(config.parent / "replica" / "replica.db"))
    store.execute(
        "UPDATE map SET value = CAST(replace(CAST(value AS TEXT), 'Petit', 'Pirat') AS BLOB)"
        " WHERE instr(value, CAST('Petit' AS BLOB))"
    )
    changed = store.changes()
    store.close()
    assert changed == 1
    assert "FR9" in refused(capsys, "replica", "look-up", "economic_operators", "FR9", *at)
    (proof,) = answer(capsys, "replica", "prove", *at, code=1)
    assert (proof["equal"], [(each["key"], each["what"]) for each in proof["keys"]]) == (False, [("FR9", "changed")])
    assert proof["ranges_asked"] <= tree.DIGITS + 1
    assert "does not hold" in said(capsys, "replica", "verify", str(kept), *at, code=1)


def test_a_centre_of_several_partitions_is_several_sources(
    capsys: Printed, config: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Deliveries of operators meet in one of them, since a later one replaces an earlier one; each is proven."""
    folder = tmp_path_factory.mktemp("partitions")
    with standing(folder, identity_in(folder), partitions=3) as made:
        for n in range(4):
            deliver(made, {f"FR5{n}": "before", "FR50": f"after {n}"})
        replace_centre(config, made)
        pulled(capsys, config, {"FR50", "FR51", "FR52", "FR53"})
        sources = json.loads(shown(capsys, config))
        assert [each["source"] for each in sources] == [0, 1, 2]
        assert sum(each["entries"] > 0 for each in sources) == 1
        found = answer(capsys, "replica", "look-up", "economic_operators", "FR50", "--config", str(config))
        assert found["content"]["name"] == "after 3"
        (proof,) = answer(capsys, "replica", "prove", "--config", str(config))
        assert proof["equal"] is True
        assert proof["note"].count("held ") == 3


def test_a_process_keeps_it_current_until_it_is_told_to_end(node: Standing, capsys: Printed, config: Path) -> None:
    command = [sys.executable, "-c", "import sys; from douane.cli.main import main; sys.exit(main())"]
    process = subprocess.Popen(
        [*command, "replica", "--config", str(config)], stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    try:
        lines = iter(process.stdout or ())
        assert next(lines).startswith("Replica of economic_operators (full) at https://")
        deliver(node, {"FR7": "Nouveau"})
        while not re.match(r"[1-9]\d* entries changed; current\.", next(lines)):
            pass
        until = time.monotonic() + 30
        while main(["replica", "look-up", "economic_operators", "FR7", "--config", str(config)]):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert "Nouveau" in capsys.readouterr().out
    finally:
        process.terminate()
        assert process.wait(30) == 0
        if process.stdout is not None:
            process.stdout.close()


def test_it_answers_while_the_centre_is_away(capsys: Printed, config: Path) -> None:
    pulled(capsys, config)
    config.write_text(re.sub(r"https://[^\"]+", "https://127.0.0.1:9", config.read_text()))
    assert "does not answer" in refused(capsys, "replica", "pull", "--config", str(config))
    found = said(capsys, "replica", "look-up", "economic_operators", "FR8", "--config", str(config))
    assert '"Grand"' in found
    assert "As of 20" in found


def test_without_settings_it_says_which_are_needed(capsys: Printed) -> None:
    assert "--config FILE" in refused(capsys, "replica")
    assert "--config FILE" in refused(capsys, "replica", "prove")


@pytest.mark.parametrize(
    ("part", "instead", "says"),
    [
        ('centre = "https://', 'centre = "http://', "centre"),
        ("every_seconds = 0.2", "every_seconds = 0", "every_seconds"),
        ("every_seconds", "every_second", "every_second"),
        ('signed_by = "', 'signed_by = "x', "signed_by"),
        ("sqlite:", "paper:", "store"),
        ('certificate = "', 'certificate = "/nowhere', "/nowhere"),
        ('[views]\neconomic_operators = "full"', "[views]", "views"),
        ("[views]", "[views", "replica.toml"),
    ],
)
def test_wrong_settings_end_it_with_a_sentence(
    capsys: Printed, config: Path, part: str, instead: str, says: str
) -> None:
    text = config.read_text()
    assert part in text
    config.write_text(text.replace(part, instead, 1))
    assert says in refused(capsys, "replica", "show", "--config", str(config))
