"""From a model to an executable ``Definition``, or to a refusal that names every element that stands in the way.

Reading a model and accepting it for execution are two things: whatever has a meaning at run time that the engine does
not give it is refused here, never ignored. Drawing, documentation, lanes, data objects, annotations and foreign
extensions have no such meaning and are passed over; pools, lanes and message flows are kept with the definition, and
must name what is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from douane.standards.bpmn import checks
from douane.standards.bpmn.calls import copied, split
from douane.standards.bpmn.collaboration import misdrawn, roles
from douane.standards.bpmn.definition import Definition, Kind
from douane.standards.bpmn.document import MODEL, Document, Element
from douane.standards.bpmn.draft import Draft, DraftFlow, DraftNode, fault
from douane.standards.bpmn.duration import parse_duration
from douane.standards.bpmn.table import freeze
from douane.vocabulary.errors import DeclarationFault, Fault

_TASKS: Final = {
    "serviceTask": Kind.SERVICE,
    "sendTask": Kind.SEND,
    "receiveTask": Kind.RECEIVE,
    "userTask": Kind.USER,
    "businessRuleTask": Kind.BUSINESS_RULE,
}
_GATEWAYS: Final = {
    "exclusiveGateway": Kind.EXCLUSIVE,
    "parallelGateway": Kind.PARALLEL,
    "eventBasedGateway": Kind.EVENT_GATEWAY,
}
_EVENTS: Final = {
    ("startEvent", ""): Kind.START,
    ("startEvent", "message"): Kind.START,
    ("intermediateCatchEvent", "message"): Kind.CATCH_MESSAGE,
    ("intermediateCatchEvent", "timer"): Kind.CATCH_TIMER,
    ("intermediateThrowEvent", ""): Kind.THROW_NONE,
    ("intermediateThrowEvent", "message"): Kind.THROW_MESSAGE,
    ("endEvent", ""): Kind.END,
    ("endEvent", "message"): Kind.END_MESSAGE,
    ("endEvent", "error"): Kind.END_ERROR,
    ("endEvent", "terminate"): Kind.END_TERMINATE,
    ("boundaryEvent", "timer"): Kind.BOUNDARY_TIMER,
    ("boundaryEvent", "message"): Kind.BOUNDARY_MESSAGE,
    ("boundaryEvent", "error"): Kind.BOUNDARY_ERROR,
}
_EVENT_WORDS: Final = {
    "startEvent": "start event",
    "intermediateCatchEvent": "intermediate catch event",
    "intermediateThrowEvent": "intermediate throw event",
    "endEvent": "end event",
    "boundaryEvent": "boundary event",
}
_PASSED_OVER: Final = frozenset(
    {
        "documentation", "extensionElements", "laneSet", "dataObject", "dataObjectReference", "dataStoreReference",
        "textAnnotation", "association", "group", "property", "auditing", "monitoring", "incoming", "outgoing",
        "dataInputAssociation", "dataOutputAssociation", "supportedInterfaceRef", "supports", "correlationSubscription",
        "resourceRole", "performer", "humanPerformer", "potentialOwner", "category", "rendering",
    }
)  # fmt: skip
_REASONS: Final = {
    "task": "a plain task says nothing about what to do; make it a service, user, send, receive or business rule task",
    "scriptTask": "a script cannot be checked at start; make it a service task bound to a typed step",
    "manualTask": "nobody tells the engine when a manual task is done; make it a user task",
    "transaction": "transactions are not executed",
    "adHocSubProcess": "ad-hoc sub-processes are not executed",
    "inclusiveGateway": "inclusive gateways are not executed; use parallel and exclusive ones",
    "complexGateway": "complex gateways are not executed",
    "ioSpecification": "data assignments are not executed; data lives in the record of the case",
    "multiInstanceLoopCharacteristics": "only a service task that asks others is executed several times",
    "standardLoopCharacteristics": "loop markers are not executed; draw the loop with an exclusive gateway",
}
_PREDICATE: Final = re.compile(r"(not\s+)?([A-Za-z_][A-Za-z0-9_]*)")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def compile(
    document: Document, process_id: str | None = None, *, called: Mapping[str, Document] = MappingProxyType({})
) -> Definition:
    """The executable form of one process of the model.

    process_id: may be left out where the model has one process, or one marked as executable. called: the models of the
    processes that it may call, by their ids (``calls.by_process``). Raises DeclarationFault with one fault per problem;
    each names the file, the element and the reason.
    """
    faults: list[Fault] = []
    process = _process(document, process_id)
    if process.get("isExecutable") in {"false", "0"}:
        faults.append(fault(document, process, "the process is marked as not executable"))
    draft = Draft(document, process, roles=roles(process))
    _Reader(draft, faults, document, called, (process.id,)).scope(process, None)
    faults.extend(fault(document, element, reason) for element, reason in misdrawn(document))
    if not faults:
        faults.extend(checks.check(draft))
    if faults:
        text = "; ".join(f"{one.pointer}: {one.remedy}" for one in faults[:20])
        more = f"; and {len(faults) - 20} more" if len(faults) > 20 else ""
        raise DeclarationFault(f"Process {process.id} cannot be executed. {text}{more}.", faults=tuple(faults))
    return freeze(draft)


def _process(document: Document, process_id: str | None) -> Element:
    processes = document.processes
    if process_id is not None:
        chosen = [one for one in processes if one.id == process_id]
    else:
        chosen = (
            [one for one in processes if one.get("isExecutable") == "true"] if len(processes) > 1 else list(processes)
        )
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(one.id for one in processes) or "none"
    asked = f"no process {process_id}" if process_id is not None else "not exactly one process to execute"
    raise DeclarationFault(
        f"{document.source or 'The model'} has {asked}; its processes: {known}.",
        faults=tuple(fault(document, one, "which process is meant?") for one in processes),
    )


class _Reader:
    """Collects nodes and flows of a process into the draft, and a fault for each thing it does not know."""

    def __init__(
        self, draft: Draft, faults: list[Fault], document: Document, called: Mapping[str, Document],
        within: tuple[str, ...], prefix: str = "",
    ) -> None:  # fmt: skip
        self.draft, self.faults, self.document, self.called = draft, faults, document, called
        self.within, self.prefix = within, prefix  # the processes around, outermost first; what ids here begin with
        self.ids = document.by_id()

    def refuse(self, element: Element, reason: str) -> None:
        self.faults.append(fault(self.document, element, reason))

    def scope(self, holder: Element, scope: DraftNode | None) -> None:
        for element in holder.model_elements():
            name = element.local
            if name in _TASKS:
                self.activity(element, _TASKS[name], scope)
            elif name in _GATEWAYS:
                self.gateway(element, _GATEWAYS[name], scope)
            elif name in _EVENT_WORDS:
                self.event(element, scope)
            elif name == "subProcess":
                self.sub_process(element, scope)
            elif name == "callActivity":
                self.call(element, scope)
            elif name == "sequenceFlow":
                self.flow(element, scope)
            elif name not in _PASSED_OVER:
                self.refuse(element, _REASONS.get(name, f"{name} is not executed"))

    def add(self, element: Element, kind: Kind, scope: DraftNode | None) -> DraftNode:
        node = DraftNode(element, kind, scope)
        if not element.id:
            self.refuse(element, "an element to execute needs an id")
        elif element.id in self.draft.nodes:
            self.refuse(element, "the id is written twice")
        self.draft.nodes[element.id] = node
        return node

    def activity(self, element: Element, kind: Kind, scope: DraftNode | None) -> None:
        node = self.add(element, kind, scope)
        several = element.find("multiInstanceLoopCharacteristics") if kind is Kind.SERVICE else None
        if several is not None:
            self.many(element, several)
        self.contents(element, several)
        self.activity_marks(element)
        if kind is Kind.RECEIVE:
            if element.get("instantiate") in {"true", "1"}:
                self.refuse(
                    element, "a receive task that starts the process is not executed; use a message start event"
                )
            node.message = self.message(element, element, required=True)
        elif kind is Kind.SEND:
            node.message = self.message(element, element, required=False)
        if not _NAME.fullmatch(split(element.id)[1]):
            self.refuse(element, "the id of a task names its step in Python; use letters, digits and underscores")

    def activity_marks(self, element: Element) -> None:
        if element.get("isForCompensation") in {"true", "1"}:
            self.refuse(element, "compensation is not executed")
        if element.get("default"):
            self.refuse(element, "a default flow out of an activity is not executed; use an exclusive gateway")
        for name in ("startQuantity", "completionQuantity"):
            if element.get(name, "1") != "1":
                self.refuse(element, f"{name} other than 1 is not executed")

    def many(self, element: Element, marker: Element) -> None:
        """A service task that asks several at once: whom, and how answers are put together, says its binding."""
        self.draft.many.add(element.id)
        if marker.get("isSequential") in {"true", "1"}:
            self.refuse(element, "asking one after the other is not executed; draw the loop with an exclusive gateway")
        told = [child.local for child in marker.model_elements() if child.local not in _PASSED_OVER]
        if told or marker.get("behavior", "All") != "All":
            self.refuse(element, f"{', '.join(told) or 'behavior'}: whom it asks and when it is over says its binding")

    def contents(self, element: Element, executed: Element | None = None) -> None:
        """Refuse child elements that would change what the node does, but for the one that is executed."""
        for child in element.model_elements():
            if child is executed:
                continue
            if child.local in _REASONS:
                self.refuse(element, _REASONS[child.local])
            elif child.local in {"dataInputAssociation", "dataOutputAssociation"} and (
                child.find("assignment") is not None or child.find("transformation") is not None
            ):
                self.refuse(element, _REASONS["ioSpecification"])
            elif (
                child.local not in _PASSED_OVER
                and not child.local.endswith("EventDefinition")
                and child.local != "eventDefinitionRef"
            ):
                self.refuse(element, f"{child.local} is not executed")

    def sub_process(self, element: Element, scope: DraftNode | None) -> None:
        if element.get("triggeredByEvent") in {"true", "1"}:
            self.refuse(element, "event sub-processes are not executed; use a boundary event")
            return
        node = self.add(element, Kind.SUB_PROCESS, scope)
        self.activity_marks(element)
        self.scope(element, node)

    def call(self, element: Element, scope: DraftNode | None) -> None:
        """A copy of the process that it calls, as a sub-process."""
        node = self.add(element, Kind.SUB_PROCESS, scope)
        self.contents(element)
        self.activity_marks(element)
        name = element.get("calledElement").rpartition(":")[2]
        document = self.called.get(name)
        if not name:
            self.refuse(element, "the process that it calls is not named (calledElement)")
        elif name in self.within:
            self.refuse(element, f"process {name} calls itself")
        elif document is None:
            self.refuse(element, f"process {name}, which it calls, is not at hand")
        else:
            process, prefix = _process(document, name), f"{element.id}/"
            role = self.draft.roles.get(element.id, "")
            self.draft.calls[element.id] = name
            self.draft.roles |= {prefix + id: own or role for id, own in roles(process).items()}
            inner = _Reader(self.draft, self.faults, document, self.called, (*self.within, name), prefix)
            inner.scope(copied(process, prefix), node)

    def gateway(self, element: Element, kind: Kind, scope: DraftNode | None) -> None:
        node = self.add(element, kind, scope)
        self.contents(element)
        node.default = element.get("default")
        node.order = tuple(child.content.rpartition(":")[2] for child in element.model_elements("outgoing"))
        if kind is not Kind.EXCLUSIVE and node.default:
            self.refuse(element, "only an exclusive gateway has a default flow")
        if element.get("instantiate") in {"true", "1"}:
            self.refuse(element, "an event-based gateway that starts the process is not executed")
        if element.get("eventGatewayType", "Exclusive") != "Exclusive":
            self.refuse(element, "a parallel event-based gateway is not executed")

    def event(self, element: Element, scope: DraftNode | None) -> None:
        self.contents(element)
        trigger, definition = self.trigger(element)
        if trigger is None:
            return
        kind = _EVENTS.get((element.local, trigger))
        if kind is None:
            what = (
                f"{trigger} {_EVENT_WORDS[element.local]}s"
                if trigger
                else f"{_EVENT_WORDS[element.local]}s without a trigger"
            )
            self.refuse(element, f"{what} are not executed")
            return
        node = self.add(element, kind, scope)
        if element.local == "boundaryEvent":
            node.attached = element.get("attachedToRef").rpartition(":")[2]
            if element.get("cancelActivity") in {"false", "0"} and kind is not Kind.BOUNDARY_ERROR:
                self.refuse(element, "non-interrupting boundary events are not executed")
        if definition is not None and trigger == "message":
            node.message = self.message(element, definition, required=True)
        elif definition is not None and trigger == "timer":
            node.timer = self.timer(element, definition)
        elif definition is not None and trigger == "error":
            node.error = self.error(element, definition)
            if kind is Kind.END_ERROR and not node.error:
                self.refuse(element, "an error end event needs an errorRef")
        if kind is Kind.START and trigger and scope is not None:
            self.refuse(element, "a sub-process starts with an event without a trigger")

    def trigger(self, element: Element) -> tuple[str | None, Element | None]:
        """The word of the event definition ('' for none), or None after a refusal."""
        found = [one for one in element.model_elements() if one.local.endswith("EventDefinition")]
        for reference in element.model_elements("eventDefinitionRef"):
            target = self.ids.get(reference.content.rpartition(":")[2])
            if target is None:
                self.refuse(element, f"event definition {reference.content} is missing")
                return None, None
            found.append(target)
        if len(found) > 1:
            self.refuse(element, "an event with several triggers is not executed")
            return None, None
        if not found:
            return "", None
        return found[0].local.removesuffix("EventDefinition"), found[0]

    def message(self, element: Element, holder: Element, *, required: bool) -> str:
        reference = holder.get("messageRef").rpartition(":")[2]
        if not reference:
            if required:
                self.refuse(element, "the message is not named (messageRef)")
            return ""
        target = self.ids.get(reference)
        if target is None or target.tag != f"{{{MODEL}}}message":
            self.refuse(element, f"message {reference} is not in the file")
            return ""
        return target.name or target.id

    def timer(self, element: Element, definition: Element) -> str:
        if definition.find("timeCycle") is not None:
            self.refuse(element, "repeating timers are not executed")
            return ""
        expression = definition.find("timeDuration")
        named_only = expression is None
        if expression is None:
            expression = definition.find("timeDate")
        text = expression.content if expression is not None else ""
        if _NAME.fullmatch(text) and not (text.startswith("P") and parse_duration(text)):
            return text
        if not named_only and parse_duration(text) is not None:
            return text
        wanted = (
            "the name of a deadline function"
            if named_only
            else "an ISO 8601 duration or the name of a deadline function"
        )
        self.refuse(element, f"the timer says {text!r}; it must be {wanted}")
        return ""

    def error(self, element: Element, definition: Element) -> str:
        reference = definition.get("errorRef").rpartition(":")[2]
        if not reference:
            return ""
        target = self.ids.get(reference)
        if target is None or target.tag != f"{{{MODEL}}}error":
            self.refuse(element, f"error {reference} is not in the file")
            return ""
        return target.get("errorCode") or target.name or target.id

    def flow(self, element: Element, scope: DraftNode | None) -> None:
        condition, negated = "", False
        expression = element.find("conditionExpression")
        if expression is not None:
            match = _PREDICATE.fullmatch(expression.content)
            if match is None:
                self.refuse(
                    element,
                    f"the condition {expression.content[:80]!r} must be the name of a predicate, or 'not' and its name",
                )
            else:
                condition, negated = self.prefix + match.group(2), match.group(1) is not None
        if not element.id:
            self.refuse(element, "a sequence flow needs an id")
        source, target = (element.get(side).rpartition(":")[2] for side in ("sourceRef", "targetRef"))
        self.draft.flows.append(DraftFlow(element, source, target, scope, condition, negated))
