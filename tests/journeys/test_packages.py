"""Packages of others in production: nothing of them runs before the settings permit what is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from douane.configuration.settings import NodeSettings, settings_text
from tests.pages.production import issued

DOUANE = [sys.executable, "-c", "import sys; from douane.cli.main import main; sys.exit(main())"]
LOADED = "it ran"
MODULE = f"""
import pathlib
pathlib.Path(__file__).parents[2].joinpath("{LOADED}").touch()
"""
RECORD = "harbours_probe/__init__.py,,\nharbours_probe/contract.py,,\nharbours_probe-1.dist-info/METADATA,,\n"


class Node:
    """A node in production that does not run, with a package of somebody else installed beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        package, about = self.site / "harbours_probe", self.site / "harbours_probe-1.dist-info"
        for each in (package, about):
            each.mkdir(parents=True)
        (package / "__init__.py").write_text(MODULE)
        (package / "contract.py").write_text("")
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: Harbours-Probe\nVersion: 1\n")
        (about / "entry_points.txt").write_text("[douane.applications]\nharbours = harbours_probe\n")
        (about / "RECORD").write_text(RECORD)
        self.identity = issued(folder).folder

    def permit(self, line: str) -> None:
        """Write settings with a line of permitted packages."""
        name, _, digest = (each.strip(' "') for each in line.partition(" = "))
        packages = {name: digest} if line else {}
        settings = NodeSettings(
            name="permitting", data=self.folder / "data", identity=self.identity, packages=packages,
            issuer=("https://uumds.customs.test",), ports=dict.fromkeys(NodeSettings().ports, 0),
        )  # fmt: skip
        (self.folder / "douane.toml").write_text(settings_text(settings))

    def douane(self, *arguments: str) -> tuple[int, str]:
        """A command with the package installed: exit code, and what it said."""
        environment = {**os.environ, "PYTHONPATH": f"{self.site}{os.pathsep}{Path.cwd() / 'src'}"}
        done = subprocess.run(
            [*DOUANE, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def line(self) -> str:
        """What the command prints for the settings, without the remark."""
        code, said = self.douane("model", "packages")
        assert (code, said.splitlines()[0]) == (0, "[packages]"), said
        return said.splitlines()[1].partition("  #")[0]

    def judged(self) -> str:
        """What the doctor says of packages."""
        _, said = self.douane("doctor", "--config", str(self.folder / "douane.toml"))
        return said

    @property
    def ran(self) -> bool:
        """Whether anything of the package was imported."""
        return (self.folder / LOADED).exists()


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return Node(tmp_path)


def start(node: Node) -> tuple[int, str]:
    return node.douane("run", "--config", str(node.folder / "douane.toml"))


def test_a_package_that_nothing_permits_ends_the_start_before_it_runs(node: Node) -> None:
    node.permit("")
    code, said = start(node)
    assert (code, node.ran) == (2, False), said
    assert "harbours-probe 1 is installed, and nothing permits" in said
    assert "douane model packages" in said
    assert "harbours-probe 1 is installed" in node.judged()
    assert not node.ran, "to judge a package is not to load it"


def changed(node: Node) -> None:
    (node.site / "harbours_probe/contract.py").write_text("evil = True\n")


def added(node: Node) -> None:
    (node.site / "harbours_probe/handlers.py").write_text("")


def taken_away(node: Node) -> None:
    (node.site / "harbours_probe/contract.py").unlink()
    (node.site / "harbours_probe-1.dist-info/RECORD").write_text(RECORD.replace("harbours_probe/contract.py,,\n", ""))


def announced(node: Node) -> None:
    """Another package announces itself under the same distribution."""
    (node.site / "evil_probe").mkdir()
    (node.site / "evil_probe/__init__.py").write_text(MODULE)
    with (node.site / "harbours_probe-1.dist-info/entry_points.txt").open("a") as file:
        file.write("evil = evil_probe\n")


@pytest.mark.parametrize("swap", [changed, added, taken_away, announced], ids=lambda swap: swap.__name__)
def test_a_package_that_was_swapped_ends_the_start_before_it_runs(node: Node, swap: Callable[[Node], None]) -> None:
    node.permit(node.line())
    assert "harbours-probe" not in node.judged().replace("harbours_probe", ""), "as it is, it is permitted"
    (node.folder / LOADED).unlink(missing_ok=True)
    swap(node)
    code, said = start(node)
    assert (code, node.ran) == (2, False), said
    assert "with other files than those that are permitted" in said


def test_how_it_was_installed_and_compiled_changes_nothing(node: Node) -> None:
    line = node.line()
    compiled = node.site / "harbours_probe/__pycache__"
    compiled.mkdir()
    (compiled / "contract.cpython-313.pyc").write_bytes(b"x")
    (node.site / "harbours_probe-1.dist-info/INSTALLER").write_text("another")
    assert node.line() == line


def test_a_compiled_file_that_says_something_else_is_not_read(node: Node) -> None:
    """Its head says that it is of this very source, as one does that somebody swapped."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom douane.configuration.settings import read_settings\n"
        "from douane.examination.starting.packages import must_be_permitted\n"
        "must_be_permitted(read_settings(Path(sys.argv[1])))\nimport harbours_probe\n"
        "print(getattr(harbours_probe, 'evil', False))\n"
    )
    compiling = (
        "import importlib.util, py_compile, sys\nfrom pathlib import Path\n"
        "source = Path(sys.argv[1]); was = source.read_text()\nstat = source.stat()\n"
        "source.write_text('evil = True'.ljust(len(was)))\n"
        "import os; os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))\npy_compile.compile(str(source))\n"
        "source.write_text(was); os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))\n"
    )
    node.permit(node.line())
    source = str(node.site / "harbours_probe/__init__.py")
    subprocess.run([sys.executable, "-c", compiling, source], check=True, timeout=60)
    environment = {**os.environ, "PYTHONPATH": f"{node.site}{os.pathsep}{Path.cwd() / 'src'}"}
    plain = [sys.executable, "-c", "import harbours_probe; print(getattr(harbours_probe, 'evil', False))"]
    bare = subprocess.run(plain, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert bare.stdout == "True\n", "without a judge it is what runs"
    judged = [sys.executable, "-c", script, str(node.folder / "douane.toml")]
    done = subprocess.run(judged, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "False\n"
