"""Writes what is generated of a family: its structs as typed Python, its layouts as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.ncts.kinds import name_kinds
from tools.ncts.labels import LABELS
from tools.ncts.layouts import Plans, kinds_of, name_after, name_alone
from tools.ncts.naming import OTHER
from tools.ncts.schema import PHASES, Phase, read_layouts, read_schemas
from tools.ncts.shapes import Family, merge
from tools.ncts.structs import module_source

WRITTEN = "Written by tools/ncts_family.py; do not edit."
PACKAGE = f'"""Structs and layouts of a phase of NCTS. {WRITTEN}"""\n'
STRUCTS = f'"""Groups and messages of a phase of NCTS. {WRITTEN}"""\n\n'


def write_family(phase: Phase, shared: Path, folder: Path) -> None:
    """Write the structs and the layouts of a phase into ``folder``."""
    before = PHASES[phase.after] if phase.after else None
    others = _plans(before, shared, None) if before else None
    plans = _plans(phase, shared, others)
    published = _published(phase, shared, plans.family)
    titles = {node["code"]: f"{node['ie']}: {LABELS[node['code']]}" for node in published}
    text = "\n".join(module_source(plans.family, titles)) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").write_text(PACKAGE, encoding="utf-8")
    other = f"{before.package}.structs" if before else ""
    (folder / "structs.py").write_text(STRUCTS + text.replace(OTHER, other), encoding="utf-8")
    (folder / "layouts.json").write_text(_layouts(plans, others, published, before), encoding="utf-8")


def _plans(phase: Phase, shared: Path, others: Plans | None) -> Plans:
    family = merge(read_schemas(phase, shared), others.family if others else None)
    used = {e.simple for kinds in family.schemas.complex.values() for e in kinds if e.simple}
    plans = Plans(family, _published(phase, shared, family), name_kinds(family.schemas, used))
    if others:
        name_after(plans, others)
    else:
        name_alone(plans)
    return plans


def _published(phase: Phase, shared: Path, family: Family) -> list[dict[str, Any]]:
    return [node for node in read_layouts(phase, shared) if node["code"] in family.schemas.roots]


def _layouts(plans: Plans, others: Plans | None, published: list[dict[str, Any]], before: Phase | None) -> str:
    """One line for each kind of value, layout and message; of a second phase what the first does not say."""
    there = {name: plan.lines() for name, plan in others.by_name().items()} if others else {}
    layouts = {name: plan.lines() for name, plan in plans.by_name().items() if plan.lines() != there.get(name)}
    known = kinds_of(others) if others else {}
    kinds = {name: kind for name, kind in kinds_of(plans).items() if kind != known.get(name)}
    phases = list(dict.fromkeys(each.strip() for each in plans.family.schemas.phases))
    head = {"about": WRITTEN, "after": before.package if before else "", "phases": phases}
    parts = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    parts += [_section("kinds", kinds), _section("layouts", layouts), _section("messages", _messages(published))]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _messages(published: list[dict[str, Any]]) -> dict[str, object]:
    return {
        node["code"]: {
            "ie": node["ie"], "symbolic_name": node["symbolic_name"], "label": LABELS[node["code"]],
            "domain": node["domain"], "official": node["official_xsd"], "rules": ",".join(node.get("rules", ())),
        }
        for node in published
    }  # fmt: skip


def _section(name: str, entries: dict[str, Any]) -> str:
    lines = [f"{_json(key)}: {_json(value)}" for key, value in entries.items()]
    return f"{_json(name)}: {{\n" + ",\n".join(lines) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
