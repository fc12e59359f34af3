"""Judge a document by a schema that a partner brought: JSON Schema 2020-12 (or an older draft it names), or XML Schema.

Schemas are hostile input like any other: nothing outside them is loaded, patterns are matched in linear time, a
document is read within limits before it is judged.
"""

from __future__ import annotations

import functools
import re
from typing import Any, Final

import jsonschema_rs
import msgspec
from lxml import etree

from douane.standards.json import bounds as json
from douane.standards.json.bounds import check
from douane.standards.xml.reading import Limits, read_tree
from douane.vocabulary.errors import BadRequest, Fault, NotValid, NotWellFormed, TooLarge
from douane.vocabulary.faults import first_of

JSON: Final = "json"
XML: Final = "xml"
SCHEMA_SIZE: Final = 256 * 1024
_XSD = "{http://www.w3.org/2001/XMLSchema}"
CONTENT_SIZE: Final = 1024 * 1024
"""Octets of a document: it is judged in the tick that handles it, where everybody waits for it."""
_LIMITS = Limits(size=CONTENT_SIZE, elements=20_000)
_JSON_LIMITS = json.Limits(size=CONTENT_SIZE, values=20_000)
_SCHEMA_LIMITS = Limits(size=SCHEMA_SIZE, elements=60_000)
_PATTERNS = jsonschema_rs.RegexOptions(size_limit=1 << 20, dfa_size_limit=1 << 20)
_MOST_TIMES = 100_000
_KEPT = 256


def check_schema(form: str, schema: str) -> None:
    """Silent where a schema can judge documents of a form (``json``, ``xml``); NotValid says what is wrong with it."""
    if len(schema) > SCHEMA_SIZE:
        raise NotValid(f"The schema has {len(schema)} characters.", remedy=f"Use at most {SCHEMA_SIZE}.")
    _judge(form, schema)


def check_size(body: str) -> None:
    """Raise TooLarge for a document that may not be judged where everybody waits for it."""
    if len(body) > CONTENT_SIZE:
        raise TooLarge(f"The document has {len(body)} characters.", remedy=f"Send at most {CONTENT_SIZE}.")


def check_content(form: str, schema: str, body: str) -> Any:
    """The document, parsed, where it is well-formed and valid by the schema; an empty schema takes every document.

    Raises NotWellFormed, TooLarge, or NotValid with its first faults, each with its place and what is wrong there.
    """
    if form == XML:
        tree = read_tree(body.encode(), _LIMITS)
        if schema:
            _by_xml_schema(_judge(form, schema), tree)
        return tree
    value = read_json(body)
    if schema:
        faults = first_of(
            Fault(_pointer(each.instance_path), "50", f"Mend this by the contract: {each.message[:300]}.")
            for each in _judge(form, schema).iter_errors(value)
        )
        if faults:
            raise NotValid("The message breaks its contract.", faults=faults)
    return value


def read_json(body: str) -> Any:
    """A JSON document as a plain value. Raises NotWellFormed, TooLarge."""
    octets = body.encode()
    check(octets, _JSON_LIMITS)
    try:
        return msgspec.json.decode(octets)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        said = "nested too deeply" if isinstance(problem, RecursionError) else str(problem)
        fault = Fault("", "52", f"Send one JSON document: {said}.")
        raise NotWellFormed("The body is no JSON document.", faults=(fault,)) from problem


def _by_xml_schema(judge: Any, tree: Any) -> None:
    if not judge.validate(tree):
        faults = first_of(
            Fault(str(each.path or ""), "50", f"Mend this by the contract: {each.message[:300]}", line=each.line)
            for each in judge.error_log
        )
        raise NotValid("The message breaks its contract.", faults=faults)


@functools.lru_cache(_KEPT)
def _judge(form: str, schema: str) -> Any:
    """The compiled schema; the same text is compiled once."""
    match form:
        case "json":
            return _json_judge(schema)
        case "xml":
            return _xml_judge(schema)
        case _:
            raise BadRequest(f"{form[:20]!r} is no form of a message.", remedy="Use json or xml.")


def _json_judge(schema: str) -> Any:
    content = read_json(schema)
    if not isinstance(content, dict | bool):
        raise NotValid("A JSON Schema is an object or a truth value.", remedy="Send the schema itself.")
    try:
        return jsonschema_rs.validator_for(content, pattern_options=_PATTERNS, offline=True)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as problem:
        said = str(problem).split("\n", maxsplit=1)[0]
        raise NotValid(f"The JSON Schema cannot be used: {said[:300]}.", remedy="Mend the schema.") from problem


def _xml_judge(schema: str) -> etree.XMLSchema:
    root = read_tree(schema.encode(), _SCHEMA_LIMITS)
    for each in root.iter():
        if each.tag in (f"{_XSD}include", f"{_XSD}import", f"{_XSD}redefine", f"{_XSD}override"):
            raise NotValid("The XML Schema refers to another document.", remedy="Put everything into one document.")
        for name in ("minOccurs", "maxOccurs"):
            times = each.get(name, "1")
            if re.fullmatch(r"\d+", times) and int(times[:12]) > _MOST_TIMES:
                raise NotValid(f"{name} is {times[:20]}.", remedy=f"Say at most {_MOST_TIMES}, or unbounded.")
    try:
        return etree.XMLSchema(root)
    except etree.XMLSchemaParseError as problem:
        said = str(problem)[:300]
        raise NotValid(f"The XML Schema cannot be used: {said}.", remedy="Mend the schema.") from problem


def _pointer(path: list[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
