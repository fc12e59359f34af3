"""What a captured door may hand over in one message: the core believes none of its bounds."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from douane.runtime.door.link import LARGEST_BODY, MOST_ATTACHMENTS, Link
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.origin import Attachment, digest_of
from douane.vocabulary.errors import Fault, TooLarge
from douane.vocabulary.faults import NAMED
from tests.callers import with_content
from tests.contracts.test_link import Core, Made, go, over_both


@over_both
def test_a_captured_door_is_believed_no_size(form: Made, tmp_path: Path) -> None:
    core = Core(tmp_path)
    good = core.order("O1")
    fault, attachment = Fault("/a", "12", "Mend it.").facts(), Attachment("a", "a/b", "0" * 64, 1)
    changes = (
        with_content(good.envelope, body=bytes(LARGEST_BODY + 1)),
        with_content(good.envelope, attachments=(attachment,) * (MOST_ATTACHMENTS + 1)),
        msgspec.structs.replace(good.envelope, faults=(fault,) * (NAMED + 1)),
    )

    async def journey(link: Link) -> None:
        for changed in changes:
            known = with_content(changed, digest=digest_of(changed.content.body, changed.content.attachments))
            with pytest.raises(TooLarge):
                await link.submit(Arrival(known, good.message))

    go(form, core, journey)
    assert core.placed() == 0
