"""Reading and writing a CC015C of 1, 12 and 100 items: ours beside xsdata, libxml2's parser and its schema check.

Reading is parse, full validation and binding on our side; xsdata parses and binds without validating. Its classes are
generated at bench time from the schemas in ``../shared``; without them its columns are absent.
"""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from bench.declaration import declaration
from douane.standards.ncts.phase5 import from_json, read, to_json, write
from douane.standards.ncts.phase5.reading import read_any

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT.parent / "shared/data/ncts/xsd-p5-51.8.6"
ITEMS = (1, 12, 100)
Row = dict[str, object]


def cost(function: Callable[[], object], seconds: float) -> float:
    """CPU microseconds of one call: the best of several rounds."""
    function()
    start = time.process_time()
    function()
    once = max(time.process_time() - start, 1e-6)
    rounds = max(3, min(15, int(seconds / (once * 5))))
    calls = max(1, int(seconds / rounds / once))
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(calls):
            function()
        best = min(best, (time.process_time() - start) / calls)
    return best * 1e6


def xsdata_codec(folder: Path) -> tuple[Callable[[bytes], object], Callable[[object], str]] | None:
    """Reader and writer of xsdata over classes generated from the schemas, or None where something is missing."""
    if not SCHEMAS.exists() or importlib.util.find_spec("toposort") is None:
        return None
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"  # the generator calls ruff
    command = [sys.executable, "-m", "xsdata", "generate", str(SCHEMAS / "cc015c.xsd"), "--package", "cc015c_xsdata"]
    command += ["--structure-style", "single-package"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PATH": path})
    sys.path.insert(0, str(folder))
    try:
        types = importlib.import_module("cc015c_xsdata")
    finally:
        sys.path.remove(str(folder))
    from xsdata.formats.dataclass.context import XmlContext
    from xsdata.formats.dataclass.parsers import XmlParser
    from xsdata.formats.dataclass.serializers import XmlSerializer

    context = XmlContext()
    parser, serializer = XmlParser(context=context), XmlSerializer(context=context)
    kind = types.Cc015C
    return (lambda data: parser.from_bytes(data, kind)), serializer.render


def run(seconds: float) -> dict[str, object]:
    """Measure for about ``seconds`` in all."""
    share = seconds / (len(ITEMS) * 9)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        theirs = xsdata_codec(Path(name))
        schema = etree.XMLSchema(file=str(SCHEMAS / "cc015c.xsd")) if SCHEMAS.exists() else None
        rows = [measure(items, share, theirs, schema) for items in ITEMS]
    ratios = {}
    for row in rows:
        for what in ("read", "write"):
            peer, own = row[f"xsdata {what}"], row[what]
            if isinstance(peer, float) and isinstance(own, float):
                ratios[f"{what}, {row['items']} items, xsdata/ours"] = round(peer / own, 1)
    return {"name": "XML binding of a CC015C, CPU microseconds", "rows": rows, "ratios": ratios}


def measure(
    items: int,
    share: float,
    theirs: tuple[Callable[[bytes], object], Callable[[object], str]] | None,
    schema: etree.XMLSchema | None,
) -> Row:
    """One row: a declaration of so many items."""
    message = declaration(items)
    data, other = write(message), to_json(message)
    assert read(data) == read_any(data) == message
    row: Row = {"items": items, "bytes": len(data), "elements": data.count(b"</")}
    row["read"] = cost(lambda: read(data), share)
    # the writer remembers the last consignment and repeated texts: give it other declarations, with other goods
    many = itertools.cycle(
        [read(data.replace(b"<descriptionOfGoods>", b"<descriptionOfGoods>%d " % n)) for n in range(500)]
    )
    row["write"] = cost(lambda: write(next(many)), share)
    row["read, collecting reader"] = cost(lambda: read_any(data), share)
    row["read JSON"] = cost(lambda: from_json(type(message), other), share)
    row["write JSON"] = cost(lambda: to_json(message), share)
    row["libxml2 parse"] = cost(lambda: etree.fromstring(data), share)
    if schema is not None:
        assert schema.validate(etree.fromstring(data))
        tree = etree.fromstring(data)
        row["libxml2 schema check"] = cost(lambda: schema.validate(tree), share)
    else:
        row["libxml2 schema check"] = "absent: no ../shared"
    if theirs is None:
        row["xsdata read"] = row["xsdata write"] = "absent: needs ../shared and xsdata[cli]"
        return row
    parse, render = theirs
    bound = parse(data)
    row["xsdata read"] = cost(lambda: parse(data), share)
    row["xsdata write"] = cost(lambda: render(bound), share)
    return row


def main() -> None:
    """Print the figures and ratios."""
    result = run(20.0)
    print(result["name"])
    rows = result["rows"]
    assert isinstance(rows, list)
    for row in rows:
        print(
            ", ".join(
                f"{key} {value:.0f}" if isinstance(value, float) else f"{key} {value}" for key, value in row.items()
            )
        )
    print(result["ratios"])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
