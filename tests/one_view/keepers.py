"""What a trader begins with each keeper by the centre, and what his lists and pages must say of it."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Any, Final

from tests.one_view.expected import waited
from tests.one_view.files import Program
from tests.one_view.messages import (
    GOODS,
    HOLDER,
    RECEIVER,
    WAYS,
    WRONG_TYPE,
    application,
    arrival,
    declaration,
    exporter,
    grn,
    guarantee,
)
from tests.one_view.person import Person
from tests.one_view.scene import Keeper, Scene
from tests.outside.door import Caller, Unexpected

DECLARED, REFUSED, APPLIED = "1", "2", "3"
"""What is begun with a keeper: a movement, one that is refused, an application."""
IN_WORDS: Final = {DECLARED: "declaration", REFUSED: "refused declaration", APPLIED: "application"}
SETTLED: Final = {DECLARED: "released", REFUSED: "rejected", APPLIED: "lodged"}
"""The state in which each stays until somebody acts."""
ITS_DOOR_SECONDS, SHOWN_SECONDS, TOLD_SECONDS = 40.0, 5.0, 15.0
"""Until the keeper has handled it; from then on until the list says so; and until the keeper told its summary."""
OFFICES: Final = {"DE": "DE003450", "AT": "AT100000"}
"""Of guarantee."""
HOSTED: Final = ("transit", "risk_analysis")
"""What a host does for its guest: a declaration is assessed where it is handled."""
AHEAD: Final = dt.timedelta(seconds=4)
FILES: Final = "CZ"
"""The administration that reads and writes files."""
QUEUES: Final = "IT"
"""The administration that reads queues, which nobody plays once the journeys of the demonstration are over."""


def own(scene: Scene, code: str) -> Keeper:
    """An administration with a node of its own, and a guarantee that it registered."""
    officer = Caller(scene.union.nations[code], f"{code.lower()}.officer", "ccn2")
    number = grn(code, scene.run)
    officer.call("guarantees", "register", **guarantee(number, OFFICES[code]))
    officer.gets("GuaranteeRegistered", about=number)
    return _known(scene, Keeper(WAYS[code], code, officer, number))


def hosted(scene: Scene, code: str, host: str) -> Keeper:
    """An administration whose transit another one's system serves from now on, because it chose that."""
    offers, chooses = (Caller(scene.centre, f"{each.lower()}.system", "ccn2") for each in (host, code))
    offers.call("provision", "offer", provider=host, services=list(HOSTED), guests=[code])
    since = dt.datetime.now(dt.UTC) + AHEAD
    for service in HOSTED:
        chooses.call(
            "provision", "choose", administration=code, of=service, provider=host, since=since.isoformat(),
            decided_by="Director general", reason=f"One view {scene.run}",
        )  # fmt: skip
    officer = Caller(scene.centre, "fr.officer", "ccn2")  # its own guarantees are kept by a system that nobody plays
    number = grn("FR", scene.run)
    officer.call("guarantees", "register", **guarantee(number))
    officer.gets("GuaranteeRegistered", about=number)
    time.sleep(max((since - dt.datetime.now(dt.UTC)).total_seconds(), 0) + 1)
    at_the_host = Caller(scene.union.nations[host], f"{code.lower()}.officer", "ccn2")
    return _known(scene, Keeper(WAYS[code], host, at_the_host, number))


def _known(scene: Scene, keeper: Keeper) -> Keeper:
    scene.keepers[keeper.code] = keeper
    return keeper


def begin(scene: Scene, keeper: Keeper, *whats: str) -> None:
    """Send what begins cases with a keeper, at the door of the centre."""
    for what in whats:
        name = scene.name(keeper.code, what)
        if what == APPLIED:
            scene.holder.call("customs_decisions", "lodge", **application(keeper.way, name))
        else:
            kind = WRONG_TYPE if what == REFUSED else "T1"
            scene.holder.send(declaration(keeper.way, name, keeper.cover, kind))
        scene.begun[keeper.code, what] = name


