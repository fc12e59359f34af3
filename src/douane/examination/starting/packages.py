"""Packages of others whose applications the node loads: in production those alone that its settings permit, by digest.

What is loaded runs with the keys and the store, so nothing of a package is imported before it was judged. A digest is
over what is installed: every file below the folders that would be imported and every file that the record of the
distribution names, so that one that was changed, added or taken away gives another.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.machinery import PathFinder
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Final

from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.model.discovery import ENTRY_POINTS
from douane.vocabulary.errors import DeclarationFault

COMPILED: Final = "__pycache__"
OWN: Final = "douane"
_OF_INSTALLER: Final = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"})
"""What a distribution says of its own installation: another way to install it gives the same package."""
_HOW: Final = "douane model packages prints the line. Read what is installed, or know its maker, before you add it."


@dataclass(frozen=True, slots=True)
class Package:
    """A distribution that announces applications. digest: over its files as they are installed (``sha256:`` and 64
    hexadecimal digits)."""

    name: str
    version: str
    applications: tuple[str, ...]
    digest: str

    @property
    def line(self) -> str:
        """How the settings permit it."""
        return f'"{self.name}" = "{self.digest}"'


def packages() -> list[Package]:
    """Every installed one, by name; nothing of it is imported. Raises DeclarationFault for one that cannot be read."""
    return sorted((_package(each) for each in distributions() if _announced(each)), key=lambda found: found.name)


def _announced(found: Distribution) -> tuple[str, ...]:
    return tuple(sorted(each.value for each in found.entry_points if each.group == ENTRY_POINTS))


def _package(found: Distribution) -> Package:
    name, applications = found.metadata["Name"].lower(), _announced(found)
    files = _recorded(found)
    for top in sorted({each.partition(".")[0] for each in applications}):
        files |= _below(top)
    lines = "".join(f"{sha256(octets).hexdigest()}  {where}\n" for where, octets in sorted(files.items()))
    return Package(name, found.version, applications, f"sha256:{sha256(lines.encode()).hexdigest()}")


def _recorded(found: Distribution) -> dict[str, bytes]:
    """The files that the record of a distribution names, beside and below what is imported; programs lie elsewhere."""
    named = (each for each in found.files or () if ".." not in each.parts and not PurePosixPath(each).is_absolute())
    kept = (each for each in named if COMPILED not in each.parts and each.name not in _OF_INSTALLER)
    return {each.as_posix(): _octets(Path(str(found.locate_file(each)))) for each in kept}


def _below(top: str) -> dict[str, bytes]:
    """Every file of what would be imported under a name, wherever that lies; without importing it."""
    spec = PathFinder.find_spec(top)
    if spec is None:
        raise DeclarationFault(f"{top} is announced as an application, and is not installed.",
                               remedy="Install its distribution again, or take it away.")  # fmt: skip
    if spec.submodule_search_locations is None:
        return {f"{top}.py": _octets(Path(str(spec.origin)))}
    found = dict[str, bytes]()
    for folder in map(Path, spec.submodule_search_locations):
        files = (each for each in folder.rglob("*") if each.is_file() and COMPILED not in each.parts)
        found |= {f"{top}/{each.relative_to(folder).as_posix()}": _octets(each) for each in files}
    return found


def _octets(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise DeclarationFault(f"{path} belongs to a package and cannot be read: {problem.strerror}.",
                               remedy="Install its distribution again, or take it away.") from problem  # fmt: skip


def permitted(settings: NodeSettings) -> Iterator[Said]:
    """Whether every package is permitted as it is installed; those that are permitted and gone."""
    installed = {each.name: each for each in packages()}
    for each in installed.values():
        wanted = settings.packages.get(each.name)
        if wanted is None and not settings.development:
            yield fault(f"{each.name} {each.version} is installed, and nothing permits the node to load it.",
                        f"Take it away, or permit it under [packages]: {_HOW}")  # fmt: skip
        elif wanted is not None and wanted != each.digest:
            yield fault(f"{each.name} {each.version} is installed with other files than those that are permitted.",
                        f"Install what was permitted, or permit this under [packages]: {_HOW}")  # fmt: skip
    for name in sorted(settings.packages.keys() - installed.keys()):
        yield warning(f"[packages] permits {name}, which is not installed.", "Install it, or take its line away.")
    if not settings.development:
        yield from _planted()


def _planted() -> Iterator[Said]:
    """Applications that lie among ours and that our own distribution does not name: they would be loaded as ours."""
    own = next(iter(distributions(name=OWN)), None)
    named = {PurePosixPath(each).parts[2] for each in (own.files if own else None) or ()
             if PurePosixPath(each).parts[:2] == (OWN, "applications") and len(each.parts) > 3}  # fmt: skip
    if own is None or not named:
        return  # it runs from its sources, which nobody records
    room = Path(str(own.locate_file(f"{OWN}/applications")))
    for folder in sorted(room.iterdir()):
        if (folder / "__init__.py").is_file() and folder.name not in named:
            yield fault(f"{folder} is an application among ours that no distribution of ours brought.",
                        "Take it away, or install douane again into an environment of its own.")  # fmt: skip


def must_be_permitted(settings: NodeSettings) -> None:
    """Refuse what nothing permits before any of it is imported, and read no compiled file beside what was judged: it
    might say something else. Raises DeclarationFault."""
    for said in permitted(settings):
        if said.level is said.level.FAULT:
            raise DeclarationFault(said.text, remedy=said.remedy)
    if settings.packages and not settings.development:
        sys.pycache_prefix = str(settings.data.resolve() / "compiled")


CHECKS = (Check("settings.packages", permitted),)
