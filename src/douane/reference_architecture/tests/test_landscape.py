"""Who does what with whose system: candidates by three factors, duplicates, and lists set against the model."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.reference_architecture.functions import Verdict, judged, read_functions
from douane.reference_architecture.landscape import (
    Column,
    Function,
    Held,
    Holding,
    candidates,
    duplicates,
    functions,
)
from douane.reference_architecture.snapshots import FORMAT, Snapshot, read_holdings, read_snapshot
from douane.vocabulary.errors import NotValid

SHAPE = {"transit.lodge": "lrn mrn grn office", "import.declare": "lrn mrn grn office value",
         "import.find": "mrn", "transit.find": "mrn", "eori.check": "number country day name"}  # fmt: skip


@cache
def model() -> ApplicationModel:
    """Three services; two operations that take much the same, and two small ones that do too."""
    nodes, edges = [Node(NodeKind.CAPABILITY, "moving goods", "Move goods under control")], []
    for name, level in (("transit", "gold"), ("import", "silver"), ("eori", "silver")):
        nodes.append(Node(NodeKind.SERVICE, name, name.title(), facts=(("level", level),)))
        edges.append(Edge(EdgeKind.REALISES, f"service:{name}", "capability:moving goods", "here"))
        nodes.append(Node(NodeKind.LEGAL, f"UCC {name}"))
        edges.append(Edge(EdgeKind.GROUNDED, f"service:{name}", f"legal:UCC {name}", "here"))
    for operation, shape in SHAPE.items():
        type = operation.title().replace(".", "")
        nodes.append(Node(NodeKind.OPERATION, operation, f"Do {operation}", facts=(("kind", "command"),)))
        nodes.append(Node(NodeKind.TYPE, type, facts=(("optional", ""), ("required", shape))))
        edges.append(Edge(EdgeKind.OFFERS, f"service:{operation.partition('.')[0]}", f"operation:{operation}", "here"))
        edges.append(Edge(EdgeKind.TAKES, f"operation:{operation}", f"type:{type}", "here"))
    return ApplicationModel(nodes, edges)


def test_an_operation_that_is_gone_is_gone_from_its_cell() -> None:
    gone = "operation:import.find"
    rest = ApplicationModel(
        [node for node in model() if node.id != gone], [e for e in model().edges if gone not in (e.source, e.target)]
    )
    assert [each.operations for each in functions(rest) if each.name == "import"] == [1]


def column(name: str, **held: Holding) -> Column:
    return Column(name, held)


def own(elements: str = "", legal: str = "", held: Held = Held.OWN) -> Holding:
    return Holding(held, elements=frozenset(elements.split()), legal=frozenset(legal.split()))


def test_a_function_is_what_a_service_does() -> None:
    found = {each.name: each for each in functions(model())}
    assert [each.title for each in functions(model())] == ["Eori", "Import", "Transit"]
    assert found["import"] == Function(
        "import", "Import", "moving goods", 2, "silver", frozenset(["lrn", "mrn", "grn", "office", "value"]),
        frozenset({"UCC import"}),
    )  # fmt: skip


def test_candidates_are_ranked_by_three_factors_that_stand_apart() -> None:
    columns = (
        column("BE", transit=own("a b c", "x"), eori=own("a b", "x y")),
        column("IT", transit=own("a b d", "x"), eori=own("a b", "x z"), **{"import": own()}),
        column("NL", transit=own(held=Held.MARKET), eori=own(held=Held.SHARED), **{"import": own(held=Held.NONE)}),
        column("FR", transit=own("a b c", "x", Held.CENTRAL), **{"import": own(held=Held.PLANNED)}),
    )
    found = candidates(functions(model()), columns)
    assert [(c.function.name, c.built, c.alike, c.divergent) for c in found] == [
        ("transit", 3, 0.5, 0), ("eori", 2, 1.0, 2),
    ]  # fmt: skip


def test_one_owner_is_no_candidate_and_what_is_not_declared_is_said() -> None:
    assert candidates(functions(model()), (column("BE", transit=own()),)) == ()
    (found,) = candidates(functions(model()), (column("BE", transit=own()), column("IT", transit=own())))
    assert (found.alike, found.divergent) == (None, None)


def test_duplicates_are_of_different_services_and_not_small() -> None:
    assert [(d.one, d.other, d.common, d.of) for d in duplicates(model())] == [
        ("import.declare", "transit.lodge", 4, 5)
    ]


LIST = (
    "function;description;service;elements;articles\n"
    "Versand;;transit;;\n"
    "Grenze;;;lrn|mrn|grn|stamp;UCC 1\n"
    "Moving;Move goods under customs control;;;\n"
    "Wine cellar register;Who stores which wine;;;\n"
    "Auction;Selling seized things;;;\n"
)


def test_a_list_is_set_against_the_model() -> None:
    others = (column("BE", Auction=own()), column("IT", Auction=own(held=Held.NONE)))
    found = judged(model(), read_functions(LIST.encode()), others)
    assert [(j.listed.function, j.verdict, j.fits) for j in found] == [
        ("Versand", Verdict.COUNTERPART, ("service:transit",)),
        ("Grenze", Verdict.COUNTERPART, ("service:import",)),
        ("Moving", Verdict.COUNTERPART, ("capability:moving goods",)),
        ("Wine cellar register", Verdict.UNIQUE, ()),
        ("Auction", Verdict.SHARED, ("BE",)),
    ]
    assert all(j.because for j in found if j.verdict is Verdict.COUNTERPART)
    assert read_functions(b"\xef\xbb\xbf" + LIST.replace(";", ",").encode()) == read_functions(LIST.encode())


@pytest.mark.parametrize(
    ("data", "line", "rule"),
    [
        (b"function\n\xff\n", 2, "F01"),
        (b"", 1, "F02"),
        (b"name,description\na,b\n", 1, "F02"),
        (b"function,function\na,b\n", 1, "F02"),
        (b'function\n"a\n', 2, "F03"),
        (b"function,description\na,b\na\n", 3, "F04"),
        (b"function,description\na,b\n,c\n", 3, "F05"),
        (b"function\na\nb\na\n", 4, "F06"),
        (b"function\n" + b"x" * 30_000, 2, "F07"),
    ],
)  # fmt: skip
def test_a_list_that_does_not_fit_is_refused_with_line_and_rule(data: bytes, line: int, rule: str) -> None:
    with pytest.raises(NotValid) as caught:
        read_functions(data)
    assert (caught.value.faults[0].line, caught.value.faults[0].rule) == (line, rule)


HOLDINGS = (
    "function,held,of,operations,volume,level,planned,elements,articles\n"
    "transit,own,,30,700000,silver,,lrn;mrn,UCC 226\n"
    "eori,Shared,fr,,,,,,\n"
    "import,planned,,,,,2027-01-01,,\n"
)


def test_what_an_administration_declares_becomes_a_column() -> None:
    made = Snapshot(FORMAT, "BE", 4, dt.date(2026, 11, 20), read_holdings(HOLDINGS.encode()))
    found = made.column()
    assert (found.administration, found.number, found.taken) == ("BE", 4, dt.date(2026, 11, 20))
    assert found.holdings["transit"] == Holding(
        Held.OWN, "", 30, 700_000, "silver", None, frozenset({"lrn", "mrn"}), frozenset({"UCC 226"})
    )
    assert found.holdings["eori"].of == "FR"
    assert found.holdings["import"].planned == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("x,ours,,,,,,,", "F08"),
        ("x,own,,many,,,,,", "F08"),
        ("x,own,,,-1,,,,", "F08"),
        ("x,planned,,,,,soon,,", "F08"),
        ("x,shared,,,,,,,", "F09"),
        ("x,own,FR,,,,,,", "F09"),
        ("x,planned,,,,,,,", "F09"),
        ("x,own,,,,,2027-01-01,,", "F09"),
        ("x,own,,,,platinum,,,", "F09"),
        ("transit,own,,,,,,,", "F09"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(line: str, rule: str) -> None:
    with pytest.raises(NotValid) as caught:
        read_holdings(f"{HOLDINGS}{line}\n".encode())
    assert [(f.line, f.rule) for f in caught.value.faults] == [(5, rule)]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b'{"format":"douane.landscape.1"}',
        b'{"format":"x","administration":"BE","number":1,"taken":"2026-01-01","functions":[]}',
        b'{"format":"douane.landscape.1","administration":"be","number":1,"taken":"2026-01-01","functions":[]}',
        b'{"format":"douane.landscape.1","administration":"BE","number":0,"taken":"2026-01-01","functions":[]}',
        (b'{"format":"douane.landscape.1","administration":"BE","number":1,"taken":"2026-01-01","functions":'
         b'[{"function":"a","held":"own"},{"function":"a","held":"none"}]}'),
    ],
)  # fmt: skip
def test_what_is_no_snapshot_is_refused(content: bytes) -> None:
    with pytest.raises(NotValid):
        read_snapshot(content)
