"""The receipt of a message of a case, as a page to print, and the evidence pack to keep with it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlencode

from douane.channels.browser import safety
from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.needs import CASE_FILE, MESSAGE_EVIDENCE
from douane.model.routes import Opening
from douane.pages.blocks import Card, Facts, Inline, Link, Page, Ref, Small, Tag, Text, Tone
from douane.runtime.catalogue.catalogue import Catalogue
from douane.shared_services.web.answers import Response
from douane.vocabulary.errors import BadQuery, NotFound

RECEIPT: Final = "/cases/{reference}/receipts/{leaf}"
PACK: Final = "/cases/{reference}/evidence/{leaf}"
MEDIA: Final = "application/zip"


def views(catalogue: Catalogue) -> tuple[View, ...]:
    """The page and the pack; none where no application tells of cases or proves their messages."""
    shown, proven = catalogue.filling(CASE_FILE), catalogue.filling(MESSAGE_EVIDENCE)
    if not shown or not proven:
        return ()

    async def receipt(visit: Visit) -> Answer:
        file = await visit.ask(shown, reference=visit.path["reference"], country=visit.query.get("country", ""))
        leaf = leaf_of(visit)
        message = next((each for each in file.messages if each.leaf == leaf and each.direction != "inside"), None)
        if message is None:
            raise NotFound("No message of yours is known under this number.", remedy="Look at the case.")
        return _page(file, message, visit)

    async def pack(visit: Visit) -> Answer:
        answer = await visit.ask(
            proven, reference=visit.path["reference"], country=visit.query.get("country", ""), leaf=leaf_of(visit)
        )
        return Response(200, answer.pack, MEDIA, (safety.saved_as(answer.name), ("cache-control", "no-store")))

    return (View(page("GET", RECEIPT, Opening.OPERATION, shown), receipt),
            View(page("GET", PACK, Opening.OPERATION, proven), pack))  # fmt: skip


def leaf_of(visit: Visit) -> int:
    """The number of a message in an address. Raises BadQuery for what is none."""
    text = visit.path["leaf"]
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise BadQuery("This is no number of a message.", remedy="Open the receipt from the case.")
    return int(text)


def _page(file: Any, message: Any, visit: Visit) -> Page:
    """What was received or sent, when, under which digest, and what its signature came to."""
    words, reference = visit.words, file.line.reference
    came = message.direction == "in"
    query = f"?{urlencode({'country': visit.query['country']})}" if visit.query.get("country") else ""
    facts: list[tuple[str, Inline]] = [
        (words.plain("Message"), Ref(message.message)),
        (words.plain("Type"), Ref(message.type)),
        (words.plain("Case"), Link(reference, f"/cases/{quote(reference, safe='')}{query}")),
        (words.plain("Received from") if came else words.plain("Sent to"), Ref(message.party)),
        (words.plain("At"), f"{message.at:%Y-%m-%d %H:%M:%S} UTC"),
        (words.plain("By"), Ref(message.channel)),
        (words.plain("Number in the audit log"), Ref(str(message.leaf))),
        (words.plain("SHA-256 of the message"), Ref(message.digest)),
    ]
    if message.by:
        facts.append((words.plain("by the delegate"), Ref(message.by)))
    if message.signature is not None:
        found = message.signature
        tone = Tone.GOOD if found.indication == "TOTAL-PASSED" else Tone.WAIT
        said = (Tag(found.indication, tone), " ", found.signer, Small(Ref(found.sub_indication)))
        facts.append((words.plain("Signature"), said))
    kept = words.say(
        "It holds the message as it came, its receipt, the report of its signature and the proof from the audit log. "
        "Whoever has it checks it without us; hand it only to whom the message concerns."
    )
    address = PACK.replace("{reference}", quote(reference, safe="")).replace("{leaf}", str(message.leaf))
    return Page(
        words.plain("Receipt"),
        (
            Card("receipt", words.plain("What is recorded"), (Facts(tuple(facts)),)),
            Card("pack", words.plain("Evidence pack"), (
                Text(kept), Text(Link(words.plain("Download the evidence pack"), address + query, "btn")),
                Text((words.say("To check it:"), " ", Ref("python verify.py PACK.zip --key KEY --root ROOT.pem"))),
            )),
        ),
        Ref(reference),
        words.plain("Receipt"),
        crumbs=(Link(words.plain("Cases"), "/cases"), Link(reference, f"/cases/{quote(reference, safe='')}{query}")),
    )  # fmt: skip
