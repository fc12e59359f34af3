"""What a start refuses, in every role, before anything is written: exit code 2, and the sentence that mends it."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from douane.cli.main import main
from douane.configuration.ports import SystemIds
from douane.configuration.settings import FORMS, PREFIX, NodeSettings, Uplink
from douane.examination.starting.judging import must_start
from douane.model.circles import Circle
from douane.trust.development_identity import DevelopmentIdentity, prepare
from douane.vocabulary.errors import DeclarationFault
from tests.cli.nodes import Printed, publish, refused

WAYS = (("--role", "node"), ("--role", "core"), ("--role", "doors"), ("--processes", "2"))
pytestmark = pytest.mark.timeout(20)  # one that is not refused would run on
every_way = pytest.mark.parametrize("way", WAYS, ids=" ".join)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An identity that authorities issued: nothing in it says development, no key of theirs lies in it."""
    return prepared(tmp_path_factory.mktemp("issued") / "identity", "Union of the test").folder


@pytest.fixture(scope="module")
def developed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that a node made for itself."""
    return prepared(tmp_path_factory.mktemp("developed") / "identity", "Douane development").folder


def prepared(folder: Path, authority: str) -> DevelopmentIdentity:
    return prepare(folder, now=time.time_ns() // 1000, random=SystemIds().random, clients=(), authority=authority)


def config(folder: Path, **settings: str) -> str:
    """A settings file of a node on free ports; values as TOML."""
    path = folder / "douane.toml"
    zero = ", ".join(f"{name} = 0" for name in ("speed2", "ccn2", "uumds", "cdco", "operations"))
    lines = {"data": f'"{folder / "data"}"', "ports": f"{{{zero}}}", "issuer": '"https://uumds.example"'} | settings
    path.write_text("".join(f"{name} = {value}\n" for name, value in lines.items()))
    return str(path)


@every_way
def test_without_an_identity_both_ways_out_are_named_and_nothing_is_made(
    way: tuple[str, str], tmp_path: Path, capsys: Printed
) -> None:
    said = refused(capsys, "run", "--config", config(tmp_path), *way)
    assert "This node has no identity." in said
    assert "identity = " in said
    assert "--development" in said
    assert not (tmp_path / "data").exists()


@every_way
@pytest.mark.parametrize("development", ["true", "false"])
def test_a_named_identity_that_is_missing_is_made_by_nobody(
    way: tuple[str, str], development: str, tmp_path: Path, capsys: Printed
) -> None:
    gone = tmp_path / "late mount" / "identity"
    file = config(tmp_path, identity=f'"{gone}"', development=development)
    assert f"The identity folder {gone} does not exist." in refused(capsys, "run", "--config", file, *way)
    assert not gone.parent.exists()
    assert not (tmp_path / "data").exists()


@every_way
def test_a_development_identity_needs_the_word_however_it_came_there(
    way: tuple[str, str], developed: Path, tmp_path: Path, capsys: Printed
) -> None:
    shutil.copytree(developed, tmp_path / "data" / "identity")
    assert "holds a development identity" in refused(capsys, "run", "--config", config(tmp_path), *way)


def test_the_word_beside_an_issued_identity_is_a_contradiction(issued: Path, tmp_path: Path, capsys: Printed) -> None:
    said = refused(capsys, "run", "--config", config(tmp_path, identity=f'"{issued}"'), "--development")
    assert "holds an identity that was issued" in said


@every_way
@pytest.mark.parametrize(
    "met",
    [{"host": '"0.0.0.0"'}, {"host": '"::"'}, {"host": '"192.0.2.7"'}, {"host": '"node.example"'},
     {"links": '["tls://192.0.2.7:8450"]'}],
)  # fmt: skip
def test_a_development_identity_meets_nobody_from_elsewhere(
    way: tuple[str, str], met: dict[str, str], tmp_path: Path, capsys: Printed
) -> None:
    said = refused(capsys, "run", "--config", config(tmp_path, development="true", **met), *way)
    assert "A development identity is for this machine only" in said
    assert not (tmp_path / "data").exists()


def as_der(pem: bytes) -> bytes:
    key = load_pem_private_key(pem, None)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def sealed(pem: bytes) -> bytes:
    key = load_pem_private_key(pem, None)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))


HIDDEN: dict[str, Callable[[bytes], bytes]] = {
    "harmless.txt": lambda key: key,
    "deeper/down/any.bin": as_der,
    "server.key": lambda key: key,  # behind the key that belongs there
    "trusted.pem": lambda key: key,  # behind its own certificate
}
"""Where a key is hidden, and its form there."""


@pytest.mark.parametrize("where", HIDDEN)
@pytest.mark.parametrize("name", ["root", "servers", *(circle.value for circle in Circle)])
def test_no_key_of_an_authority_lies_where_doors_read(
    name: str, where: str, issued: Path, tmp_path: Path, capsys: Printed
) -> None:
    mine = tmp_path / "identity"
    shutil.copytree(issued, mine)
    key = (DevelopmentIdentity(issued).authorities / f"{name}.key").read_bytes()
    path = mine / where
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.read_bytes() if path.exists() else b""
    path.write_bytes(own + HIDDEN[where](key))
    file = config(tmp_path, identity=f'"{mine}"')
    assert f"{path} holds the private key of an authority." in refused(capsys, "run", "--config", file)


@every_way
def test_a_key_behind_a_passphrase_is_known_by_its_name_in_every_role(
    way: tuple[str, str], issued: Path, tmp_path: Path, capsys: Printed
) -> None:
    mine = tmp_path / "identity"
    shutil.copytree(issued, mine)
    key = DevelopmentIdentity(issued).authority_key(Circle.TRUSTED)
    (mine / "trusted.key").write_bytes(sealed(key.read_bytes()))
    file = config(tmp_path, identity=f'"{mine}"')
    assert "trusted.key holds the private key of an authority." in refused(capsys, "run", "--config", file, *way)


@pytest.mark.parametrize("name", ["root.pem", "untrusted.pem", "trusted.pem", "internal.pem", "server.pem"])
def test_one_certificate_of_a_development_authority_is_enough(
    name: str, issued: Path, developed: Path, tmp_path: Path, capsys: Printed
) -> None:
    mine = tmp_path / "identity"
    shutil.copytree(issued, mine)
    (mine / name).write_bytes((mine / name).read_bytes() + (developed / name).read_bytes())
    file = config(tmp_path, identity=f'"{mine}"')
    assert f"{mine} holds a development identity" in refused(capsys, "run", "--config", file)


def test_the_development_identity_of_an_earlier_release_gives_its_keys_away(tmp_path: Path) -> None:
    made = prepared(tmp_path / "identity", "Douane development")
    for path in made.authorities.iterdir():
        path.rename(made.folder / path.name)
    made.authorities.rmdir()
    assert prepared(made.folder, "Douane development") == made
    assert sorted(path.name for path in made.authorities.iterdir()) == [
        "internal.key", "root.key", "servers.key", "stamps.key", "trusted.key", "untrusted.key",
    ]  # fmt: skip
    assert sorted(path.name for path in made.folder.glob("*.key")) == ["server.key", "tokens.key"]


def opened(folder: Path) -> None:
    """A data folder as a service manager makes it."""
    folder.chmod(0o755)


@pytest.fixture(scope="module")
def kept(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a node has written, and the identity that it was given."""
    data = tmp_path_factory.mktemp("kept") / "data"
    publish(data, [])
    shutil.copytree(issued, data / "identity")
    for name in ("node.log", "processes.json", "partners.toml"):
        (data / name).touch(0o600)
    (data / "payloads").mkdir()
    return data


