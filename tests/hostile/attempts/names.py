"""Whose a name is: references that somebody binds before their issuer does, and messages under another's name."""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from dataclasses import dataclass

from douane.vocabulary.identifiers import Country, Mrn, Procedure
from tests.hostile import messages
from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import Scene, all_roles, scene
from tests.hostile.union import Shape, Union


@attempt("admission 3")
def arrival_record_squats_an_mrn(union: Union) -> Effect:
    """Portugal announces a French movement in Austria first; its arrival is never heard of (admission 3)."""
    s = scene(union)
    mrn, theirs, asked = s.waiting()
    forged = messages.anticipated_arrival(
        s.id("F"), mrn, sender="NTA.PT", recipient="NTA.AT", holder=messages.STRANGER, departure="PT000040"
    )
    s.system("PT").send(forged)
    s.settled()
    s.system("BE").send(messages.guarantee_result(s.id("R"), mrn, theirs, sender="NTA.BE", correlation=asked))
    s.holder.needs("CC029C", mrn)
    s.settled()
    s.at("trader.at.wien", "speed2").send(messages.arrival(s.id("A"), mrn))
    s.settled()
    state = s.becomes(mrn, "arrived", seconds=3)
    return Effect(state != "arrived", f"the goods are in Austria, and the movement is {state}")


@attempt("admission 3")
def passage_record_squats_an_mrn(union: Union) -> Effect:
    """Portugal announces the passage in Germany first; the crossing is told to Portugal (admission 3)."""
    s = scene(union)
    mrn, theirs, asked = s.waiting()
    forged = messages.anticipated_arrival(
        s.id("F"), mrn, sender="NTA.PT", recipient="NTA.DE", departure="PT000040", passage=True
    )
    s.system("PT").send(forged)
    s.settled()
    s.system("BE").send(messages.guarantee_result(s.id("R"), mrn, theirs, sender="NTA.BE", correlation=asked))
    s.holder.needs("CC029C", mrn)
    s.settled()
    passed = {"mrn": mrn, "office": "DE004055", "officer": "de.officer", "passed_on": messages.today()}
    s.officer("DE").order("transit", "record_passage", passed, s.id("P"))
    s.settled()
    told = s.node.douane("timeline", mrn).stdout
    crossed = "transit.notify_crossing" in told
    return Effect(not crossed, f"the office of departure {'hears' if crossed else 'never hears'} of the crossing")


@attempt("admission 3")
def representative_squats_an_lrn(union: Union) -> Effect:
    """Who calls himself representative takes a holder's LRN; the holder is refused (admission 3)."""
    s = scene(union)
    s.guarantee()
    stolen = messages.declaration(
        s.lrn, s.id("Q"), sender=messages.STRANGER, representative=messages.STRANGER, grn=s.grn, code="NONE"
    )
    s.stranger.send(stolen)
    s.settled()
    s.lodge()
    released = s.holder.gets("CC029C", s.id("D"), 4)
    told = [each.type for each in s.holder.items if each.answers == s.id("D")]
    return Effect(released is None, f"the holder's own declaration is answered by {', '.join(told) or 'nothing'}")


@attempt("admission 3")
def tir_holder_is_not_compared(union: Union) -> Effect:
    """A stranger lodges under another's TIR number and takes its LRN (admission 3)."""
    s = scene(union)

    def tir(id: str, sender: str) -> str:
        text = messages.declaration(s.lrn, id, sender=sender, grn=s.grn)
        return text.replace(
            f"<HolderOfTheTransitProcedure>\n    <identificationNumber>{messages.HOLDER}</identificationNumber>",
            f"<HolderOfTheTransitProcedure>\n    <TIRHolderIdentificationNumber>AUT/042/{s.n}"
            "</TIRHolderIdentificationNumber>",
        ).replace("<declarationType>T1", "<declarationType>TIR")

    s.stranger.send(tir(s.id("Q"), messages.STRANGER))
    s.settled()
    own = s.holder.send(tir(s.id("D"), messages.HOLDER))
    if own.status_code != 202:
        return Effect(False, f"nobody declares under a TIR number that no register vouches for ({own.status_code})")
    answer = s.holder.needs("CC056C", s.id("D"))
    taken = "<errorCode>26</errorCode>" in answer.body
    return Effect(taken, f"the holder is told {'that the reference is taken' if taken else 'what else is wrong'}")


