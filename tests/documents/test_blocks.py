"""Every block of code in the documentation is run, or read by what it is for; one that nobody knows fails."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
import pytest

from douane.channels.as4 import agreements as as4
from douane.cli.main import COMMANDS, parser_with
from douane.configuration.replica_settings import ReplicaSettings, read_replica_settings
from douane.configuration.retaining import POLICY_FILE, policy_of
from douane.configuration.settings import NodeSettings, judge_settings
from douane.identity.signers import read_signers
from douane.model import discovery
from douane.platforms.speed2 import agreements
from douane.reference_architecture.programme.case import read_prices
from douane.standards.transparency_log.note import Signer
from douane.trust.providers import PROVIDERS, read_providers
from douane.vocabulary.calendars import read_calendars
from douane.vocabulary.known import Known
from tests.documents.blocks import GENERATED, ROOT, Block, blocks

Reader = Callable[[str, Path], object]


def settings(text: str, folder: Path) -> object:
    """The settings of a node: known names, right values."""
    file = folder / "douane.toml"
    file.write_text(text)
    found = judge_settings(file)
    assert not found.wrong, found.wrong
    return found.settings


def policy(text: str, folder: Path) -> object:
    """A retention policy."""
    (folder / POLICY_FILE).write_text(text)
    found = policy_of(NodeSettings(data=folder))
    assert found.rules
    return found


def body_of(operation: str) -> Reader:
    """The body of a request: the message that an operation takes, by its strict reader."""
    takes = {each.qualified: each.request for service in discovery.services() for each in service.operations}

    def read(text: str, _: Path) -> object:
        return msgspec.json.decode(text.rpartition("\n\n")[2] or text, type=takes[operation])

    return read


def fields_of(operation: str, *names: str) -> Reader:
    """Some fields of a part of a request: JSON, and names that its types know."""

    def read(text: str, _: Path) -> object:
        found = json.loads(f"{{{text}}}")
        assert set(found) == set(names)
        return found

    return read


def _body(text: str, operation: str) -> object:
    return body_of(operation)(text, ROOT)


def providers(text: str, folder: Path) -> object:
    """Providers of identity, by their strict reader."""
    (folder / PROVIDERS).write_text(text)
    return read_providers(folder / PROVIDERS)


def replica(text: str, folder: Path) -> object:
    """The settings of a replica, with the key and the files that it names."""
    key = Signer.from_seed("customs.example/douane/log1", bytes(range(32))).key.text()
    (folder / "replica.toml").write_text(re.sub(r'signed_by = "[^"]*"', f'signed_by = "{key}"', text))
    for each in re.findall(r'= "([a-z.]+\.(?:pem|key))"', text):
        (folder / each).write_text("")
    return read_replica_settings(folder / "replica.toml")


def pushed_to(text: str, folder: Path) -> object:
    """The table of a replica that is pushed to, behind the settings that the page shows before it."""
    whole = next(each.text for each in blocks() if each.name == "replication.md:5")
    found = replica(f"{whole}\n{text}", folder)
    assert isinstance(found, ReplicaSettings)
    assert found.pushed is not None
    return found


def after_the_address(operation: str) -> Reader:
    """A request whose first line is its address."""

    def read(text: str, _: Path) -> object:
        assert text.startswith(f"POST /{operation.replace('.', '/v1/')}\n")
        return _body(text.partition("\n")[2], operation)

    return read


READ: Final[dict[str, Reader]] = {
    "accounts.md:1": body_of("accounts.deliver"),
    "as4.md:1": lambda text, folder: as4.read(text, str(folder)),
    "authorisations.md:1": after_the_address("authorisations.state"),
    "portal.md:1": body_of("drafts.save"),
    "ccn2.md:1": body_of("service_bus.offer"),
    "ccn2.md:3": body_of("service_bus.subscribe"),
    "ccn2.md:4": fields_of("service_bus.offer", "request_steps", "answer_steps"),
    "deploy.md:7": settings,
    "deploy.md:10": settings,
    "deploy.md:11": settings,
    "deploy.md:14": providers,
    "deploy.md:25": settings,
    "deploy.md:20": lambda text, folder: body_of("accounts.deliver")(text.partition("\n")[2], folder),
    "customs-decisions.md:1": after_the_address("customs_decisions.lodge"),
    "edifact.md:1": settings,
    "evidence.md:1": settings,
    "explorer.md:1": after_the_address("architecture.nodes"),
    "mra.md:1": body_of("aeo.conclude"),
    "pages.md:1": settings,
    "pages.md:4": body_of("case_files.claim_task"),
    "replication.md:2": after_the_address("final_data.changes"),
    "replication.md:3": lambda text, _: isinstance(msgspec.convert(json.loads(text)["known"], Known), Known),
    "replication.md:4": settings,
    "replication.md:5": replica,
    "replication.md:7": pushed_to,
    "programme.md:4": body_of("programme.plan"),
    "programme.md:7": lambda text, _: read_prices(text.encode()),
    "programme.md:8": body_of("programme.state_initiative"),
    "partners.md:1": lambda text, _: agreements.read(text),
    "processes.md:3": settings,
    "processes.md:4": settings,
    "processes.md:5": settings,
    "processes.md:6": settings,
    "queues.md:1": settings,
    "retention.md:1": policy,
    "settings.md:1": settings,
    "sign-in.md:1": providers,
    "evidence.md:2": lambda text, _: read_signers(text),
    "single-window.md:1": body_of("single_window.agree"),
    "time-limits.md:1": lambda text, _: read_calendars(text.encode()),
}
"""What reads a block."""

HERE: Final = "tests/documents/test_walkthrough.py"
PLAYED: Final[dict[str, str]] = {
    "README.md:1": "tests/journeys/test_demo.py",
    "README.md:2": f"{HERE}::test_the_first_message_of_the_readme",
    **{f"quickstart.md:{n}": f"{HERE}::test_the_quickstart_ends_with_a_released_movement" for n in range(1, 10)},
    "soap.md:1": f"{HERE}::test_a_check_by_soap",
    **{f"own-family.md:{n}": "tests/journeys/test_outside_author.py" for n in range(1, 9)},
    "applications.md:1": "tests/cli/test_new.py",
    "applications.md:2": "tests/contracts/test_events.py",
    "applications.md:3": "tests/cli/test_new.py",
    "applications.md:4": "tests/journeys/test_packages.py",
    "procedures.md:1": "src/douane/standards/bpmn/tests/test_collaboration.py",
    **{f"procedures.md:{n}": "tests/contracts/test_asking_many.py" for n in (2, 3)},
    **{f"procedures.md:{n}": "tests/contracts/test_definitions.py" for n in (4, 5, 6)},
    **{f"audit.md:{n}": "src/douane/shared_services/auditing/tests/test_by_hand.py" for n in range(1, 6)},
    "attachments.md:1": "tests/journeys/test_attachments.py",
    "ccn2.md:2": "tests/journeys/test_bus.py",
    "certificates.md:1": "tests/cli/test_client.py",
    "certificates.md:2": "tests/journeys/test_revocation.py",
    "sign-in.md:2": "tests/pages/test_passkey.py",
    "clearance.md:1": "tests/journeys/test_clearance.py",
    **{f"exchange.md:{n}": "tests/cli/test_exchange.py" for n in (1, 2)},
    **{f"exchange.md:{n}": "tests/cli/test_landscape.py" for n in (3, 4)},
    "exchange.md:5": "tests/journeys/test_fourth_node.py",
    "replication.md:6": "tests/cli/test_replica.py",
    "replication.md:8": "tests/cli/test_pushed_replica.py",
    "provision.md:1": "tests/journeys/test_provision.py",
    "provision.md:2": "tests/journeys/test_moved.py",
    **{f"overlays.md:{n}": "tests/cli/test_overlay.py" for n in (1, 2)},
    **{f"older-portals.md:{n}": "tests/cli/test_older_portal.py" for n in (1, 2, 3)},
    **{f"programme.md:{n}": "tests/cli/test_project.py" for n in (1, 2, 3, 10)},
    **{f"programme.md:{n}": "tests/cli/test_case.py" for n in (5, 6)},
    **{f"programme.md:{n}": "tests/cli/test_exchange.py" for n in (9, 11)},
    "scenarios.md:1": "tests/scenarios/test_scenarios.py",
    "certificates.md:3": "tests/journeys/test_rollover.py",
    "circles.md:1": "tests/circles",
    "conformance.md:1": "tests/conformance",
    "conformance.md:2": "tests/conformance",
    "edifact.md:2": "src/douane/standards/edifact/tests",
    "edifact.md:3": "src/douane/standards/edifact/tests",
    "forms.md:1": "tests/cli/test_form.py",
    "operating.md:1": "tests/cli/test_operations.py",
    "operating.md:2": "tests/journeys/test_maintenance.py",
    "operating.md:3": "tests/journeys/test_otlp.py",
    "pages.md:3": "tests/pages",
    "postgresql.md:1": "tests/contracts",
    "processes.md:1": "tests/journeys/test_processes.py",
    "deploy.md:1": "tests/tools/test_release.py",
    "deploy.md:8": "tests/journeys/test_deployed.py",
    "deploy.md:26": "tests/journeys/test_deployed.py",
    **{
        f"deploy.md:{n}": "tests/production/rows.py"
        for n in (2, 3, 4, 5, 6, 9, 12, 13, 15, 16, 17, 18, 19, 21, 22, 23, 24)
    },
    "doctor.md:1": "tests/cli/test_doctor.py",
    "levels.md:1": "tests/contracts/test_levels.py",
    "tokens.md:1": "src/douane/platforms/uumds/tests/test_exchange.py",
}
"""What plays a block through the door or command that it names."""
SHOWN: Final[dict[str, str]] = {
    "deploy.md:27": "commands of the system; tests/tools/test_release.py reads the recipe",
    "four-eyes.md:1": "a row of a table of the product; tests/model/test_persons.py reads all of them",
    "four-eyes.md:2": "what a command of an operator prints; tests/cli/test_client.py runs it",
    "console.md:1": "a file whose keys are cut; src/douane/identity/tests reads whole ones",
    "own-family.md:9": "a message of the family; tests/journeys/test_outside_author.py sends it",
    "doctor.md:2": "a command of the system, not of the product",
    "pages.md:2": "settings of another program; tests/circles/test_production_pages.py is the proxy that they make",
    "processes.md:2": "settings of another program",
    "replication.md:1": "a declaration cut short: the whole one is that of applications/eori",
    "reliability.md:1": "figures of a run",
}
"""Blocks that are there to be read, with the reason."""


@pytest.mark.parametrize("block", [each for each in blocks() if each.name in READ], ids=lambda each: each.name)
def test_it_is_read_by_what_it_is_for(block: Block, tmp_path: Path) -> None:
    assert READ[block.name](block.text, tmp_path)


def test_every_block_is_read_played_or_shown_for_a_reason() -> None:
    known = [*READ, *PLAYED, *SHOWN]
    assert len(known) == len(set(known))
    assert sorted(known) == sorted(each.name for each in blocks())


@pytest.mark.parametrize("place", sorted(set(PLAYED.values())))
def test_what_plays_it_is_there(place: str) -> None:
    path, _, name = place.partition("::")
    assert (ROOT / path).exists()
    if name:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """The calls of ``douane`` in a block, continued lines joined."""
    lines = text.replace("\\\n", " ").splitlines()
    call = re.compile(r"^(?:\$ )?(?:runuser -u \w+ -- )?(?:\.venv/bin/)?douane ([^|>#]+)")
    return [found[1] for line in lines if (found := call.match(line))]


CALLS: Final = [
    *((block.name, call) for block in blocks() for call in commands(block.text)),
    *((page, call) for page in sorted(GENERATED) for call in commands((ROOT / "docs" / page).read_text("utf-8"))),
]


@pytest.mark.parametrize(("place", "call"), CALLS, ids=[f"{place} {call.strip()}" for place, call in CALLS])
def test_the_command_line_understands_every_call(place: str, call: str) -> None:
    parser_with(list(COMMANDS)).parse_args(shlex.split(call))  # ends the process where it does not


def test_calls_are_found() -> None:
    assert len(CALLS) > 60
