"""Every item of the declared form stands in one box, and what is typed into it comes back as it was declared."""

from __future__ import annotations

import datetime as dt

import msgspec

from douane.applications.rex.messages import Activity, ExporterForm, RexIncomplete, RexNotKept
from douane.applications.rex.screens import boxes
from douane.author.pages import Words

FORM = ExporterForm(
    name="Lesquin SA", street_and_number="1 rue du Port", post_code="59000", town="Lille", telephone="+33 3",
    email="a@example.org", activity=Activity.PRODUCER, goods="Fabrics", headings=("5208", "5209"), undertakes=True,
    signed_by="Anne Petit", signed_on=dt.date(2027, 1, 5), remedied="Mended", publish=True,
)  # fmt: skip


def test_every_item_is_asked_once_with_its_own_label() -> None:
    asked = [name for _, names in boxes.BOXES.values() for name in names]
    assert sorted(asked) == sorted(each.name for each in msgspec.structs.fields(ExporterForm))
    labels = {f.name: str(f.label) for group in boxes.groups(None, Words("en")) for f in group.fields}
    assert labels["signed_on"] == "Signed on"


def test_what_stands_in_the_fields_is_the_form_again() -> None:
    said = {each.name: each.value for group in boxes.groups(FORM, Words("en")) for each in group.fields}
    assert msgspec.convert(boxes.form(said)["form"], ExporterForm) == FORM
    assert msgspec.convert(boxes.form(dict.fromkeys(said, ""))["form"], ExporterForm) == ExporterForm()


def test_each_fault_stands_at_its_box() -> None:
    told = RexIncomplete("A1", ())
    assert boxes.refused("RexIncomplete", msgspec.json.encode(told)) == ()
    why = RexNotKept("FRREX1", "It is revoked.", "IA 2015/2447 art. 89")
    (fault,) = boxes.refused("RexNotKept", msgspec.json.encode(why))
    assert "It is revoked." in fault.remedy
    assert boxes.refused("RexRegistered", b"{}") == ()
