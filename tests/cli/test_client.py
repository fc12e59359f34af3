"""``douane client``: a request that openssl made registers a client, which enters a running node by its own key."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from douane.cli.main import main
from tests.agreeing import PROPOSER, agree_in
from tests.journeys.standing import Client, identity_in, standing

EORI = "FR40123456700025"


def request(folder: Path, name: str) -> tuple[Path, Path]:
    """Key and request, as docs/certificates.md has them made."""
    key, csr = folder / f"{name}.key", folder / f"{name}.csr"
    made = ["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            str(key), "-subj", "/", "-out", str(csr)]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    return key, csr


def entering(url: str, context: ssl.SSLContext) -> int:
    """The status of a look at the inbox."""
    client = Client(url, context)
    try:
        return client.ask("GET", "/v1/inbox").status
    finally:
        client.close()


@pytest.mark.skipif(shutil.which("openssl") is None and "CI" not in os.environ, reason="no openssl on this machine")
def test_a_client_is_registered_by_its_request_and_enters_a_running_node(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identity = identity_in(tmp_path)
    key, csr = request(tmp_path, "lille")
    more = ["--data", str(tmp_path), "--as", PROPOSER]
    with standing(tmp_path, identity) as node:
        capsys.readouterr()
        command = ["client", "add", "trader.fr.lille", "--csr", str(csr), "--eori", EORI, "--role", "declarant"]
        assert main([*command, *more, "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["client"], said["circle"], said["eori"]) == ("trader.fr.lille", "untrusted", EORI)
        assert "trader.fr.lille" not in identity.register.read_text(), "another person has to agree"
        assert [each.state for each in agree_in(node)] == ["proposed", "replaced"]
        card = tmp_path / "lille.pem"
        card.write_text(said["certificate"])
        context = ssl.create_default_context(cafile=str(identity.root))
        context.load_cert_chain(card, key)
        status = 0
        for _ in range(100):  # doors know it within five seconds
            status = entering(node.node.url("speed2"), context)
            if status == 200:
                break
            time.sleep(0.1)
        assert status == 200
        assert entering(node.node.url("ccn2"), context) == 403, "not by another platform"
        assert main([*command, *more]) == 2, "registered already"
        assert "douane client renew trader.fr.lille" in capsys.readouterr().err
        _, again = request(tmp_path, "lille-2")
        assert main(["client", "renew", "trader.fr.lille", "--csr", str(again), *more]) == 0
        assert "BEGIN CERTIFICATE" in capsys.readouterr().out
        agree_in(node)
        assert main(["client", "renew", "trader.fr.lille", "--csr", str(again), *more]) == 2, "a key is taken once"
        assert main(["client", "renew", "trader.fr.nobody", "--csr", str(again), *more]) == 2
        assert main(["client", "renew", "trader.fr.lille", "--csr", str(tmp_path / "none"), *more]) == 2
    log = (tmp_path / "node.log").read_text()
    assert log.count('"act":"clients.replace"') + log.count('"clients.replace"') >= 2, "each is an act of the operator"
