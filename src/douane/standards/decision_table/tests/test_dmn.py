"""DMN out and in again gives the same table; foreign files are read, or refused with line and remedy."""

import pytest
from lxml import etree

from douane.standards.decision_table.cells import Between, Cell, Equal, Prefix
from douane.standards.decision_table.compiled import compile_table
from douane.standards.decision_table.dmn import MODEL, export_dmn, import_dmn
from douane.standards.decision_table.document import HitPolicy, Table
from douane.standards.decision_table.reading import load_table
from douane.vocabulary.errors import DeclarationFault

STORED = """{
  "table": "duty_relief", "version": "3.1", "title": "Relief & <limits>", "valid_from": "2026-01-01",
  "valid_until": "2026-12-31", "hit_policy": "POLICY",
  "inputs": [{"name": "commodity", "type": "text", "label": "Commodity \\"code\\""},
             {"name": "value", "type": "number"},
             {"name": "day", "type": "date"}, {"name": "gift", "type": "boolean"}],
  "outputs": [{"name": "points", "type": "number"}OUTPUT],
  "rows": [
    {"id": "1",
     "when": {"commodity": "starts with 27, \\"a \\\\\\"b\\\\\\"\\", null", "value": "(0.5..150]", "gift": "true"},
     "then": {"points": 12.5TEXT}, "note": "Small & <cheap>."},
    {"id": "R-2", "when": {"commodity": "not(2710, starts with 28)", "value": ">= 150.25, -3",
     "day": "[2026-01-01..2026-02-01), > 2026-06-30"}, "then": {"points": -1}},
    {"id": "_x.9", "when": {"value": "> 1000", "day": "not(2026-05-05)"}, "then": {"points": 0}}
  ]
}"""


def stored(policy: str = "COLLECT", *, text_output: bool = True) -> Table:
    text = STORED.replace("POLICY", policy)
    text = text.replace("OUTPUT", ', {"name": "advice", "type": "text"}' if text_output else "")
    return load_table(
        text.replace("TEXT", ', "advice": "say \\"no\\" \\\\ é"' if text_output else "").encode(), "t.json"
    )


@pytest.mark.parametrize("policy", [p for p in HitPolicy if p is not HitPolicy.UNIQUE])
def test_a_table_survives_dmn_with_every_hit_policy(policy: HitPolicy) -> None:
    table = stored(policy.value, text_output=not policy.sums_up)
    again = import_dmn(export_dmn(table), "t.dmn")
    assert again.table == table
    assert again.notes == ()


def test_the_export_is_what_dmn_js_opens() -> None:
    root = etree.fromstring(export_dmn(stored("COLLECT SUM", text_output=False)))
    names = {"m": MODEL, "di": "https://www.omg.org/spec/DMN/20191111/DMNDI/"}
    assert root.tag == f"{{{MODEL}}}definitions"
    body = root.find("m:decision/m:decisionTable", names)
    assert body is not None
    assert (body.get("hitPolicy"), body.get("aggregation")) == ("COLLECT", "SUM")
    assert body.findtext("m:rule/m:inputEntry/m:text", namespaces=names) == 'starts with(?, "27"), "a \\"b\\"", null'
    assert root.find("di:DMNDI/di:DMNDiagram/di:DMNShape", names) is not None
    ids = [element.attrib["id"] for element in root.iter("*") if "id" in element.attrib]
    assert len(ids) == len(set(ids))


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="x" namespace="n">
  <decision id="Decision_1" name="Release Channel">
    <decisionTable id="dt" hitPolicy="FIRST">
      <input id="i1"><inputExpression typeRef="string"><text>Country Of Origin</text></inputExpression>
        <inputValues><text>"CN","US"</text></inputValues></input>
      <input id="i2"><inputExpression typeRef="integer"><text>grossMass</text></inputExpression></input>
      <output id="o1" name="channel" typeRef="string"/>
      <rule id="Rule_1"><inputEntry><text>"CN", "HK"</text></inputEntry><inputEntry><text>]10..20[</text></inputEntry>
        <outputEntry><text>"red"</text></outputEntry><annotationEntry><text>Known
route</text></annotationEntry></rule>
      <rule id="Rule_2"><inputEntry><text></text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"green"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


def test_a_foreign_table_is_read_and_what_it_loses_is_said() -> None:
    found = import_dmn(FOREIGN.encode(), "foreign.dmn", version="7")
    table = found.table
    assert (table.name, table.version, table.hit_policy) == ("release_channel", "7", HitPolicy.FIRST)
    assert [c.name for c in table.inputs] == ["country_of_origin", "gross_mass"]
    assert table.rows[0].cells == (Cell((Equal("CN"), Equal("HK"))), Cell((Between(10, 20),)))
    assert [row.note for row in table.rows] == ["Known route", ""]
    assert any("inputValues" in note for note in found.notes)
    decide = compile_table(table).decide
    assert decide({"country_of_origin": "HK", "gross_mass": 11}).row_ids == ("Rule_1",)
    assert decide({"country_of_origin": "HK", "gross_mass": 20}).row_ids == ("Rule_2",)


@pytest.mark.parametrize(
    ("old", "new", "remedy", "line"),
    [
        ('"CN", "HK"', "item.origin", "Quote the value", 9),
        ('hitPolicy="FIRST"', 'hitPolicy="PRIORITY"', "Choose UNIQUE", 4),
        ("grossMass", "sum(items.mass)", "plain name", 7),
        ('"green"', "1 + 1", "literals, not expressions", 13),
        ('typeRef="integer"', 'typeRef="tItem"', "typeRef", 7),
        ("<outputEntry><text>&quot;red&quot;</text></outputEntry>", "", "2 inputs, 1 outputs", 9),
        ("</definitions>", "", "Mend the XML", 16),
        ("20191111", "19990101", "DMN file of version", 2),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE a [<!ENTITY b "c">]>', "Leave it out", 1),
        ("UTF-8", "UTF-16", "declare UTF-8", 1),
    ],
)
def test_what_dmn_says_beyond_our_grammar_is_refused(old: str, new: str, remedy: str, line: int) -> None:
    text = FOREIGN.replace('"red"', "&quot;red&quot;")
    assert old in text
    with pytest.raises(DeclarationFault) as refused:
        import_dmn(text.replace(old, new).encode(), "foreign.dmn")
    fault = refused.value.faults[0]
    assert remedy in fault.remedy
    assert fault.line == line
    assert "foreign.dmn" in str(refused.value)


def test_prefixes_are_read_in_both_spellings() -> None:
    for spelling in ("starts with(?, &quot;CN&quot;)", "starts with &quot;CN&quot;"):
        text = FOREIGN.replace('"CN", "HK"', spelling)
        assert import_dmn(text.encode(), "f.dmn").table.rows[0].cells[0] == Cell((Prefix("CN"),))
