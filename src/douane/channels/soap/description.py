"""The service description of what a caller may do at a door: a projection of the model, nothing is written twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from douane.channels.soap.translation import FAULT_SCHEMA, FAULTS, PROBLEM
from douane.model.declare import Kind
from douane.model.web_services import Exchange, WebService
from douane.standards.soap.wsdl import Described, Description, wsdl_text
from douane.standards.xml_schema.parts import Schema
from douane.standards.xml_schema.writing import document, schema_text

_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?")


def address_of(web: WebService, host: str, scheme: str = "https") -> str:
    """Where a web service is called, as the caller reached it."""
    return f"{'http' if scheme == 'http' else 'https'}://{host if _HOST.fullmatch(host) else 'localhost'}{web.path}"


def wsdl(web: WebService, exchanges: Sequence[Exchange], address: str) -> bytes:
    """The WSDL of these exchanges at this address."""
    schemas = tuple((schema.namespace, f"{address}?xsd={name}") for name, schema in schemas_of(web, exchanges).items())
    operations = tuple(Described(e.name, e.request, e.answer, e.action, _title(e)) for e in exchanges)
    description = Description(
        web.name, web.namespace, address, f"{web.title}. {web.purpose}", schemas, PROBLEM, operations
    )
    return document(wsdl_text(description))


def xsd(web: WebService, exchanges: Sequence[Exchange], name: str) -> bytes | None:
    """One schema document of the description; None where there is none of this name."""
    found = schemas_of(web, exchanges).get(name)
    return document(schema_text(found)) if found is not None else None


def schemas_of(web: WebService, exchanges: Sequence[Exchange]) -> dict[str, Schema]:
    """The schema documents by the name they have in addresses."""
    families = {f"family{n}": schema for n, schema in enumerate(web.family_schemas(exchanges), 1)}
    return {"types": web.schema(exchanges), **families, "faults": FAULT_SCHEMA}


def _title(exchange: Exchange) -> str:
    operation = exchange.operation
    title = operation.title.split("\n")[0]
    if operation.task:
        title += f" Task {operation.task}."
    if operation.kind is Kind.COMMAND and operation.replies:
        names = ", ".join(each.__name__ for each in operation.replies)
        title += f" The answer is the receipt; {names} wait in the inbox."
    return title


__all__ = ["FAULTS", "address_of", "schemas_of", "wsdl", "xsd"]