WIDE = (
    ("store", 0o755, "chmod -R go= {data}/store"),
    ("store", 0o710, "chmod -R go= {data}/store"),
    ("node.log", 0o644, "chmod -R go= {data}/node.log"),
    ("payloads", 0o701, "chmod -R go= {data}/payloads"),
    ("processes.json", 0o604, "chmod -R go= {data}/processes.json"),
    ("audit.key", 0o640, "chmod go= {data}/audit.key"),
    ("identity/server.key", 0o644, "chmod go= {data}/identity/server.key"),
    ("identity/clients.toml", 0o604, "chmod go= {data}/identity/clients.toml"),
    ("identity", 0o722, "chmod go-w {data}/identity"),
    (".", 0o777, "chmod go-w {data}"),
    ("partners.toml", 0o666, "chmod go-w {data}/partners.toml"),
)


@pytest.mark.parametrize(("what", "mode", "said"), WIDE)
def test_what_others_may_read_or_change_ends_the_start(
    what: str, mode: int, said: str, kept: Path, tmp_path: Path, capsys: Printed
) -> None:
    data = tmp_path / "data"
    shutil.copytree(kept, data)
    opened(data)
    (data / what).chmod(mode)
    text = refused(capsys, "run", "--config", config(tmp_path))
    assert "Other users of this machine can " in text
    assert said.format(data=data) in text


