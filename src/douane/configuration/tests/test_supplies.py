"""What outside applications supply is found where they declare it; a promise without a function ends the start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from douane.configuration.supplies import must_be_declared, supplier_of, supply_of
from douane.model.needs import ABSENCES, Supply
from douane.vocabulary.errors import DeclarationFault

CONTRACT = """
import msgspec
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Who, query, service
from douane.model.needs import Supply

DEPTH = Supply("depth of {name}", "How deep the water is")


class Question(msgspec.Struct, frozen=True):
    pass


@service("{name}", title="Harbours", owner="tests", level=Level.BRONZE, supplies=(DEPTH,))
class Harbours:
    '''Harbours.'''

    @query(Question, Question, task="T", who=Who(by=(Actor("", ActorKind.TRADER),)))
    def show(self) -> None:
        '''Show one.'''
"""
BOUND = """
from {package}.contract import DEPTH
from douane.model.needs import supplied


@supplied(DEPTH)
def depth() -> int:
    return 7
"""


def installed(site: Path, name: str, *modules: str) -> str:
    """An application of somebody else with these modules; its package."""
    package = f"{name}_probe"
    for folder in (site / package, site / f"{package}-1.dist-info"):
        folder.mkdir(parents=True)
    (site / package / "__init__.py").write_text("")
    (site / package / "contract.py").write_text(CONTRACT.format(name=name))
    for module in modules:
        (site / package / f"{module}.py").write_text(BOUND.format(package=package))
    announced = site / f"{package}-1.dist-info"
    (announced / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-probe\nVersion: 1\n")
    (announced / "entry_points.txt").write_text(f"[douane.applications]\n{name} = {package}\n")
    return package


def test_a_function_is_found_in_whichever_module_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "harbours", "records")
    monkeypatch.syspath_prepend(tmp_path)
    depth = Supply[Callable[[], int]]("depth of harbours", "How deep the water is")
    function = supply_of(depth)
    assert function is not None
    assert (supplier_of(depth), function()) == ("harbours", 7)
    must_be_declared()


@pytest.mark.parametrize(("name", "modules"), [("quays", ()), ("locks", ("records", "handlers"))])
def test_none_or_two_functions_for_what_is_declared_end_the_start(
    name: str, modules: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, name, *modules)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DeclarationFault, match=f"{name} declares that it supplies depth of {name}, and {len(modules)}"):
        must_be_declared()


def test_what_no_service_declares_is_not_there() -> None:
    assert supply_of(Supply("tides", "When the water is high")) is None
    assert supplier_of(ABSENCES) == "availability"
