"""Reversible translation between two versions of a JSON message: what moved, and what is new and always the same.

Nothing is guessed and nothing is lost: a translation is a list of moves and of constants, so the way back is the same
list read backwards, and ``back(forth(value)) == value`` for every value that has a way forth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from douane.vocabulary.errors import DeclarationFault, Fault, NotValid

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """What stands at ``old`` in the earlier version stands at ``new`` in the later one. JSON pointers into objects."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Constant:
    """What the earlier version does not say and the later one says at ``at``: always the same value."""

    at: str
    value: Any


@dataclass(frozen=True, slots=True)
class Translation:
    """From an earlier version to a later one (``forth``) and back. Raises DeclarationFault where that is no way back.

    A move's source that is absent stays absent. What no move names is the same in both versions.
    """

    moves: tuple[Move, ...] = ()
    constants: tuple[Constant, ...] = ()

    def __post_init__(self) -> None:
        old = [_path(each.old) for each in self.moves]
        new = [*(_path(each.new) for each in self.moves), *(_path(each.at) for each in self.constants)]
        for paths in (old, new):
            for n, one in enumerate(paths):
                for other in paths[n + 1 :]:
                    if one[: len(other)] == other or other[: len(one)] == one:
                        raise DeclarationFault(
                            f"/{'/'.join(one)} and /{'/'.join(other)} overlap: the translation has no way back.",
                            remedy="Move each part once, and apart from the others.",
                        )

    def forth(self, value: Any) -> Any:
        """A message of the earlier version in the later one. NotValid where it has no way there and back."""
        made = self._forth(value)
        if self._back(made) != value:  # an empty object stood where a part moved to
            raise NotValid("The message cannot be said in the later version.", remedy="Leave out empty objects.")
        return made

    def back(self, value: Any) -> Any:
        """A message of the later version in the earlier one; NotValid where it says what that one has no place for."""
        made = self._back(value)
        if self._forth(made) != value:
            raise NotValid("The message cannot be said in the earlier version.", remedy="Leave out empty objects.")
        return made

    def _forth(self, value: Any) -> Any:
        made = _shifted(value, [(_path(m.old), _path(m.new)) for m in self.moves])
        for each in self.constants:
            made = _put(made, _path(each.at), each.value)
        return made

    def _back(self, value: Any) -> Any:
        for each in self.constants:
            path = _path(each.at)
            if _get(value, path, _ABSENT) != each.value:
                fault = Fault(each.at, "50", f"The earlier version has no place for other than {each.value!r} here.")
                raise NotValid("The message cannot be said in the earlier version.", faults=(fault,))
            value = _without(value, path)
        return _shifted(value, [(_path(m.new), _path(m.old)) for m in self.moves])


_ABSENT = object()


def _path(pointer: str) -> Path:
    if not pointer.startswith("/") or pointer == "/":
        raise DeclarationFault(f"{pointer[:80]!r} is no JSON pointer to a member.", remedy="Write it like /holder/id.")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))


def _shifted(value: Any, moves: Sequence[tuple[Path, Path]]) -> Any:
    """A value with parts at other places: all are taken out, then each is put in."""
    taken = [(target, _get(value, source, _ABSENT)) for source, target in moves]
    for source, _ in moves:
        value = _without(value, source)
    for target, part in taken:
        if part is not _ABSENT:
            value = _put(value, target, part)
    return value


def _get(value: Any, path: Path, absent: Any) -> Any:
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return absent
        value = value[part]
    return value


def _without(value: Any, path: Path) -> Any:
    """The value without a member; an object that becomes empty goes with it, as it came with it."""
    if not isinstance(value, dict) or path[0] not in value:
        return value
    rest = {k: v for k, v in value.items() if k != path[0]}
    if len(path) == 1:
        return rest
    inner = _without(value[path[0]], path[1:])
    if inner == {} and value[path[0]] != {}:
        return rest
    return value | {path[0]: inner}


def _put(value: Any, path: Path, part: Any) -> Any:
    inner = value.get(path[0], _ABSENT) if isinstance(value, dict) else _ABSENT
    if not isinstance(value, dict) or (len(path) == 1 and inner is not _ABSENT):
        fault = Fault("/" + "/".join(path), "50", "Something else stands where the other version has its place.")
        raise NotValid("The message cannot be said in the other version.", faults=(fault,))
    if len(path) == 1:
        return value | {path[0]: part}
    return value | {path[0]: _put({} if inner is _ABSENT else inner, path[1:], part)}
