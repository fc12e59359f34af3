"""One step of an instance: tokens move until all of them wait. Used by ``engine`` only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import chain
from typing import Final

from douane.standards.bpmn.definition import TASKS, Definition, Kind, Node
from douane.standards.bpmn.state import (
    Action,
    CancelTimer,
    Ended,
    Enter,
    Incident,
    SetTimer,
    State,
    Subscribe,
    Throw,
    Unsubscribe,
    Withdraw,
)

Token = tuple[int, ...]  # place, scope, number

_NOWHERE: Final = frozenset[tuple[int, int]]()
MOVES_PER_NODE: Final = 100  # a step may pass each node this often on average before it counts as endless


class StepTooLong(Exception):
    """The step moved more tokens than any sensible process does: a loop that never waits, or an explosion of forks."""

    def __init__(self, node: int, moves: int) -> None:
        super().__init__(node, moves)
        self.node = node
        self.reason = f"more than {moves} moves without coming to rest"


def chosen_flow(definition: Definition, node: Node, choose: Callable[[str], bool]) -> int:
    """The way out of an exclusive gateway: the first whose condition holds, else the default; -1 where none is left."""
    for index in node.outgoing:
        if index != node.default:
            flow = definition.flows[index]
            if not flow.condition or choose(flow.condition) is not flow.negated:
                return index
    return node.default


class Run:
    """The working copy of a state. Call one of the causes (``leave``, ``trigger``...), then ``settle`` once."""

    __slots__ = ("actions", "before", "budget", "choose", "definition", "moves", "serial", "tokens", "trace")

    def __init__(
        self,
        definition: Definition,
        serial: int,
        tokens: list[Token],
        choose: Callable[[str], bool],
        trace: list[int] | None,
    ) -> None:
        self.definition = definition
        self.serial = serial
        self.tokens = tokens
        self.choose = choose
        self.trace = trace
        self.actions: list[Action] = []
        self.moves: deque[tuple[int, int]] = deque()  # flow to travel, scope
        self.budget = 1000 + MOVES_PER_NODE * len(definition.nodes)
        self.before = self._stuck()

    # --- causes -----------------------------------------------------------------------------------------------------

    def token(self, node: int, number: int) -> Token | None:
        """The token with that number, if it still stands there."""
        for token in self.tokens:
            if token[2] == number and token[0] == node:
                return token
        return None

    def leave(self, node: int, scope: int) -> None:
        """Send a token out by every outgoing flow (only a fork has more than one here)."""
        for flow in self.definition.nodes[node].outgoing:
            self.moves.append((flow, scope))

    def finish(self, token: Token) -> None:
        """Take the token of a completed activity away, and its boundary events with it."""
        self.tokens.remove(token)
        self._silence(self.definition.nodes[token[0]].boundary, token[2], -1)

    def trigger(self, token: Token, fired: int) -> None:
        """The timer, message or error event ``fired`` moves the token: what competes with it is withdrawn."""
        node = self.definition.nodes[token[0]]
        if fired == node.index:
            self.finish(token)
        elif node.kind is Kind.EVENT_GATEWAY:
            self.tokens.remove(token)
            self._silence(self._targets(node), token[2], fired)
        else:
            self._cancel(token, fired)
        self.leave(fired, token[1])

    def fail(self, token: Token, caught: tuple[Token, int]) -> None:
        """The task of the token ended with an error that ``catcher`` found a boundary event for."""
        holder, boundary = caught
        self.finish(token)
        if holder is token:
            self.leave(boundary, token[1])
        else:
            self.trigger(holder, boundary)

    def catcher(self, token: Token, error: str) -> tuple[Token, int] | None:
        """The innermost activity, from the token outwards, with a boundary event for the error."""
        at: Token | None = token
        while at is not None:
            anything = -1
            for index in self.definition.nodes[at[0]].boundary:
                boundary = self.definition.nodes[index]
                if boundary.kind is Kind.BOUNDARY_ERROR:
                    if boundary.error == error:
                        return at, index
                    if not boundary.error:
                        anything = index
            if anything >= 0:
                return at, anything
            at = self._holder(at[1])
        return None

    # --- the step ---------------------------------------------------------------------------------------------------

    def settle(self) -> tuple[State, tuple[Action, ...]]:
        """Move until nothing moves. Raises StepTooLong."""
        while self.moves:
            flow, scope = self.moves.popleft()
            if self.trace is not None:
                self.trace.append(flow)
            self._travel(flow, scope)
        for scope, place in sorted(self._stuck() - self.before):
            join = self.definition.flows[place - len(self.definition.nodes)].target
            where = f" in scope {scope}" if scope else ""
            self.actions.append(Incident(join, 0, f"the join waits for a token that cannot come{where}"))
        return (
            State(self.definition.fingerprint, self.serial, tuple(chain.from_iterable(self.tokens))),
            tuple(self.actions),
        )

    def _travel(self, flow: int, scope: int) -> None:
        self.budget -= 1
        if self.budget < 0:
            raise StepTooLong(self.definition.flows[flow].target, 1000 + MOVES_PER_NODE * len(self.definition.nodes))
        target = self.definition.flows[flow].target
        if self.definition.nodes[target].kind is Kind.PARALLEL:
            self._join(self.definition.nodes[target], flow, scope)
        else:
            self.arrive(target, scope)

    def arrive(self, index: int, scope: int) -> None:
        """A token reaches the node."""
        node = self.definition.nodes[index]
        match node.kind:
            case Kind.EXCLUSIVE:
                self._choose(node, scope)
            case Kind.THROW_NONE | Kind.THROW_MESSAGE:
                if node.message:
                    self.actions.append(Throw(index, node.message))
                self.leave(index, scope)
            case Kind.END | Kind.END_MESSAGE:
                if node.message:
                    self.actions.append(Throw(index, node.message))
                self._end(scope, index)
            case Kind.END_TERMINATE:
                self._clear(scope)
                self._end(scope, index)
            case Kind.END_ERROR:
                self._raise(node, scope)
            case Kind.SUB_PROCESS:
                number = self._wait(index, scope)
                self.announce(node, number)
                self.leave(node.start, number)
            case _:
                self.announce(node, self._wait(index, scope))

    def announce(self, node: Node, number: int) -> None:
        """Ask for everything that a token waiting at the node waits for."""
        if node.kind in TASKS:
            self.actions.append(Enter(node.index, number, node.kind))
        self._listen(node, number)
        if node.kind is Kind.EVENT_GATEWAY:
            for index in self._targets(node):
                self._listen(self.definition.nodes[index], number)
        for index in node.boundary:
            self._listen(self.definition.nodes[index], number)

    def _listen(self, node: Node, number: int) -> None:
        if node.timer:
            self.actions.append(SetTimer(node.index, number, node.timer))
        elif node.message and node.kind is not Kind.SEND:
            self.actions.append(Subscribe(node.index, number, node.message))

    def _wait(self, index: int, scope: int) -> int:
        self.serial += 1
        self.tokens.append((index, scope, self.serial))
        return self.serial

    def _choose(self, node: Node, scope: int) -> None:
        flow = chosen_flow(self.definition, node, self.choose)
        if flow >= 0:
            self.moves.append((flow, scope))
            return
        number = self._wait(node.index, scope)
        self.actions.append(Incident(node.index, number, "no condition holds and there is no default flow"))

    def _join(self, node: Node, flow: int, scope: int) -> None:
        base = len(self.definition.nodes)
        others = []
        for other in node.incoming:
            if other != flow:
                token = (base + other, scope, 0)
                if token not in self.tokens:
                    self.tokens.append((base + flow, scope, 0))
                    return
                others.append(token)
        for token in others:
            self.tokens.remove(token)
        self.leave(node.index, scope)

    # --- scopes -----------------------------------------------------------------------------------------------------

    def _holder(self, scope: int) -> Token | None:
        """The token at the sub-process whose inside is this scope."""
        for token in self.tokens:
            if token[2] == scope and scope:
                return token
        return None

    def _end(self, scope: int, node: int) -> None:
        if any(token[1] == scope for token in self.tokens) or any(move[1] == scope for move in self.moves):
            return
        holder = self._holder(scope)
        if holder is None:
            self.actions.append(Ended(node))
        else:
            self.finish(holder)
            self.leave(holder[0], holder[1])

    def _raise(self, node: Node, scope: int) -> None:
        holder = self._holder(scope)
        caught = self.catcher(holder, node.error) if holder is not None else None
        if caught is None:
            self._clear(0)
            self.actions.append(Ended(node.index, node.error))
        else:
            self.trigger(*caught)

    def _clear(self, scope: int) -> None:
        """Take every token of the scope and of the scopes inside it away."""
        self.moves = deque(move for move in self.moves if move[1] != scope)
        for token in [token for token in self.tokens if token[1] == scope]:
            self._cancel(token, -1)

    def _cancel(self, token: Token, fired: int) -> None:
        """Take one token away before its time, with what it waits for and what runs inside it."""
        self.tokens.remove(token)
        if token[0] >= len(self.definition.nodes):
            return
        node = self.definition.nodes[token[0]]
        if node.kind in TASKS:
            self.actions.append(Withdraw(node.index, token[2]))
        self._silence((node.index, *node.boundary), token[2], fired)
        if node.kind is Kind.EVENT_GATEWAY:
            self._silence(self._targets(node), token[2], fired)
        elif node.kind is Kind.SUB_PROCESS:
            self._clear(token[2])

    def _silence(self, nodes: tuple[int, ...], number: int, fired: int) -> None:
        """Withdraw timers and subscriptions, except of the event that fired."""
        for index in nodes:
            node = self.definition.nodes[index]
            if index == fired:
                continue
            if node.timer:
                self.actions.append(CancelTimer(index, number))
            elif node.message and node.kind is not Kind.SEND:
                self.actions.append(Unsubscribe(index, number, node.message))

    def _targets(self, node: Node) -> tuple[int, ...]:
        return tuple(self.definition.flows[flow].target for flow in node.outgoing)

    def _stuck(self) -> frozenset[tuple[int, int]]:
        """Scopes, with one place each, in which tokens wait before joins and nothing else is left to free them."""
        if not self.definition.joins:
            return _NOWHERE
        nodes = len(self.definition.nodes)
        places = {token[1]: token[0] for token in self.tokens if token[0] >= nodes}
        if not places:
            return _NOWHERE
        alive = {token[1] for token in self.tokens if token[0] < nodes}
        return frozenset(item for item in places.items() if item[0] not in alive)
