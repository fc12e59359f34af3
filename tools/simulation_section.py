"""Writes the section "Simulation" of docs/reliability.md. ``python -m tools.simulation_section``.

The faults come from the code that strikes with them, the table of seeded bugs from the mutations and their record.
"""

from __future__ import annotations

import json
from pathlib import Path

from douane.simulator.union.faults import WEIGHTS
from tests.simulation.mutations import MUTATIONS
from tests.simulation.search import RECORDED

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGIN, END = "<!-- simulation -->\n", "<!-- end of simulation -->\n"
TITLE = "# Reliability\n\nWhat Douane promises of messages, and how anybody can try to break it.\n\n"
TEXT = """## Simulation

Written by `tools/simulation_section.py`; a test keeps it equal to the code.

`douane simulate --seed N [--hours H]` runs the whole union in one thread: the centre with two partitions, the own
systems of two administrations, traders, officers, adversaries, and the replicas of the other administrations. Doors,
links, core, lanes, audit log and the SQLite store run as everywhere; clock, randomness, network and disks come from the
seed. When nothing is ready the time jumps, so a day takes about a minute. A run has two phases. While faults strike,
nothing wrong may be seen; when they are over, everything drains: every message reaches its one final state, every
movement its end.

Movements go from Lesquin to Wien. Of some the goods are controlled, the declaration is amended, withdrawn or
invalidated by the office, the guarantee is unknown or kept abroad, the goods never arrive and an enquiry ends in
recovery. Of some goods are presented at Karlsruhe instead (IE002, IE003, IE024), or a seal breaks on the way and is
replaced (IE180, IE181, IE182). Holders ask whose a guarantee is, under faults, and when all is over what of it is in
use (IE034). Some pay with vouchers that their bank sells under an undertaking (IE224), change the access code of their
guarantee (IE026), and cross at an office of transit that was not declared, which asks for the record (IE114, IE115).

What is judged, from what parties hold and from every row of every store:

* each receipt is the same whenever it is given again; its message stands where it says, once, and is known;
* effects of a case follow the order of its messages (who only joins it holds up nobody, and may come late); a lane
  keeps its order and counts without gaps; each message between nodes arrives once;
* each delivery is confirmed once, and was seen by its party, unchanged, in order, also after a forgotten cursor;
* what a guarantee has reserved is the sum over the movements that use it; each movement ends once;
* diverted goods are discharged where they came to, and who expected them is told so once; an incident is told to the
  holder and as often to the destination; neither is told of any other movement; a holder who asks is told what the
  ledger of his guarantee holds;
* a voucher that was sold covers one movement and never another; an access code opens once it was given, and the former
  one nothing from then on; an office of transit that asks gets the record;
* every replica read every outcome once;
* indexes, case index, names and timers are what the records say; a name leads to one
  case; positions are dense; nothing is left aside;
* every message stands in the partition of its case, and in its timeline; what is passed on about a case stands
  together;
* nobody touched a case in which he had no part: each effect has a causing message whose sender opened the case as its
  issuer, had a role in it for the operation, joined by its rule, answered a question that waited for him, or is the
  core, by a table written by hand; a stranger is told that the reference is unknown, and no more;
* the audit log is whole, each receipt's leaf is where it was promised, checkpoints that a witness outside kept are
  prefixes of it.

A run prints a digest of all its events; the same seed gives the same digest. A failing run is shortened: faults and
traders are taken out while it still fails. `make simulate` runs 200 seeds and repeats the seeded bugs.

Adversaries go for the cases of others: a trader, the systems of an administration on the route and of one off it, an
officer of elsewhere, an insider of an administration that is asked something, a hosted application gone wrong, and the
captured doors of both circles, which speak through their links as any party of their circle but those of the run. They
join, answer with stolen identifications, replay, guess references, squat names, take and free reservations, and put
their messages right in front of or right behind lawful ones, so that one tick takes both. `--adversaries` sets how many
strikes there are in an hour. Without faults each seed also has a twin without adversaries: states, guarantees and what
lawful parties were told must be equal.

What strikes, with its weight:

| Fault | Weight |
|---|---|
"""
BUGS = """
### Seeded bugs

A net is as good as what it has caught. Each of these bugs is patched into the running product, never into its code,
and must be noticed at the recorded seed (or, when the product has changed since, within the next few). `make soak`
looks for seeds anew, at most 200 for each; a seed counts only where the product without the bug is sound.

| Bug | Promise that it breaks | Seed | Noticed by |
|---|---|---|---|
"""


def section() -> str:
    """The section as it should be."""
    faults = "".join(f"| {kind.value} | {weight} |\n" for kind, weight in WEIGHTS.items())
    recorded = json.loads(RECORDED.read_text())
    rows = []
    for each in MUTATIONS:
        found = recorded.get(each.name, {"seed": "-", "by": "-"})
        rows.append(f"| {each.name} | {each.takes_away} | {found['seed']} | {_cell(found['by'])} |\n")
    return BEGIN + TEXT + faults + BUGS + "".join(rows) + END


def _cell(text: str) -> str:
    return text.replace("|", "\\|")[:120]


def page() -> str:
    """The page with its section renewed; other sections stay as they are."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else TITLE
    before, begin, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if begin else ""
    return f"{before if begin else before.rstrip() + chr(10) * 2}{section()}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
