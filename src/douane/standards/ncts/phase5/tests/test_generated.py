"""Structs and layouts are what the tool writes today, and the catalogue says what the layouts say."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

from douane.standards.ncts import phase5
from douane.standards.ncts.phase5 import family, generated
from douane.standards.ncts.phase5.codecs import CODECS, codec

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
SHARED = ROOT.parent / "shared"
GENERATED = Path(generated.__file__).parent

needs_shared = pytest.mark.skipif(
    not (SHARED / "data/ncts").exists() and "CI" not in os.environ, reason="../shared is not beside this checkout"
)


@needs_shared
def test_the_tool_writes_what_is_committed(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools/ncts_family.py"), "--shared", str(SHARED), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    written = {
        path.relative_to(tmp_path): path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.is_file()
    }
    committed = {
        path.relative_to(GENERATED): path.read_text(encoding="utf-8") for path in GENERATED.iterdir() if path.is_file()
    }
    assert written == committed, "run: python tools/ncts_family.py"


def test_the_catalogue_names_91_types() -> None:
    types = family()
    assert [one.code for one in types] == list(CODECS.messages)
    assert len({one.ie for one in types}) == 89
    assert sum(one.official for one in types) == 33
    assert {one.domain for one in types} == {"common", "external", "national"}
    declaration = next(one for one in types if one.code == "CC015C")
    assert (declaration.ie, declaration.symbolic_name, declaration.root) == ("IE015", "E_DEC_DAT", "CC015C")
    assert declaration.struct is phase5.CC015C
    fields = {field.pointer: field for field in declaration.fields}
    place = fields[
        "/CC015C/Consignment/HouseConsignment/ConsignmentItem/Commodity/CommodityCode/combinedNomenclatureCode"
    ]
    assert (place.status, place.format, place.group) == ("D", "an2", False)
    assert fields["/CC015C/TransitOperation/declarationType"].code_list == "CL231"
    assert "C0030" in fields["/CC015C/CustomsOfficeOfTransitDeclared"].rules
    assert fields["/CC015C/Consignment/HouseConsignment"].most == 1999


@needs_shared
def test_the_catalogue_holds_every_node_of_the_layouts() -> None:
    with lzma.open(SHARED / "data/ncts/layouts-p5.json.xz") as stream:
        layouts = {layout["code"]: layout for layout in json.load(stream)["messages"]}

    def nodes(content: list[dict[str, object]], path: str) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for node in content:
            here = f"{path}/{node['tag']}"
            rules: tuple[object, ...] = tuple(node.get("rules", ()))  # type: ignore[arg-type]
            found.append((here, node["status"], node.get("format", ""), node.get("code_list", ""), rules))
            found += nodes(node.get("content", []), here)  # type: ignore[arg-type]
        return found

    for one in family():
        ours = [(f.pointer, f.status, f.format, f.code_list, f.rules) for f in one.fields]
        assert sorted(ours) == sorted(nodes(layouts[one.code]["content"], "/" + one.code))


def test_layouts_and_catalogue_name_the_same_items() -> None:
    def paths(layout: object, path: str) -> set[str]:
        found = set()
        for item in layout.items:  # type: ignore[attr-defined]
            found.add(f"{path}/{item.tag}")
            found |= paths(item.layout, f"{path}/{item.tag}") if hasattr(item, "layout") else set()
        return found

    for one in family():
        assert paths(codec(one.code).layout, "/" + one.code) == {field.pointer for field in one.fields}
