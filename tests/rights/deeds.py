"""What somebody may try: each tells whether he achieved it, by what the door answered and by nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from douane.applications.accounts.tests.test_certificates import request
from douane.applications.customs_decisions.tests.samples import CGU, application
from douane.applications.transit.tests.base_messages import invalidation_request
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.code_lists import CodeList
from douane.vocabulary.decisions import DecisionType
from douane.vocabulary.identifiers import Country, Grn
from tests.pages.union import DECLARATION, EXAMPLES, XML
from tests.rights.scene import (
    DELEGATE,
    FIRM,
    HOLDER,
    HOLDER_EORI,
    KEPT_EORI,
    OFFICER,
    REPRESENTATIVE,
    Scene,
    Who,
)

Deed = Callable[[Scene, Who], bool]


def sees(scene: Scene, who: Who) -> bool:
    """Opens the case of the released movement."""
    if who.person is not None:
        seen = scene.page(who, f"/cases/{scene.mrn}")
        return seen.status == 200 and scene.mrn in seen.text
    found = scene.ask(who, "case_files.show", reference=scene.mrn)
    return found.status == 200 and bool(found.json["line"]["reference"] == scene.mrn)


def finds(scene: Scene, who: Who) -> bool:
    """Asks where the released movement stands."""
    return scene.ask(who, "transit.find_movement", mrn=scene.mrn).status == 200


def lists(scene: Scene, who: Who) -> bool:
    """Finds the released movement in his list of cases."""
    if who.person is not None:
        return scene.mrn in scene.page(who, "/cases").text
    return _told(scene, who, "case_files.my_cases")


def hears(scene: Scene, who: Who) -> bool:
    """Finds what was said in the released movement in his list of messages."""
    return _told(scene, who, "case_files.my_messages")


def has_task(scene: Scene, who: Who) -> bool:
    """Is told of the task of the movement under control."""
    found = scene.ask(who, "case_files.my_tasks", limit=100)
    return found.status == 200 and any(each["reference"] == scene.held for each in found.json["tasks"])


def _told(scene: Scene, who: Who, operation: str) -> bool:
    after = ""
    for _ in range(40):
        found = scene.ask(who, operation, country="FR", limit=100, after=after)
        if found.status != 200:
            return False
        if scene.mrn in found.body.decode():
            return True
        after = found.json["after"]
        if not after:
            return False
    raise AssertionError("no end of pages")


def follows(scene: Scene, who: Who) -> bool:
    """Asks what became of the declaration, by the number of its receipt."""
    return scene.node.client(who.door, who.client).ask("GET", f"/v1/messages/{scene.receipt}").status == 200


def collects(scene: Scene, who: Who) -> bool:
    """Finds an answer to the declaration in his inbox."""
    after = ""
    client = scene.node.client(who.door, who.client)
    for _ in range(40):
        found = client.ask("GET", f"/v1/inbox?limit=500&after={after}")
        if found.status != 200 or not found.json["items"]:
            return False
        if any(each["case"] == scene.case for each in found.json["items"]):
            return True
        after = found.json["after"]
    raise AssertionError("no end of pages")


def takes(scene: Scene, who: Who) -> bool:
    """Acknowledges the last answer to the declaration that waits for its holder."""
    told = scene.node.client("speed2", HOLDER.client).ask("GET", f"/v1/messages/{scene.receipt}").json["answers"]
    place = told[-1]["id"]
    return scene.node.client(who.door, who.client).ask("POST", f"/v1/inbox/{place}/ack").status == 204


def declares_for_the_holder(scene: Scene, who: Who) -> bool:
    """Lodges a declaration that names the holder."""
    scene.asked += 1
    own = b"%07d-%d" % (scene.number, scene.asked)
    text = DECLARATION.replace(b"QS-0000001", b"XT-" + own).replace(b"QUICKSTART-1", b"X" + own)
    sent = scene.node.client(who.door, who.client).ask("POST", "/v1/messages", text, XML)
    asks = who if who.client == REPRESENTATIVE.client else HOLDER  # who has no role is not even told what became of it
    return "CC928C" in scene.answers(asks, sent)


def asks_to_invalidate(scene: Scene, who: Who) -> bool:
    """Is heard on an application to invalidate the movement under control: granted or refused on its merits."""
    base = invalidation_request()
    parts = {name: getattr(base, name) for name in base.__struct_fields__}
    scene.asked += 1
    parts |= {
        "message_identification": f"INV-{scene.number}-{scene.asked}",
        "transit_operation": p5.TransitOperation03(mrn=scene.held),
    }
    sent = scene.node.client(who.door, who.client).ask("POST", "/v1/messages", p5.write(p5.CC014C(**parts)), XML)
    if sent.status != 202:
        return False
    scene.answers(who, sent)
    found = scene.node.client(who.door, who.client).ask("GET", f"/v1/messages/{sent.json['receipt']}").json
    bodies = "".join(each.get("body", "") for each in found["answers"])
    return "<errorCode>90</errorCode>" not in bodies and bool(bodies)


def decides(scene: Scene, who: Who) -> bool:
    """Ends the control: the goods are released."""
    sent = scene.ask(who, "transit.decide_control", mrn=scene.held, satisfactory=True)
    scene.answers(who, sent)
    state = scene.ask(HOLDER, "case_files.show", reference=scene.held).json["line"]["state"]
    return bool(state == "released")


def claims(scene: Scene, who: Who) -> bool:
    """Takes the task of the movement under control, as it stands now."""
    tasks = scene.ask(OFFICER, "case_files.my_tasks", limit=100).json["tasks"]
    turn = next(each["turn"] for each in tasks if each["reference"] == scene.held)
    sent = scene.ask(
        who, "case_files.claim_task", case=f"mrn/{scene.held}", procedure="departure", task="control_goods",
        role="customs officer of departure", turn=turn,
    )  # fmt: skip
    return "TaskHeld" in scene.answers(who, sent)


def reads_all_of_it(scene: Scene, who: Who) -> bool:
    """Reads the case in one place, with what was declared."""
    found = scene.ask(who, "case_files.whole", reference=scene.held, country="FR")
    return found.status == 200 and bool(found.json["statements"])


def writes_to_the_holder(scene: Scene, who: Who) -> bool:
    """Writes to the holder in the case under control, to hear him."""
    sent = scene.ask(
        who, "case_files.write_letter", case=f"mrn/{scene.held}", role="customs officer of departure",
        template="hearing", to=HOLDER_EORI, grounds="The goods do not agree with the declaration.", country="FR",
    )  # fmt: skip
    return "LetterWritten" in scene.answers(who, sent)


def answers_the_letter(scene: Scene, who: Who) -> bool:
    """Answers the first letter of that case."""
    sent = scene.ask(who, "case_files.answer_letter", case=f"mrn/{scene.held}", letter=1, text="They do.", country="FR")
    return "LetterAnswered" in scene.answers(who, sent)


def records_passage(scene: Scene, who: Who) -> bool:
    """Records that the goods passed the German office of transit."""
    today = dt.datetime.now(ZoneInfo("Europe/Berlin")).date().isoformat()
    sent = scene.ask(who, "transit.record_passage", mrn=scene.mrn, office="DE004055", passed_on=today)
    answers = scene.answers(who, sent)
    return sent.status == 202 and "DeskRefusal" not in answers and "CD906C" not in answers


def registers_guarantee(scene: Scene, who: Who) -> bool:
    """Registers a French guarantee."""
    guarantee = json.loads((EXAMPLES / "guarantee.json").read_text())
    scene.asked += 1
    guarantee["grn"] = Grn.issue(2026, Country("FR"), f"{scene.number:08d}{scene.asked:04d}")
    del guarantee["officer"]
    return "GuaranteeRegistered" in scene.answers(who, scene.ask(who, "guarantees.register", **guarantee))


def reads_the_file(scene: Scene, who: Who) -> bool:
    """Sees declaration, guarantee, risk and documents of the released movement."""
    found = scene.ask(who, "transit.movement_file", mrn=scene.mrn)
    return found.status == 200 and bool(found.json["lines"])


def reads_guarantee(scene: Scene, who: Who) -> bool:
    """Sees limit and use of the guarantee."""
    grn = json.loads((EXAMPLES / "guarantee.json").read_text())["grn"]
    return scene.ask(who, "guarantees.show", grn=grn).status == 200


def changes_guarantee(scene: Scene, who: Who) -> bool:
    """Changes the reference amount of the guarantee."""
    grn = json.loads((EXAMPLES / "guarantee.json").read_text())["grn"]
    return "GuaranteeChanged" in scene.answers(who, scene.ask(who, "guarantees.change", grn=grn, limit="9000001.00"))


def ends_undertaking(scene: Scene, who: Who) -> bool:
    """Ends the undertaking of the guarantee."""
    grn = json.loads((EXAMPLES / "guarantee.json").read_text())["grn"]
    today = dt.datetime.now(dt.UTC).date().isoformat()
    sent = scene.ask(who, "guarantees.cancel", grn=grn, notified_on=today, reason="The guarantor cancelled it.")
    return bool(scene.answers(who, sent) & {"GuaranteeChanged", "CC231C", "CC225C"})


def finds_own_guarantees(scene: Scene, who: Who) -> bool:
    """Finds the guarantee of the holder in his list."""
    grn = json.loads((EXAMPLES / "guarantee.json").read_text())["grn"]
    found = scene.ask(who, "guarantees.mine", country="FR")
    return found.status == 200 and grn in {each["grn"] for each in found.json["lines"]}


def registers_operator(scene: Scene, who: Who) -> bool:
    """Enters a French operator."""
    entry = {"eori": f"FR{scene.number}9", "legal_name": "Test", "country": "FR", "valid_from": "2026-01-01"}
    return "OperatorRecordsKept" in scene.answers(who, scene.ask(who, "eori.deliver", operators=[entry]))


def vouches_for_a_person(scene: Scene, who: Who) -> bool:
    """States a French person as an officer."""
    entry = {
        "account": f"fr.test{scene.number}", "provider": "https://idp.example", "subject": str(scene.number),
        "name": "Test", "kind": "officer", "country": "FR", "roles": ["customs officer of departure"],
    }  # fmt: skip
    sent = scene.ask(who, "accounts.deliver", keeper="FR", accounts=[entry])
    return "AccountRecordsKept" in scene.answers(who, sent)


def delegates_in_the_holders_name(scene: Scene, who: Who) -> bool:
    """Gives a delegation of the holder to the firm at Duisburg."""
    return "DelegationKept" in scene.answers(who, _given(scene, who))


def _given(scene: Scene, who: Who, **scope: Any) -> Any:
    said = {"principal": HOLDER_EORI, "delegate": FIRM, "scope": "full", "valid_from": "2026-01-01"} | scope
    return scene.ask(who, "accounts.delegate", **said)


def is_given(**scope: Any) -> Deed:
    """The holder gives a delegation to the firm; whoever tries then opens the case."""

    def deed(scene: Scene, who: Who) -> bool:
        made = {k: [each.format(mrn=scene.mrn) for each in v] if isinstance(v, list) else v for k, v in scope.items()}
        assert "DelegationKept" in scene.answers(HOLDER, _given(scene, HOLDER, **made))
        return sees(scene, who)

    return deed


def is_accepted(scene: Scene, who: Who) -> bool:
    """The firm accepts it."""
    sent = scene.ask(REPRESENTATIVE, "accounts.accept", principal=HOLDER_EORI, delegate=FIRM)
    assert "DelegationKept" in scene.answers(REPRESENTATIVE, sent)
    return sees(scene, who)


def is_ended(scene: Scene, who: Who) -> bool:
    """The holder ends it."""
    sent = scene.ask(HOLDER, "accounts.end", principal=HOLDER_EORI, delegate=FIRM)
    assert "DelegationKept" in scene.answers(HOLDER, sent)
    return sees(scene, who)


def sees_delegations(scene: Scene, who: Who) -> bool:
    """Sees whom the holder lets act."""
    found = scene.ask(who, "accounts.mine", principal=HOLDER_EORI, delegate=FIRM)
    return found.status == 200 and bool(found.json["lines"])


def asks_for_a_certificate(scene: Scene, who: Who) -> bool:
    """Asks for a certificate for a program of the firm that keeps its keys."""
    sent = scene.ask(who, "accounts.ask_certificate", owner=KEPT_EORI, request=request())
    return "CertificateNoted" in scene.answers(who, sent)


def sees_certificates(scene: Scene, who: Who) -> bool:
    """Sees which programs are let in."""
    found = scene.ask(who, "accounts.certificates")
    return found.status == 200 and bool(found.json["lines"])


def asks_about_a_person(scene: Scene, who: Who) -> bool:
    """Asks the register of accounts what a person may do."""
    return scene.ask(who, "accounts.rights", keeper="EU", account=DELEGATE).status == 200


def checks_a_number(scene: Scene, who: Who) -> bool:
    """Checks an EORI number."""
    return scene.ask(who, "eori.validate", eori=[HOLDER_EORI]).status == 200


def asks_of_the_firm(operation: str, **said: Any) -> Deed:
    """Asks for a list of what his firm has."""

    def deed(scene: Scene, who: Who) -> bool:
        return scene.ask(who, operation, **said).status == 200

    return deed


def applies_for_the_firm(scene: Scene, who: Who) -> bool:
    """Applies for a decision in the name of the holder."""
    said = msgspec.to_builtins(
        application(DecisionType("CGU"), CGU, own=f"RT{scene.number}-{scene.asked}"), str_keys=True
    )
    return scene.ask(who, "customs_decisions.lodge", **said).status == 202


def reads_how_to_apply(scene: Scene, who: Who) -> bool:
    """Reads which decisions there are to apply for."""
    return scene.ask(who, "customs_decisions.types").status == 200


def enters(scene: Scene, who: Who) -> bool:
    """Asks a door what is open to him there."""
    return scene.node.client(who.door, who.client).ask("GET", "/openapi.json").status == 200


def publishes_codes(scene: Scene, who: Who) -> bool:
    """Publishes a code list for the Union."""
    said = {
        "number": "CL999", "name": "x", "version": CodeList("CL999", "x", ()).version, "source": "x",
        "snapshot": "2026-01-01", "imported_at": 0,
    }  # fmt: skip
    return scene.ask(who, "reference_data.publish", **said).status == 202