def expect(scene: Scene, keeper: Keeper, *whats: str) -> None:
    """The list says of each case what the keeper's own door says; its messages are read; its keeper told of it."""
    for what in whats:
        name = scene.begun[keeper.code, what]
        scene.sheet.expect(
            keeper.code, f"{IN_WORDS[what]}: its keeper's own door", SETTLED[what],
            lambda n=name: str(keeper.line(n)["state"]), ITS_DOOR_SECONDS,  # type: ignore[misc]
        )  # fmt: skip
        wanted = as_shown(keeper.line(name), name)
        expect_line(scene, keeper.code, what, wanted)
        expect_messages(scene, keeper.code, what)
        if what != REFUSED:  # the keeper gave it no number, by which it could tell of it
            scene.sheet.expect(
                keeper.code, f"{IN_WORDS[what]}: who told how it stands", f"{keeper.served_by}, nothing since",
                lambda n=name: told(scene.declarant.line(n)), TOLD_SECONDS,  # type: ignore[misc]
            )  # fmt: skip
            if keeper.code in OFFICES:
                scene.sheet.expect(
                    keeper.code, f"{IN_WORDS[what]}: what its system says now, on its page", wanted,
                    lambda n=name: said_now(scene.declarant, n), SHOWN_SECONDS,  # type: ignore[misc]
                )  # fmt: skip


def expect_line(scene: Scene, code: str, what: str, wanted: str) -> None:
    """The list has a case of the holder, in time, with the state that is wanted."""
    name = scene.begun[code, what]
    scene.sheet.expect(
        code, f"{IN_WORDS[what]}: the list says what its keeper's own door says", wanted,
        lambda: as_shown(scene.declarant.line(name), name), SHOWN_SECONDS,
    )  # fmt: skip


NUMBER: Final = {DECLARED: 4, REFUSED: 2, APPLIED: 2}
"""Messages of each: with the acknowledgement, the MRN and the release; with the refusal; with the receipt."""


def expect_messages(scene: Scene, code: str, what: str, number: int = 0) -> None:
    """Each message of a case opens in words: what was sent, and what was answered last; a refusal with its reason."""
    name = scene.begun[code, what]
    number = number or NUMBER[what]
    sent = name if what == APPLIED else GOODS
    scene.sheet.expect(
        code, f"{IN_WORDS[what]}: its messages are read", f"{number} pages; sent and answered in words",
        lambda: read(scene.declarant, scene.declarant.line(name), name, sent), SHOWN_SECONDS,
    )  # fmt: skip
    if what == REFUSED:
        scene.sheet.expect(
            code, f"{IN_WORDS[what]}: why, on top of its case", "yes",
            lambda: _on_top(scene.declarant.case(scene.declarant.line(name)).body), SHOWN_SECONDS,
        )  # fmt: skip


def read(person: Person, line: dict[str, Any], name: str, sent: str) -> str:
    """How many messages of a case open, and whether the first says what was sent and the last what it is about."""
    pages = person.messages(line)
    if not pages:
        return "0 pages"
    first, last = pages[0].text, pages[-1].text
    missing = [] if sent in first else [f"no {sent} in the first"]
    if len(pages) > 1 and not any(each in last for each in (name, line["reference"])):
        missing.append(f"neither {name} nor {line['reference']} in the last")
    return f"{len(pages)} pages; {', '.join(missing) or 'sent and answered in words'}"


def _on_top(page: str) -> str:
    reason, line = page.find('id="h-faults"'), page.find('id="h-timeline"')
    return "yes" if 0 <= reason < line else "no"


def as_shown(line: dict[str, Any], name: str) -> str:
    """A case by the name that customs gave it, else by ours, and its state."""
    reference = line["reference"] if line["reference"] != line["case"] else name
    return f"{reference} {line['state']}"


def said_now(person: Person, name: str) -> str:
    """What the system that keeps a case says of it to whoever looks at its page; why that is not known, else."""
    line = person.line(name)
    way = f"/cases/{line['reference']}/live?country={line['administration']}&format=json"
    (asked,) = json.loads(person.page(way).body)["operations"]
    answer = asked["answer"]
    return as_shown(answer["shown"]["file"]["line"], name) if answer["shown"] else str(answer["known"])


