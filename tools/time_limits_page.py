"""Writes docs/time-limits.md from the application model. ``python -m tools.time_limits_page``."""

from __future__ import annotations

from pathlib import Path

from douane.configuration import discovery
from douane.model.graph import Node, NodeKind
from douane.vocabulary.calendars import ZONES, built_in

PAGE = Path(__file__).parents[1] / "docs" / "time-limits.md"
HEAD = """# Time limits

Written by `tools/time_limits_page.py` from the application model; a test keeps the two equal. Do not edit.

A time limit is declared once (`vocabulary/limits.py`): id, article, kind, length, start, place, extensions, suspensions
and what silence means. It is counted by Regulation (EEC, Euratom) 1182/71
([decision 0090](decisions/0090-the-statutory-clock.md)): the day of the event does not count, an end on a day that is
none of work moves to the next (3(4)), two working days lie in a period of two days or more (3(5)), and it ends with the
last hour of its last local day. Nothing adds hours to now. Where it ends does not depend on the machine: an act a
microsecond before the last instant is in time, one at it is late.

A week is seven days, and of a part of a month thirty days make one (3(2)(d)). A period in hours begins with the hour
after that of its event (3(1)); one that is counted back in hours says whether that holds for it or the instant counts.
Minutes are counted from the instant. Suspensions that overlap stop a limit once, and none revives one that had ended.

`douane clock compute --days 30 --event 2026-11-26T10:00+01:00 --calendar FR` counts any period and says what moved it;
`douane clock explain REFERENCE` shows the limits of a case, `douane clock what-if --calendars FILE` which open cases
move when a calendar changes, and `douane clock what-if --limit ID --days N` when a limit does.

`douane law impact "UCC 22(3)"` names what rests on an article: limits, operations, steps, tasks, rules and pages; with
`--data` also the open cases that run by it.

## The limits

Kinds: *act*, something is to be done; *effect*, something begins or ceases; *backward*, counted back from an event;
*hours*; *date*, a day that an office or a declaration sets. An article that begins with *ours* is none: no law says it.

"""
CALENDARS = f"""
## Calendars

The calendar is that of the place where the act is to be done. Those of the Member States and of some neighbours come
with the product: days that are public holidays in the whole country, with the years in which they are, and the time
zone, from the IANA database {ZONES}. A Member State compares them with what it notified under art. 2(1). A place
without a calendar is counted by Saturdays and Sundays, in UTC; what is the Union's own in Brussels.

The setting `calendars` names a file that adds others or replaces one; an office with holidays of its own is named in
`offices`:

```json
{{
  "FR-ALSACE": {{
    "title": "Alsace and Moselle", "source": "Code du travail art. L3134-13", "within": "FR",
    "offices": ["FR006700"],
    "holidays": [
      {{"day": "easter-2", "name": "Good Friday"}},
      {{"day": "12-26", "name": "Saint Stephen", "since": 1892}},
      {{"day": "2027-05-03", "name": "Once only"}},
      {{"day": "first monday of 09", "name": "Every year", "observed": true}}
    ]
  }}
}}
```

Known without it: {{known}}.

## Two clocks

Statutory time is that of dates and limits; it is the machine's. In development alone
([decision 0091](decisions/0091-two-clocks.md)) `douane clock advance --days N` sets it ahead, and the setting
`time_scale` lets limits pass faster while a show lasts; both are said on the screen and in the report. Neither moves
tokens, certificates, revocation lists, leases, retries or the times of messages. A node without `development` refuses
both and ends with exit code 2. After a show what is left of a limit takes as long as the law says.
"""


def page() -> str:
    """The page as it should be."""
    limits = sorted(discovery.installed_model().of(NodeKind.LIMIT), key=lambda node: node.name)
    head = "| Limit | Article | Length | Kind | Moved by | What is due | Begins when | Where | Silence | Used by |\n"
    rows = "".join(_row(each) for each in limits)
    known = ", ".join(sorted(built_in().known))
    return HEAD + head + "|---" * 10 + "|\n" + rows + CALENDARS.replace("{known}", known)


def _row(limit: Node) -> str:
    facts = dict(limit.facts)
    more = "".join(f"; {name} {facts[name]}" for name in ("extensions", "suspensions") if facts[name])
    used = ", ".join(f"`{each}`" for each in facts["used"].split(", ") if each)
    cells = (
        f"`{limit.name}`", facts["article"], facts["length"] + more, facts["kind"], facts["moved by"], limit.title,
        facts["start"], facts["place"], facts["silence"], used,
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
