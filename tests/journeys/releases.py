"""Another release: the present code, with some lines of its modules changed as the interpreter reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

Changes = Mapping[str, Sequence[tuple[str, str]]]
"""By module: what stands there, and what stands there in the other release."""

HOOK = """
import importlib.machinery as machinery, sys

CHANGES = {changes!r}

class Loader(machinery.SourceFileLoader):
    def get_code(self, fullname):
        return self.source_to_code(self.get_data(self.path), self.path)

    def get_data(self, path):
        text = super().get_data(path).decode()
        for was, now in CHANGES[self.name]:
            assert was in text, was
            text = text.replace(was, now, 1)
        return text.encode()

def changed(name, path=None, target=None, find=machinery.PathFinder.find_spec):
    found = find(name, path, target)
    if name in CHANGES:
        found.loader = Loader(name, found.origin)
    return found

sys.meta_path.insert(0, type("Changed", (), {{"find_spec": staticmethod(changed)}}))
"""

FIELD: Changes = {
    "douane.applications.guarantees.records": (
        (
            '"by_holder": ("holder", "grn")},\n',
            '"by_holder": ("holder", "grn")}, version=2, upgrades={1: lambda fields: [*fields, "none"]},\n',
        ),
        ('    master_code: str = ""\n', "    master_code: str = ''\n    note: str = 'new'\n"),
    )
}
"""A guarantee has one field more."""
INDEX: Changes = {
    "douane.applications.guarantees.records": (
        *FIELD["douane.applications.guarantees.records"],
        (
            '"by_holder": ("holder", "grn")}, version',
            '"by_holder": ("holder", "grn"), "by_note": ("note", "grn")}, later=("by_note",), version',
        ),
    )
}
"""And an index by it."""


def release(folder: Path, changes: Changes) -> Path:
    """A folder that makes another release of whatever Python starts with it first in its path."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HOOK.format(changes=dict(changes)))
    return folder
