"""What is given to those who run nodes: a bill like its lock, digests that hold, a unit and a recipe that are sound."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import FAILED, PASSED, Proof
from tools.release.bill import bill, pinned
from tools.release.bundle import finish
from tools.release.sealing import PUBLIC, SIGNATURE, SUMS, broken, key_in, provenance, seal
from tools.release.shipping import missing

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements" / "run.txt"
UNIT, RECIPE = ROOT / "deploy" / "douane.service", ROOT / "deploy" / "Containerfile"


def test_the_bill_names_every_package_of_the_lock_with_its_digests_and_licence() -> None:
    text = LOCK.read_text()
    made = bill("0.1.0", "abc", text, "2026-11-27T00:00:00+00:00")
    lines = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE)
    assert [(each["name"], each["version"]) for each in made["components"]] == lines
    assert len(lines) > 15
    digests = [each["value"] for component in made["components"] for each in component["properties"]]
    assert sorted(digests) == sorted(re.findall(r"sha256:([0-9a-f]{64})", text))
    assert [each["name"] for each in made["components"] if not each.get("licenses")] == []
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    refs = {each["bom-ref"] for each in made["components"]}
    assert set(made["dependencies"][0]["dependsOn"]) == refs
    assert len(refs) == len(lines)
    assert made == bill("0.1.0", "abc", text, "2026-11-27T00:00:00+00:00"), "the same lock gives the same bill"


def test_a_pin_with_extras_and_markers_is_read() -> None:
    lock = "Foo_Bar[x]==1.2 ; python_version < '4' \\\n    --hash=sha256:" + "a" * 64 + "\nb==2\n"
    first, second = pinned(lock)
    assert (first.name, first.version, first.digests) == ("Foo_Bar", "1.2", ("a" * 64,))
    assert first.address == "pkg:pypi/foo-bar@1.2"
    assert (second.name, second.digests) == ("b", ())


def test_a_release_needs_a_run_of_all_tests_of_its_commit(tmp_path: Path) -> None:
    file, model, commit = tmp_path / "proof.json", installed_model().hash, "c" * 40
    for written, said in (
        (None, "no run of all tests"),
        (Proof(commit, "another", {}), "no run of all tests"),
        (Proof("d" * 40, model, {}), "the tests ran on dddddddddddd"),
        (Proof(commit, model, {"tests/a.py::test_a": FAILED, "tests/b.py::test_b": PASSED}), "1 tests failed"),
        (Proof(commit, model, {"tests/b.py::test_b": PASSED}), ""),
    ):
        if written is not None:
            file.write_bytes(msgspec.json.encode(written))
        found = missing(commit, file)
        assert (said in found[0]) if said else found == [], found


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in ("a.whl", "b.tar.gz"):
        (folder / name).write_bytes(name.encode())
    seal(folder, key_in(tmp_path / "key"))
    return folder


def test_a_release_that_was_changed_in_any_way_is_found_out(release: Path, tmp_path: Path) -> None:
    public = (release / PUBLIC).read_bytes()
    assert broken(release, public) == []
    assert key_in(tmp_path / "key").public_key() == key_in(tmp_path / "key").public_key(), "the key is kept"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    (release / "c.whl").write_bytes(b"")
    assert broken(release, public) == ["c.whl is not named"]
    (release / "c.whl").unlink()
    (release / "a.whl").write_bytes(b"other")
    assert broken(release, public) == ["a.whl was changed"]
    (release / "a.whl").unlink()
    assert broken(release, public) == ["a.whl is missing"]
    seal(release, key_in(tmp_path / "another"))
    assert broken(release, public) == [f"{SUMS} is not signed by this key"]


def test_others_check_it_with_what_every_host_has(release: Path) -> None:
    if shutil.which("openssl") is None or shutil.which("sha256sum") is None:
        pytest.skip("openssl and sha256sum are not here")
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", PUBLIC, "-rawin", "-in", SUMS, "-sigfile", SIGNATURE]
    for command in (verify, ["sha256sum", "--check", "--strict", SUMS]):
        assert subprocess.run(command, cwd=release, capture_output=True, check=False).returncode == 0
    (release / SUMS).write_text((release / SUMS).read_text().replace("a", "b", 1))
    assert subprocess.run(verify, cwd=release, capture_output=True, check=False).returncode != 0


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of two files that are no wheels: who gets past its checks fails later, with an environment made."""
    folder = tmp_path / "bundle"
    (folder / "wheels").mkdir(parents=True)
    for name in ("a-1-py3-none-any.whl", "douane-1-py3-none-any.whl"):
        (folder / "wheels" / name).write_bytes(name.encode())
    (folder / "requirements.txt").write_text("")
    finish(folder, f"python{sys.version_info.major}.{sys.version_info.minor}")
    return folder


