"""``douane new application NAME``: a folder with an application that works, has tests and passes the check."""

from __future__ import annotations

import argparse
import keyword
import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from douane.cli.output import add_json, describe, print_json
from douane.configuration import discovery
from douane.model.discovery import applications
from douane.reference_architecture import tasks
from douane.runtime.store.records import kinds
from douane.vocabulary.errors import BadRequest

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
_LONGEST: Final = 40
_OURS: Final = 1_000
"""Record numbers below this are the platform's own applications'; an outside one takes the first free one from here."""
_OUTSIDE = ("pyproject.toml", "README.md")
"""What stands beside the package, not in it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be made."""
    describe(parser, "douane new application quota_relief")
    ways = parser.add_subparsers(dest="way", metavar="application", required=True)
    text = "make a folder with an application that works, and its tests"
    made = ways.add_parser("application", help=text, description=text[0].upper() + text[1:] + ".")
    describe(made, "douane new application quota_relief")
    made.add_argument("name", help="its name: small letters, digits and underscores; also of its package and folder")
    made.add_argument("--into", type=Path, default=Path(), metavar="FOLDER", help="where to (default: here)")
    add_json(made)


def run(arguments: argparse.Namespace) -> int:
    """Make it; what is there already is never overwritten."""
    name, folder = arguments.name, arguments.into / arguments.name
    _check(name, folder)
    words = _words(name)
    files = {
        path: _filled(text, words)
        for path, text in _template(resources.files("douane.cli.union") / "templates/application")
    }
    for path, text in sorted(files.items()):
        place = folder / _place(_filled(path, words), name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (folder / name / tasks.FILE).write_text(tasks.tasks_of(folder / name), encoding="utf-8")
    if arguments.json:
        print_json({"name": name, "folder": str(folder), "files": len(files) + 1, "record": int(words["number"])})
    else:
        print(f"{folder}: {len(files) + 1} files. Next: pip install -e {folder}; pytest {folder}; douane model check")
    return 0


def _place(path: str, name: str) -> str:
    """Where a file stands in the folder; tests have one of their own, which a wheel of ours would leave out."""
    inside = f"tests/{path}" if path.startswith("test_") else path
    return path if path in _OUTSIDE else f"{name}/{inside}"


def _check(name: str, folder: Path) -> None:
    if _NAME.match(name) is None or keyword.iskeyword(name) or len(name) > _LONGEST:
        remedy = f"Use small letters, digits and single underscores, at most {_LONGEST}: quota_relief."
        raise BadRequest(f"{name!r} is no name of an application.", remedy=remedy)
    if any(each.rpartition(".")[2] == name for each in applications()):
        raise BadRequest(f"There is an application {name} already.", remedy="Choose another name.")
    if folder.exists():
        raise BadRequest(f"{folder} exists.", remedy="Choose another name or another folder: nothing is overwritten.")


def _words(name: str) -> dict[str, str]:
    """What stands for the placeholders of the template."""
    discovery.behaviour()  # every record of what is installed takes its number
    taken = {each.number for each in kinds()}
    plain = name.replace("_", " ")
    return {
        "name": name,
        "Name": "".join(part.capitalize() for part in name.split("_")),
        "hyphened": name.replace("_", "-"),
        "words": plain,
        "title": plain[0].upper() + plain[1:],
        "TASK": name.replace("_", "")[:12].upper(),
        "number": str(next(number for number in range(_OURS, 60_000) if number not in taken)),
    }


def _template(folder: Traversable, path: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for each in folder.iterdir():
        if each.is_dir():
            found += _template(each, f"{path}{each.name}/")
        else:
            found.append((path + each.name.removesuffix(".txt"), each.read_text(encoding="utf-8")))
    return found


def _filled(text: str, words: dict[str, str]) -> str:
    return re.sub(r"@(\w+)@", lambda match: words[match[1]], text)
