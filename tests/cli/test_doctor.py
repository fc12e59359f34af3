"""What the doctor finds before a node runs; each finding has its check, its level and a sentence that mends it."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import shutil
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from douane.applications.reference_data.messages import ListVersion
from douane.assembly.core import make_core
from douane.cli.main import main
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
from tests.cli import test_start
from tests.cli.nodes import Printed, answer, fail, publish, said
from tests.evidence.scene import declaration
from tests.journeys.standing import identity_in, standing
from tests.pages.production import Tls, private_tls

NOW = dt.datetime.now(dt.UTC)
KNOWN = '"https://localhost"'
"""An issuer whose name every host knows."""


def config(folder: Path, **settings: str) -> str:
    """A settings file of a node with a witness."""
    own = {"witness": f'"file:{folder / "witness"}"', "issuer": KNOWN}
    return test_start.config(folder, **own | settings)


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


def test_what_is_not_promised_without_a_witness_is_said(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    told = findings(capsys, test_start.config(tmp_path, issuer=KNOWN, identity=f'"{mine.folder}"'), code=1)
    assert list(told) == ["promises.witness"]
    level, text, remedy = told["promises.witness"]
    assert level == "warning"
    assert "set back to an earlier state" in text
    assert "witness =" in remedy


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


def test_a_core_whose_certificate_does_not_name_the_address_is_told(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(mine.server_certificate, mine.server_key)
    with socket.create_server(("127.0.0.2", 0)) as listening, socket.create_server(("127.0.0.1", 0)) as named:
        for each in (listening, named):
            threading.Thread(target=_greet, args=(each, context), daemon=True).start()
        for host, each, told in (("127.0.0.2", listening, True), ("localhost", named, False)):
            link = f"tls://{host}:{each.getsockname()[1]}"
            file = config(tmp_path, identity=f'"{mine.folder}"', role='"doors"', links=f'["{link}"]')
            found = findings(capsys, file).get("reach.links", ("", "", ""))
            assert ("does not prove to be the core" in found[1]) == told, found


def _greet(listening: socket.socket, context: ssl.SSLContext) -> None:
    with contextlib.suppress(OSError):
        for _ in range(2):
            line, _ = listening.accept()
            with contextlib.suppress(OSError), context.wrap_socket(line, server_side=True):
                pass


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


def test_a_followed_file_that_nobody_approved_is_told_before_a_start_ends_on_it(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    file, data = config(tmp_path, identity=f'"{mine.folder}"'), tmp_path / "data"
    data.mkdir(exist_ok=True)
    register = mine.folder / "clients.toml"
    others = {name: [hashlib.sha256().hexdigest()] for name in ("operators.toml", "providers.toml", "partners.toml")}
    for digest, told in ((hashlib.sha256(register.read_bytes()).hexdigest(), False), ("ab" * 32, True)):
        known = others | {"clients.toml": [digest]}
        (data / "approved.json").write_text(json.dumps(known))
        found = findings(capsys, file, code=2 if told else 0).get("agreements.held", ("", "", ""))
        assert ("was changed by nobody of whom two persons know" in found[1]) == told


def test_a_store_is_looked_at_and_a_release_can_look_for_more(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path / "data", list[ListVersion]())
    file = config(tmp_path, identity=f'"{mine.folder}"')
    found = findings(capsys, file, code=1)
    assert list(found) == ["store.offices"]
    assert "is the selection of 140 customs offices that comes with the product" in found["store.offices"][1]
    rest = tuple(each for each in examination.STORED if each.id != "store.offices")
    monkeypatch.setattr(examination, "STORED", rest)
    assert findings(capsys, file, code=0) == {}

    def cases(settings: NodeSettings, reader: Reader) -> Any:
        assert reader.read([b"nothing"]) == [None]
        yield warning(f"Cases of {settings.name} name nobody.", "Wait.")

    monkeypatch.setattr(examination, "STORED", (*examination.STORED, stored.StoreCheck("store.more", cases)))
    assert findings(capsys, file, code=1) == {"store.more": ("warning", "Cases of centre name nobody.", "Wait.")}


def test_cases_of_which_nothing_tells_who_has_a_part_are_counted_and_named(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    data, file = tmp_path / "data", config(tmp_path, name='"journey"', identity=f'"{mine.folder}"')
    with standing(data, identity_in(data)) as node:
        trader = node.client("speed2", "trader.fr.lesquin")
        for each in ("one", "two"):
            assert trader.ask("POST", "/v1/messages", declaration(each), {"content-type": "text/xml"}).status == 202
        waited = trader.ask("GET", "/v1/inbox?wait=20").json["items"]
    assert waited
    (data / "approved.json").unlink()  # this node is looked at by another identity than it ran with
    assert list(findings(capsys, file, code=1)) == ["store.offices"]
    _without(data, lambda kind: kind is kind_of(Parties))
    assert list(findings(capsys, file, code=1)) == ["store.offices"], "the record of a case tells its parties"
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
    assert set(found) == {each.id for each in examination.STORED}


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


HOSTS = ("signin.customs.test", "portal.customs.test")
PROVIDER = '[[provider]]\ncountry = "LV"\ntitle = "Central"\ntype = "D"\n'


def fronts(folder: Path, mine: DevelopmentIdentity, tls: Tls, pages: str = "", **more: str) -> str:
    """A node in production with pages; ``pages``: more of its table."""
    public = ", ".join(f'{host.partition(".")[0]} = "https://{host}"' for host in HOSTS)
    own = pages if "port" in pages else f"{pages}, port = 0"
    table = f'{{certificate = "{tls.certificate}", key = "{tls.key}", public = {{{public}}}{own}}}'
    return config(folder, **{"identity": f'"{mine.folder}"', "pages": table, **more})


def test_pages_in_production_are_judged_before_a_browser_meets_them(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    tls = private_tls(tmp_path / "tls", HOSTS, days=200)
    file = mine.folder / "providers.toml"
    assert "nobody can sign in" in findings(capsys, fronts(tmp_path, mine, tls), code=1)["pages.providers"][1]
    file.write_text(PROVIDER)
    file.chmod(0o644)
    assert "can read our secrets" in findings(capsys, fronts(tmp_path, mine, tls), code=1)["pages.providers"][1]
    file.chmod(0o600)
    assert findings(capsys, fronts(tmp_path, mine, tls), code=0) == {}
    spoken = 'country = "SE"\ntitle = "Sverige"\nprotocol = "saml"\nissuer = "https://id.example.se"\ntype = "A"\n'
    file.write_text(f'{PROVIDER}[[provider]]\n{spoken}metadata = "se.xml"\n')
    assert "cannot be read" in findings(capsys, fronts(tmp_path, mine, tls))["pages.providers"][1]
    (mine.folder / "se.xml").write_text("put there by somebody")
    assert "Nobody of SE can sign in" in findings(capsys, fronts(tmp_path, mine, tls))["pages.providers"][1]
    file.write_text(PROVIDER)
    tls.key.chmod(0o644)
    assert str(tls.key) in findings(capsys, fronts(tmp_path, mine, tls))["rights.keys"][1]


@pytest.mark.parametrize(
    ("hosts", "days", "pages", "more", "code", "check", "text"),
    [
        (HOSTS[:1], 200, "", {}, 2, "pages.certificate", "does not name portal.customs.test"),
        (("*.customs.test",), 200, "", {}, 0, "", ""),
        (("*.other.test",), 200, "", {}, 2, "pages.certificate", "does not name"),
        (HOSTS, 20, "", {}, 1, "expiry.certificates", "pages.pem) runs out in"),
        (HOSTS, 200, ', host = "0.0.0.0", behind = ["10.0.0.5"]', {}, 1, "pages.proxies", "can pass by the proxy"),
        (HOSTS, 200, ', host = "10.0.0.9", behind = ["10.0.0.5"]', {}, 2, "reach.ports", "cannot listen at 10.0.0.9"),
        (HOSTS, 200, "", {"public": '{uumds = "https://portal.customs.test:8445"}'}, 1, "pages.names", "have one host"),
        (HOSTS, 200, "", {"public": '{uumds = "https://u.customs.test"}'}, 1, "pages.names", "issuer does not name"),
    ],
)  # fmt: skip
def test_what_browsers_would_stumble_over_is_named(
    hosts: tuple[str, ...], days: int, pages: str, more: dict[str, str], code: int, check: str, text: str,
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed,
) -> None:  # fmt: skip
    (mine.folder / "providers.toml").write_text(PROVIDER)
    (mine.folder / "providers.toml").chmod(0o600)
    file = fronts(tmp_path, mine, private_tls(tmp_path / "tls", hosts, days), pages, **more)
    found = answer(capsys, "doctor", "--config", file, code=code)["findings"]
    told = [each["text"] for each in found if not check or each["check"] == check]
    assert any(text in each for each in told) if check else told == []


SIGNIN = 'public = {signin = "https://signin.customs.test", console = "https://console.customs.test"}'


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"processes": "3", "pages": f"{{console = 8447, {SIGNIN}}}", "ports": "{operations = 8447}"},
         "operations and the console both want port 8447."),
        ({"processes": "3", "pages": f"{{console = 8440, {SIGNIN}}}"},
         "the pages and the console both want port 8440."),
        ({"pages": f"{{port = 9443, {SIGNIN}}}", "ports": "{speed2 = 9443}"},
         "speed2 and the pages both want port 9443."),
        ({"links": '["tls://127.0.0.1:9450"]', "ports": "{ccn2 = 9450}"},
         "ccn2 and the link tls://127.0.0.1:9450 both want port 9450."),
        ({"links": '["tls://10.0.0.1:9450"]', "host": '"0.0.0.0"', "ports": "{ccn2 = 9450}"},
         "ccn2 and the link tls://10.0.0.1:9450 both want port 9450."),
        ({"links": '["tls://localhost:9450"]', "ports": "{ccn2 = 9450}"}, "both want port 9450."),
        ({"links": '["tls://10.0.0.1:9450"]', "host": '"10.0.0.2"', "ports": "{ccn2 = 9450}"}, ""),
        ({"links": '["unix:/run/douane/one"]', "pages": f'{{behind = ["unix:/run/douane/one"], {SIGNIN}}}'},
         "name one socket: unix:/run/douane/one."),
    ],
)  # fmt: skip
def test_two_that_would_listen_at_one_place_are_named(
    settings: dict[str, str], told: str, mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    file = config(tmp_path, **{"identity": f'"{mine.folder}"', **settings})
    found = answer(capsys, "doctor", "--config", file, code=2)["findings"]
    clashes = [each for each in found if each["check"] == "settings.ports"]
    assert [each["text"].endswith(told) for each in clashes] == ([True] if told else [])
    assert all(each["remedy"] and each["level"] == "fault" for each in clashes)


def test_what_listens_where_pages_should_is_named(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    with taken() as busy:
        port = busy.getsockname()[1]
        file = fronts(tmp_path, mine, private_tls(tmp_path / "tls", HOSTS, days=200), f", port = {port}")
        assert f"The pages cannot listen at 127.0.0.1, port {port}" in findings(capsys, file)["reach.ports"][1]


def test_the_card_of_a_link_is_missed_on_the_host_of_the_core_too(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    """Its doors are processes of their own, and reach their core by the link that the settings name."""
    file = config(
        tmp_path, identity=f'"{mine.folder}"', processes="3", links='["tls://127.0.0.1:0"]', platforms='["speed2"]'
    )
    level, text, remedy = findings(capsys, file)["identity.links"]
    assert (level, remedy) == ("fault", "Put the files there, or name the right folder.")
    assert f"The link of speed2 lacks {mine.folder}/clients/link.speed2.pem" in text


@pytest.mark.parametrize(
    ("content", "told"),
    [('[[operator]]\nacount = "eu.anna.berg"\n', "acount"), ("[[operator]\n", "cannot be read"),
     ('[[operator]]\naccount = "eu.anna.berg"\nname = "Anna"\n', "could not sign in")],
)  # fmt: skip
def test_a_slip_of_the_pen_in_the_file_of_operators_is_told_before_it_holds(
    content: str, told: str, mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    (mine.folder / "operators.toml").write_text(content)
    file = config(tmp_path, identity=f'"{mine.folder}"')
    level, text, remedy = findings(capsys, file)["identity.operators"]
    assert level == "fault"
    assert told in text
    assert "douane operator voucher" in remedy
    assert main(["run", "--config", file]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "data" / "approved.toml").exists()


def test_names_that_cannot_be_resolved_are_told(mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed) -> None:
    (mine.folder / "providers.toml").write_text(
        '[[provider]]\ncountry = "SE"\ntitle = "Sverige"\nissuer = "https://id.se.invalid"\nclient_id = "uumds"\n'
        'secret = "hunter2"\ntype = "A"\n'
    )
    (mine.folder / "providers.toml").chmod(0o600)
    tls = private_tls(tmp_path / "tls", HOSTS, days=200)
    found = findings(capsys, fronts(tmp_path, mine, tls, issuer='"https://uumds.invalid"'), code=1)
    assert "The identity provider of SE at id.se.invalid, port 443 does not answer" in found["reach.providers"][1]
    assert "The name uumds.invalid of the issuer https://uumds.invalid cannot be" in found["reach.issuer"][1]
    assert "hunter2" not in str(found)


def test_a_plain_way_between_a_proxy_and_the_pages_is_named(
    mine: DevelopmentIdentity, tmp_path: Path, capsys: Printed
) -> None:
    public = ", ".join(f'{host.partition(".")[0]} = "https://{host}"' for host in HOSTS)
    table = f'{{host = "10.0.0.9", port = 0, behind = ["10.0.0.5"], public = {{{public}}}}}'
    found = findings(capsys, config(tmp_path, identity=f'"{mine.folder}"', pages=table))
    assert "can be read on the way" in found["pages.proxies"][1]
