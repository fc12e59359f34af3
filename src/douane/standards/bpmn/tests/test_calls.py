"""Call activities: what is called runs as if it were embedded, is pinned with its caller, and keeps its own names."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.calls import at_level, by_process
from douane.standards.bpmn.definition import Definition
from douane.standards.bpmn.document import MODEL, Document, Element
from douane.standards.bpmn.state import Enter, SetTimer, Subscribe
from douane.standards.bpmn.tests.notation import Model, Notation, Player
from douane.standards.bpmn.tests.random_processes import RandomProcess
from douane.vocabulary.errors import DeclarationFault

SEEDS = 150
STEPS = 60


def named(text: str, process: str) -> Document:
    """The notation as a process of that name, in a file of that name."""
    source = Notation().xml(text).replace('<process id="p"', f'<process id="{process}"')
    return document.read(source.encode(), source=f"{process}.bpmn")


CALLED = """start b; user inspect; exclusive fine default=fine_good; end good; end bad error UNFIT
boundary late on inspect timer limit; end gone; b -> inspect -> fine; fine -> good; fine -> bad : unfit; late -> gone"""
CALLER = """start s; <callActivity id="control" calledElement="controlling"/>; service go; service stop; end e; end f
boundary unfit on control error UNFIT; s -> control -> go -> e; unfit -> stop -> f"""


def called(text: str = CALLED) -> dict[str, Document]:
    return by_process([named(text, "controlling")])


def test_what_is_called_runs_and_its_caller_goes_on() -> None:
    made = compiler.compile(named(CALLER, "caller"), called=called())
    p = Player(made, {"control/unfit": False}).start()
    assert p.waits == ["control/inspect", "control/late"]
    assert p.done("control/inspect").waits == ["go"]
    assert made.owner("control/inspect") == "controlling"
    assert made.owner("go") == "caller"
    assert [(use.name, use.element) for use in made.tasks] == [
        ("inspect", "control/inspect"), ("go", "go"), ("stop", "stop"),
    ]  # fmt: skip


def test_an_error_of_what_is_called_leaves_by_the_border_of_the_call() -> None:
    made = compiler.compile(named(CALLER, "caller"), called=called())
    assert Player(made, {"control/unfit": True}).start().done("control/inspect").waits == ["stop"]
    assert Player(made, {}).start().fire("control/late").waits == ["go"]


def test_what_is_called_is_pinned_with_its_caller() -> None:
    one = compiler.compile(named(CALLER, "caller"), called=called())
    same = compiler.compile(named(CALLER, "caller"), called=called(CALLED.replace("; end gone", "\nend gone")))
    other = compiler.compile(named(CALLER, "caller"), called=called(CALLED.replace("timer limit", "timer another")))
    assert one.hash == same.hash != other.hash


def test_calls_within_calls() -> None:
    middle = 'start b; <callActivity id="deeper" calledElement="controlling"/>; end g; b -> deeper -> g'
    top = CALLER.replace('calledElement="controlling"', 'calledElement="middle"')
    models = by_process([named(CALLED, "controlling"), named(middle, "middle")])
    made = compiler.compile(named(top, "caller"), called=models)
    p = Player(made, {"control/deeper/unfit": True}).start()
    assert p.waits == ["control/deeper/inspect", "control/deeper/late"]
    assert made.calls == {"control": "middle", "control/deeper": "controlling"}
    assert made.owner("control/deeper/inspect") == "controlling"
    p.done("control/deeper/inspect")
    assert p.waits == ["stop"]  # an error passes through every call until a border catches it
    way = made.path(p.trace)
    assert at_level(way, "") == ["s", "s_control", "control", "unfit", "unfit_stop", "stop"]
    assert at_level(way, "control") == ["b", "b_deeper", "deeper"]


def test_two_calls_of_one_process_are_apart() -> None:
    text = """start s; <callActivity id="one" calledElement="controlling"/>
    <callActivity id="two" calledElement="controlling"/>; end e; s -> one -> two -> e"""
    made = compiler.compile(named(text, "caller"), called=called())
    p = Player(made, {"one/unfit": False, "two/unfit": False}).start().done("one/inspect")
    assert p.waits == ["two/inspect", "two/late"]
    assert p.done("two/inspect").state.ended


def test_a_role_passes_to_what_is_called() -> None:
    source = Notation().xml(CALLER).replace('<process id="p"', '<process id="caller"')
    lane = '<laneSet id="l"><lane id="o" name="Officer"><flowNodeRef>control</flowNodeRef></lane></laneSet>'
    read = document.read(source.replace('isExecutable="true">', f'isExecutable="true">{lane}').encode())
    made = compiler.compile(read, called=called())
    assert made.roles[made.node("control/inspect").index] == "Officer"


@pytest.mark.parametrize(
    ("text", "models", "reason"),
    [
        (CALLER, {}, "process controlling, which it calls, is not at hand"),
        (CALLER.replace(' calledElement="controlling"', ""), {}, "is not named"),
        (CALLER.replace("controlling", "caller"), by_process([named(CALLER, "caller")]), "process caller calls itself"),
        (CALLER, called(CALLED.replace("start b", "start b message Go")), "starts with an event without a trigger"),
        (CALLER, called(CALLED.replace("user inspect", "<scriptTask id='inspect'/>")), "a script cannot be checked"),
    ],
)
def test_what_cannot_be_called_is_refused(text: str, models: dict[str, Document], reason: str) -> None:
    with pytest.raises(DeclarationFault) as refused:
        compiler.compile(named(text, "caller"), called=models)
    assert reason in str(refused.value)


def test_a_fault_of_what_is_called_names_its_file() -> None:
    broken = called(CALLED.replace("user inspect", "<scriptTask id='inspect'/>"))
    with pytest.raises(DeclarationFault) as refused:
        compiler.compile(named(CALLER, "caller"), called=broken)
    assert refused.value.faults[0].pointer.startswith("controlling.bpmn#")


# --- as if embedded -------------------------------------------------------------------------------------------------


def torn_apart(read: Document) -> dict[str, Document]:
    """The same model with every sub-process in a process of its own, called where it was embedded."""
    found: dict[str, Document] = {}
    shared = tuple(one for one in read.root.elements() if one.local in {"message", "error"})

    def outside(element: Element) -> Element:
        children = []
        for child in element.children:
            if isinstance(child, Element) and child.local == "subProcess":
                name = f"process_{child.id}"
                process = replace(outside(child), tag=f"{{{MODEL}}}process", attributes=(("id", name),))
                found[name] = Document(replace(read.root, children=(*shared, process)), f"{name}.bpmn")
                child = Element(f"{{{MODEL}}}callActivity", (("id", child.id), ("calledElement", name)))
            elif isinstance(child, Element):
                child = outside(child)
            children.append(child)
        return replace(element, children=tuple(children))

    found["p"] = Document(outside(read.root), "p.bpmn")
    return found


def events(player: Player) -> Iterator[tuple[str, str]]:
    """What can happen next, by ids without calls."""
    for one in player.pending:
        id = player.definition.nodes[one.node].id.rpartition("/")[2]
        if isinstance(one, Enter) and id.startswith("task"):
            yield "done", id
        elif isinstance(one, SetTimer):
            yield "fire", id
        elif isinstance(one, Subscribe):
            yield "message", one.message


class Deciding(Player):
    """A player whose predicates are answered by the seeded process, whatever they are called."""

    def __init__(self, definition: Definition, process: RandomProcess) -> None:
        super().__init__(definition)
        self.process = process

    def choose(self, name: str) -> bool:
        own = name.rpartition("/")[2]
        self.asked.append(own)
        return self.process.answer(own, self.asked.count(own) - 1)

    def act(self, what: str, id: str) -> None:
        full = {node.id.rpartition("/")[2]: node.id for node in self.definition.nodes}
        getattr(self, what)(id if what == "message" else full[id])

    @property
    def told(self) -> list[tuple[str, str]]:
        return sorted(events(self))


@pytest.mark.parametrize("begin", range(0, SEEDS, 50))
def test_a_call_runs_as_the_sub_process_embedded(model: Model, begin: int) -> None:
    calls = 0
    for seed in range(begin, begin + 50):
        process = RandomProcess(seed)
        embedded = model(process.text)
        apart = torn_apart(embedded)
        calls += len(apart) - 1
        one = Deciding(compiler.compile(embedded), process)
        other = Deciding(compiler.compile(apart["p"], called=apart), process)
        one.start()
        other.start()
        dice = random.Random(seed)
        for _ in range(STEPS):
            assert one.told == other.told, seed
            assert sorted(one.asked) == sorted(other.asked), seed
            if not one.told:
                break
            chosen = dice.choice(one.told)
            one.act(*chosen)
            other.act(*chosen)
        assert one.state.ended == other.state.ended
    assert calls > 10
