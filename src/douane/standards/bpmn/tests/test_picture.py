"""Pictures: well-formed, self-contained, escaped, and telling the path without colour."""

from __future__ import annotations

import os
import pathlib
import re

import pytest
from lxml import etree

from douane.standards.bpmn import document
from douane.standards.bpmn.drawing import diagram, lettering
from douane.standards.bpmn.drawing.picture import svg
from douane.standards.bpmn.tests.notation import Model

ROOT = next(p for p in pathlib.Path(__file__).resolve().parents if (p / "pyproject.toml").exists())
REFERENCE = ROOT.parent / "shared" / "data" / "bpmn" / "miwg-reference"
SVG = "{http://www.w3.org/2000/svg}"
TEXT = """start s; user a; boundary t on a timer P1D; exclusive g default=g_e; service b; end e; end f
s -> a -> g; g -> b : more; g -> e; b -> a; t -> f"""


def drawn(text: str) -> etree._Element:
    root = etree.fromstring(text.encode())
    assert root.tag == SVG + "svg"
    assert not [node for node in root.iter("*") if node.tag in {SVG + "script", SVG + "image", SVG + "foreignObject"}]
    assert not re.search(r"(href|url\(|@import|on\w+=)", text)
    assert root[0].tag == SVG + "title"
    assert root[1].tag == SVG + "desc"
    return root


def words(root: etree._Element) -> str:
    return "".join("".join(map(str, node.itertext())) + "|" for node in root.iter(SVG + "text"))


def test_path_and_token_are_marked_without_colour(model: Model) -> None:
    taken = ["s", "s_a", "a", "a_g", "g", "g_b", "b", "b_a", "a"]
    root = drawn(svg(model(TEXT), taken=taken, current=["a"], title="Case 7"))
    assert root[0].text == "Case 7"
    told = root[1].text or ""
    assert "Path taken: 1 start s, 2 user task a, 3 decision g, 4 service task b, 5 user task a." in told
    assert "Waiting at: user task a." in told
    assert {"1", "2, 5", "3", "4"} <= set(words(root).split("|"))
    classes = [node.get("class") or "" for node in root.iter(SVG + "g")]
    assert sum("bpmn-edge bpmn-taken" in one for one in classes) == 4
    assert sum("bpmn-now" in one for one in classes) == 1
    assert len(list(root.iter(SVG + "circle"))) > 0
    assert sum(node.get("class") == "bpmn-token" for node in root.iter(SVG + "circle")) == 1


def test_flows_are_inferred_where_only_nodes_are_named(model: Model) -> None:
    root = drawn(svg(model(TEXT), taken=["s", "a", "g"]))
    classes = [node.get("class") or "" for node in root.iter(SVG + "g")]
    assert sum("bpmn-edge bpmn-taken" in one for one in classes) == 2


def test_without_a_path_nothing_is_faint(model: Model) -> None:
    text = svg(model(TEXT))
    drawn(text)
    assert 'class="bpmn-node bpmn-faint"' not in text
    assert text == svg(model(TEXT))


def test_hostile_names_stay_text(model: Model) -> None:
    evil = '</text><script>alert(1)</script>&amp;" onload="x'
    source = document.write(model(TEXT)).decode()
    quoted = evil.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    source = source.replace('<serviceTask id="b"', f'<serviceTask id="b" name="{quoted}"')
    source = source.replace('<sequenceFlow id="g_b"', f'<sequenceFlow id="g_b" name="{quoted}"')
    text = svg(document.read(source.encode()), taken=["b"], title=evil + "\x00\x1b")
    root = etree.fromstring(text.encode())
    assert not list(root.iter(SVG + "script"))
    assert not any(str(key).startswith("on") for node in root.iter("*") for key in node.attrib)
    assert root[0].text == evil


@pytest.mark.parametrize("name", ["A.1.0", "A.4.0", "B.1.0", "B.2.0", "C.2.0", "C.4.0", "C.5.0", "C.8.0", "C.9.2"])
def test_reference_models_are_drawn(name: str) -> None:
    path = REFERENCE / f"{name}.bpmn"
    if not path.exists():
        assert "CI" not in os.environ, f"{path} is missing"
        pytest.skip("no reference models beside the checkout (../shared/data/bpmn)")
    read = document.read(path.read_bytes())
    root = drawn(svg(read))
    shown = " ".join(words(root).split("|")).replace(" ", "")
    placed = {shape.element for shape in diagram.diagrams(read)[0].shapes}
    names = [e.name for e in read.root.walk() if e.id in placed and e.local in {"task", "userTask"} and e.name]
    visible = sum(name.replace(" ", "").replace("\n", "")[:12] in shown for name in names)
    assert visible >= 0.8 * len(names)


def test_wrapping() -> None:
    assert lettering.wrap("", 50, 10) == []
    assert lettering.wrap("one two three", 1000, 10) == ["one two three"]
    rows = lettering.wrap("intention to control the consignment", 70, 11)
    assert " ".join(rows) == "intention to control the consignment"
    assert all(lettering.width(row, 11) <= 70 for row in rows)
    assert "".join(lettering.wrap("Donaudampfschifffahrtsgesellschaft", 40, 11)) == "Donaudampfschifffahrtsgesellschaft"
    assert lettering.wrap("a b c d e f", 12, 10, lines=2)[-1].endswith("…")
    assert lettering.wrap("guarantee_reference_amount", 80, 11)[0].endswith("_")
