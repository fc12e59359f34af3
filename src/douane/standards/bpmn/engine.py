"""The token engine: ``start`` and ``advance`` take values and return values; the caller performs the actions.

Nothing here knows data, time or storage. ``choose`` is asked by predicate name, in the order of the outgoing flows.
Events of one instance must be applied one after the other; each call runs until every token waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from douane.standards.bpmn.definition import TASKS, Definition, Kind
from douane.standards.bpmn.run import Run, StepTooLong, Token, chosen_flow
from douane.standards.bpmn.state import (
    Action,
    Completed,
    Enter,
    Errored,
    Event,
    Ignored,
    Incident,
    Message,
    Retried,
    SetTimer,
    State,
    Subscribe,
    TimerFired,
)
from douane.vocabulary.errors import DeclarationFault

Choose = Callable[[str], bool]
Step = tuple[State, tuple[Action, ...]]

_BY_COMPLETION: Final = frozenset(TASKS - {Kind.RECEIVE})
_RETRIED: Final = frozenset({Kind.EXCLUSIVE, Kind.START})
_GONE: Final = "the token has moved on"


def start(
    definition: Definition,
    choose: Choose,
    *,
    message: str | None = None,
    trace: list[int] | None = None,
    first: int = 1,
) -> Step:
    """A new instance, run until it waits.

    message: the message that starts it, needed only where the process has several start events. trace: receives the
    index of every flow taken. first: the number of its first token. Raises DeclarationFault when no start event answers
    to the message.
    """
    starts = definition.starts
    node = next(iter(starts.values())) if message is None and len(starts) == 1 else starts.get(message or "", -1)
    if node < 0:
        raise DeclarationFault(f"Process {definition.process} has no start event for message {message!r}.")
    run = Run(definition, first, [], choose, trace)
    run.leave(node, 0)
    try:
        return run.settle()
    except StepTooLong as fault:
        return State(definition.fingerprint, first, (node, 0, first)), (Incident(node, first, fault.reason),)


def advance(
    definition: Definition, state: State, event: Event, choose: Choose, *, trace: list[int] | None = None
) -> Step:
    """The instance after the event, run until it waits. A stale event leaves it unchanged and answers Ignored.

    Raises DeclarationFault when the state belongs to another definition.
    """
    tokens = state.tokens
    if type(event) is Completed and state.definition == definition.fingerprint:
        if 0 <= event.node < len(definition.plain) and definition.plain[event.node]:
            at = _position(tokens, event.node, event.token)
            return (state, (Ignored(_GONE),)) if at < 0 else _onward(definition, state, at, choose, trace)
    elif state.definition != definition.fingerprint:
        raise DeclarationFault(f"The instance belongs to another version of process {definition.process}.")
    run = Run(definition, state.serial, _apart(tokens), choose, trace)
    refusal = _apply(run, event)
    return (state, (refusal,)) if refusal is not None else _settled(run, state)


def _settled(run: Run, before: State) -> Step:
    try:
        return run.settle()
    except StepTooLong as fault:
        return before, (Incident(fault.node, 0, fault.reason),)


def _apart(tokens: tuple[int, ...]) -> list[Token]:
    return [tokens[i : i + 3] for i in range(0, len(tokens), 3)]


def _onward(definition: Definition, state: State, at: int, choose: Choose, trace: list[int] | None) -> Step:
    """A completed task's token goes on. Most meet gateways and then the next plain task; the rest is for ``Run``."""
    tokens, nodes, flows = state.tokens, definition.nodes, definition.flows
    node, scope = nodes[tokens[at]], tokens[at + 1]
    moves = node.outgoing
    for _ in flows if len(moves) == 1 else ():  # a way without a task on it passes no flow twice
        target = nodes[flows[moves[0]].target]
        if definition.plain[target.index]:
            if trace is not None:
                trace.append(moves[0])
            serial = state.serial + 1
            moved = (*tokens[:at], target.index, scope, serial, *tokens[at + 3 :])
            return State(state.definition, serial, moved), (Enter(target.index, serial, target.kind),)
        chosen = chosen_flow(definition, target, choose) if target.kind is Kind.EXCLUSIVE else -1
        if chosen < 0:
            break
        if trace is not None:
            trace.append(moves[0])
        moves = (chosen,)
    run = Run(definition, state.serial, _apart(tokens), choose, trace)
    del run.tokens[at // 3]
    run.moves.extend([(flow, scope) for flow in moves])
    return _settled(run, state)


def waiting(definition: Definition, state: State) -> tuple[Action, ...]:
    """What the instance waits for: exactly the tasks, timers and subscriptions asked for and not yet over."""
    run = Run(definition, state.serial, [], _undecided, None)
    for i in range(0, len(state.tokens), 3):
        node, _, number = state.tokens[i : i + 3]
        if node < len(definition.nodes):
            run.announce(definition.nodes[node], number)
    return tuple(action for action in run.actions if isinstance(action, Enter | SetTimer | Subscribe))


def _undecided(name: str) -> bool:
    raise DeclarationFault(f"Nothing decides {name} here.")


def _position(tokens: tuple[int, ...], node: int, number: int) -> int:
    for at in range(0, len(tokens), 3):
        if tokens[at + 2] == number and tokens[at] == node:
            return at
    return -1


def _apply(run: Run, event: Event) -> Action | None:
    """Begin what the event causes; the answer is the refusal, if any."""
    match event:
        case Completed(node=node, token=number):
            return _complete(run, node, number)
        case TimerFired(node=node, token=number):
            return _fire(run, node, number)
        case Message():
            return _deliver(run, event)
        case Errored(node=node, token=number, error=error):
            return _fail(run, node, number, error)
        case Retried(node=node, token=number):
            token = run.token(node, number)
            if token is None or run.definition.nodes[node].kind not in _RETRIED:
                return Ignored(_GONE)
            run.tokens.remove(token)
            if run.definition.nodes[node].kind is Kind.START:
                run.leave(node, token[1])
            else:
                run.arrive(node, token[1])
            return None


def _complete(run: Run, node: int, number: int) -> Action | None:
    token = run.token(node, number)
    if token is None:
        return Ignored(_GONE)
    if run.definition.nodes[node].kind not in _BY_COMPLETION:
        return Ignored("the node is not completed by its caller")
    run.finish(token)
    run.leave(node, token[1])
    return None


def _fire(run: Run, node: int, number: int) -> Action | None:
    if not 0 <= node < len(run.definition.nodes) or not run.definition.nodes[node].timer:
        return Ignored("the node has no timer")
    token = run.token(run.definition.holder[node], number)
    if token is None:
        return Ignored(_GONE)
    run.trigger(token, node)
    return None


def _deliver(run: Run, event: Message) -> Action | None:
    listeners = run.definition.listeners.get(event.name, ())
    best: tuple[Token, int] | None = None
    for node in listeners:
        holder = run.definition.holder[node]
        for token in run.tokens:
            if token[0] == holder and event.token in (0, token[2]) and (best is None or token[2] < best[0][2]):
                best = token, node
    if best is None:
        return Ignored("no token waits for this message")
    run.trigger(*best)
    return None


def _fail(run: Run, node: int, number: int, error: str) -> Action | None:
    token = run.token(node, number)
    if token is None:
        return Ignored(_GONE)
    if run.definition.nodes[node].kind not in TASKS:
        return Ignored("only a task can end with an error")
    catcher = run.catcher(token, error)
    if catcher is None:
        return Incident(node, number, f"error {error} is not caught")
    run.fail(token, catcher)
    return None
