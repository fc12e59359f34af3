"""Adds a drawing to BPMN files that were written as text, or replaces the one they have.

python -m tools.bpmn_layout FILE...            writes the drawing into each file
python -m tools.bpmn_layout --check FILE...    compiles each file and says what would be refused; writes nothing
python -m tools.bpmn_layout --svg FILE...      also writes FILE.svg beside it
"""

from __future__ import annotations

import argparse
import pathlib
import sys

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.calls import by_process
from douane.standards.bpmn.drawing import layout, picture
from douane.vocabulary.errors import DouaneError


def main(arguments: list[str]) -> int:
    """Work through the files; 1 when one of them is refused."""
    parser = argparse.ArgumentParser(description="lay out BPMN processes")
    parser.add_argument("files", nargs="+", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--process", help="id of the process to draw, where the file has several")
    parser.add_argument("--check", action="store_true", help="only compile for execution")
    parser.add_argument("--svg", action="store_true", help="also write FILE.svg")
    parser.add_argument(
        "--page", type=float, default=layout.PAGE, help="fold drawings wider than this (default %(default)s)"
    )
    options = parser.parse_args(arguments)
    refused = 0
    for path in options.files:
        try:
            one(path, options)
        except DouaneError as fault:
            refused = 1
            print(f"{path}: {fault}", file=sys.stderr)
            for place in fault.faults:
                print(f"  {place.pointer} (line {place.line}): {place.remedy}", file=sys.stderr)
    return refused


def one(path: pathlib.Path, options: argparse.Namespace) -> None:
    """One file."""
    model = document.read(path.read_bytes(), source=path.name)
    if options.check:
        beside = [document.read(each.read_bytes(), source=each.name) for each in path.parent.glob("*.bpmn")]
        definition = compiler.compile(model, options.process, called=by_process(beside))
        print(f"{path}: {definition.process}, {len(definition.nodes)} nodes, {definition.hash[:12]}")
        return
    drawn = layout.laid_out(model, options.process, page=options.page)
    path.write_bytes(document.write(drawn))
    print(f"{path}: drawn")
    if options.svg:
        path.with_suffix(".svg").write_text(picture.svg(drawn, options.process), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
