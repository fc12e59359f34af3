"""A short notation for processes, and a player that checks every step, shared by the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from xml.sax.saxutils import quoteattr

from douane.standards.bpmn import engine
from douane.standards.bpmn.definition import Definition
from douane.standards.bpmn.document import Document
from douane.standards.bpmn.state import (
    CancelTimer,
    Completed,
    Enter,
    Errored,
    Event,
    Ignored,
    Message,
    Retried,
    SetTimer,
    State,
    Subscribe,
    TimerFired,
    Unsubscribe,
    Withdraw,
    decode,
    encode,
)

_TASKS = {"service": "serviceTask", "user": "userTask", "send": "sendTask", "rule": "businessRuleTask"}
_GATEWAYS = {"exclusive": "exclusiveGateway", "parallel": "parallelGateway", "events": "eventBasedGateway"}
_EVENTS = {
    "start": "startEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "end": "endEvent",
}


Wait = Enter | SetTimer | Subscribe


class Notation:
    """Lines of text to BPMN: ``service a``, ``exclusive g default=g_b``, ``a -> g -> b``, ``g -> c : not ok``..."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.globals: dict[str, str] = {}

    def xml(self, text: str) -> str:
        for line in text.strip().replace(";", "\n").splitlines():
            self.line(line.strip())
        body = "\n".join(self.out)
        return (
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://douane.example">\n'
            + "\n".join(self.globals.values())
            + f'\n<process id="p" isExecutable="true">\n{body}\n</process></definitions>'
        )

    def line(self, line: str) -> None:
        if not line:
            return
        if "->" in line:
            self.flow(line)
            return
        word, *rest = line.split()
        if word in _TASKS:
            self.out.append(f'<{_TASKS[word]} id="{rest[0]}"/>')
        elif word in _GATEWAYS:
            extra = "".join(
                " " + key + "=" + quoteattr(value) for key, _, value in (one.partition("=") for one in rest[1:])
            )
            self.out.append(f'<{_GATEWAYS[word]} id="{rest[0]}"{extra}/>')
        elif word in _EVENTS:
            self.out.append(f'<{_EVENTS[word]} id="{rest[0]}">{self.trigger(rest[1:])}</{_EVENTS[word]}>')
        elif word == "receive":
            self.trigger(["message", rest[2]])
            self.out.append(f'<receiveTask id="{rest[0]}" messageRef="message_{rest[2]}"/>')
        elif word == "boundary":
            self.out.append(
                f'<boundaryEvent id="{rest[0]}" attachedToRef="{rest[2]}">{self.trigger(rest[3:])}</boundaryEvent>'
            )
        elif word == "sub":
            self.out.append(f'<subProcess id="{rest[0]}">')
        elif word == "}":
            self.out.append("</subProcess>")
        else:
            self.out.append(line)

    def flow(self, line: str) -> None:
        ways, _, condition = line.partition(" : ")
        stops = [stop.strip() for stop in ways.split("->")]
        for source, target in pairwise(stops):
            inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
            name = f"{source}_{target}"
            self.out.append(
                f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
            )

    def trigger(self, words: list[str]) -> str:
        match words:
            case []:
                return ""
            case ["message", name]:
                self.globals["m" + name] = f'<message id="message_{name}" name="{name}"/>'
                return f'<messageEventDefinition messageRef="message_{name}"/>'
            case ["timer", text]:
                return f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>"
            case ["error"]:
                return "<errorEventDefinition/>"
            case ["error", name]:
                self.globals["e" + name] = f'<error id="error_{name}" errorCode="{name}"/>'
                return f'<errorEventDefinition errorRef="error_{name}"/>'
            case _:
                return f"<{words[0]}EventDefinition/>"


