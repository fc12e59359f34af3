"""What tokens do, element by element. The player checks after each step that actions and state tell the same story."""

from __future__ import annotations

import pytest

from douane.standards.bpmn import compiler, engine
from douane.standards.bpmn.state import Completed, Enter, Ignored, Message, TimerFired, encode
from douane.standards.bpmn.tests.notation import Model, Play
from douane.vocabulary.errors import DeclarationFault


def test_tasks_follow_each_other_to_the_end(play: Play) -> None:
    p = play("start s; service a; user b; end e; s -> a -> b -> e").start()
    assert p.log == ["Enter a"]
    assert p.done("a").log == ["Enter b"]
    assert p.done("b").log == ["Ended e"]
    assert p.state.ended
    assert p.definition.path(p.trace) == ("s", "s_a", "a", "a_b", "b", "b_e", "e")


def test_a_second_completion_is_stale(play: Play) -> None:
    p = play("start s; service a; user b; end e; s -> a -> b -> e").start()
    first = Completed(*p.at("a", Enter))
    p.send(first)
    assert p.send(first).log == ["Ignored"]
    assert p.send(Completed(99, 1)).log == ["Ignored"]
    assert p.send(Completed(-1, 1)).log == ["Ignored"]
    assert p.waits == ["b"]


def test_exclusive_asks_in_order_and_takes_the_default_last(play: Play) -> None:
    text = """start s; exclusive g default=g_c; service a; service b; service c; end e
    s -> g; g -> c; g -> a : first; g -> b : not second; a -> e; b -> e; c -> e"""
    assert play(text, first=True, second=True).start().waits == ["a"]
    p = play(text, first=False, second=False).start()
    assert (p.waits, p.asked) == (["b"], ["first", "second"])
    assert play(text, first=False, second=True).start().waits == ["c"]


def test_no_condition_holds_is_an_incident_that_can_be_retried(play: Play) -> None:
    p = play(
        "start s; exclusive g; service a; service b; end e; s -> g; g -> a : x; g -> b : y; a -> e; b -> e",
        x=False,
        y=False,
    )
    assert p.start().log == ["Incident g"]
    assert p.retry("g").log == ["Incident g"]
    p.facts["y"] = True
    assert p.retry("g").waits == ["b"]


FORK = (
    "start s; parallel f; service a; service b; parallel j; service c; end e; "
    " s -> f; f -> a -> j; f -> b -> j; j -> c -> e; "
)


def test_join_waits_for_every_branch(play: Play) -> None:
    p = play(FORK).start()
    assert p.waits == ["a", "b"]
    assert p.done("b").waits == ["a"]
    assert p.done("a").waits == ["c"]
    assert p.done("c").log == ["Ended e"]


def test_join_in_a_loop_starts_afresh_each_time(play: Play) -> None:
    p = play(
        "start s; exclusive m; parallel f; service a; service b; parallel j; exclusive g default=g_e; end e; "
        "s -> m -> f; f -> a -> j; f -> b -> j; j -> g; g -> m : again; g -> e",
        again=True,
    ).start()
    for _ in range(3):
        assert p.done("a").waits == ["b"]
        assert p.done("b").waits == ["a", "b"]
    p.facts["again"] = False
    assert p.done("b", "a").state.ended


def test_a_token_too_many_waits_for_the_next_round_of_the_join(play: Play) -> None:
    p = play(
        "start s; parallel f; service a; service b; service c; exclusive m; parallel j; service d; end e; "
        "s -> f; f -> a -> m; f -> b -> m; m -> j; f -> c -> j; j -> d -> e"
    ).start()
    p.done("a", "b")
    assert p.waits == ["c"]
    p.done("c")
    assert p.waits == ["d"]
    assert p.done("d").log == ["Incident j"]  # the second token of m is stuck, and the engine says so


def test_a_join_that_cannot_fire_is_an_incident(play: Play) -> None:
    p = play(
        "start s; exclusive g default=g_b; service a; service b; parallel j; end e; "
        "s -> g; g -> a : x; g -> b; a -> j; b -> j; j -> e",
        x=True,
    ).start()
    assert p.done("a").log == ["Incident j"]
    assert not p.state.ended


EVENTS = """start s; events g; catch yes message Yes; catch late timer P8D; receive no message No
 service a; service b; service c; end e; s -> g -> yes -> a -> e; g -> late -> b -> e; g -> no -> c -> e"""


@pytest.mark.parametrize(("act", "wait"), [("Yes", "a"), ("No", "c"), ("", "b")])
def test_the_first_event_withdraws_the_others(play: Play, act: str, wait: str) -> None:
    p = play(EVENTS).start()
    assert p.waits == ["late", "no", "yes"]
    late = TimerFired(*p.at("late", object))
    (p.message(act) if act else p.fire("late"))
    assert p.waits == [wait]
    assert p.send(late).log == ["Ignored"]
    assert p.message("Yes").log == ["Ignored"]