def told(line: dict[str, Any]) -> str:
    """Whose system told how a case stands, and why that may have changed since."""
    summary = line["summary"]
    return f"{summary['keeper']}, {summary['why'] or 'nothing since'}" if summary else "nobody"


def arrives(scene: Scene) -> None:
    """Goods from Germany are presented at Wien: the person of Wien sees her arrival as the Austrian door does."""
    keeper, mrn = scene.keepers["AT"], scene.declarant.line(scene.begun["DE", DECLARED])["reference"]
    if not waited(lambda: bool(keeper.line(mrn)), ITS_DOOR_SECONDS):
        raise Unexpected(f"the Austrian system never heard of {mrn}")
    before = keeper.line(mrn)["state"]
    scene.receiver.send(arrival(mrn, "AT100000", scene.name("AT", "A")))
    waited(lambda: keeper.line(mrn)["state"] != before, ITS_DOOR_SECONDS)
    scene.sheet.expect(
        "AT", "arrival: the list of the person of Wien says what the Austrian door says",
        as_shown(keeper.line(mrn), mrn), lambda: as_shown(scene.wien.line(mrn), mrn), TOLD_SECONDS,
    )  # fmt: skip
    for path in ("/messages", "/"):
        scene.sheet.expect(
            "AT", f"arrival: she finds it at {path}", "yes",
            lambda p=path: "yes" if mrn in scene.wien.page(p).body else "no", SHOWN_SECONDS,  # type: ignore[misc]
        )  # fmt: skip


def legacy(scene: Scene) -> None:
    """Systems that are none of ours: what the centre carried is all that is known, and it says so."""
    for code, whats in ((QUEUES, (DECLARED,)), ("BE", (APPLIED,))):
        keeper = scene.keepers.get(code) or Keeper(WAYS[code], code, cover=grn(code, scene.run))
        begin(scene, keeper, *whats)
        for what in whats:
            name = scene.begun[code, what]
            expect_line(scene, code, what, f"{name} sent to {code}")
            expect_messages(scene, code, what, 1)


def files(scene: Scene) -> None:
    """A program that reads and writes files gives one declaration its number and refuses another."""
    folder = scene.union.data / "files" / FILES.lower()
    if not folder.is_dir():
        raise Unexpected(f"{folder} is not there: this union reaches nobody by files")
    keeper = _known(scene, Keeper(WAYS[FILES], FILES, cover=grn(FILES, scene.run)))
    program = Program(folder, FILES, HOLDER, scene.run)
    begin(scene, keeper, DECLARED, REFUSED)
    refused = scene.begun[FILES, REFUSED]
    program.work(refuse=refused, declarations=2, seconds=ITS_DOOR_SECONDS)
    for what in (DECLARED, REFUSED):
        name = scene.begun[FILES, what]
        expect_line(scene, FILES, what, f"{program.given[name]} accepted" if what == DECLARED else f"{name} rejected")
        expect_messages(scene, FILES, what, 3 if what == DECLARED else 2)


def registered(scene: Scene) -> None:
    """Austria registers an exporter, who applied at the centre."""
    officer = scene.keepers["AT"].own
    assert officer is not None
    known = officer.call("rex", "list_exporters", country="AT")["lines"]
    scene.number = next((str(each["number"]) for each in known if each["exporter"] == RECEIVER), "")
    if not scene.number:  # a former run at this union may have had it registered
        own_reference = scene.name("AT", "R")
        sent = scene.receiver.call("rex", "apply", **exporter(own_reference, "AT"))
        taken = scene.receiver.gets("RexReceived", "RexIncomplete", about=own_reference)
        reference = str(json.loads(taken.body)["reference"])
        officer.call("rex", "decide", reference=reference, registered=True)
        scene.number = str(json.loads(scene.receiver.gets("RexRegistered", about=sent["id"]).body)["number"])
    for who in ("", "trader.de.rhein"):
        scene.sheet.expect(
            "AT", f"check of an exporter's number by {who or 'the public'}", "yes",
            lambda w=who: str(scene.validated(scene.number, who=w)["known"]["says"]), SHOWN_SECONDS,  # type: ignore[misc]
        )  # fmt: skip
