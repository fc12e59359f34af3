"""Writes what the layouts say of each message: formats, code lists, rule ids. No published sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.ncts.labels import LABELS


def _items(content: list[dict[str, Any]]) -> str:
    found = []
    for node in content:
        if "item" in node:
            rules = ",".join(node.get("rules", ()))
            found.append(f"{node['tag']}|{node['status']}|{node['format']}|{node.get('code_list', '')}|{rules}")
    return ";".join(found)


def _groups(content: list[dict[str, Any]], path: str) -> Iterator[tuple[object, ...]]:
    for node in content:
        if "group" in node:
            here = f"{path}/{node['tag']}"
            rules = ",".join(node.get("rules", ()))
            yield here, node["status"], node["max"], rules, _items(node["content"])
            yield from _groups(node["content"], here)


def facts_source(layouts: list[dict[str, Any]]) -> list[str]:
    """The lines of the module of facts: one line a group."""
    lines = [
        "Group = tuple[str, str, int, str, str]  # path, status, repetitions, rules, items",
        "Facts = tuple[str, str, str, str, str, bool, tuple[Group, ...]]",
        "",
        "MESSAGES: tuple[Facts, ...] = (",
    ]
    for layout in layouts:
        code = layout["code"]
        head = (code, layout["ie"], layout["symbolic_name"], LABELS[code], layout["domain"], layout["official_xsd"])
        lines.append(f"    ({', '.join(repr(value) for value in head)}, (")
        root = ("/" + code, "R", 1, ",".join(layout.get("rules", ())), _items(layout["content"]))
        lines += [f"        {group!r}," for group in (root, *_groups(layout["content"], "/" + code))]
        lines.append("    )),")
    return [*lines, ")"]
