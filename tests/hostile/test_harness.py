"""The harness itself, without a node: its registry is whole, and its verdicts end the command as they should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.hostile import messages
from tests.hostile.__main__ import Outcome, chosen, judged, line, main, reviewed
from tests.hostile.attempt import FAMILIES, FIRST, NEVER, SECOND, Attempt, Effect, Verdict, attempts
from tests.hostile.bystander import Bystander
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Shape, Tree, Union

NUMBERED = {
    "security": [*range(1, 16)],
    "base": [1, 2],
    "base H": [1, 2, 3, 4],
    "admission": [1, 2, 3, 4, 6, 8],
    "again": [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13, 15],
    "house": [0],
}
"""The findings of the reviews that somebody can play from outside, by their numbers there."""
BESIDE = ("security smaller", "admission joining")
NOT_PLAYED = {
    "again 8": "what a party makes a node keep is bounded a day: its tests count octets, no victim waits for them",
    "again 12": "a page of judgements: tests/architecture/test_security_page.py reads it",
    "again 14": "what a role of the database may do: src/douane/backends/postgresql/tests ask it",
    "base 10": "values carried by position are no attack by themselves",
    "admission 5": "no application removes the record of a case, and a rule (R0520) keeps holder and representative",
    "admission 7": "no message of a joiner is known that fails by itself; base H3 blocks a case by the same rule",
}
"""Findings without an attempt of their own, and why."""
KNOWN = attempts()


def outcome(verdict: Verdict, later: str = "") -> Outcome:
    def play(union: Union) -> Effect:
        """Nothing."""
        raise AssertionError

    return Outcome(Attempt("one", "names", ("base 1",), play, later), verdict, "seen", 0.1)


def test_every_finding_has_an_attempt() -> None:
    wanted = {f"{name}{'' if name.endswith('H') else ' '}{n}" for name, numbers in NUMBERED.items() for n in numbers}
    cited = {finding for each in KNOWN for finding in each.findings}
    assert wanted | set(BESIDE) <= cited
    assert not NOT_PLAYED.keys() & (wanted | set(BESIDE))


@pytest.mark.parametrize("each", KNOWN, ids=lambda each: each.name)
def test_an_attempt_says_what_it_tries_and_of_what(each: Attempt) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", each.name)
    assert each.findings
    assert each.family in FAMILIES
    assert each.says.endswith(".")
    assert re.search(r"\((base|admission|security|part|again|house)[ ,]", each.says), "names the finding it is of"
    assert each.open_at in (FIRST, SECOND, NEVER)


def test_what_the_second_review_did_not_try_is_tried() -> None:
    """Each of the six has an attempt; some hold at the commit that was reviewed, so none of them need break it."""
    tried = {each.removeprefix("not tried: ") for one in KNOWN for each in one.findings if each.startswith("not tried")}
    assert tried == {
        "webhooks that never answer", "foreign AS4 peers", "forged feeds", "older portal's import", "passkeys",
        "offline bundle",
    }  # fmt: skip
    assert not chosen([each for each in KNOWN if each.open_at == NEVER], [], SECOND)


def test_every_family_is_played() -> None:
    assert {each.family for each in KNOWN} == set(FAMILIES)


def test_what_is_chosen() -> None:
    assert chosen(KNOWN, []) == list(KNOWN)
    assert {each.family for each in chosen(KNOWN, ["link"])} == {"link"}
    assert [each.name for each in chosen(KNOWN, ["hangup-ends-the-node"])] == ["hangup-ends-the-node"]
    with pytest.raises(ValueError, match="There is no attempt"):
        chosen(KNOWN, ["nothing"])


@pytest.mark.parametrize(
    ("verdict", "later", "here", "there"),
    [
        (Verdict.HELD, "", 0, 1),
        (Verdict.BROKEN, "", 1, 0),
        (Verdict.UNPLAYED, "", 1, 1),
        (Verdict.BROKEN, "part 7", 0, 0),
        (Verdict.HELD, "part 7", 1, 1),
        (Verdict.UNPLAYED, "part 7", 1, 1),
    ],
)
def test_what_a_verdict_ends_with(verdict: Verdict, later: str, here: int, there: int) -> None:
    """Here attempts must hold, and those of later parts must not; at an old commit all must break it."""
    ended = outcome(verdict, later)
    assert judged([ended], "")[0] == here
    assert judged([ended], "a7404ab")[0] == there
    assert verdict.value in line(ended)


def test_a_commit_is_broken_by_its_own_attempts_alone() -> None:
    """The others are closed there already, or of what it does not have yet."""
    for commit in (FIRST, SECOND):
        assert {each.open_at for each in chosen(KNOWN, [], reviewed(commit))} <= {commit}
    assert reviewed("9c21e3d") == SECOND
    with pytest.raises(ValueError, match="No attempt is open at"):
        reviewed(f"{FIRST}~1")


def test_few_may_not_be_playable_at_a_commit() -> None:
    few = [outcome(Verdict.UNPLAYED)] * 5
    assert judged([*few, outcome(Verdict.BROKEN)], FIRST)[0] == 0
    assert "Not playable there: one" in judged([*few, outcome(Verdict.BROKEN)], FIRST)[1]
    assert judged([*few, outcome(Verdict.UNPLAYED), outcome(Verdict.BROKEN)], FIRST)[0] == 1


def test_nothing_played_is_no_success() -> None:
    assert judged([], "")[0] == judged([], "a7404ab")[0] == 1


def test_words_for_the_reader() -> None:
    assert judged([outcome(Verdict.BROKEN)], "a7404ab")[1].endswith("breaks a7404ab, as it should.")
    assert "one missed" in judged([outcome(Verdict.BROKEN)], "")[1]


def test_the_list_needs_no_node(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(KNOWN)
    assert main(["--only", "nothing"]) == 2
    assert "There is no attempt" in capsys.readouterr().err


def test_a_bystander_is_harmed_by_refusals_and_by_waiting() -> None:
    served, refused = Bystander("served", lambda: 200), Bystander("refused", lambda: 503)
    for each in (served, refused):
        with each.asking():
            pass
    assert not served.harmed
    assert refused.harmed
    assert "503" in refused.seen
    served.seconds.append(60.0)
    assert served.harmed


def test_a_node_that_does_not_start_is_told(tmp_path: Path) -> None:
    """A tree whose command ends at once: nothing can be shown on it."""
    command = tmp_path / "tree/.venv/bin/douane"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\necho no room; exit 3\n")
    command.chmod(0o755)
    union = Union(Tree(tmp_path / "tree"), tmp_path / "run")
    with pytest.raises(CannotBePlayed, match="does not start: no room"):
        union.node(Shape("main"))
    union.close()


@pytest.mark.parametrize(
    "text",
    [
        messages.declaration("L1", "M1", representative=messages.STRANGER, prelodged=True),
        messages.invalidation("M1", sender=messages.HOLDER, lrn="L1"),
        messages.arrival("M1", "26FR005350000001J9"),
        messages.arrival("M1", "26FR005350000001J9", authorisation="ATACE0000001"),
        messages.unloading_remarks("M1", "26FR005350000001J9", sender=messages.CONSIGNEE),
        messages.arrival_advice("M1", "26FR005350000001J9", sender="NTA.PT", office="PT000040"),
        messages.control_results("M1", "26FR005350000001J9", sender="NTA.PT", office="PT000040"),
        messages.cancellation("M1", "26FR005350000001J9", sender="NTA.PT"),
        messages.anticipated_arrival("M1", "26FR005350000001J9", sender="NTA.PT", recipient="NTA.AT"),
        messages.anticipated_arrival("M1", "26FR005350000001J9", sender="NTA.PT", recipient="NTA.DE", passage=True),
        messages.guarantee_result("M1", "26FR005350000001J9", messages.GRN, sender="NTA.PT", correlation="X"),
        messages.guarantee_use("M1", "26FR005350000001J9", messages.GRN, sender="NTA.PT", code="A1B2", amount="1.00"),
        messages.guarantee_credit("M1", "26FR005350000001J9", messages.GRN, sender="NTA.PT"),
        messages.guarantee_credit("M1", "26FR005350000001J9", messages.GRN, sender="NTA.PT", cancel=True),
        messages.functional_error("M1", sender="NTA.BE", correlation="X"),
    ],
    ids=lambda text: str(re.search(r"ncts:(\w+)", text)),
)
def test_attackers_write_valid_messages(text: str) -> None:
    """A message that its schema refuses would be held off by that alone."""
    from douane.standards.ncts import phase5

    assert type(phase5.read(text.encode())).__name__ in text


def test_an_unknown_commit_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A commit that does not exist is a wrong call, not a result."""
    assert main(["--commit", "not-a-commit", "--only", "link"]) == 2
    assert "no commit here" in capsys.readouterr().err