@attempt("admission 3")
def stranger_imports_in_anothers_name(union: Union) -> Effect:
    """A stranger declares an import in a trader's name, who is refused under his own reference then (admission 3)."""
    s = scene(union)
    item = {"commodity": "090121", "description": "Coffee", "gross_mass": "10", "value": "100"}
    content = {
        "lrn": s.lrn, "declarant": messages.HOLDER, "office": messages.OFFICE, "country_of_dispatch": "CN",
        "country_of_destination": "FR", "items": [item],
    }  # fmt: skip
    s.stranger.order("import_procedure", "declare", content, s.id("Q"))
    s.settled()
    own = s.holder.order("import_procedure", "declare", content, s.id("I"))
    if own.status_code != 202:
        raise CannotBePlayed(f"the trader's own declaration is refused: {own.text[:150]}")
    s.settled()
    s.holder.collect(1)
    told = [each for each in s.holder.items if each.type.startswith("Import") and s.lrn in each.body]
    refused = any(each.type == "ImportRefused" for each in told)
    s.holder.order("import_procedure", "declare", content | {"lrn": f"{s.lrn}C"}, s.id("C"))
    if s.holder.gets("ImportAccepted", f"{s.lrn}C", 3) is None:
        raise CannotBePlayed("the same declaration is refused under a reference that nobody took")
    answers = ", ".join(each.type for each in told) or "nothing"
    return Effect(refused, f"the trader's own declaration is answered by {answers}")


@attempt("admission 8")
def administration_relays_a_forged_release(union: Union) -> Effect:
    """Portugal sends a French trader the release of a French movement, and it lies in his inbox (admission 8)."""
    s = scene(union)
    released = _release_of_another(union)
    mrn, _, _ = s.waiting()
    forged = re.sub(r"<MRN>[^<]+", f"<MRN>{mrn}", released)
    forged = re.sub(r"<messageSender>[^<]+", "<messageSender>NTA.PT", forged)
    forged = re.sub(r"<messageIdentification>[^<]+", f"<messageIdentification>{s.id('L')}", forged)
    answer = s.system("PT").send(forged)
    got = s.holder.gets("CC029C", mrn, 3)
    return Effect(got is not None, f"the trader {'gets' if got else 'never gets'} a release while Belgium has not "
                  f"answered ({answer.status_code})")  # fmt: skip


@attempt("admission 8", "security smaller")
def two_letters_make_a_sender(union: Union) -> Effect:
    """A message whose sender only ends in the administration's letters is passed on under that name (admission 8)."""
    s = scene(union)
    released = _release_of_another(union)
    forged = re.sub(r"<messageSender>[^<]+", "<messageSender>NTA.FR.PT", released)
    forged = re.sub(r"<messageIdentification>[^<]+", f"<messageIdentification>{s.id('L')}", forged)
    s.holder.collect()
    s.system("PT").send(forged)
    s.settled()
    s.holder.collect(2)
    got = [each for each in s.holder.items if "NTA.FR.PT" in each.body]
    return Effect(bool(got), f"{len(got)} messages of 'NTA.FR.PT' lie in the trader's inbox")


def _release_of_another(union: Union) -> str:
    """A real release, as any party of any movement has one."""
    s = scene(union)
    mrn = s.released()
    found = s.holder.gets("CC029C", mrn)
    if found is None:
        raise CannotBePlayed("no release to forge")
    return found.body