TIMED = (
    "start s; user a; boundary t on a timer PT5M; boundary m on a message Stop; "
    " service b; service c; end e; s -> a -> b -> e; t -> c -> e; m -> e; "
)


def test_boundary_events_end_with_their_activity(play: Play) -> None:
    p = play(TIMED).start()
    assert p.waits == ["a", "m", "t"]
    stale = TimerFired(*p.at("t", object))
    assert p.done("a").log == ["Unsubscribe m", "CancelTimer t", "Enter b"]
    assert p.send(stale).log == ["Ignored"]


def test_boundary_timer_and_message_interrupt(play: Play) -> None:
    assert play(TIMED).start().fire("t").log == ["Withdraw a", "Unsubscribe m", "Enter c"]
    p = play(TIMED).start().message("Stop")
    assert p.log == ["Withdraw a", "CancelTimer t", "Ended e"]


def test_errors_go_to_the_nearest_boundary(play: Play) -> None:
    text = """start s; sub p1; start s1; service a; boundary x on a error X; service b
    end e1; s1 -> a -> e1; x -> b -> e1
    }; boundary y on p1 error Y; boundary any on p1 error; service c; service d; end e
    s -> p1 -> e; y -> c -> e; any -> d -> e"""
    assert play(text).start().error("a", "X").waits == ["b"]
    assert play(text).start().error("a", "Y").waits == ["c"]
    assert play(text).start().error("a", "Z").waits == ["d"]
    p = play(text).start().error("a", "X")
    assert p.error("b", "X").waits == ["d"]


def test_an_uncaught_error_of_a_task_is_an_incident_and_changes_nothing(play: Play) -> None:
    p = play("start s; service a; end e; s -> a -> e").start()
    assert p.error("a", "X").log == ["Incident a"]
    assert p.done("a").log == ["Ended e"]


def test_error_end_event_interrupts_the_sub_process(play: Play) -> None:
    text = """start s; sub p1; start s1; parallel f; service a; service b
    end e1; end bad error E; s1 -> f; f -> a -> e1; f -> b -> bad; }; boundary x on p1 error E
    boundary t on p1 timer P1D
    service c; end e
    s -> p1 -> e; x -> c -> e; t -> e"""
    p = play(text).start()
    assert p.waits == ["a", "b", "t"]
    assert p.done("b").log == ["CancelTimer t", "Withdraw a", "Enter c"]
    assert play(text).start().done("a").waits == ["b", "t"]


def test_an_uncaught_error_end_event_ends_everything(play: Play) -> None:
    p = play(
        "start s; parallel f; service a; service b; end e; end bad error E; s -> f;f -> a -> e; f -> b -> bad"
    ).start()
    assert p.done("b").log == ["Withdraw a", "Ended bad"]


def test_terminate_ends_its_own_scope_only(play: Play) -> None:
    text = """start s; parallel f; sub p1; start s1; parallel f1; service a; service b
    end e1; end stop terminate
    s1 -> f1; f1 -> a -> e1; f1 -> b -> stop; }; service c; service d; end e; s -> f
    f -> p1 -> d -> e; f -> c -> e"""
    p = play(text).start()
    assert p.done("b").log == ["Withdraw a", "Enter d"]
    assert p.waits == ["c", "d"]
    p.done("c")
    assert p.done("d").log == ["Ended e"]


def test_terminate_drops_branches_that_have_not_moved_yet(play: Play) -> None:
    p = play("start s; parallel f; service a; end stop terminate; end e; s -> f;  f -> stop; f -> a -> e; ").start()
    assert (p.state.ended, p.waits) == (True, [])


def test_the_last_token_ends_the_scope(play: Play) -> None:
    text = """start s; sub p1; start s1; parallel f1; service a; service b; end e1; end e2
    s1 -> f1; f1 -> a -> e1; f1 -> b -> e2; }; service c; end e; s -> p1 -> c -> e"""
    p = play(text).start().done("a")
    assert p.waits == ["b"]
    assert p.done("b").waits == ["c"]


def test_boundary_timer_of_a_sub_process_takes_nested_work_along(play: Play) -> None:
    text = """start s; sub p1; start s1; sub p2; start s2; events g; catch m message M
    catch w timer PT1H; end e2
    s2 -> g -> m -> e2; g -> w -> e2; }; end e1; s1 -> p2 -> e1; }; boundary t on p1 timer P8D; service c; end e
    s -> p1 -> e; t -> c -> e"""
    p = play(text).start()
    assert p.waits == ["m", "t", "w"]
    assert p.fire("t").waits == ["c"]


