"""Whose case it is: what strangers, neighbours and bystanders do to a movement that is not theirs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.hostile import messages
from tests.hostile.attempt import Effect, attempt
from tests.hostile.party import Item, Party
from tests.hostile.scene import Scene, scene
from tests.hostile.union import Union

ROUNDS, BATCH, THIEVES = 24, 4, 4


@attempt("base H1", "base 1")
def stranger_joins_before_the_flush(union: Union) -> Effect:
    """A stranger cancels a declaration in the tick in which it is lodged (base H1).

    Several of his requests are under way while the declaration is lodged, so that one shares its tick.
    """
    s = scene(union)
    thieves = [s.node.party("trader.de.rhein") for _ in range(THIEVES)]
    lost: list[Item] = []
    for first in range(0, ROUNDS, BATCH):
        for number in range(first, first + BATCH):
            _raced(s, thieves, f"{s.lrn}{number:02d}", number)
        s.holder.needs("CC928C", s.id(f"D{first + BATCH - 1}"))
        s.settled()
        s.holder.collect(0.5)
        lost = [each for each in s.holder.items if each.type == "CC009C" and s.lrn in each.body]
        if lost:
            break
    return Effect(bool(lost), f"{len(lost)} of {first + BATCH} declarations of the victim are invalidated")


def _raced(s: Scene, thieves: list[Party], lrn: str, number: int) -> None:
    """The declaration and the stranger's requests about it, at the same time."""
    with ThreadPoolExecutor(THIEVES) as pool:
        under_way = [pool.submit(_insist, each, s.id(f"X{number}.{place}"), lrn) for place, each in enumerate(thieves)]
        s.holder.send(messages.declaration(lrn, s.id(f"D{number}"), grn=s.grn, prelodged=True))
        for each in under_way:
            each.result()


def _insist(thief: Party, id: str, lrn: str) -> None:
    for again in range(3):
        thief.send(messages.invalidation(f"{id}.{again}", sender=messages.STRANGER, lrn=lrn))


@attempt("base H4", "admission 1")
def bystander_discharges(union: Union) -> Effect:
    """An administration that has no part in a movement reports arrival and results, and discharges it (base H4)."""
    return _discharged_by(scene(union), "PT", "PT000040")


@attempt("admission 1")
def office_of_transit_discharges(union: Union) -> Effect:
    """An office of transit, which is on the route, sends control results as if it were destination (admission 1)."""
    return _discharged_by(scene(union), "DE", "DE004055")


def _discharged_by(s: Scene, country: str, office: str) -> Effect:
    mrn = s.released()
    before = s.reserved()
    sender = f"NTA.{country}"
    s.system(country).send(messages.arrival_advice(s.id("6"), mrn, sender=sender, office=office))
    s.system(country).send(messages.control_results(s.id("18"), mrn, sender=sender, office=office))
    s.settled()
    after, state = s.reserved(), s.becomes(mrn, "discharged", "arrived", seconds=1.5)
    return Effect(
        state != "released" or after != before,
        f"the movement is {state}, {after} of {before} EUR stay reserved after {country} reported",
    )


@attempt("admission 2")
def bystander_credits_a_guarantee(union: Union) -> Effect:
    """An administration frees what another's movement holds of a guarantee (admission 2, IE209)."""
    return _freed(scene(union), cancel=False)


@attempt("admission 2")
def bystander_cancels_a_reservation(union: Union) -> Effect:
    """An administration gives back what another's movement holds of a guarantee (admission 2, IE204)."""
    return _freed(scene(union), cancel=True)


def _freed(s: Scene, *, cancel: bool) -> Effect:
    mrn = s.released()
    before = s.reserved()
    s.system("PT").send(messages.guarantee_credit(s.id("C"), mrn, s.grn, sender="NTA.PT", cancel=cancel))
    s.settled()
    after = s.reserved()
    return Effect(after < before, f"{after} of {before} EUR stay reserved while the goods are on the road")


@attempt("admission 2")
def bystander_takes_the_mrn_of_a_reservation(union: Union) -> Effect:
    """An administration that knows a guarantee reserves one euro under the MRN of another's movement (admission 2)."""
    s = scene(union)
    mrn = s.released()
    before = s.reserved()
    s.system("PT").send(
        messages.guarantee_use(s.id("U"), mrn, s.grn, sender="NTA.PT", code=messages.CODE, amount="1.00")
    )
    s.settled()
    after = s.reserved()
    return Effect(after < before, f"{after} of {before} EUR cover the movement on the road")