@attempt("admission 8")
def administration_relays_under_an_mrn_that_it_made_up(union: Union) -> Effect:
    """Portugal, which issues its own MRNs, releases to a French trader a movement that there is not (admission 8)."""
    released = _release_of_another(union)
    s = scene(union)
    invented = str(Mrn.issue(2026, Country("PT"), f"00000000{s.n:04d}", Procedure.of_transit("0")))
    forged = re.sub(r"<MRN>[^<]+", f"<MRN>{invented}", released)
    forged = re.sub(r"<messageSender>[^<]+", "<messageSender>NTA.PT", forged)
    forged = re.sub(r"<messageIdentification>[^<]+", f"<messageIdentification>{s.id('L')}", forged)
    answer = s.system("PT").send(forged)
    got = s.holder.gets("CC029C", invented, 3)
    what = "gets" if got else "never gets"
    return Effect(got is not None, f"the trader {what} a release that nobody declared ({answer.status_code})")


# --- names that a provider tells the centre: France was served by Belgium, then by Germany, and is by the centre now


HOSTED = Shape("hosted", prepare=all_roles)
"""A centre with guarantees and transit of France, which others had before it."""
SPELL = 2.5
"""Seconds that each of them serves."""
SERVICES = ("guarantees", "transit")
MOST_NAMES = 1_000
"""Names that a host may tell a day whatever it has acknowledged."""


@dataclass(frozen=True)
class Hosted:
    """A scene in which others served France. began: an instant at which each of them did, in microseconds."""

    scene: Scene
    began: dict[str, int]

    def tells(self, host: str, kind: str, value: str, operation: str, since: str = "") -> None:
        """A system tells that it keeps a case, which began when ``since`` served (default: when it did itself)."""
        said = {"provider": host, "administration": "FR", "kind": kind, "value": value, "operation": operation,
                "began": self.began[since or host]}  # fmt: skip
        answer = self.scene.system(host).order("provision", "learn", said)
        if answer.status_code != 202:
            raise CannotBePlayed(f"what {host} tells is refused: {answer.status_code} {answer.text[:100]}")

    def asked_about(self, grn: str) -> str:
        """Whom something about a French guarantee reaches that no office here has; empty where it reaches nobody."""
        s = self.scene
        mrn = str(Mrn.issue(2026, Country("PT"), f"{s.n:08d}{len(s.parties):04d}", Procedure("J")))
        use = messages.guarantee_use(s.id(f"U{mrn[-6:]}"), mrn, grn, sender="NTA.PT", code="A1B2", amount="10.00")
        answer = s.system("PT").send(use)
        if answer.status_code != 202:
            raise CannotBePlayed(f"Portugal may not use a French guarantee: {answer.status_code} {answer.text[:200]}")
        for host in ("BE", "DE"):
            if s.system(host).gets("CD203C", grn, 2.0) is not None:
                return host
        return ""


_CHANGED: dict[int, dict[str, int]] = {}
"""When who served, by the process of the node in which that was chosen."""
_CHANGING = threading.Lock()


def hosted(union: Union) -> Hosted:
    """A fresh scene after Belgium and Germany were dismissed."""
    s = scene(union, HOSTED)
    with _CHANGING:
        if s.node.pid not in _CHANGED:
            _CHANGED[s.node.pid] = _dismiss(s)
    return Hosted(s, _CHANGED[s.node.pid])


def _settled(s: Scene) -> None:
    """Wait until the centre has handled what it took: a system that nobody chose offers, and is answered."""
    id = s.id(f"O{s.system('LU').after}{len(s.system('LU').items)}")
    s.system("LU").order("provision", "offer", {"provider": "LU", "services": ["transit"]}, id)
    s.system("LU").needs("OfferKept", id)