class Player:
    """Plays one instance by element ids; after every step what it was told to wait for must equal ``waiting``."""

    def __init__(self, definition: Definition, facts: dict[str, bool] | None = None) -> None:
        self.definition, self.facts = definition, facts or {}
        self.trace: list[int] = []
        self.pending: list[Wait] = []
        self.asked: list[str] = []
        self.log: list[str] = []
        self.state = State(0, 0, ())

    def choose(self, name: str) -> bool:
        self.asked.append(name)
        return self.facts[name]

    def start(self, message: str | None = None) -> Player:
        return self.take(engine.start(self.definition, self.choose, message=message, trace=self.trace), None)

    def send(self, event: Event) -> Player:
        return self.take(engine.advance(self.definition, self.state, event, self.choose, trace=self.trace), event)

    def done(self, *ids: str) -> Player:
        for id in ids:
            self.send(Completed(*self.at(id, Enter)))
        return self

    def fire(self, id: str) -> Player:
        return self.send(TimerFired(*self.at(id, SetTimer)))

    def message(self, name: str) -> Player:
        return self.send(Message(name))

    def error(self, id: str, error: str) -> Player:
        return self.send(Errored(*self.at(id, Enter), error))

    def retry(self, id: str) -> Player:
        node = self.definition.node(id).index
        (number,) = [
            self.state.tokens[i + 2] for i in range(0, len(self.state.tokens), 3) if self.state.tokens[i] == node
        ]
        return self.send(Retried(node, number))

    def at(self, id: str, kind: type) -> tuple[int, int]:
        node = self.definition.node(id).index
        return next((one.node, one.token) for one in self.pending if isinstance(one, kind) and one.node == node)

    def take(self, step: engine.Step, event: Event | None) -> Player:
        before, (self.state, actions) = self.state, step
        assert decode(encode(self.state)) == self.state
        self.log = [self.word(action) for action in actions]
        if any(isinstance(action, Ignored) for action in actions):
            assert self.state == before
            return self
        if self.state != before:
            self.consume(event)
        for action in actions:
            match action:
                case Enter() | SetTimer() | Subscribe():
                    self.pending.append(action)
                case Withdraw():
                    self.drop(Enter, action.node, action.token)
                case CancelTimer():
                    self.drop(SetTimer, action.node, action.token)
                case Unsubscribe():
                    self.drop(Subscribe, action.node, action.token)
                case _:
                    pass
        self.pending = [one for one in self.pending if not self.received(one)]
        expected = list(engine.waiting(self.definition, self.state))
        assert sorted(map(repr, self.pending)) == sorted(map(repr, expected))
        return self

    def consume(self, event: Event | None) -> None:
        match event:
            case Completed() | Errored():
                self.drop(Enter, event.node, event.token)
            case TimerFired():
                self.drop(SetTimer, event.node, event.token)
            case Message():
                heard = [one for one in self.pending if isinstance(one, Subscribe) and one.message == event.name]
                first = min(heard, key=lambda one: one.token)
                self.pending.remove(first)
            case _:
                pass

    def received(self, one: object) -> bool:
        """A receive task is over when its subscription is."""
        return (
            isinstance(one, Enter)
            and bool(self.definition.nodes[one.node].message)
            and self.definition.nodes[one.node].kind.name == "RECEIVE"
            and not any(isinstance(p, Subscribe) and (p.node, p.token) == (one.node, one.token) for p in self.pending)
        )

    def drop(self, kind: type, node: int, token: int) -> None:
        (gone,) = [one for one in self.pending if isinstance(one, kind) and (one.node, one.token) == (node, token)]
        self.pending.remove(gone)

    def word(self, action: object) -> str:
        node = getattr(action, "node", -1)
        return type(action).__name__ + (f" {self.definition.nodes[node].id}" if node >= 0 else "")

    @property
    def waits(self) -> list[str]:
        return sorted(self.definition.nodes[one.node].id for one in self.pending)


Model = Callable[[str], Document]
"""Text in the short notation to a document."""
Play = Callable[..., Player]
"""Text in the short notation to a player of its process; keywords are the answers of the predicates."""
