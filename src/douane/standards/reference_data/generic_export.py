"""The generic export of the Commission's reference data (customs office list): one XML file with several lists.

Read as a stream: an entry is yielded when it ends, then forgotten. Items keep their names; items that occur several
times and groups become lists; texts by language become ``description`` (English) and ``descriptions`` (the others).
A customs office also gets ``roles``, gathered from its timetables, and ``description``, its usual name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from lxml import etree

from douane.standards.reference_data.catalogue import KnownList, list_named
from douane.standards.reference_data.listed import Dates, ListedEntry, listed
from douane.vocabulary.errors import NotValid, NotWellFormed, TooLarge

MOST_ELEMENTS_AN_ENTRY = 20_000
"""The largest office entry seen has about 1,500."""


def read_generic_export(stream: IO[bytes]) -> Iterator[ListedEntry]:
    """Every entry, in order; NotWellFormed, NotValid or TooLarge at the place where the file goes wrong."""
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _entries(events)
    except etree.XMLSyntaxError as bad:
        raise NotWellFormed(f"The export is not well-formed: {bad.msg}.", remedy="Fetch the file again.") from bad


def _entries(events: Iterator[tuple[str, etree._Element]]) -> Iterator[ListedEntry]:
    dates = Dates()
    known = list_named("")
    entry: etree._Element | None = None
    size = 0
    for event, element in events:
        name = _local(element)
        if event == "end":
            if element is entry:
                yield _listed(element, known, dates)
                _forget(element)
                entry = None
            continue
        if entry is not None:
            size += 1
            if size > MOST_ELEMENTS_AN_ENTRY:
                raise TooLarge(f"An entry of list {known.name} has more than {MOST_ELEMENTS_AN_ENTRY} elements.")
        elif name == "RDEntry":
            entry, size = element, 0
        elif name == "RDEntity":
            known = list_named(element.get("name", ""))
        else:
            _check_root(element, name)


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _check_root(element: etree._Element, name: str) -> None:
    if name != "RDEntityList" or element.getparent() is not None:
        raise NotValid(f"{name} has no place in a generic export.", remedy="Give a file whose root is RDEntityList.")
    subset: object = element.getroottree().docinfo.internalDTD
    if subset is not None:
        raise NotWellFormed("The export declares a document type.", remedy="Remove the DOCTYPE.")


def _forget(element: etree._Element) -> None:
    """Drop an entry and what stands before it in its list."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while len(parent) > 1:
            del parent[0]


def _listed(element: etree._Element, known: KnownList, dates: Dates) -> ListedEntry:
    state = since = ""
    facts: dict[str, object] = {}
    for child in element:
        if _local(child) == "RDEntryStatus":
            status = {_local(part): part.text or "" for part in child}
            state, since = status.get("state", ""), status.get("activeFrom", "")
        else:
            _add(facts, child)
    keys = known.key or tuple(facts)[:1]
    code = "".join(str(facts.pop(key, "")) for key in keys)
    named = facts.pop(known.description, None) if known.description else None
    if named:
        facts["description"] = named
    if known.name == "CustomsOffices":
        facts |= _office_facts(facts)
    return listed(known, code, state, dates.read(since), facts)


def _add(facts: dict[str, object], element: etree._Element) -> None:
    """Add an item, a group or the texts by language under its name."""
    kind = _local(element)
    if kind == "LsdList":
        texts = {part.get("lang", ""): part.text or "" for part in element}
        if english := texts.pop("en", None):
            facts["description"] = english
        if texts:
            facts["descriptions"] = texts
        return
    name = element.get("name", kind)
    value: object = element.text or ""
    if kind == "dataGroup":
        group: dict[str, object] = {}
        for part in element:
            _add(group, part)
        value = [group]
    before = facts.get(name)
    if before is None:
        facts[name] = value
    else:
        facts[name] = _several(before) + _several(value)


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _office_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Roles and usual name of an office."""
    names = {g.get("LanguageCode"): g.get("CustomsOfficeUsualName") for g in _groups(facts, "CustomsOfficeLsd")}
    roles = {
        competence.get("Role")
        for timetable in _groups(facts, "CustomsOfficeTimetable")
        for line in _groups(timetable, "CustomsOfficeTimetableLine")
        for competence in _groups(line, "CustomsOfficeRoleTrafficCompetence")
    }
    usual = names.get("EN") or next(iter(names.values()), None)
    return {"description": usual or "", "roles": sorted(role for role in roles if isinstance(role, str))}


def _groups(facts: Mapping[str, object], name: str) -> Iterator[Mapping[str, object]]:
    found = facts.get(name)
    if isinstance(found, list):
        yield from (group for group in found if isinstance(group, dict))
