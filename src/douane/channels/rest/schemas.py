"""Schemas of messages in OpenAPI, from the one description of their items (``standards.forms``).

Published messages are XML: their schemas say so, with the root in its namespace and the elements inside without one.
Groups that read alike are one component, whichever message holds them. Our own types keep the schema by which JSON is
judged; what their annotations say beyond that (data element, code list, confidentiality) is added to it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from douane.model.declare import MessageFamily
from douane.model.form import described
from douane.standards.forms.items import Content, Item

PLACE: Final = "#/components/schemas/"
Schema = dict[str, Any]  # Any: a JSON Schema nests as it likes
_TYPES: Final[dict[Content, Schema]] = {
    Content.TEXT: {"type": "string"},
    Content.INTEGER: {"type": "integer"},
    Content.DECIMAL: {"type": "string", "format": "decimal"},
    Content.NUMBER: {"type": "number"},
    Content.FLAG: {"type": "string", "enum": ["0", "1"]},
    Content.DATE: {"type": "string", "format": "date"},
    Content.MOMENT: {"type": "string"},  # local to an office: a date-time of JSON Schema has a zone
    Content.OCTETS: {"type": "string", "format": "byte"},
    Content.ANYTHING: {},
}


class Published:
    """The components of published messages. ``taken``: names that other components of the document have."""

    def __init__(self, taken: Collection[str]) -> None:
        self.components: dict[str, Schema] = {}
        self._taken = frozenset(taken)

    def message(self, message: type, family: MessageFamily) -> Schema:
        """A reference to the schema of a message."""
        name = message.__name__
        if name not in self.components:
            made = self._group(described(message, family))
            root = {"xml": {"name": name, "namespace": family.namespace}, "properties": {}}
            attribute = {"type": "string", "xml": {"attribute": True}}
            made["properties"] = {"PhaseID": attribute, **made["properties"]}
            self.components[name] = {"description": (message.__doc__ or name).rstrip("."), **root, **made}
        return {"$ref": PLACE + name}

    def _group(self, items: tuple[Item, ...]) -> Schema:
        made: Schema = {
            "type": "object",
            "properties": {each.tag: self._item(each) for each in items},
            "additionalProperties": False,
        }
        required = [each.tag for each in items if each.least]
        return made | ({"required": required} if required else {})

    def _item(self, item: Item) -> Schema:
        if item.content is Content.GROUP:
            one: Schema = {"$ref": PLACE + self._component(item)}
        else:
            one = _value(item)
        if item.most != 1:
            one = {"type": "array", "items": one, "minItems": item.least}
            one |= {"maxItems": item.most} if item.most else {}
        return one | facts(item)

    def _component(self, item: Item) -> str:
        """The name of the component of a group: its tag, numbered where another group of that tag reads otherwise."""
        made = {"description": item.label, **self._group(item.items)}
        number, name = 1, item.tag
        while name in self._taken or self.components.setdefault(name, made) != made:
            number += 1
            name = f"{item.tag}{number}"
        return name


def _value(item: Item) -> Schema:
    made = dict(_TYPES[item.content]) | {"title": item.label}
    made |= {"enum": list(item.values)} if item.values else {}
    made |= {"minLength": item.shortest} if item.shortest else {}
    made |= {"maxLength": item.longest} if item.longest else {}
    made |= {"minimum": item.low} if item.low is not None else {}
    made |= {"maximum": item.high} if item.high is not None else {}
    patterns = [{"pattern": f"^(?:{pattern})$"} for pattern in item.patterns]
    made |= patterns[0] if len(patterns) == 1 else {"allOf": patterns} if patterns else {}
    return made | ({"description": item.help} if item.help else {})


def facts(item: Item) -> Schema:
    """What an item is in customs, as extensions of OpenAPI."""
    said = {
        "x-data-element": item.element, "x-format": item.format, "x-code-list": item.code_list,
        "x-conditions": list(item.conditions), "x-confidential": item.confidential,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def add_facts(components: dict[str, Schema], name: str, message: type) -> None:
    """Add to the schemas of one of our own types, and of those that it holds, what its annotations say beyond them."""
    _add(components, name, described(message))


def _add(components: dict[str, Schema], name: str, items: tuple[Item, ...]) -> None:
    properties = components.get(name, {}).get("properties", {})
    for each in items:
        known = properties.get(each.tag)
        if isinstance(known, dict):
            known |= facts(each)
            if each.items:
                _add(components, _named_in(known), each.items)


def _named_in(schema: Schema) -> str:
    """The component that a property refers to, by itself, in a list or beside null."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    inside = [schema.get("items"), *schema.get("anyOf", ())]
    return next((found for each in inside if isinstance(each, dict) if (found := _named_in(each))), "")
