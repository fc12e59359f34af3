"""An answer is made once for each model, operation and question, and memory is bounded."""

from __future__ import annotations

import msgspec

from douane.reference_architecture.kept import Kept


class Question(msgspec.Struct, frozen=True):
    """Asked."""

    id: str


class Answer(msgspec.Struct, frozen=True):
    """Answered."""

    text: str


def test_who_asks_again_costs_nothing_and_another_question_is_another_answer() -> None:
    kept, made = Kept(), list[str]()

    def ask(model: str, operation: str, id: str) -> str:
        def make() -> Answer:
            made.append(f"{model} {operation} {id}")
            return Answer(made[-1])

        return kept.answer(model, operation, Question(id), make).text

    for _ in range(3):
        for model in ("m1", "m2"):
            for operation in ("show public", "show whole"):
                for id in ("a", "b"):
                    assert ask(model, operation, id) == f"{model} {operation} {id}"
    assert len(made) == len(set(made)) == 8


def test_memory_is_bounded_and_the_longest_unasked_is_forgotten() -> None:
    kept = Kept(most=100)
    for id in "abcdefgh":
        kept.answer("m", "o", Question(id), lambda: Answer("x" * 20))
        kept.answer("m", "o", Question("a"), lambda: Answer("y" * 20))
    assert len(kept) <= 3
    assert kept.answer("m", "o", Question("a"), lambda: Answer("anew")).text == "x" * 20


def test_an_answer_larger_than_all_is_not_kept() -> None:
    kept = Kept(most=100)
    kept.answer("m", "o", Question("a"), lambda: Answer("x" * 200))
    assert len(kept) == 0
