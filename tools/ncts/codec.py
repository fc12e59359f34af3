"""Writes the layouts, readers and writers, one module per group of the message family."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.ncts.naming import GENERATED, snake, variant_of
from tools.ncts.schema import Element, Simple
from tools.ncts.shapes import Family, value_type

BINDING = "douane.standards.ncts.binding"


@dataclass
class Plan:
    """A layout to write: one tag with one set of constraints."""

    constant: str
    function: str
    tag: str
    kind: str  # a complex type that has it
    struct: str
    elements: list[tuple[Element, str]]  # element and the constant of its kind or layout
    messages: set[str] = field(default_factory=set)
    module: str = ""
    root: bool = False


@dataclass
class Plans:
    """All layouts by constant, and which one a complex type has under a tag."""

    by_constant: dict[str, Plan] = field(default_factory=dict)
    place: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: dict[tuple[object, ...], str] = field(default_factory=dict)

    def inner(self, element: Element) -> Plan:
        """The plan of a group inside a group."""
        return self.by_constant[self.place[element.group, element.tag]]

    def flat(self, plan: Plan) -> bool:
        """Whether nothing in it repeats."""
        return all(e.simple or self.inlined(e) for e, _ in plan.elements)

    def inlined(self, element: Element) -> bool:
        """Whether a group is read by the expression of the group around it."""
        return not element.simple and element.most == 1 and self.flat(self.inner(element))


def plan(family: Family, kinds: dict[Simple, str]) -> Plans:
    """Find all layouts, inner ones first."""
    plans = Plans()
    for root in sorted(family.schemas.roots):
        _place(family.schemas.roots[root], root, root, family, kinds, plans)
    for one in plans.by_constant.values():
        only = next(iter(one.messages)) if len(one.messages) == 1 else ""
        one.module = snake(only or one.tag)
        one.root = one.tag in family.schemas.roots
    return plans


def _place(kind: str, tag: str, root: str, family: Family, kinds: dict[Simple, str], plans: Plans) -> str:
    elements = family.schemas.complex[kind]
    inner = [kinds[e.simple] if e.simple else _place(e.group, e.tag, root, family, kinds, plans) for e in elements]
    key = (
        tag,
        family.shape_of[kind],
        *((e.tag, e.least, e.most, name) for e, name in zip(elements, inner, strict=True)),
    )
    if key not in plans.keys:
        custom, _, digits = variant_of(kind)
        function = snake(tag) + ("_custom" if custom else "") + (f"_{digits}" if digits else "")
        taken = {one.function for one in plans.by_constant.values()}
        while function in taken:
            function += "_again"
        constant = f"L_{function.upper()}"
        pairs = list(zip(elements, inner, strict=True))
        plans.by_constant[constant] = Plan(constant, function, tag, kind, family.shape_of[kind], pairs)
        plans.keys[key] = constant
    constant = plans.keys[key]
    plans.place[kind, tag] = constant
    plans.by_constant[constant].messages.add(root)
    return constant


def layout_source(one: Plan) -> list[str]:
    """The lines of one layout."""
    lines = [f'{one.constant} = Layout("{one.tag}", {one.struct}, (']
    for element, name in one.elements:
        head = f'"{element.tag}", "{snake(element.tag)}"'
        if element.simple:
            text = f"Leaf({head}, {element.least > 0}, {name}),"
        else:
            text = f"Inner({head}, {element.least}, {element.most}, {name}),"
        if len(lines) == 1 or len(lines[-1]) + len(text) > 150:
            lines.append("   ")
        lines[-1] += " " + text
    return [*lines, "))"]


class ReaderSource:
    """Writes the reader of one layout."""

    def __init__(self, one: Plan, plans: Plans) -> None:
        self.one, self.plans = one, plans
        self.lines: list[str] = []
        self.matchers: list[str] = []
        self.values: dict[str, str] = {}
        self.captures = 0

    def build(self) -> tuple[list[str], list[str]]:
        """The matchers of the runs and the lines of the function."""
        one, last = self.one, len(self.one.elements)
        start, guarded = 0, self._guarded()
        for place, (element, name) in enumerate(one.elements):
            if not element.simple and not self.plans.inlined(element):
                if place > start or (start == 0 and not one.root):
                    self._run(start, place)
                start = place + 1
                if place == guarded:  # most of the last groups are absent: the end tag says so of all of them at once
                    self.lines += [self._absent(e, n) for e, n in one.elements[place:] if self._apart(e)]
                    self.lines.append('    if not starts("</", at):')
                self._group(element, name, inside=place >= guarded)
        if start < last or not one.root:
            self._run(start, last)
        arguments = ", ".join(f"{snake(e.tag)}={self.values[e.tag]}" for e, _ in one.elements)
        phase = ", phase: str | None" if one.root else ""
        arguments += ", phase_id=phase" if one.root else ""
        head = f"def read_{one.function}(text: str, starts: Starts, at: int{phase}) -> tuple[{one.struct}, int]:"
        return self.matchers, [head, *self.lines, f"    return {one.struct}({arguments}), at"]

    def _apart(self, element: Element) -> bool:
        """Whether a reader of its own reads the element."""
        return not element.simple and not self.plans.inlined(element)

    def _guarded(self) -> int:
        """Where a row of three or more optional groups begins that ends the struct, but for what its last run reads."""
        elements = [e for e, _ in self.one.elements]
        ends = max((n for n, e in enumerate(elements) if self._apart(e)), default=-1) + 1
        begins = ends
        while begins and self._apart(elements[begins - 1]) and not elements[begins - 1].least:
            begins -= 1
        last_run_may_be_empty = not any(e.least for e in elements[ends:])
        return begins if ends - begins >= 3 and last_run_may_be_empty and not self.one.root else len(elements)

    def _absent(self, element: Element, name: str) -> str:
        """The line that says that a group is absent, until it is found."""
        struct = self.plans.by_constant[name].struct
        kind, value = (f"tuple[{struct}, ...]", "()") if element.most > 1 else (f"{struct} | None", "None")
        return f"    {snake(element.tag)}: {kind} = {value}"

    def _run(self, start: int, stop: int) -> None:
        one = self.one
        matcher = f"_{one.constant}_{len(self.matchers)}"
        self.matchers.append(f"{matcher} = {'body' if one.root else 'run'}({one.constant}, {start}, {stop})")
        names: list[str] = []
        for element, _ in one.elements[start:stop]:
            self.values[element.tag] = self._value(element, names)
        self.lines += [f"    found = {matcher}(text, at)", "    if found is None: raise Unusual"]
        if len(names) == 1:
            self.lines.append(f"    {names[0]} = found[1]")
        elif names:
            self.lines.append(f"    {', '.join(names)} = found.groups()")
        self.lines.append("    at = found.end()")

    def _capture(self, names: list[str]) -> str:
        names.append(f"v{self.captures}")
        self.captures += 1
        return names[-1]

    def _value(self, element: Element, names: list[str]) -> str:
        if element.simple:
            return converted(value_type(element.simple), self._capture(names), element.least > 0)
        inner = self.plans.inner(element)
        needed = any(e.simple and e.least for e, _ in inner.elements)
        mark = "" if element.least or needed else self._capture(names)
        arguments = []
        for e, _ in inner.elements:
            before = len(names)
            arguments.append(f"{snake(e.tag)}={self._value(e, names)}")
            if not mark and not element.least and e.simple and e.least:
                mark = names[before]
        made = f"{inner.struct}({', '.join(arguments)})"
        return made if element.least else f"None if {mark} is None else {made}"

    def _group(self, element: Element, name: str, *, inside: bool) -> None:
        inner = self.plans.by_constant[name]
        variable = snake(element.tag)
        opening = f'"<{element.tag}>"'
        read = f"read_{inner.function}"
        self.values[element.tag] = variable
        many = f"many({read}, {opening}, {element.most}, text, starts, at)"
        call = many if element.most > 1 else f"{read}(text, starts, at)"
        if element.least:
            self.lines.append(f"    {variable}, at = {call}")
            return
        if not inside:
            self.lines.append(self._absent(element, name))
        self.lines.append(f"{'    ' * (1 + inside)}if starts({opening}, at): {variable}, at = {call}")


def converted(kind: str, name: str, required: bool) -> str:
    """The expression that turns a captured text into a value."""
    calls = {"int": f"int({name})", "Decimal": f"Decimal({name})", "bool": f'{name} == "1"'}
    calls |= {"date": f"datetime.date.fromisoformat({name})", "str": name}
    calls["datetime"] = f"datetime.datetime.fromisoformat({name})"
    call = calls[kind]
    return call if required or kind == "str" else f"None if {name} is None else {call}"


def needed(plans: Plans) -> set[str]:
    """Constants of the layouts that need a reader of their own: those not read inside another's expression."""
    found = {one.constant for one in plans.by_constant.values() if one.root}
    for one in plans.by_constant.values():
        found |= {name for e, name in one.elements if not e.simple and not plans.inlined(e)}
    return found


