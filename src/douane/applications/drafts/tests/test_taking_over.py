"""Drafts of an older portal: their owner's alone, kept from when they were saved there, and overwriting nothing."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.drafts.messages import Change as Changed
from douane.applications.drafts.messages import DraftChanged, DraftQuestion, DraftsQuestion, OlderDraft
from douane.author import OPERATOR, NotFound
from douane.author.needs import OLDER_DRAFT_JUDGED
from douane.testing.office import START, Office, trader

FIRM = trader("FR40123456700017")
DRAFT = OlderDraft(
    owner=FIRM.party.identifier, name="old-draft-1", operation="customs_decisions.lodge", reference="B2",
    content='{"office":"FR005350"}', saved_at=START.replace(month=10, day=1),
)  # fmt: skip


def judged(office: Office, draft: OlderDraft) -> tuple[bool, list[str]]:
    judge: Any = office.supplied(OLDER_DRAFT_JUDGED, "EU")
    here, found = judge(draft)
    return here, [each.pointer for each in found]


def test_its_owner_goes_on_with_it_and_nobody_else_sees_it() -> None:
    office = Office("EU")
    office.send(DRAFT, by=OPERATOR)
    shown = office.ask(DraftQuestion(name="old-draft-1"), by=FIRM)
    assert (shown.content, shown.turn, str(shown.kept_until)) == ('{"office":"FR005350"}', 1, "2026-12-30")
    assert office.ask(DraftsQuestion(), by=trader("DE123456789012345")).drafts == ()
    change = DraftChanged(name="old-draft-1", turn=1, changes=(Changed(path="/office", value='"FR000001"'),))
    office.send(change, by=FIRM)
    office.send(replace(DRAFT, content="{}"), by=OPERATOR)
    assert office.ask(DraftQuestion(name="old-draft-1"), by=FIRM).content == '{"office":"FR000001"}'
    assert judged(office, DRAFT) == (True, [])


def test_one_that_is_too_old_or_to_come_is_told_and_not_kept() -> None:
    office = Office("EU")
    for wrong in (START.replace(month=7), START.replace(year=2027)):
        assert judged(office, replace(DRAFT, saved_at=wrong)) == (False, ["/saved_at"])
        office.send(replace(DRAFT, saved_at=wrong), by=OPERATOR)
        with pytest.raises(NotFound):
            office.ask(DraftQuestion(name="old-draft-1"), by=FIRM)
