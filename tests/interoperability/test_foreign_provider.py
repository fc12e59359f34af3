"""A person of Sweden signs in by an identity provider that others wrote (oidc-provider), as Sweden states him."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from douane.configuration.settings import PagesAt
from tests.architecture.tree import REPOSITORY
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.chromium import missing
from tests.pages.visitor import Seen, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
FOLDER = REPOSITORY / "build" / "oidc"
ABSENT = "No oidc-provider in build/oidc: run tools/oidc.sh to sign in by a provider that others wrote"
FORM = re.compile(r'<form[^>]* action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
PROMPT = re.compile(r'name="prompt" value="(\w+)"')
SWEDE = "SE5561234567890"
ACCOUNT = "se.astrid.lindqvist"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def foreign(port: int, redirect: str, secret: str, keys: Path) -> Iterator[None]:
    """The provider, as long as the block lasts; each time with keys of its own."""
    shutil.copy(REPOSITORY / "tools" / "oidc" / "provider.mjs", FOLDER / "provider.mjs")
    environment = {**os.environ, "NODE_ENV": "test", "DEBUG": ""}
    with keys.open("wb") as log, subprocess.Popen(
        ["node", "provider.mjs", str(port), redirect, secret], cwd=FOLDER, env=environment, stdout=log, stderr=log,
    ) as process:  # fmt: skip
        try:
            for _ in range(200):
                if b"ready" in keys.read_bytes():
                    break
                assert process.poll() is None, keys.read_text()
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


class Swede(Visitor):
    """A person who comes by the foreign provider."""

    def __init__(self, node: Standing) -> None:
        assert node.node.pages is not None
        self.pages = node.node.pages
        super().__init__(self.pages.port)

    def begin(self) -> Seen:
        """The page of the provider, or what the node says of one that is none."""
        first = self.get(self.pages.url("signin"))
        return self.send(first, "/begin", domain="customs", country="SE", actor="economic operator", identifier="",
                         acting_for="")  # fmt: skip

    def sign_in(self, login: str, *, until: str = "") -> Seen:
        """Through the provider's own pages: who one is, and that UUM&DS may know it."""
        seen = self.begin()
        for _ in range(2):
            action, content = FORM.findall(seen.body)[0]
            prompt = PROMPT.findall(content)[0]
            form = {"prompt": prompt, **({"login": login, "password": "x"} if prompt == "login" else {})}
            parts = urlsplit(seen.url)
            to = action if action.startswith("http") else f"{parts.scheme}://{parts.netloc}{action}"
            seen = self._followed(self.ask("POST", to, form), until)
            if seen.url.startswith(self.pages.url("portal")) or (until and until in self.trail[-1]):
                break
        return seen


@pytest.fixture(scope="module")
def sweden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Standing, int, str]]:
    if not (FOLDER / "node_modules").exists():
        missing(ABSENT)
    folder, port, secret = tmp_path_factory.mktemp("sweden"), free_port(), secrets.token_urlsafe(24)
    identity = identity_in(folder)
    (identity.folder / "providers.toml").write_text(
        f'[[provider]]\ncountry = "SE"\ntitle = "Svensk e-legitimation"\nissuer = "http://localhost:{port}"\n'
        f'client_id = "uumds"\nsecret = "{secret}"\ntype = "A"\n'
    )
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS) as node:
        entry = {
            "account": ACCOUNT, "provider": f"http://localhost:{port}", "subject": "astrid", "name": "Astrid Lindqvist",
            "kind": "trader", "country": "SE", "eori": SWEDE, "roles": ["declarant"],
        }  # fmt: skip
        body = json.dumps({"keeper": "EU", "accounts": [entry]}).encode()
        to, media = "/accounts/v1/deliver", {"content-type": "application/json"}
        assert node.client("ccn2", "fr.system").ask("POST", to, body, media).status == 202
        sent = node.client("ccn2", "se.system").ask("POST", to, body, media)
        assert sent.status == 202, sent.body
        for _ in range(100):
            state = node.client("ccn2", "se.system").ask("GET", f"/v1/messages/{sent.json['receipt']}").json["state"]
            if state == "handled":
                break
            time.sleep(0.05)
        else:
            raise AssertionError("the account is not handled")
        yield node, port, secret


def test_a_foreign_provider_authenticates_and_the_administration_says_as_whom(
    sweden: tuple[Standing, int, str], tmp_path: Path
) -> None:
    node, port, secret = sweden
    assert node.node.pages is not None
    redirect = f"{node.node.pages.url('signin')}/callback"
    astrid = Swede(node)
    assert astrid.begin().status == 502, "it is down, and says so"
    with foreign(port, redirect, secret, tmp_path / "first"):
        for _ in range(40):  # that it was down is remembered for some seconds
            if astrid.begin().status != 502:
                break
            time.sleep(0.5)
        else:
            raise AssertionError("it is taken for down although it is up")
        seen = astrid.sign_in("astrid")
        assert (seen.status, seen.url) == (200, astrid.pages.url("portal") + "/overview"), seen.text
        assert SWEDE in seen.text
        stranger = Swede(node)
        refused = stranger.sign_in("bjorn", until="/callback")
        assert "no account here is yours" in stranger.get(stranger.trail[-1]).text, refused.text
        other = Swede(node)
        other.sign_in("astrid", until="/callback")
        answer = other.trail[-1]
        assert other.get(answer).status == 200
        assert other.get(answer).status == 401, "an answer holds once"
        third = Swede(node)
        third.sign_in("astrid", until="/callback")
        used = dict(parse_qsl(urlsplit(answer).query))["code"]
        mine = re.sub(r"code=[^&]*", f"code={used}", third.trail[-1])
        assert "does not confirm" in third.get(mine).text, "nor does its code in another sign-in"
        _signs_out_at_both(node, astrid)
    with foreign(port, redirect, secret, tmp_path / "second"):
        assert Swede(node).sign_in("astrid").status == 200, "it signs by another key now"
    with foreign(port, redirect, secrets.token_urlsafe(24), tmp_path / "third"):
        assert "does not confirm" in Swede(node).sign_in("astrid").text, "and knows us by another secret"


def _signs_out_at_both(node: Standing, astrid: Swede) -> None:
    """Who signs out everywhere here is led to the provider, which tells us behind the browser; each other session of
    the person ends by its notice."""
    signin = astrid.pages.url("signin")
    elsewhere = Swede(node)
    assert elsewhere.sign_in("astrid").status == 200
    activity = astrid.get(f"{signin}/activity")
    at_provider = astrid.send(activity, "/activity", end="all")
    assert "end" in at_provider.url, at_provider.url
    assert elsewhere.get(f"{signin}/activity").status == 401, "everywhere is everywhere"
    late = Swede(node)
    assert late.sign_in("astrid").status == 200
    assert late.get(f"{signin}/activity").status == 200
    action, content = FORM.findall(at_provider.body)[0]
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', content)) | {"logout": "yes"}
    done = astrid._followed(astrid.ask("POST", action, form), "")
    assert done.url.startswith(f"{signin}/signed-out"), done.text
    for _ in range(100):
        if late.get(f"{signin}/activity").status == 401:
            break
        time.sleep(0.05)
    assert late.get(f"{signin}/activity").status == 401, "the provider signed her out, and said so"