def _dismiss(s: Scene) -> dict[str, int]:
    """Let Belgium, then Germany serve France, then the centre again; when each of the two did."""
    begins = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=SPELL)
    for host in ("BE", "DE"):
        s.system(host).order("provision", "offer", {"provider": host, "services": SERVICES, "guests": ["FR"]})
    _settled(s)
    for n, provider in enumerate(("BE", "DE", "EU")):
        since = (begins + n * dt.timedelta(seconds=SPELL)).isoformat()
        for service in SERVICES:
            said = {"administration": "FR", "of": service, "provider": provider, "since": since,
                    "decided_by": "Director general", "reason": "As it happened"}  # fmt: skip
            s.system("FR").order("provision", "choose", said)
    _settled(s)
    shown = s.officer("FR").order("provision", "show", {"administration": "FR"}).json()["choices"]
    chosen = [each["provider"] for each in shown if each["of"] == "transit"]
    if chosen != ["EU", "DE", "BE"]:
        raise CannotBePlayed(f"France could not choose: {', '.join(chosen) or 'nobody'}")
    time.sleep(max(0.0, (begins + 2.2 * dt.timedelta(seconds=SPELL) - dt.datetime.now(dt.UTC)).total_seconds()))
    return {host: round((begins.timestamp() + (n + 0.5) * SPELL) * 1e6) for n, host in enumerate(("BE", "DE"))}


@attempt("again 1", open_at=SECOND)
def dismissed_host_takes_a_declaration(union: Union) -> Effect:
    """A host that was dismissed claims the next LRN of a trader, and gets the declaration (again 1)."""
    of = hosted(union)
    s = of.scene
    of.tells("BE", "lrn", f"{messages.HOLDER}/{s.lrn}", "transit.lodge_declaration")
    _settled(s)
    s.lodge()
    stolen = s.system("BE").gets("CC015C", s.lrn, 3.0)
    told = s.holder.gets("CC928C", s.id("D"), 6.0)
    seen = "Belgium has the declaration" if stolen else "Belgium has nothing of the declaration"
    return Effect(bool(stolen) or told is None, f"{seen}; its holder is {'answered' if told else 'told nothing'}")


@attempt("again 1", open_at=SECOND)
def dismissed_host_blocks_a_guarantee(union: Union) -> Effect:
    """A host that was dismissed claims the number of a guarantee that is not registered yet (again 1)."""
    of = hosted(union)
    s = of.scene
    of.tells("BE", "grn", s.grn, "guarantees.register")
    _settled(s)
    answer = s.officer("FR").order("guarantees", "register", messages.registration(s.grn), s.id("G"))
    kept = answer.status_code == 202 and s.officer("FR").gets("GuaranteeRegistered", s.grn, 6.0) is not None
    return Effect(not kept, f"the office registers its guarantee: {'yes' if kept else f'no ({answer.status_code})'}")


@attempt("again 1", open_at=SECOND)
def name_told_before_the_choice(union: Union) -> Effect:
    """A host tells the name of a case that began before it was chosen, sooner than who has it (again 1)."""
    of = hosted(union)
    of.tells("DE", "grn", of.scene.grn, "guarantees.register", since="BE")
    _settled(of.scene)
    of.tells("BE", "grn", of.scene.grn, "guarantees.register")
    _settled(of.scene)
    reached = of.asked_about(of.scene.grn)
    return Effect(reached != "BE", f"the guarantee began with Belgium; what is about it reaches {reached or 'nobody'}")


@attempt("again 1", open_at=SECOND)
def names_told_without_end(union: Union) -> Effect:
    """A host tells more names in a day than it ever had cases; the last one leads as the first does (again 1)."""
    of = hosted(union)
    numbers = [messages.grn("FR", 900_000_000 + of.scene.n * 10_000 + n) for n in range(MOST_NAMES + 40)]
    for each in numbers:
        of.tells("DE", "grn", each, "guarantees.register")
    _settled(of.scene)
    reached = of.asked_about(numbers[-1])
    return Effect(reached == "DE", f"after {len(numbers)} names the last one leads to {reached or 'nobody'}")
