"""Who vouches for persons in production: the central account by passkey, and providers as two persons approved them."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from douane.cli.main import main
from douane.configuration.settings import settings_text
from douane.identity.federating.tests.test_saml import ENTITY, described
from douane.standards.saml.tests.speaking import KEY, OTHER
from douane.standards.webauthn.tests.test_ceremonies import Authenticator
from douane.supervision.operating.declared import INVITE, PROVIDERS
from tests.circles.test_operators import ANNA, Person, hidden, text, texts, two_operators
from tests.pages.production import DOMAIN, Answer, Production, in_production

LATVIA = '[[provider]]\ncountry = "LV"\ntitle = "Central account"\ntype = "D"\n'
OWN = {"sec-fetch-site": "same-origin"}
COOKIE = "__Host-douane-sign-in"


def sweden(metadata: str) -> str:
    """The entry of a provider that speaks SAML."""
    digest = hashlib.sha256(metadata.encode()).hexdigest()
    return (
        f'[[provider]]\ncountry = "SE"\ntitle = "Sverige"\nprotocol = "saml"\nissuer = "{ENTITY}"\ntype = "A"\n'
        f'metadata = "se.xml"\nmetadata_sha256 = "{digest}"\n'
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    folder = tmp_path_factory.mktemp("vouching")
    honest = described(OTHER)
    with in_production(folder, LATVIA + sweden(honest), files={"se.xml": honest.encode()}) as made:
        yield made


@pytest.fixture(scope="module")
def config(pages: Production, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("config") / "douane.toml"
    path.write_text(settings_text(pages.node.node.core.settings, place=True))
    return path


def made(pages: Production, link: str, device: Authenticator) -> Answer:
    """The answer to a passkey that somebody makes by an invitation."""
    form = hidden(pages.ask("GET", link))
    said = device.make(challenge=form.get("challenge", ""), origin=pages.url("signin"))
    return pages.send(pages.url("signin") + "/passkey/make", {**form, **texts(said)}, **OWN)


def proven(pages: Production, device: Authenticator, held: str = COOKIE) -> Answer:
    """The answer to a proof. held: as what the browser sends back what it was given."""
    base = pages.url("signin")
    begun = pages.ask("GET", f"{base}/begin?country=LV&actor=economic+operator")
    name, _, value = begun.cookies[0].partition(";")[0].partition("=")
    assert name == COOKIE
    form = hidden(pages.ask("GET", begun.headers["location"], cookie=f"{name}={value}"))
    said = device.prove(challenge=form["challenge"], origin=base)
    answer = {**form, "id": text(device.id), **texts(said)}
    return pages.send(f"{base}/passkey", answer, cookie=f"{held}={value}", **OWN)


def test_a_passkey_signs_its_person_in_and_what_a_neighbour_set_binds_nobody(
    pages: Production, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anna, ben = two_operators(pages, config, capsys)
    words = ["passkey", "invite", "janis.ozols", "--country", "LV", "--config", str(config), "--reason", "ticket 4714"]
    assert main(words) != 0, "a user of this machine is nobody in particular"
    assert main([*words[:4], "SE", *words[5:], "--as", ANNA]) != 0, "Sweden has a provider"
    capsys.readouterr()
    assert main([*words, "--as", ANNA]) == 0
    link, state = capsys.readouterr().out.splitlines()[:2]
    assert "proposed" in state
    device = Authenticator(id=b"janis", name=f"signin.{DOMAIN}")
    assert made(pages, link, device).status == 401, "nobody agreed yet"
    assert agreed(anna, INVITE).status == 303
    assert made(pages, link, device).status == 401, "he is one person at the shell and in the console"
    once = agreement(ben, INVITE)
    assert ben.sends("/proposed", **once).status == 303
    assert made(pages, link, device).status == 303
    ben.sends("/proposed", **once)
    again = Authenticator(id=b"thief", name=f"signin.{DOMAIN}")
    assert made(pages, link, again).status == 401, "a link holds once, and asking for the act again makes no second one"
    planted = proven(pages, device, COOKIE.removeprefix("__Host-"))
    assert planted.status == 401, "a host below the same domain may set this name"
    assert "another browser" in planted.body.decode()
    known = proven(pages, device)
    assert known.status == 303, known.body
    assert known.headers["location"].startswith("/callback?word=")


def test_who_replaces_the_metadata_of_a_provider_or_its_entry_alone_is_believed_nothing(
    pages: Production, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = pages.node.identity.folder
    begin = f"{pages.url('signin')}/begin?country=SE&actor=economic+operator"
    assert pages.ask("GET", begin).status == 303
    evil = described(KEY)
    (folder / "se.xml").write_text(evil)
    assert pages.ask("GET", begin).status == 502
    approved = (folder / "providers.toml").read_text()
    (folder / "providers.toml").write_text(LATVIA + sweden(evil))
    time.sleep(3)  # files are looked at each second
    assert pages.ask("GET", begin).status == 502
    (folder / "providers.toml").write_text(approved)

    anna, ben = Person(pages, "anna.berg"), Person(pages, "ben.moor")
    for each in (anna, ben):
        assert each.proves().status == 303
    other = config.with_name("other.toml")
    words = ["provider", "replace", str(other), "--reason", "a new key", "--as", ANNA, "--config", str(config)]
    other.write_text(LATVIA + sweden(described(OTHER)))
    assert main(words) != 0, "the file that lies there is another one"
    other.write_text(LATVIA + sweden(evil))
    assert main(words) == 0
    assert "metadata_sha256" in capsys.readouterr().out
    for who in (anna, ben):
        assert agreed(who, PROVIDERS).status == 303
    for _ in range(100):
        if pages.ask("GET", begin).status == 303:
            break
        time.sleep(0.1)
    assert pages.ask("GET", begin).status == 303, "two persons approved it: no start is needed"


def agreed(who: Person, act: str) -> Answer:
    """What is proposed, confirmed or agreed with by the page that shows it."""
    return who.sends("/proposed", **agreement(who, act))


def agreement(who: Person, act: str) -> dict[str, str]:
    """The form by which somebody confirms or agrees."""
    shown = who.open("/proposed").body.decode()
    assert f'name="deed" value="{act}"' in shown
    shown = shown.partition(f'name="deed" value="{act}"')[2]
    said = {name: re.search(f'name="{name}" value="([^"]+)"', shown)[1] for name in ("on", "seen")}  # type: ignore[index]
    return {**said, "deed": act, "act": secrets.token_hex(16), "reason": "I read it"}