@every_way
def test_no_role_starts_where_others_may_read(
    way: tuple[str, str], kept: Path, tmp_path: Path, capsys: Printed
) -> None:
    shutil.copytree(kept, tmp_path / "data")
    opened(tmp_path / "data")
    (tmp_path / "data" / "store").chmod(0o755)
    assert "Other users of this machine can " in refused(capsys, "run", "--config", config(tmp_path), *way)


def test_a_store_elsewhere_is_closed_too(issued: Path, tmp_path: Path, capsys: Printed) -> None:
    place = tmp_path / "fast disk"
    place.mkdir(0o755)
    (place / "node.db").touch(0o644)
    (place / "node.db").chmod(0o644)
    place.chmod(0o755)
    file = config(tmp_path, identity=f'"{issued}"', store=f'"sqlite:{place}/node.db"')
    assert f"chmod -R go= '{place}/node.db'" in refused(capsys, "run", "--config", file)


def test_the_store_in_a_folder_of_the_administrator_is_for_the_node_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    opened(data)
    publish(data, [])
    for path in data.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize("store", ["a folder", "no database"])
def test_a_store_that_cannot_be_opened_is_a_sentence(store: str, issued: Path, tmp_path: Path, capsys: Printed) -> None:
    place = tmp_path / "place"
    place.mkdir() if store == "a folder" else place.write_bytes(b"no database" * 1_000)
    said = refused(capsys, "run", "--config", config(tmp_path, identity=f'"{issued}"', store=f'"sqlite:{place}"'))
    assert said.startswith(f"douane: {place} ")


CONFLICTS = (
    ({"workers": "2", "partitions": "2"}, "2 workers need a store that processes can share."),
    ({"processes": "2", "store": '"memory:"'}, "A store in memory lives in one process."),
    ({"workers": "4", "store": '"postgresql://u@h/d"'}, "4 workers share 1 partitions"),
    ({"worker": "1"}, "There is no worker 1 of 1."),
    ({"ports": "{speed2 = 9443, ccn2 = 9443}"}, "speed2 and ccn2 both want port 9443."),
    ({"time_stamps": '"own"'}, "is the authority of a development identity"),
    ({"administrations": '["FR"]', "elsewhere": '["FR"]'}, "The cases of FR are kept here"),
    ({"uplink": '{url = "https://c:1", client = "x", identity = "/nowhere"}'}, "/nowhere of uplink does not exist"),
)  # fmt: skip


@pytest.mark.parametrize(("wrong", "said"), CONFLICTS)
def test_settings_that_contradict_each_other_end_the_start(
    wrong: dict[str, str], said: str, issued: Path, tmp_path: Path, capsys: Printed
) -> None:
    text = refused(capsys, "run", "--config", config(tmp_path, identity=f'"{issued}"', **wrong))
    assert said in text


def test_doors_share_the_settings_of_workers_whose_store_they_do_not_hold(issued: Path, tmp_path: Path) -> None:
    links = tuple(f"unix:{tmp_path}/{place}" for place in (0, 1))
    nowhere = Uplink("https://centre.example:8444", "de.system", tmp_path / "on the host of the core")
    settings = NodeSettings(
        data=tmp_path / "data",
        identity=issued,
        role="doors",
        workers=2,
        links=links,
        uplink=nowhere,
        issuer=("https://uumds.example",),
    )
    must_start(settings)
    with pytest.raises(DeclarationFault, match="on the host of the core of uplink does not exist"):
        must_start(replace(settings, role="core", store="postgresql://u@h/d", partitions=2))