@attempt("admission 3")
def stranger_charges_anothers_guarantee(union: Union) -> Effect:
    """Who calls himself representative moves goods on a trader's guarantee, whose code stood on a paper (admission 3).

    No register says that the trader ever asked him to.
    """
    s = scene(union)
    s.guarantee()
    s.stranger.send(
        messages.declaration(s.lrn, s.id("D"), sender=messages.STRANGER, representative=messages.STRANGER, grn=s.grn)
    )
    s.settled()
    s.stranger.gets("CC029C", s.id("D"), 2)
    charged = s.reserved()
    return Effect(charged > 0, f"{charged} EUR of the trader's guarantee are reserved for goods that he does not know")


@attempt("admission 4")
def inner_messages_carry_a_forged_arrival(union: Union) -> Effect:
    """A forged record at an office that is not on the route lets it report an arrival by inner messages (admission 4).

    Portugal tells Italy of a French movement, an accomplice presents himself there, and Italy's case, in the same
    node, tells France that the goods have arrived.
    """
    s = scene(union)
    mrn = s.released()
    forged = messages.anticipated_arrival(
        s.id("F"), mrn, sender="NTA.PT", recipient="NTA.IT", destination="IT018101", holder=messages.STRANGER
    )
    s.system("PT").send(forged)
    s.settled()
    accomplice = s.at("trader.at.linz", "speed2")
    accomplice.send(messages.arrival(s.id("A"), mrn, sender="ATEOS1000067890", recipient="NTA.IT", office="IT018101"))
    s.settled()
    state = s.becomes(mrn, "arrived", "discharged", seconds=1.5)
    return Effect(state != "released", f"the movement to Austria is {state} after Italy heard of it from Portugal")


@attempt("base 2")
def decision_under_anothers_name(union: Union) -> Effect:
    """An officer decides, and the record of who decided is what he typed: the name of a colleague (base 2)."""
    s = scene(union)
    mrn = s.released()
    passed = {"mrn": mrn, "office": "DE004055", "officer": "de.colleague", "passed_on": messages.today()}
    answer = s.officer("DE").order("transit", "record_passage", passed, s.id("P"))
    s.settled()
    crossed = "transit.notify_crossing" in s.node.douane("timeline", mrn).stdout
    return Effect(crossed, f"the passage that 'de.colleague' saw {'is told to France' if crossed else 'has no effect'} "
                  f"({answer.status_code})")  # fmt: skip


@attempt("base H4", "admission 1")
def bystander_cancels_the_arrival(union: Union) -> Effect:
    """An administration that has no part in a movement tells its destination that it is off (base H4, IE010)."""
    s = scene(union)
    mrn = s.released()
    s.system("PT").send(messages.cancellation(s.id("10"), mrn, sender="NTA.PT"))
    s.settled()
    s.at("trader.at.wien", "speed2").send(messages.arrival(s.id("A"), mrn))
    s.settled()
    state = s.becomes(mrn, "arrived", seconds=2)
    return Effect(state != "arrived", f"the goods are in Austria, and the movement is {state}")


@attempt("admission joining")
def stranger_is_told_what_the_goods_are(union: Union) -> Effect:
    """Who has nothing to do with the goods claims an authorisation, and learns what they are (admission, joining).

    Austria never gave it to him, and the declaration names another consignee.
    """
    s = scene(union)
    mrn = s.released()
    s.settled()
    stranger = s.at("trader.at.linz", "speed2")
    claimed = messages.arrival(s.id("A"), mrn, sender="ATEOS1000067890", authorisation=f"ATACE{s.n:07d}")
    stranger.send(claimed)
    s.settled()
    got = stranger.gets("CC043C", mrn, 3)
    goods = got is not None and "Roasted coffee" in got.body
    told = [each.type for each in stranger.items if s.id("A") == each.answers or mrn in each.body]
    return Effect(goods, f"he gets {', '.join(told) or 'nothing'}{', naming the goods' if goods else ''}")


@attempt("admission joining")
def false_consignee_ends_the_movement(union: Union) -> Effect:
    """The same stranger reports that everything was unloaded; the movement is discharged (admission, joining).

    The goods may be anywhere: nobody but he says that they arrived.
    """
    s = scene(union)
    mrn = s.released()
    s.settled()
    stranger, name = s.at("trader.at.linz", "speed2"), "ATEOS1000067890"
    stranger.send(messages.arrival(s.id("A"), mrn, sender=name, authorisation=f"ATACE{s.n:07d}"))
    stranger.gets("CC043C", mrn, 2)
    stranger.send(messages.unloading_remarks(s.id("U"), mrn, sender=name))
    s.settled()
    state = s.becomes(mrn, "discharged", seconds=2)
    return Effect(state == "discharged", f"the movement is {state}, {s.reserved()} of 4500 EUR stay reserved")