def _install(bundle: Path) -> tuple[bool, str]:
    """Whether the script went on to make an environment, and what it said."""
    to = bundle.with_name("node")
    done = subprocess.run(
        [bundle / "install.sh", to], check=False, capture_output=True, text=True, env={"PATH": os.environ["PATH"],
        "PYTHON": sys.executable},
    )  # fmt: skip
    assert done.returncode != 0, "no such bundle installs"
    return to.exists(), done.stdout + done.stderr


def test_a_bundle_as_it_was_made_passes_its_own_checks(bundle: Path) -> None:
    assert _install(bundle)[0]


@pytest.mark.parametrize("meddle", ["changed", "added", "added beside", "linked", "missing", "script"])
def test_a_bundle_in_which_a_file_was_changed_installs_nothing(bundle: Path, meddle: str) -> None:
    """Not only a file that it names: a wheel that was put beside is found by its folder, and would be taken."""
    wheel = bundle / "wheels" / "douane-1-py3-none-any.whl"
    match meddle:
        case "changed":
            wheel.write_bytes(wheel.read_bytes() + b"x")
        case "added":
            (bundle / "wheels" / "douane-0-py3-none-any.whl").write_bytes(b"another")
        case "added beside":
            (bundle / ".hidden").write_bytes(b"another")
        case "linked":
            (bundle / "wheels" / "b-1-py3-none-any.whl").symlink_to("/etc/hostname")
        case "missing":
            wheel.unlink()
        case _:
            script = bundle / "install.sh"
            script.write_text(script.read_text() + "true\n")
    went_on, said = _install(bundle)
    assert not went_on, said


def test_the_provenance_names_what_was_made_and_from_what(release: Path) -> None:
    files = sorted(release.glob("*.whl"))
    said = provenance(
        files, commit="c" * 40, clean=False, unproven=["crash: absent"], lock=LOCK, made="2026-11-27T00:00:00+00:00"
    )
    assert [each["name"] for each in said["subject"]] == ["a.whl"]
    parameters = said["predicate"]["buildDefinition"]["externalParameters"]
    assert parameters == {"commit": "c" * 40, "clean": False, "unproven": ["crash: absent"]}


def test_the_unit_is_sound_and_shut_in(tmp_path: Path) -> None:
    text = UNIT.read_text()
    for line in ("UMask=0077", "LimitNOFILE=65536", "StateDirectoryMode=0700", "ExecReload=/bin/kill -HUP $MAINPID",
                 "KillMode=mixed", "RestartPreventExitStatus=2"):  # fmt: skip
        assert f"\n{line}\n" in text
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here")
    here = tmp_path / "douane.service"
    here.write_text(
        text.replace("/usr/local/lib/douane/bin/douane", "/bin/true").replace("User=douane\nGroup=douane\n", "")
    )
    done = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    judged = ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(here)]
    here.write_text(text.replace("/usr/local/lib/douane/bin/douane", "/bin/true"))
    done = subprocess.run(judged, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr


def test_the_recipe_has_no_root_no_network_and_a_check_of_health() -> None:
    steps = re.findall(r"^([A-Z]+) (.*)$", RECIPE.read_text(), re.MULTILINE)
    last = max(n for n, (word, _) in enumerate(steps) if word == "FROM")
    users = [value for word, value in steps[last:] if word == "USER"]
    assert users == ["10001:10001"]
    assert [value for word, value in steps[steps.index(("USER", users[0])) :] if word == "RUN"] == []
    assert [value for word, value in steps if word == "RUN" and re.search(r"curl|wget|apt|pip |http", value)] == []
    assert [value for word, value in steps if word in ("ADD", "ENV")] == []
    (check,) = [value for word, value in steps if word == "HEALTHCHECK"]
    assert '"health"' in check
    assert all(value.startswith("[") for word, value in steps if word in ("ENTRYPOINT", "CMD", "VOLUME"))
