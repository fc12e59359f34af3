"""Service descriptions: WSDL 1.1 (W3C Note, 2001) with document/literal bindings for SOAP 1.1 and 1.2.

Schemas are imported, not copied in: lifted out of a WSDL they would lose the prefixes declared around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from douane.standards.xml.writing import text
from douane.standards.xml_schema.writing import quoted

WSDL = "http://schemas.xmlsoap.org/wsdl/"
METADATA = "http://www.w3.org/2007/05/addressing/metadata"
HTTP = "http://schemas.xmlsoap.org/soap/http"
_BINDINGS = (
    ("11", "soap", "http://schemas.xmlsoap.org/wsdl/soap/"),
    ("12", "soap12", "http://schemas.xmlsoap.org/wsdl/soap12/"),
)


@dataclass(frozen=True, slots=True)
class Described:
    """One operation: its elements as ``{namespace}tag``, its action, and what it is for."""

    name: str
    request: str
    answer: str
    action: str
    title: str


@dataclass(frozen=True, slots=True)
class Description:
    """A service at one address. ``schemas``: namespace and location of each schema document.

    ``fault`` is the element in the detail of a fault.
    """

    name: str
    namespace: str
    address: str
    title: str
    schemas: tuple[tuple[str, str], ...]
    fault: str
    operations: tuple[Described, ...]


def wsdl_text(service: Description) -> str:
    """The description of a service."""
    prefixes = _prefixes(service)
    declared = "".join(f" xmlns:{prefix}={quoted(space)}" for space, prefix in prefixes.items())
    bindings = "".join(f' xmlns:{prefix}="{space}"' for _, prefix, space in _BINDINGS)
    head = f'<wsdl:definitions xmlns:wsdl="{WSDL}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:wsam="{METADATA}"'
    head += f"{bindings}{declared} name={quoted(service.name)} targetNamespace={quoted(service.namespace)}>"
    lines = [
        head,
        f"  <wsdl:documentation>{text(service.title)}</wsdl:documentation>",
        *_types(service),
        *_messages(service, prefixes),
        *_port_type(service),
        *(line for binding in _BINDINGS for line in _binding(service, *binding[:2])),
        *_service(service),
        "</wsdl:definitions>",
    ]
    return "\n".join(lines)


def _prefixes(service: Description) -> dict[str, str]:
    found = {service.namespace: "tns"}
    for space, _ in service.schemas:
        found.setdefault(space, f"s{len(found)}")
    return found


def _qualified(clark: str, prefixes: dict[str, str]) -> str:
    space, _, tag = clark[1:].rpartition("}")
    return f"{prefixes[space]}:{tag}"


def _types(service: Description) -> Iterator[str]:
    yield "  <wsdl:types>"
    yield "    <xs:schema>"
    for space, location in service.schemas:
        yield f"      <xs:import namespace={quoted(space)} schemaLocation={quoted(location)}/>"
    yield "    </xs:schema>"
    yield "  </wsdl:types>"


def _messages(service: Description, prefixes: dict[str, str]) -> Iterator[str]:
    for each in service.operations:
        for name, element in ((each.name, each.request), (f"{each.name}Response", each.answer)):
            yield from _message(name, _qualified(element, prefixes))
    yield from _message("problem", _qualified(service.fault, prefixes))


def _message(name: str, element: str) -> Iterator[str]:
    yield f"  <wsdl:message name={quoted(name)}>"
    yield f'    <wsdl:part name="parameters" element={quoted(element)}/>'
    yield "  </wsdl:message>"


def _port_type(service: Description) -> Iterator[str]:
    yield f"  <wsdl:portType name={quoted(service.name)}>"
    for each in service.operations:
        answer, fault = f"{each.action}Response", f"{each.action}/problem"
        yield f"    <wsdl:operation name={quoted(each.name)}>"
        yield f"      <wsdl:documentation>{text(each.title)}</wsdl:documentation>"
        yield f"      <wsdl:input message={quoted(f'tns:{each.name}')}{_action(each.action, each.action)}/>"
        yield f"      <wsdl:output message={quoted(f'tns:{each.name}Response')}{_action(each.action, answer)}/>"
        yield f'      <wsdl:fault name="problem" message="tns:problem"{_action(each.action, fault)}/>'
        yield "    </wsdl:operation>"
    yield "  </wsdl:portType>"


def _action(given: str, action: str) -> str:
    return f" wsam:Action={quoted(action)}" if given else ""


def _binding(service: Description, version: str, prefix: str) -> Iterator[str]:
    yield f"  <wsdl:binding name={quoted(f'{service.name}Soap{version}')} type={quoted(f'tns:{service.name}')}>"
    yield f'    <{prefix}:binding style="document" transport="{HTTP}"/>'
    for each in service.operations:
        yield f"    <wsdl:operation name={quoted(each.name)}>"
        yield f'      <{prefix}:operation soapAction={quoted(each.action)} style="document"/>'
        yield f'      <wsdl:input><{prefix}:body use="literal"/></wsdl:input>'
        yield f'      <wsdl:output><{prefix}:body use="literal"/></wsdl:output>'
        yield f'      <wsdl:fault name="problem"><{prefix}:fault name="problem" use="literal"/></wsdl:fault>'
        yield "    </wsdl:operation>"
    yield "  </wsdl:binding>"


def _service(service: Description) -> Iterable[str]:
    yield f"  <wsdl:service name={quoted(service.name)}>"
    for version, prefix, _ in _BINDINGS:
        port = f"{service.name}Soap{version}"
        yield f"    <wsdl:port name={quoted(port)} binding={quoted(f'tns:{port}')}>"
        yield f"      <{prefix}:address location={quoted(service.address)}/>"
        yield "    </wsdl:port>"
    yield "  </wsdl:service>"
