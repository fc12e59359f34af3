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
def answer_after_a_refusal(union: Union) -> Effect:
    """Belgium refuses the question (IE906); an answer that comes later still releases the goods (admission 6)."""
    s = scene(union)
    mrn, theirs, asked = s.waiting()
    s.system("BE").send(messages.functional_error(s.id("E"), sender="NTA.BE", correlation=asked))
    s.settled()
    s.system("BE").send(messages.guarantee_result(s.id("R"), mrn, theirs, sender="NTA.BE", correlation=asked))
    s.settled()
    released = s.holder.gets("CC029C", mrn, 2)
    return Effect(released is not None, f"after refusal and answer the movement is {s.state(mrn)}")


@attempt("admission 6")
def refusal_is_set_aside(union: Union) -> Effect:
    """Belgium refuses the question (IE906); the refusal fails, and the case waits for ever (admission 6)."""
    s = scene(union)
    mrn, _, asked = s.waiting()
    s.system("BE").send(messages.functional_error(s.id("E"), sender="NTA.BE", correlation=asked))
    s.settled()
    aside = s.id("E") in s.node.douane("message", "quarantine").stdout
    told = s.holder.gets("CC055C", mrn, 1)
    return Effect(aside, f"the refusal is {'set aside' if aside else 'handled'}; the holder is "
                  f"{'told' if told else 'told nothing'}, the movement {s.state(mrn)}")  # fmt: skip
