"""JSON Schemas of message types as the tools of others read them: patterns of ECMA-262, and names that stay.

JSON Schema means the regular expressions of ECMA-262 (2020-12, core, 6.4): ``\\A`` and ``\\Z`` are errors there or
letters. A component bears the bare name of its type, and where several types of the node have one name, that of the
application before it (``drafts.Change``): whoever asks, and wherever the module stands that declares it.
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import msgspec
from msgspec import inspect

Home = Callable[[str], str]
Schema = dict[str, Any]  # Any: a JSON Schema nests as it likes
_PLACE: Final = "#/$defs/{name}"
_NO_NAME: Final = re.compile(r"[^a-zA-Z0-9.\-_]")
"""What msgspec replaces in names of components."""
_ANCHORS: Final = re.compile(r"\\(\\|[AZ])|\\.", re.DOTALL)


def schemas_of(
    types: Iterable[type], place: str, home: Home, named: Mapping[str, type] = MappingProxyType({})
) -> tuple[list[Schema], dict[str, Schema]]:
    """A schema of each type, and the components that they refer to by ``place`` ({name} stands for the name).

    home: what stands before a name that several types bear, by their modules. named: all types of the node by what they
    are called, though this document holds some of them only.
    """
    shown = tuple(types)
    called = components_of(shown, home, named)
    names = _by_given(shown, called)
    payloads, components = msgspec.json.schema_components(shown, ref_template=_PLACE)
    made = {names[name]: _portable(schema, names, place) for name, schema in components.items()}
    return [_portable(each, names, place) for each in payloads], made


def components_of(
    types: Iterable[type], home: Home, named: Mapping[str, type] = MappingProxyType({})
) -> Mapping[type, str]:
    """The name of the component of each type, and of what stands within them."""
    known = {kind: name for name, kind in named.items()}
    return _called(tuple(known.items()), tuple(dict.fromkeys(types)), home)


def ecma(pattern: str) -> str:
    """A pattern of Python as ECMA-262 has it. A pattern of ours has no other construct that the two read otherwise."""
    return _ANCHORS.sub(lambda found: {"A": "^", "Z": "$"}.get(found[1], found[0]), pattern)


def _portable(schema: Any, names: Mapping[str, str], place: str) -> Any:
    match schema:
        case {"$ref": str(target)}:
            return {**schema, "$ref": place.replace("{name}", names[target.rpartition("/")[2]])}
        case dict():
            made = {key: _portable(value, names, place) for key, value in schema.items()}
            if isinstance(made.get("pattern"), str):
                made["pattern"] = ecma(made["pattern"])
            mapping = made.get("discriminator", {}).get("mapping")
            if mapping is not None:
                told = {key: place.replace("{name}", names[to.rpartition("/")[2]]) for key, to in mapping.items()}
                made["discriminator"] |= {"mapping": told}
            return made
        case list():
            return [_portable(each, names, place) for each in schema]
        case _:
            return schema


def _by_given(shown: tuple[type, ...], called: Mapping[type, str]) -> dict[str, str]:
    """The names of components by those that msgspec gives them."""
    bare: dict[str, list[type]] = defaultdict(list)
    for each in _reached(shown):
        bare[each.__name__].append(each)
    return {_path(each) if len(alike) > 1 else name: called[each] for name, alike in bare.items() for each in alike}


@lru_cache(maxsize=8)
def _called(known: tuple[tuple[type, str], ...], types: tuple[type, ...], home: Home) -> Mapping[type, str]:
    given = dict(known)
    bare: dict[str, list[type]] = defaultdict(list)
    for each in _reached((*given, *types)):
        bare[each.__name__].append(each)
    called: dict[type, str] = {}
    for name, alike in bare.items():
        by_application = [f"{home(each.__module__)}.{name}" for each in alike]
        for each, qualified in zip(alike, by_application, strict=True):
            own = given.get(each) or (name if len(alike) == 1 else qualified)
            called[each] = own if by_application.count(qualified) == 1 or each in given else _path(each)
    return called


def _path(kind: type) -> str:
    return _NO_NAME.sub("_", f"{kind.__module__}.{kind.__qualname__}")


def _reached(types: Sequence[type]) -> set[type]:
    """The types that schemas name: those given, and what stands within them."""
    found: set[type] = set()
    for each in inspect.multi_type_info(types):
        _collect(each, found)
    return found


def _collect(info: Any, found: set[type]) -> None:
    match info:
        case (
            inspect.StructType(cls=cls)
            | inspect.TypedDictType(cls=cls)
            | inspect.DataclassType(cls=cls)
            | inspect.NamedTupleType(cls=cls)
            | inspect.EnumType(cls=cls)
        ):
            if cls in found:
                return
            found.add(cls)
        case _:
            pass
    for each in _within(info):
        _collect(each, found)


def _within(info: Any) -> Iterator[Any]:
    for name in getattr(info, "__struct_fields__", ()):
        value = getattr(info, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, inspect.Field):
                yield each.type
            elif isinstance(each, inspect.Type) and not isinstance(each, enum.Enum):
                yield each
