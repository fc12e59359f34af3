"""A vendor's program over a client that ``openapi-python-client`` made of the OpenAPI document of a door.

It runs in the environment of that tool and knows nothing of Douane but the generated package. It lodges a declaration
whose guarantee does not suffice, polls, acknowledges, amends, asks what became of it, and is refused once; what it saw
goes to its output.
"""

from __future__ import annotations

import json
import re
import ssl
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER, URL, ROOT, CERTIFICATE, KEY = sys.argv[1:]
sys.path.insert(0, FOLDER)
context = ssl.create_default_context(cafile=ROOT)
context.load_cert_chain(CERTIFICATE, KEY)
client: Any = import_module("vendor.client").Client(base_url=URL, verify_ssl=context, timeout=40)
models = import_module("vendor.models")


def api(name: str) -> Any:
    """The functions of an operation."""
    return import_module(f"vendor.api.{name}")


def message(name: str) -> dict[str, Any]:
    """A message that the test laid down."""
    found: dict[str, Any] = json.loads((Path(FOLDER) / f"{name}.json").read_text())
    return found


def until(*types: str) -> dict[str, str]:
    """Poll and acknowledge until a message of each of these types came; their bodies."""
    found: dict[str, str] = {}
    for _ in range(20):
        page = api("default.collect").sync(client=client, wait=5)
        assert isinstance(page, models.InboxPage), page
        for item in page.items:
            found[item.type_] = item.body
            taken = api("default.acknowledge").sync_detailed(item.id, client=client)
            assert taken.status_code == 204
        if found.keys() >= set(types):
            return found
    raise AssertionError(f"no {types}, but {sorted(found)}")


lodge, amend = api("transit.transit_lodge_declaration"), api("transit.transit_amend_declaration")
receipt = lodge.sync(client=client, body=models.CC015C.from_dict(message("declaration")))
assert isinstance(receipt, models.Receipt), receipt
first = until("CC028C", "CC055C")
mrn = re.search(r"<MRN>(\w+)</MRN>", first["CC028C"])
assert mrn is not None

changed = message("amendment")
changed["TransitOperation"]["MRN"] = mrn[1]
amended = amend.sync(client=client, body=models.CC013C.from_dict(changed))
assert isinstance(amended, models.Receipt), amended
second = until("CC004C", "CC029C")

status = api("default.status").sync(receipt.receipt, client=client)
lacking = message("declaration")
lacking["TransitOperation"]["LRN"] = "L" * 40
refused = lodge.sync(client=client, body=models.CC015C.from_dict(lacking))
assert isinstance(refused, models.Problem), refused
print(json.dumps({
    "mrn": mrn[1], "first": sorted(first), "second": sorted(second), "state": status.state,
    "answers": sorted(each.type_ for each in status.answers),
    "refused": [refused.status, refused.code, [each.pointer for each in refused.faults]],
}))  # fmt: skip
