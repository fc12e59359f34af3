"""Who answers: what arrives under the identification of a question that somebody else was asked."""

from __future__ import annotations

from tests.hostile import messages
from tests.hostile.attempt import Effect, attempt
from tests.hostile.scene import scene
from tests.hostile.union import Union


@attempt("base H2")
def another_administration_answers(union: Union) -> Effect:
    """Belgium is asked for a guarantee, Portugal answers, and the goods are released (base H2)."""
    s = scene(union)
    mrn, theirs, asked = s.waiting()
    s.system("PT").send(messages.guarantee_result(s.id("R"), mrn, theirs, sender="NTA.PT", correlation=asked))
    s.settled()
    released = s.holder.gets("CC029C", mrn, 2)
    return Effect(released is not None, f"the movement is {s.state(mrn)}; Belgium never answered")


@attempt("base H3")
def stranger_blocks_by_a_guessed_answer(union: Union) -> Effect:
    """A stranger's message under the identification of a question stops the victim's case (base H3)."""
    s = scene(union)
    mrn, theirs, asked = s.waiting()
    s.stranger.send(
        messages.invalidation(s.id("X"), sender=messages.STRANGER, lrn="NOT-MINE", holder=messages.STRANGER,
                              correlation=asked)
    )  # fmt: skip
    s.settled()
    s.system("BE").send(messages.guarantee_result(s.id("R"), mrn, theirs, sender="NTA.BE", correlation=asked))
    released = s.holder.gets("CC029C", mrn, 3)
    return Effect(released is None, f"after Belgium's own answer the movement is {s.state(mrn)}")


@attempt("base H3", "admission 7")
def officer_blocks_by_a_guessed_answer(union: Union) -> Effect:
    """Another administration's arrival advice under that identification stops the case as well (base H3)."""
    s = scene(union)
    mrn, theirs, asked = s.waiting()
    advice = messages.arrival_advice(s.id("6"), mrn, sender="NTA.PT", office="PT000040")
    named = f"<messageType>CD006C</messageType><correlationIdentifier>{asked}</correlationIdentifier>"
    s.system("PT").send(advice.replace("<messageType>CD006C</messageType>", named))
    s.settled()
    s.system("BE").send(messages.guarantee_result(s.id("R"), mrn, theirs, sender="NTA.BE", correlation=asked))
    released = s.holder.gets("CC029C", mrn, 3)
    return Effect(released is None, f"after Belgium's own answer the movement is {s.state(mrn)}")


@attempt("admission 6")
def refusal_is_no_answer(union: Union) -> Effect:
    """Belgium cannot take the question and says so (IE906); the case must go on, not stop for ever (admission 6)."""
    s = scene(union)
    mrn, _, asked = s.waiting()
    s.system("BE").send(messages.functional_error(s.id("E"), sender="NTA.BE", correlation=asked))
    s.settled()
    s.holder.send(messages.invalidation(s.id("X"), sender=messages.HOLDER, mrn=mrn))
    ended = s.holder.gets("CC009C", mrn, 4)
    return Effect(ended is None, f"after the refusal the movement is {s.state(mrn)}; its holder "
                  + ("can end it" if ended else "gets no answer to an invalidation"))  # fmt: skip