def structs_named(one: Plan, plans: Plans) -> set[str]:
    """Names of the structs that a reader makes or names."""
    found = {one.struct}
    for element, name in one.elements:
        if element.simple:
            continue
        if plans.inlined(element):
            found |= structs_named(plans.by_constant[name], plans)
        elif not element.least:
            found.add(plans.by_constant[name].struct)
    return found


def module_source(plans: list[Plan], all_plans: Plans, readers: set[str], where: dict[str, str]) -> list[str]:
    """The lines of one module of layouts and readers; ``where`` says in which module a struct lives."""
    here = plans[0].module
    layouts, matchers, functions = [], [], []
    structs: set[str] = {one.struct for one in plans}
    kinds: set[str] = set()
    others: dict[str, set[str]] = {}
    for one in plans:
        layouts += layout_source(one)
        kinds |= {name for e, name in one.elements if e.simple}
        inner = [(e, all_plans.by_constant[name]) for e, name in one.elements if not e.simple]
        for _, other in inner:
            others.setdefault(other.module, set()).add(other.constant)
        if one.constant in readers:
            found, function = ReaderSource(one, all_plans).build()
            matchers += found
            functions += ["", *function]
            structs |= structs_named(one, all_plans)
            for e, other in inner:
                if not all_plans.inlined(e):
                    others[other.module].add(f"read_{other.function}")
    body_text = "\n".join([*layouts, *matchers, *functions])
    return [*_imports(body_text, here, structs, kinds, others, where), "", *layouts, "", *matchers, *functions]