def test_two_tokens_in_one_sub_process_have_scopes_of_their_own(play: Play) -> None:
    text = """start s; parallel f; service x; service y; sub p1; start s1; parallel f1
    service a; service b; parallel j1
    end e1; s1 -> f1; f1 -> a -> j1; f1 -> b -> j1; j1 -> e1; }; service c; end e
    s -> f; f -> x -> p1; f -> y -> p1; p1 -> c -> e"""
    p = play(text).start().done("x", "y")
    assert p.waits == ["a", "a", "b", "b"]
    a, b = (p.definition.node(id).index for id in "ab")
    tokens = [p.state.tokens[i : i + 3] for i in range(0, len(p.state.tokens), 3)]
    scopes = sorted({token[1] for token in tokens if token[0] == a})
    number = {token[:2]: token[2] for token in tokens}
    p.send(Completed(a, number[a, scopes[0]])).send(Completed(b, number[b, scopes[1]]))
    assert p.waits == ["a", "b"]  # half of each: no join
    p.send(Completed(b, number[b, scopes[0]]))
    assert p.waits == ["a", "c"]


def test_a_message_goes_to_the_longest_waiting_token_or_the_one_named(play: Play) -> None:
    text = (
        "start s; parallel f; catch m1 message M; catch m2 message M; service a; "
        " service b; end e; s -> f; f -> m1 -> a -> e; f -> m2 -> b -> e; "
    )
    assert play(text).start().message("M").waits == ["a", "m2"]
    p = play(text).start()
    _, actions = engine.advance(p.definition, p.state, Message("M", p.at("m2", object)[1]), p.choose)
    assert [p.word(action) for action in actions] == ["Enter b"]


def test_receive_send_and_throw(play: Play) -> None:
    p = play(
        "start s message Go; send a; throw t message Told; receive r message Answer; throw n;"
        "end e message Bye; "
        "s -> a -> t -> r -> n -> e"
    ).start()
    assert p.log == ["Enter a"]
    assert p.done("a").log == ["Throw t", "Enter r", "Subscribe r"]
    assert p.send(Completed(*p.at("r", Enter))).log == ["Ignored"]
    assert p.message("Answer").log == ["Throw e", "Ended e"]


def test_several_starts_are_told_apart_by_message(play: Play) -> None:
    text = "start s; start m message Lodged; service a; service b; end e; s -> a -> e; m -> b -> e"
    assert play(text).start().waits == ["a"]
    assert play(text).start("Lodged").waits == ["b"]
    with pytest.raises(DeclarationFault, match="Other"):
        play(text).start("Other")


def test_a_fork_explosion_is_stopped_and_nothing_of_the_step_is_kept(play: Play) -> None:
    lines = ["start s", "service a", "end e", "s -> a -> m0"]
    for i in range(14):
        lines += [f"exclusive m{i}", f"parallel f{i}", f"throw x{i} message X", f"throw y{i} message Y"]
        lines += [f"m{i} -> f{i}", f"f{i} -> x{i} -> m{i + 1}", f"f{i} -> y{i} -> m{i + 1}"]
    p = play("; ".join([*lines, "exclusive m14", "m14 -> e"])).start()
    before = p.state
    p.done("a")
    assert [line.split()[0] for line in p.log] == ["Incident"]
    assert p.state == before
    assert p.waits == ["a"]


def test_a_start_that_never_rests_is_an_incident_that_can_be_retried(play: Play) -> None:
    lines = ["start s", "end e", "s -> m0"]
    for i in range(14):
        lines += [f"exclusive m{i}", f"parallel f{i}", f"throw x{i}", f"throw y{i}"]
        lines += [f"m{i} -> f{i}", f"f{i} -> x{i} -> m{i + 1}", f"f{i} -> y{i} -> m{i + 1}"]
    p = play("; ".join([*lines, "exclusive m14", "m14 -> e"])).start()
    assert p.log == ["Incident s"]
    assert p.retry("s").log[0].startswith("Incident")


def test_a_state_of_another_definition_is_refused(model: Model) -> None:
    one = compiler.compile(model("start s; service a; end e; s -> a -> e"))
    other = compiler.compile(model("start s; user a; end e; s -> a -> e"))
    state, _ = engine.start(one, lambda _: True)
    with pytest.raises(DeclarationFault, match="another version"):
        engine.advance(other, state, Completed(0, 2), lambda _: True)
    with pytest.raises(DeclarationFault, match="another version"):
        engine.advance(other, state, Message("M"), lambda _: True)


def test_bad_numbers_are_ignored(play: Play) -> None:
    p = play(TIMED).start()
    for event in (TimerFired(-1, 2), TimerFired(99, 2), TimerFired(0, 2)):
        state, actions = engine.advance(p.definition, p.state, event, p.choose)
        assert state is p.state
        assert isinstance(actions[0], Ignored)


def test_state_is_small(play: Play) -> None:
    assert len(encode(play(FORK).start().state)) < 30
