"""The bill of materials of a release (CycloneDX 1.6): every package that a node needs, as its lock file pins it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A package of a lock file: its name, its version, and the digests that its files may have."""

    name: str
    version: str
    digests: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def pinned(lock: str) -> list[Pinned]:
    """The packages of a lock file, in its order."""
    starts = list(_PIN.finditer(lock))
    ends = [each.start() for each in starts[1:]] + [len(lock)]
    return [
        Pinned(each[1], each[2], tuple(_HASH.findall(lock[each.start() : end])))
        for each, end in zip(starts, ends, strict=True)
    ]


def bill(version: str, commit: str, lock: str, made: str, licences: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The document. made: when, in ISO 8601. licences: by name of package; those of this environment by default."""
    packages = pinned(lock)
    own = f"pkg:pypi/douane@{version}"
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{own}#{commit}')}",
        "metadata": {
            "timestamp": made,
            "component": {
                "type": "application", "bom-ref": own, "name": "douane", "version": version, "purl": own,
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
                "properties": [{"name": "commit", "value": commit}],
            },
        },
        "components": [_component(each, licences) for each in packages],
        "dependencies": [{"ref": own, "dependsOn": [each.address for each in packages]}],
    }  # fmt: skip


def _component(package: Pinned, licences: Mapping[str, str] | None) -> dict[str, Any]:
    licence = licences.get(package.name, "") if licences is not None else _licence(package.name)
    found: dict[str, Any] = {
        "type": "library", "bom-ref": package.address, "name": package.name, "version": package.version,
        "purl": package.address, "scope": "required",
        "properties": [{"name": "sha256 of a file", "value": each} for each in package.digests],
    }  # fmt: skip
    return found | ({"licenses": [{"license": {"name": licence}}]} if licence else {})


def _licence(name: str) -> str:
    """What an installed package says of its licence, in one line; empty where it says nothing."""
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return ""
    said = [*(facts.get_all("License-Expression") or ()), *(facts.get_all("License") or ())]
    classified = [each.rpartition(" :: ")[2] for each in facts.get_all("Classifier") or () if "License ::" in each]
    return next((each.splitlines()[0][:100] for each in (*said, *classified) if each and each.strip()), "")