def _imports(
    body_text: str,
    here: str,
    structs: set[str],
    kinds: set[str],
    others: dict[str, set[str]],
    where: dict[str, str],
) -> list[str]:
    lines = ["import datetime"] if "datetime." in body_text else []
    lines += ["from decimal import Decimal"] if "Decimal(" in body_text else []
    layout = [name for name in ("Inner", "Layout", "Leaf") if f"{name}(" in body_text]
    runs = ["Starts", "Unusual"] if "def read_" in body_text else []
    runs += [name for name in ("body", "many", "run") if f"{name}(" in body_text.replace("_run(", "")]
    lines += ["", f"from {BINDING}.layout import {', '.join(layout)}"]
    lines += [f"from {BINDING}.runs import {', '.join(runs)}"] if runs else []
    by_module: dict[str, list[str]] = {}
    for struct in sorted(structs):
        by_module.setdefault(where[struct], []).append(struct)
    lines += [f"from {GENERATED}.{module} import {', '.join(by_module[module])}" for module in sorted(by_module)]
    for module in sorted(set(others) - {here}):
        lines.append(f"from {GENERATED}.codec.{module} import {', '.join(sorted(others[module]))}")
    lines += [f"from {GENERATED}.codec.kinds import {', '.join(sorted(kinds))}"] if kinds else []
    return lines
