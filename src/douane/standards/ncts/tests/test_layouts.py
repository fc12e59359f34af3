"""Layouts as data: how they are written, that structs say the same, that a phase is its difference, what they weigh."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest

from douane.standards.ncts import phase5, phase6
from douane.standards.ncts.binding import source as sources
from douane.standards.ncts.binding.compiling import reader, root_reader, writer
from douane.standards.ncts.binding.kinds import Base
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Unusual
from douane.standards.ncts.phase5.codecs import CODECS as CODECS5
from douane.standards.ncts.phase6.codecs import CODECS as CODECS6

FOLDERS = [Path(each.__file__ or "").parent / "generated" for each in (phase5, phase6)]
LINES, OCTETS = 9_000, 1_000_000
"""What both families may come to, data included."""
TYPES = {Base.FLAG: bool, Base.INTEGER: int, Base.DECIMAL: Decimal, Base.DATE: dt.date, Base.MOMENT: dt.datetime}
both = pytest.mark.parametrize("codecs", [CODECS5, CODECS6], ids=["phase5", "phase6"])


def below(layout: Layout) -> Iterator[Layout]:
    yield layout
    for item in layout.items:
        if isinstance(item, Inner):
            yield from below(item.layout)


@both
def test_structs_say_what_the_layouts_say(codecs: object) -> None:
    seen = {each for name in codecs.messages for each in below(codecs.codec(name).layout)}  # type: ignore[attr-defined]
    assert len(seen) > 250
    for layout in seen:
        hints = get_type_hints(layout.struct)
        hints.pop("phase_id", None)
        assert list(hints) == [item.name for item in layout.items], layout.tag
        for item in layout.items:
            inside = TYPES.get(item.kind.base, str) if isinstance(item, Leaf) else item.layout.struct
            many = item.most > 1
            expected = tuple[inside, ...] if many else inside if item.least else inside | None  # type: ignore[valid-type]
            assert hints[item.name] == expected, f"{layout.tag}/{item.tag}"


def test_the_families_stay_small() -> None:
    texts = [path.read_bytes() for folder in FOLDERS for path in folder.iterdir() if path.is_file()]
    assert len(texts) == 6
    assert sum(text.count(b"\n") for text in texts) <= LINES
    assert sum(map(len, texts)) <= OCTETS


def test_phase_6_is_what_differs_from_phase_5() -> None:
    first, second = (json.loads((folder / "layouts.json").read_text(encoding="utf-8")) for folder in FOLDERS)
    assert (first["after"], second["after"]) == ("", "douane.standards.ncts.phase5.generated")
    for part in ("kinds", "layouts"):
        assert {name for name, said in second[part].items() if first[part].get(name) == said} == set()
    assert len(second["layouts"]) < len(first["layouts"]) / 5
    assert issubclass(phase6.Address02, phase5.Group)  # the same class, in both phases
    assert phase6.Address02 is phase5.Address02
    assert not issubclass(phase6.CC009C, phase5.Message)  # but whose message it is, its class says
    with pytest.raises(AttributeError, match="CD001C"):
        _ = phase6.CD001C


def test_a_taken_over_group_holds_what_the_phase_itself_says() -> None:
    data = json.loads((FOLDERS[1] / "layouts.json").read_text(encoding="utf-8"))
    assert "CC009C" not in data["layouts"]  # the same line stands for both
    kinds = [
        next(i for i in each.source.layout("CC009C").items if i.tag == "messageType") for each in (CODECS5, CODECS6)
    ]
    five, six = (item.kind for item in kinds if isinstance(item, Leaf))
    assert "CC006C" in six.values
    assert "CC006C" not in five.values


def test_every_way_to_write_an_item() -> None:
    made = sources.source(CODECS6.package)
    layout = made.layout("CC042C")
    group = next(item for item in layout.items if item.tag == "ExportOperation")
    assert isinstance(group, Inner)
    assert (group.least, group.most, group.published, group.status) == (1, 999, 1999, "R")
    marked = [item for name in made.messages for each in below(made.layout(name)) for item in each.items]
    assert {(i.status, i.least) for i in marked} >= {("R", 0), ("D", 1), ("-", 0), ("-", 1)}
    with pytest.raises(KeyError):
        made.layout("Nothing")


def test_what_is_compiled_is_shared() -> None:
    layout = CODECS5.source.layout("CC015C")
    assert root_reader(layout) is root_reader(layout)
    one, other = (CODECS5.source.layout(f"Invalidation.{n}") for n in (1, 2))
    assert one is not other
    assert writer(one) is writer(other)  # one struct; a consignment that is remembered is, in every message
    assert reader(one) is not reader(other)  # they differ in what a justification may hold


def test_a_reader_takes_its_own_group_and_no_other() -> None:
    read = reader(CODECS5.source.layout("Invalidation.3"))
    text = "<Invalidation><decisionDateAndTime>2026-01-02T03:04:05</decisionDateAndTime></Invalidation>"
    found, at = read(text, text.startswith, 0)
    assert (found.decision_date_and_time, at) == (dt.datetime(2026, 1, 2, 3, 4, 5), len(text))
    wrong = text.replace("Invalidation>", "Enquiry>")
    with pytest.raises(Unusual):
        read(wrong, wrong.startswith, 0)


@pytest.mark.parametrize("name", ["a>{exit()}<b", "a'", "a b", "a\n", "", "a.b", "1a", "{0}"])
@pytest.mark.parametrize("field", ["tag", "name", "group"])
def test_a_name_that_is_none_never_becomes_code(field: str, name: str) -> None:
    kind = CODECS5.source.kinds["FLAG"]
    said = {"tag": "decision", "name": "decision", "group": "Invalidation"} | {field: name}
    with pytest.raises(ValueError, match="no name of an item"):
        Layout(said["group"], phase5.Invalidation01, (Leaf(said["tag"], said["name"], True, kind),))
