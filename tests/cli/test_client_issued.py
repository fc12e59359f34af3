"""A certificate that an authority issued on another machine, as ``docs/deploy.md`` has it made, is brought in."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509

from douane.cli.main import main
from douane.configuration.settings import NodeSettings, settings_text
from douane.identity.certificates import thumbprint_of
from douane.identity.console.operators_file import text_of
from douane.identity.operators import Operator
from douane.supervision.operating import lodging
from douane.trust.development_identity import DevelopmentIdentity

PAGE = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text()
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
ANNA = Operator("eu.anna.berg", "Anna Berg", issuer="https://id.customs.example", subject="anna")


def blocks(section: str) -> list[str]:
    """What is between fences in a section of the page."""
    text = PAGE.partition(f"### {section}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    return re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)


def shell(script: str, folder: Path) -> None:
    """Run it as bash, which is told of the first command that fails."""
    subprocess.run(["bash", "-euc", script], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The machine of the authorities, as the page makes it."""
    folder = tmp_path / "authority"
    folder.mkdir()
    settings, script, _ = blocks("Authorities")
    (folder / "authority.cnf").write_text(settings)
    shell(script, folder)
    return folder


@pytest.fixture
def config(authority: Path, tmp_path: Path) -> Path:
    """A node in production with what the authorities issued, and an operator."""
    identity = tmp_path / "identity"
    shutil.copytree(authority / "identity", identity)
    shutil.copy(authority / "tokens.key", identity)
    (identity / "operators.toml").write_text(text_of((ANNA,)))
    subprocess.run(["chmod", "-R", "u=rwX,go=", str(identity)], check=True)
    file = tmp_path / "douane.toml"
    settings = NodeSettings(
        data=tmp_path / "data", identity=identity, public={"uumds": "https://uumds.customs.example"}
    )
    file.write_text(settings_text(settings, place=True))
    (tmp_path / "data").mkdir(mode=0o700)
    return file


def renew(config: Path, file: Path, client: str = "de.system", by: str = "--certificate") -> int:
    return main(["client", "renew", client, by, str(file), "--as", ANNA.account, "--config", str(config)])


def test_what_the_authority_issued_stands_beside_the_former_certificate(
    authority: Path, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At a node that never ran, where what stands there is what will hold; a node that runs asks two persons first."""
    identity = DevelopmentIdentity(tmp_path / "identity")
    former = identity.load_clients().client("de.system")
    for script in blocks("A client's next certificate")[:2]:
        shell(script, authority)
    assert renew(config, authority / "de.system-2.pem") == 0, capsys.readouterr().err
    assert "de.system enters by the trusted circle" in capsys.readouterr().out
    found = identity.load_clients().client("de.system")
    assert former is not None
    assert found is not None
    (made,) = x509.load_pem_x509_certificates((authority / "de.system-2.pem").read_bytes())
    assert set(found.certificates) == {*former.certificates, thumbprint_of(made)}
    assert renew(config, authority / "de.system-2.pem") != 0, "a key is taken once"


def test_a_request_is_refused_where_the_key_of_the_authority_is_not_with_the_way_that_works(
    authority: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell(blocks("A client's next certificate")[0], authority)
    assert renew(config, authority / "de.system-2.csr", by="--csr") != 0
    assert "--certificate FILE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("cp clients/de.system.pem other.pem", "is that of de.system"),
        ("cp identity/clients/link.ccn2.pem other.pem", "of the internal circle"),
        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -subj /CN=x -out other.pem",
         "authority"),
        ("echo nonsense > other.pem", "no certificate"),
    ],
)  # fmt: skip
def test_what_opens_nothing_here_or_is_anothers_is_refused(
    made: str, told: str, authority: Path, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(authority / "clients" / "de.system.pem", tmp_path / "identity" / "clients")
    shell(made, authority)
    before = (tmp_path / "identity" / "clients.toml").read_bytes()
    assert renew(config, authority / "other.pem") != 0
    assert told in capsys.readouterr().err
    assert (tmp_path / "identity" / "clients.toml").read_bytes() == before
    assert not (tmp_path / "data" / lodging.FOLDER).exists()
