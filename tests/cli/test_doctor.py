"""What the doctor finds before a node runs; each finding has its check, its level and a sentence that mends it."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from douane.applications.reference_data.messages import ListVersion
from douane.assembly.node import make_core
from douane.configuration.ports import SystemIds
from douane.configuration.settings import NodeSettings
from douane.examination.starting import stored
from douane.examination.starting.finding import Level, warning
from douane.identity.authorities import Period, issue_revocations, issue_server, read_credential
from douane.identity.register import COST, LEAST, Client, Register, SecretHash
from douane.model.circles import ActorKind, Circle
from douane.operation.doctor import examination
from douane.runtime.store import keys, records
from douane.runtime.store.ports import Batch, Reader
from douane.runtime.store.records import CaseEntry, Parties, RecordKind, kind_of
from douane.trust.development_identity import DevelopmentIdentity, prepare
from tests.cli.nodes import Printed, answer, fail, publish, said
from tests.cli.test_start import config
from tests.evidence.scene import declaration
from tests.journeys.standing import identity_in, standing

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIdentity:
    """What authorities issued, and their keys beside it."""
    return prepare(
        tmp_path_factory.mktemp("authority") / "identity", now=time.time_ns() // 1000, random=SystemIds().random,
        clients=(), authority="Union of the test",
    )  # fmt: skip


@pytest.fixture
def mine(authority: DevelopmentIdentity, tmp_path: Path) -> DevelopmentIdentity:
    """The identity of the node, which a test may spoil."""
    shutil.copytree(authority.folder, tmp_path / "identity")
    return DevelopmentIdentity(tmp_path / "identity")


def findings(capsys: Printed, file: str, code: int = 2) -> dict[str, tuple[str, str, str]]:
    """What the command finds, by check; it ends with ``code``."""
    told = answer(capsys, "doctor", "--config", file, code=code)
    assert told["verdict"] == ("sound", "warnings", "faults")[code]
    assert {each["check"] for each in told["findings"]} <= set(told["checks"])
    assert all(each["text"] and each["remedy"] for each in told["findings"])
    return {each["check"]: (each["level"], each["text"], each["remedy"]) for each in told["findings"]}


def test_a_sound_node_is_told_so(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    file = config(tmp_path, identity=f'"{mine.folder}"')
    assert findings(capsys, file, code=0) == {}
    assert said(capsys, "doctor", "--config", file) == "Sound: nothing found.\n"
    assert not (tmp_path / "data").exists()


def test_a_node_for_trials_is_sound_before_and_after_its_identity_is_made(tmp_path: Path, capsys: Printed) -> None:
    file = config(tmp_path, development="true")
    assert findings(capsys, file, code=0) == {}
    prepare(tmp_path / "data" / "identity", now=time.time_ns() // 1000, random=SystemIds().random, clients=())
    assert findings(capsys, file, code=0) == {}


def test_everything_is_found_at_once_and_told_in_sentences(tmp_path: Path, capsys: Printed) -> None:
    file = config(tmp_path, workers='"two"', hots='"0.0.0.0"', elsewhere='["FR"]', administrations='["FR"]')
    text = said(capsys, "doctor", "--config", file, code=2)
    assert "fault    settings.values: The setting workers has a wrong value: 'two' is not a whole number" in text
    assert "fault    settings.values: There is no setting hots.\n         Do you mean host?" in text
    assert "fault    settings.administrations: The cases of FR" in text
    assert "fault    identity.there: This node has no identity.\n" in text
    assert text.endswith("4 faults, 0 warnings.\n")


def rewritten(name: str, content: bytes) -> Callable[[DevelopmentIdentity], Any]:
    return lambda identity: (identity.folder / name).write_bytes(content)


def dropped(name: str) -> Callable[[DevelopmentIdentity], None]:
    return lambda identity: (identity.folder / name).unlink()


SPOILED: list[tuple[Callable[[DevelopmentIdentity], Any], str, str]] = [
    (dropped("root.pem"), "identity.files", "lacks"),
    (dropped("trusted.pem"), "identity.files", "lacks"),
    (dropped("clients.toml"), "identity.files", "lacks"),
    (rewritten("server.key", b"nonsense"), "identity.files", "of the listeners cannot be read"),
    (rewritten("server.pem", b"nonsense"), "identity.files", "of the listeners cannot be read"),
    (lambda i: shutil.copy(i.token_key, i.server_key), "identity.files", "is not the key of"),
    (rewritten("clients.toml", b"["), "identity.files", "The register of clients"),
    (rewritten("trusted.pem", b"nonsense"), "identity.files", "The authorities and revocation lists"),
    (rewritten("trusted.revoked.pem", b"nonsense"), "identity.files", "The authorities and revocation lists"),
    (rewritten("tokens.jwks", b"{}"), "identity.tokens", "The keys of tokens"),
    (rewritten("tokens.jwks", b'{"keys": []}'), "identity.tokens", "doors would refuse its tokens"),
    (rewritten("tokens.key", b"nonsense"), "identity.tokens", "The keys of tokens"),
    (dropped("tokens.key"), "identity.files", "tokens.key"),
]


@pytest.mark.parametrize(("spoil", "check", "text"), SPOILED)
def test_an_identity_that_is_not_whole_or_does_not_fit_is_named(
    spoil: Callable[[DevelopmentIdentity], Any], check: str, text: str, mine: DevelopmentIdentity, tmp_path: Path,
    capsys: Printed,
) -> None:  # fmt: skip
    spoil(mine)
    level, told, _ = findings(capsys, config(tmp_path, identity=f'"{mine.folder}"'))[check]
    assert level == "fault"
    assert text in told


@pytest.mark.parametrize(("days", "code", "text"), [(-1, 2, "ran out on"), (7, 1, "runs out in 6 days")])
def test_what_runs_out_is_named_before_it_does(
    days: int, code: int, text: str, authority: DevelopmentIdentity, mine: DevelopmentIdentity, tmp_path: Path,
    capsys: Printed,
) -> None:  # fmt: skip
    begin = NOW - dt.timedelta(30)
    period = Period(begin, NOW + dt.timedelta(days))
    issuer = read_credential(
        authority.authority(Circle.TRUSTED).read_bytes(), authority.authority_key(Circle.TRUSTED).read_bytes()
    )
    mine.revocations(issuer.certificate).write_bytes(issue_revocations([], issuer=issuer, period=period, number=2))
    card = issue_server(["localhost"], issuer=issuer, period=period, serial=5)
    mine.server_certificate.write_bytes(card.certificate_pem())
    mine.server_key.write_bytes(card.key_pem())
    found = findings(capsys, config(tmp_path, identity=f'"{mine.folder}"'), code)
    assert {check for check in found if check.startswith("expiry")} == {"expiry.certificates", "expiry.lists"}
    assert all(text in told for _, told, _ in found.values())


def taken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def test_what_the_settings_name_is_asked_for(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    with taken() as busy, taken() as gone:
        port, closed = busy.getsockname()[1], gone.getsockname()[1]
        gone.close()
        card = f'client = "x", identity = "{mine.folder}"'
        file = config(
            tmp_path, identity=f'"{mine.folder}"', ports=f"{{speed2 = {port}}}", platforms='["speed2"]',
            queues=f'"amqp://u:hunter2@127.0.0.1:{closed}/v"', time_stamps=f'"http://127.0.0.1:{closed}/"',
            peers=f'{{AT = {{url = "https://127.0.0.1:{closed}", {card}}}}}',
            store=f'"postgresql://u:hunter2@127.0.0.1:{closed}/d"', links=f'["tls://127.0.0.1:{port}"]',
        )  # fmt: skip
        found = findings(capsys, file)
    asked = {check: level for check, (level, _, _) in found.items() if check.startswith("reach")}
    assert asked == {
        "reach.ports": "fault", "reach.database": "fault", "reach.queues": "warning", "reach.time_stamps": "warning",
        "reach.nodes": "warning", "reach.links": "fault",
    }  # fmt: skip
    assert "hunter2" not in str(found)
    assert f"{port}" in found["reach.ports"][1]


def test_a_broken_address_of_the_database_is_a_sentence(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    file = config(tmp_path, identity=f'"{mine.folder}"', store='"postgresql://u:hunter2@h/d?no=such"')
    assert "hunter2" not in str(found := findings(capsys, file))
    assert found["reach.database"][1] == "The store does not serve: The address of the database cannot be read."


def test_the_folder_of_an_administration_must_be_writable(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    (tmp_path / "file").touch()
    route = f'{{AT = {{path = "{tmp_path}/file/at", form = "FORM"}}}}'
    file = config(tmp_path, identity=f'"{mine.folder}"', folders=route.replace("FORM", "edifact"))
    assert f"{tmp_path}/file is no folder" in findings(capsys, file)["agreements.folders"][1]
    file = config(tmp_path, identity=f'"{mine.folder}"', folders=route.replace("FORM", "pdf"))
    assert "has the form 'pdf'" in findings(capsys, file)["agreements.folders"][1]


def test_a_party_of_which_nobody_sees_the_whole_inbox_is_named(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    clients = [
        Client(
            f"{name}.fr",
            ActorKind.TRADER,
            eori="FR99999999900013",
            roles=frozenset({name}),
            certificates=(name[0] * 43,),
        )
        for name in ("holder", "consignee")
    ]
    file = config(tmp_path, identity=f'"{mine.folder}"')
    mine.register.write_text(Register(clients).toml())
    (level, text, remedy) = findings(capsys, file, code=1)["identity.inboxes"]
    assert (level, text) == (
        "warning", "Nobody sees the whole inbox of FR99999999900013: holder.fr, consignee.fr have different roles."
    )  # fmt: skip
    assert remedy == 'Give one of them the role "inbox".'
    clients[0] = replace(clients[0], roles=clients[0].roles | {"inbox"})
    mine.register.write_text(Register(clients).toml())
    assert "identity.inboxes" not in findings(capsys, file, code=0)


def test_an_officer_of_no_known_office_is_named(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    officer = Client("fr.officer", ActorKind.OFFICER, administration="FR", certificates=("o" * 43,))
    file = config(tmp_path, identity=f'"{mine.folder}"')
    mine.register.write_text(Register([officer]).toml())
    (level, text, remedy) = findings(capsys, file, code=1)["identity.offices"]
    assert (level, text) == ("warning", "Of these officers no office is known, so they see no case: fr.officer.")
    assert '"office.*"' in remedy
    for role in ("office.FR005350", "office.*"):
        mine.register.write_text(Register([replace(officer, roles=frozenset({role}))]).toml())
        assert "identity.offices" not in findings(capsys, file, code=0)


def test_how_long_answers_are_read_again_is_judged(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    for days, code in ((0, 0), (1_095, 0), (1_096, 2), (-1, 2)):
        found = findings(
            capsys, config(tmp_path, identity=f'"{mine.folder}"', readable_again_days=str(days)), code=code
        )
        assert ("readable_again_days" in found.get("settings.values", ("", "", ""))[1]) is (code == 2)


def test_an_administration_that_there_is_not_is_named(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    file = config(tmp_path, identity=f'"{mine.folder}"', elsewhere='["XX", "FR", "EU"]')
    assert findings(capsys, file, code=1)["settings.countries"][1] == "XX is no country of code list CL008."


def test_a_store_of_no_kind_is_named(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    for kind in ("mysql", "rabbitmq"):
        found = findings(capsys, config(tmp_path, identity=f'"{mine.folder}"', store=f'"{kind}:x"'))
        assert found["settings.store"][1] == f"There is no store for '{kind}'."


AGREED = {
    "partners.toml": "[[partner]]\n", "retention.toml": "[", "as4/as4.toml": "nonsense",
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), AGREED.items())
def test_agreements_are_judged_as_the_start_does(
    name: str, content: str, mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    path = tmp_path / "data" / name
    path.parent.mkdir(parents=True)
    path.write_text(content)
    found = findings(capsys, config(tmp_path, identity=f'"{mine.folder}"'))
    assert list(found) == [f"agreements.{path.stem}"]


def test_a_store_is_looked_at_and_a_release_can_look_for_more(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path / "data", list[ListVersion]())
    file = config(tmp_path, identity=f'"{mine.folder}"')
    assert findings(capsys, file, code=0) == {}

    def cases(settings: NodeSettings, reader: Reader) -> Any:
        assert reader.read([b"nothing"]) == [None]
        yield warning(f"Cases of {settings.name} name nobody.", "Wait.")

    monkeypatch.setattr(stored, "CHECKS", (*stored.CHECKS, stored.StoreCheck("store.more", cases)))
    assert findings(capsys, file, code=1) == {"store.more": ("warning", "Cases of centre name nobody.", "Wait.")}


def test_cases_of_which_nothing_tells_who_has_a_part_are_counted_and_named(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    data, file = tmp_path / "data", config(tmp_path, identity=f'"{mine.folder}"')
    with standing(data, identity_in(data)) as node:
        trader = node.client("speed2", "trader.fr.lesquin")
        for each in ("one", "two"):
            assert trader.ask("POST", "/v1/messages", declaration(each), {"content-type": "text/xml"}).status == 202
        waited = trader.ask("GET", "/v1/inbox?wait=20").json["items"]
    assert waited
    assert findings(capsys, file, code=0) == {}
    _without(data, lambda kind: kind is kind_of(Parties))
    assert findings(capsys, file, code=0) == {}, "the record of a case tells its parties"
    _without(data, lambda kind: kind is not kind_of(CaseEntry))
    level, text, _ = findings(capsys, file, code=1)["store.cases"]
    assert level == "warning"
    assert "in 2 cases of a former release (FR " in text
    assert waited[0]["case"] in text


def _without(data: Path, gone: Callable[[RecordKind], bool]) -> None:
    """Take records of some kinds out of a stopped node, as former releases did not write them."""
    core = make_core(NodeSettings(name="journey", data=data), ended=fail)
    space, kinds = keys.space(keys.RECORD, 0), {each.mark: each for each in records.kinds()}
    found = [key for key, _ in core.store.scan(space, keys.after(space), 1_000) if gone(kinds[key[13:15]])]
    batch = Batch()
    batch.gone.update(found)
    core.store.apply(batch, 0, core.store.epoch(0))
    core.close()


def test_a_store_that_is_no_store_is_a_sentence(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "data" / "store").mkdir(parents=True)
    (tmp_path / "data" / "store" / "node.db").write_bytes(b"no database" * 500)
    found = findings(capsys, config(tmp_path, identity=f'"{mine.folder}"'))
    assert set(found) == {"store.partitions", "store.cases", "store.additions"}


def test_every_check_has_an_id_of_its_own_and_is_documented() -> None:
    ids = examination.ids()
    assert len(ids) == len(set(ids))
    page = (Path(__file__).parents[2] / "docs" / "doctor.md").read_text(encoding="utf-8")
    assert [each for each in ids if f"| `{each}` |" not in page] == []


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (
            {"store": '"postgresql://u@db.example/douane"'},
            "at db.example is spoken to with sslmode=prefer",
        ),
        (
            {"store": '"postgresql://u@db.example/douane?sslmode=require"'},
            "sslmode=require: others could answer",
        ),
        ({"store": '"postgresql://u@127.0.0.1,10.0.0.7/douane"'}, "PostgreSQL at 10.0.0.7 is"),
        ({"queues": '"amqp://u:hunter2@broker.example/v"'}, "broker at broker.example travel unencrypted"),
    ],
)
def test_a_plain_way_to_another_machine_is_warned_of(
    tmp_path: Path, settings: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = config(tmp_path, **settings)
    found = [each for each in examination.examine(Path(file)) if each.check == "reach.encrypted"]
    assert [each.level for each in found] == [Level.WARNING]
    assert says in found[0].text
    assert "hunter2" not in found[0].text


@pytest.mark.parametrize(
    "settings",
    [
        {"store": '"postgresql://u@db.example/douane?sslmode=verify-full&sslrootcert=x.pem"'},
        {"store": '"postgresql://u@127.0.0.1/douane"', "queues": '"amqp://u:s@localhost/v"'},
        {"store": '"postgresql://u@/douane?host=/run/postgresql"', "queues": '"amqps://u:s@broker.example/v"'},
        {},
    ],
)
def test_an_encrypted_way_or_one_within_the_machine_is_not(tmp_path: Path, settings: dict[str, str]) -> None:
    found = examination.examine(Path(config(tmp_path, **settings)))
    assert [each for each in found if each.check == "reach.encrypted"] == []


def test_secrets_that_are_kept_too_cheaply_are_warned_of(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    for cost, code in ((LEAST, 1), (COST, 0)):
        kept = SecretHash.of("secret", salt=bytes(16), cost=cost)
        mine.register.write_text(Register([Client("cheap", ActorKind.TRADER, eori="FR1", secret=kept)]).toml())
        found = findings(capsys, config(tmp_path, identity=f'"{mine.folder}"'), code=code)
        assert [text for check, (_, text, _) in found.items() if check == "expiry.secrets" and "cheap" in text] == (
            [found["expiry.secrets"][1]] if code else []
        )
