"""The library of initiatives for catalogues of others: assets and their bundles in ADMS and DCAT-AP, as Turtle.

Each initiative is an asset; each version of its result is one too, with its bundle as a distribution that anybody
checks by its SHA-256. Statements stand in a stable order.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import quote

import msgspec

from douane.reference_architecture.exchange.open_catalogues import PREFIXES, node, text, written

ALL_PREFIXES: Final = {
    **PREFIXES, "owl": "http://www.w3.org/2002/07/owl#", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
_ADDRESS: Final = ":/?#[]@!$&'()*+,;=%"
LICENCES: Final = "https://spdx.org/licenses/"


class Version(msgspec.Struct, frozen=True):
    """A version of a result with its bundle."""

    version: str
    address: str
    digest: str
    octets: int
    on: dt.date


class Asset(msgspec.Struct, frozen=True):
    """An initiative; the latest result first."""

    initiative: str
    owner: str
    title: str
    text: str
    kind: str
    licence: str
    results: tuple[Version, ...] = ()


class Shelf(msgspec.Struct, frozen=True):
    """What is written: of the answer of the library, what a catalogue wants to know."""

    initiatives: tuple[Asset, ...]


def adms(shelf: Shelf, *, base: str) -> bytes:
    """The library as a catalogue of assets."""
    assets = sorted(shelf.initiatives, key=lambda each: each.initiative)
    said = [("dct:title", text("Library of a customs union platform", "en")),
            ("dct:description", text("Initiatives of administrations and their results.", "en")),
            ("dct:publisher", _agent(base, "EU"))]  # fmt: skip
    said += [("dcat:dataset", _asset(base, each)) for each in assets]
    lines = [node(f"<{base}library>", "dcat:Catalog", said)]
    owners = sorted({"EU", *(each.owner for each in assets)})
    lines += [node(_agent(base, owner), "foaf:Agent", [("foaf:name", text(owner))]) for owner in owners]
    for each in assets:
        lines += _written(base, each)
    return written(lines, ALL_PREFIXES)


def _written(base: str, asset: Asset) -> list[str]:
    """An asset, its versions and their bundles."""
    about = [("dct:title", text(asset.title, "en")), ("dct:description", text(asset.text, "en"))]
    terms = [("dct:publisher", _agent(base, asset.owner)), ("dct:license", _at(LICENCES, asset.licence)),
             ("dct:type", text(asset.kind))]  # fmt: skip
    status = ("adms:status", text("completed" if asset.results else "under development"))
    versions = [("dct:hasVersion", _version(base, asset, each)) for each in asset.results]
    name = ("dct:identifier", text(asset.initiative))
    lines = [node(_asset(base, asset), "adms:Asset, dcat:Dataset", [*about, name, *terms, status, *versions])]
    for at, each in enumerate(asset.results):
        own = [("owl:versionInfo", text(each.version)), ("dct:isVersionOf", _asset(base, asset)),
               ("dct:issued", f'"{each.on}"^^xsd:date')]  # fmt: skip
        own += [("adms:next", _version(base, asset, asset.results[at - 1]))] if at else []
        own += [("adms:prev", _version(base, asset, e)) for e in asset.results[at + 1 : at + 2]]
        bundle = _at(base, "library", asset.initiative, each.version, "bundle")
        about_it = [*about, *terms, status, *own, ("dcat:distribution", bundle)]
        lines.append(node(_version(base, asset, each), "adms:Asset, dcat:Dataset", about_it))
        checksum = (
            f"[ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
            f"spdx:checksumValue {text(each.digest)}^^xsd:hexBinary ]"
        )
        facts = [("dcat:accessURL", _at(each.address)), ("dcat:downloadURL", _at(each.address)),
                 ("dcat:byteSize", f'"{each.octets}"^^xsd:nonNegativeInteger'), terms[1],
                 ("spdx:checksum", checksum)]  # fmt: skip
        lines.append(node(bundle, "adms:AssetDistribution, dcat:Distribution", facts))
    return lines


def _at(base: str, *parts: str) -> str:
    """An address, whatever its parts hold: nothing of it ends the address."""
    return f"<{quote(base, safe=_ADDRESS)}{'/'.join(quote(each, safe='') for each in parts)}>"


def _asset(base: str, asset: Asset) -> str:
    return _at(base, "library", asset.initiative)


def _version(base: str, asset: Asset, version: Version) -> str:
    return _at(base, "library", asset.initiative, version.version)


def _agent(base: str, owner: str) -> str:
    return _at(base, "administration", owner)
