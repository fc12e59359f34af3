"""The layout of a message from the command line agrees with what is written."""

from __future__ import annotations

import json

from douane.standards.edifact.repertoires import REPERTOIRES
from douane.standards.ncts.legacy import records
from douane.standards.ncts.legacy.tests.test_forms import crossing
from tests.cli.nodes import Printed, refused, said


def test_items_stand_where_the_layout_says(capsys: Printed) -> None:
    lines = records.write(crossing(), REPERTOIRES["UNOC"])[0].decode().split("\n")
    (group,) = json.loads(said(capsys, "layout", "CD118C", "--group", "TOP", "--json"))
    first, last = group["items"]
    assert (first["item"], first["element"], last["element"]) == ("MRN", 3, 4)
    assert lines[2][first["first"] - 1 :][: first["width"]] == "26FRLIL0000000QSJ6"
    assert lines[2][last["first"] - 1 :][: last["width"]] == "20261124"
    text = said(capsys, "layout", "CD118C")
    assert "TOP, level 1, once: /CD118C/TransitOperation" in text
    assert "  3        5-22        18     required  MRN" in text


def test_an_unknown_type_is_refused(capsys: Printed) -> None:
    assert "No message type CUSDEC is known" in refused(capsys, "layout", "CUSDEC")
