"""The items of a published message, read off its layout: what is published of them, and what their kinds take."""

from __future__ import annotations

from douane.standards.forms.items import Content, Item, words
from douane.standards.ncts.binding.kinds import Base
from douane.standards.ncts.binding.layout import Layout, Leaf

_CONTENT = {
    Base.TEXT: Content.TEXT,
    Base.COLLAPSED: Content.TEXT,
    Base.FLAG: Content.FLAG,
    Base.INTEGER: Content.INTEGER,
    Base.DECIMAL: Content.DECIMAL,
    Base.DATE: Content.DATE,
    Base.MOMENT: Content.MOMENT,
}


def items_of(layout: Layout, path: str = "") -> tuple[Item, ...]:
    """The items of a group and what is in them. Labels are the words of their tags: ours, not published ones."""
    return tuple(_item(each, f"{path}/{each.tag}") if isinstance(each, Leaf) else Item(
        path=f"{path}/{each.tag}", tag=each.tag, content=Content.GROUP, label=words(each.tag), least=each.least,
        most=each.most, conditions=_ids(each.rules), items=items_of(each.layout, f"{path}/{each.tag}"),
    ) for each in layout.items)  # fmt: skip


def _item(leaf: Leaf, path: str) -> Item:
    kind, content = leaf.kind, _CONTENT[leaf.kind.base]
    text, whole = content is Content.TEXT and not kind.values, content is Content.INTEGER
    return Item(
        path=path, tag=leaf.tag, content=content, label=words(leaf.tag), help=kind.expected(), least=leaf.least,
        format=leaf.form, code_list=leaf.code_list, conditions=_ids(leaf.rules),
        values=kind.values if content is Content.TEXT else (), patterns=kind.patterns if text else (),
        shortest=kind.least if text else 0, longest=kind.most if text else 0,
        low=kind.least if whole else None, high=kind.most if whole else None,
    )  # fmt: skip


def _ids(rules: str) -> tuple[str, ...]:
    return tuple(rules.split(",")) if rules else ()
