"""The service description of what a caller may do at a door: a projection of the model, nothing is written twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from douane.channels.soap.translation import FAULT_SCHEMA, PROBLEM
from douane.model.declare import Kind
from douane.model.web_services import Exchange, WebService
from douane.standards.soap.wsdl import Described, Description, wsdl_text
from douane.standards.xml_schema.writing import document, schema_text

_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?")


def address_of(web: WebService, host: str, scheme: str = "https") -> str:
    """Where a web service is called, as the caller reached it."""
    return f"{'http' if scheme == 'http' else 'https'}://{host if _HOST.fullmatch(host) else 'localhost'}{web.path}"


@dataclass(frozen=True, slots=True)
class Documents:
    """The schema documents of some exchanges of a web service, by the name that they have in addresses."""

    namespaces: Mapping[str, str]
    texts: Mapping[str, bytes]

    @classmethod
    def of(cls, web: WebService, exchanges: Sequence[Exchange]) -> Documents:
        """Written once: a family's schema is made from the layouts of every message in it."""
        families = {f"family{n}": schema for n, schema in enumerate(web.family_schemas(exchanges), 1)}
        schemas = {"types": web.schema(exchanges), **families, "faults": FAULT_SCHEMA}
        return cls(
            {name: schema.namespace for name, schema in schemas.items()},
            {name: document(schema_text(schema)) for name, schema in schemas.items()},
        )


def wsdl(web: WebService, exchanges: Sequence[Exchange], documents: Documents, address: str) -> bytes:
    """The WSDL of these exchanges at this address."""
    schemas = tuple((namespace, f"{address}?xsd={name}") for name, namespace in documents.namespaces.items())
    operations = tuple(Described(e.name, e.request, e.answer, e.action, _title(e)) for e in exchanges)
    title = f"{web.title}. {web.purpose}"
    return document(wsdl_text(Description(web.name, web.namespace, address, title, schemas, PROBLEM, operations)))


def _title(exchange: Exchange) -> str:
    operation = exchange.operation
    title = operation.title.split("\n")[0]
    if operation.task:
        title += f" Task {operation.task}."
    if operation.kind is Kind.COMMAND and operation.replies:
        names = ", ".join(each.__name__ for each in operation.replies)
        title += f" The answer is the receipt; {names} wait in the inbox."
    return title
