"""Writes docs/services.md from the declared services. ``python -m tools.service_pages``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from douane.model.decisive import Decisive
from douane.model.declare import Kind, Operation, Service
from douane.model.discovery import services

PAGE = Path(__file__).parents[1] / "docs" / "services.md"
HEAD = """# Services

Written by `tools/service_pages.py` from the contracts of the applications; a test keeps the two equal. Do not edit.

A message is judged by the law and the code lists of the day of its receipt, unless it is said here as of which day.
A *command* is durable and answered by messages, a *query* is answered at once and changes nothing, an *event* is
published to subscribers. An operation is open to the callers it names and to nobody else; at other doors it does not
exist. Types marked \u2020 are derived from published layouts, not official schemas.
"""
DERIVED = " \u2020"
ADDRESS = {
    Kind.COMMAND: "`POST /v1/messages` or `POST /{service}/v1/{name}`",
    Kind.QUERY: "`POST /{service}/v1/{name}`",
    Kind.EVENT: "`GET /v1/feeds/{service}.{name}`",
}


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(_service(each) for each in sorted(services(), key=lambda s: s.name))


def _service(service: Service) -> str:
    facts = [f"Owner: {service.owner}", f"level: {service.level.name.title()}", f"status: {service.status.value}"]
    if service.legal:
        facts.append(f"legal basis: {', '.join(service.legal)}")
    facts.append(f"meanwhile, where it is away: {service.fallback}")
    text = f"\n## {service.title} (`{service.name}`)\n\n{' '.join(service.purpose.split())}\n\n{'; '.join(facts)}.\n"
    return text + "".join(_operation(service, each) for each in service.operations)


def _operation(service: Service, operation: Operation) -> str:
    rows = [
        ("Kind", operation.kind.value),
        ("Takes" if operation.kind is not Kind.EVENT else "Carries", _types(service, [operation.request])),
        ("Answers", _types(service, operation.replies)),
        ("Callers", ", ".join(f"{actor.name} ({actor.kind.value.replace('_', ' ')})" for actor in operation.by)),
        ("Address", ADDRESS[operation.kind].format(service=service.name, name=operation.name)),
        ("Judged as of", "" if operation.decisive is Decisive.RECEIPT else operation.decisive.value),
        ("Task", operation.task),
        ("Legal basis", ", ".join(operation.legal)),
        ("Status", "" if operation.status is service.status else operation.status.value),
    ]
    table = "".join(f"| {name} | {value} |\n" for name, value in rows if value)
    return f"\n### `{operation.qualified}`\n\n{' '.join(operation.title.split())}\n\n| | |\n|---|---|\n{table}"


def _types(service: Service, types: Iterable[type]) -> str:
    return ", ".join(each.__name__ + ("" if _official(service, each) else DERIVED) for each in types)


def _official(service: Service, message: type) -> bool:
    """False only for a member of a published family whose schema is derived."""
    return all(family.official(message) for family in service.families if message in family.types())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