@pytest.mark.parametrize("name", FORMS)
def test_a_setting_of_the_wrong_type_ends_the_start_with_a_sentence(
    name: str, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the command itself; each value and type, without it: src/douane/configuration/tests/test_settings.py."""
    label = f"{PREFIX}{name.upper()}"
    said = refused(capsys, "run", "--config", config(tmp_path, **{name: "07:32:00"}))
    assert said.startswith(f"douane: The setting {name} has a wrong value: ")
    monkeypatch.setenv(label, "\x7f\n")
    assert f"The setting {label} has a wrong value: " in refused(capsys, "run", "--config", config(tmp_path))


PUBLIC = '[pages.public]\nsignin = "https://signin.example"\nportal = "https://portal.example"\n'
BY_TLS = 'certificate = "/c.pem"\nkey = "/c.key"\n'
PAGES = (
    ("", PUBLIC, "Browsers would reach the pages without TLS."),
    ('certificate = "/c.pem"\n', PUBLIC, "Of the pages' certificate and key one is missing."),
    ('behind = ["10.0.0.5"]\nhost = "0.0.0.0"\n', PUBLIC, "would be open to others at 0.0.0.0"),
    ('behind = ["10.0.0.5"]\nhost = "192.0.2.1"\n', "", "no public address at which persons sign in"),
    ('behind = ["proxy"]\n', PUBLIC, "is no proxy"), ('behind = ["unix:pages.sock"]\n', PUBLIC, "is no proxy"),
    (BY_TLS + 'under = "de"\n', PUBLIC, "[pages] names hosts below localhost (under)"),
    (BY_TLS, PUBLIC.replace("portal.", "signin."), "portal and signin would share the cookies of one host"),
    (BY_TLS, PUBLIC.replace("portal.example", "signin.example:8443"), "would share the cookies of one host"),
    (BY_TLS, PUBLIC.replace("https://portal.example", "https://portal.example/desk"), "no address of a whole host"),
    (BY_TLS, PUBLIC.replace("https://portal", "http://portal"), "it is no address"),
    (BY_TLS, PUBLIC + 'start = "https://start.example"\n', "not one of portal, desk, centre, signin, console"),
    (BY_TLS, '[pages.public]\nsignin = "https://signin.example"\n', "no public address for any desk"),
    ("platforms", PUBLIC + 'desk = "https://desk.example"\n', "[pages.public] names desk, and this node does not open"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "public", "text"), PAGES)
def test_pages_in_production_that_browsers_cannot_reach_safely_end_the_start(
    said: str, public: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "douane.toml"
    before = 'platforms = ["speed2", "uumds"]\n' if said == "platforms" else ""
    table = BY_TLS if said == "platforms" else said
    config.write_text(f'data = "{tmp_path}/data"\n{before}[pages]\n{table}{public}')
    assert main(["doctor", "--config", str(config)]) != 0
    assert text in capsys.readouterr().out


@pytest.mark.parametrize("way", ["node", "doors"])
def test_a_node_in_production_whose_tokens_name_nobody_does_not_start(
    way: str, issued: Path, tmp_path: Path, capsys: Printed
) -> None:
    said = refused(capsys, "run", "--config", config(tmp_path, identity=f'"{issued}"', issuer='""', role=f'"{way}"'))
    assert "Nobody named the address at which clients ask UUM&DS for tokens." in said


def test_pages_by_tls_and_behind_a_proxy_of_this_machine_contradict_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "douane.toml"
    for said in (BY_TLS + 'host = "0.0.0.0"\n', 'behind = ["unix:/run/p.sock"]\nhost = "0.0.0.0"\n',
                 'behind = ["127.0.0.1"]\n', BY_TLS + 'behind = ["10.0.0.5"]\nhost = "0.0.0.0"\n'):  # fmt: skip
        config.write_text(f'data = "{tmp_path}/data"\n[pages]\n{said}{PUBLIC}')
        main(["doctor", "--config", str(config), "--json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert [each for each in found if each["check"] == "settings.pages"] == []


def test_pages_of_a_node_for_development_are_no_pages_in_production(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "douane.toml"
    config.write_text(f'data = "{tmp_path}/data"\ndevelopment = true\n[pages]\n{BY_TLS}{PUBLIC}')
    assert main(["doctor", "--config", str(config)]) != 0
    assert "are those of a node in production" in capsys.readouterr().out
