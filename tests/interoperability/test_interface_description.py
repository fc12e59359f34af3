"""The interface description works with tools that others wrote: a client made of it trades, and a fuzzer believes it.

``openapi-python-client`` makes a program's client of the document of a running door; ``schemathesis`` calls that door
as the document says and against it, and holds every answer against what it promises.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from douane.applications.transit.tests.base_messages import amendment
from douane.standards.ncts import phase5 as p5
from tests.architecture.tree import REPOSITORY
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing

PEER = REPOSITORY / "build/peers/openapi/bin"
PROGRAM = Path(__file__).parent / "vendor" / "program.py"
EXAMPLES = REPOSITORY / "docs/examples"
TRADER, OFFICER = "trader.fr.lesquin", "fr.officer"
JSON = {"content-type": "application/json"}
SECONDS = 6
"""How long the fuzzer may call the door."""
ABOVE, WITHIN = Decimal("200000.00"), Decimal("4500.00")
"""Amounts to be covered: beyond the limit of the guarantee of the documentation, and below it."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        not PEER.exists() and "CI" not in os.environ, reason="tools/peer_environment.sh openapi makes the environment"
    ),
]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("openapi")
    with standing(folder, identity_in(folder), limits=GENEROUS) as made:
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert made.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        yield made


@pytest.fixture(scope="module")
def description(node: Standing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document, as a vendor downloads it."""
    found = tmp_path_factory.mktemp("vendor") / "openapi.json"
    found.write_bytes(node.client("speed2", TRADER).ask("GET", "/openapi.json").body)
    return found


def plain(value: Any) -> Any:
    """JSON of a message as the description has it: flags as digits, nothing for what is not there."""
    match value:
        case bool():
            return str(int(value))
        case dict():
            return {key: plain(each) for key, each in value.items() if each not in (None, [])}
        case list():
            return [plain(each) for each in value]
        case _:
            return value


def covering(declaration: p5.CC015C, amount: Decimal) -> p5.CC015C:
    guarantees = tuple(
        changed(each, guarantee_reference=tuple(
            changed(reference, amount_to_be_covered=amount) for reference in each.guarantee_reference))
        for each in declaration.guarantee
    )  # fmt: skip
    found: p5.CC015C = changed(declaration, guarantee=guarantees)
    return found


def changed(struct: Any, **changes: Any) -> Any:
    return type(struct)(**{name: getattr(struct, name) for name in struct.__struct_fields__} | changes)


def ran(*command: str, cwd: Path) -> str:
    """What a program of the peers wrote."""
    found = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=150, check=False,
        env={**os.environ, "PATH": f"{PEER}:{os.environ['PATH']}", "NO_COLOR": "1"},
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-3000:]
    return found.stdout


def test_a_generated_client_lodges_polls_acknowledges_and_amends(node: Standing, description: Path) -> None:
    folder = description.parent
    declared = p5.read((EXAMPLES / "declaration.xml").read_bytes())
    assert isinstance(declared, p5.CC015C)
    amended = amendment(covering(declared, WITHIN), of_guarantee=True)
    for name, message in (("declaration", covering(declared, ABOVE)), ("amendment", amended)):
        (inner,) = json.loads(p5.to_json(message)).values()
        (folder / f"{name}.json").write_text(json.dumps(plain(inner)))
    told = ran(
        str(PEER / "openapi-python-client"), "generate", "--path", str(description), "--output-path",
        str(folder / "vendor"), "--meta", "none", cwd=folder,
    )  # fmt: skip
    assert "will not be generated" not in told
    assert "Unable to" not in told
    files = node.identity.client(TRADER)
    seen = json.loads(ran(
        str(PEER / "python"), str(PROGRAM), str(folder), node.node.url("speed2"), str(node.identity.root),
        str(files.certificate), str(files.key), cwd=folder,
    ))  # fmt: skip
    assert {"CC928C", "CC028C", "CC055C"} <= set(seen["first"])
    assert {"CC004C", "CC029C"} <= set(seen["second"])
    assert (seen["state"], "CC928C" in seen["answers"]) == ("handled", True)
    assert seen["refused"] == [422, "DOU-1003", ["/TransitOperation/LRN"]]


def test_a_client_is_generated_for_officers_too(node: Standing, tmp_path: Path) -> None:
    """Of types that are called alike in two services both are there."""
    found = tmp_path / "openapi.json"
    found.write_bytes(node.client("ccn2", OFFICER).ask("GET", "/openapi.json").body)
    told = ran(
        str(PEER / "openapi-python-client"), "generate", "--path", str(found), "--output-path",
        str(tmp_path / "vendor"), "--meta", "none", cwd=tmp_path,
    )  # fmt: skip
    assert "will not be generated" not in told
    assert "Unable to" not in told
    assert (tmp_path / "vendor/api/transit/transit_movement_file.py").is_file()


def test_a_fuzzer_finds_no_answer_that_the_description_does_not_promise(node: Standing, description: Path) -> None:
    files = node.identity.client(TRADER)
    told = ran(
        str(PEER / "schemathesis"), "run", str(description), "--url", node.node.url("speed2"),
        "--tls-verify", str(node.identity.root), "--request-cert", str(files.certificate),
        "--request-cert-key", str(files.key), "--max-time", str(SECONDS), "--max-examples", "3", "--seed", "13",
        "--phases", "examples,coverage", "--checks",
        "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
        "response_schema_conformance,unsupported_method,allow_header_conformance",
        "--suppress-health-check", "all", "--no-shrink", cwd=description.parent,
    )  # fmt: skip
    numbers = re.search(r"Tested: (\d+).*?(\d+) generated, \2 passed", told, re.DOTALL)
    assert numbers is not None, told
    assert int(numbers[1]) >= 25
    assert int(numbers[2]) >= 25
