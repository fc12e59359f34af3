"""Pages beside no store offer the code lists that a core publishes, and ask for those alone that are new."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from douane.assembly.link import LinkListeners
from douane.configuration.lists import AskedLists, code_lists
from douane.runtime.door.link import Link, Published
from douane.vocabulary.code_lists import Entry
from tests.contracts.test_link import Core, Made, go, over_both

ENTRIES = (Entry("FR", dt.date(2020, 1, 1)), Entry("GB", dt.date(2021, 1, 1), False, '{"x":1}'))


class Publishing(Core):
    """A core with a list of codes. at: when it was published."""

    at = 5

    def begin(self) -> None:
        super().begin()
        self.end = dataclasses.replace(self.end, published=self._published)
        self.listeners = LinkListeners(
            [self.address], self.listeners.identity, self.end, self.listeners.sessions
        )  # fmt: skip

    def _published(self, number: str) -> Published:
        return {"CL1": self.at}, *(("Countries", ENTRIES) if number == "CL1" else ("", ()))


@over_both
def test_pages_follow_what_is_published(form: Made, tmp_path: Path) -> None:
    core = Publishing(tmp_path)

    async def journey(link: Link) -> None:
        asked = AskedLists(link)
        await asked.renew()
        first = asked.lists
        assert first["CL1"].codes(dt.date(2020, 6, 1)) == {"FR"}
        assert len(first["CL1"]) == len(ENTRIES)
        assert set(code_lists().numbers()) < set(first.numbers())
        await asked.renew()
        assert asked.lists is first, "nothing was published since"
        core.at = 6
        await asked.renew()
        assert asked.lists is not first

    go(form, core, journey)
