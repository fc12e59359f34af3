"""The leak scan finds what it should, and stays silent over what a node may write."""

import base64
import random
from urllib.parse import quote

import pytest

from douane.shared_services.logging.events import Event
from douane.shared_services.logging.leaks import scan
from douane.shared_services.logging.line import LogLine, LogWriter, moment
from douane.shared_services.monitoring.metrics import Metrics


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("MRN", '{"id":"24FR00000012345678"}'),
        ("MRN", "movement 24DEK7EBJ3F4A1B2J6 refused"),
        ("GRN", "24AT0123456789012 is exhausted"),
        ("GRN", "24AT0123456789012A123456"),
        ("EORI", "holder=FR12345678901234"),
        ("EORI", '"GB123456789000"'),
        ("EORI", "XI123456789000"),
        ("EORI", "CHE123456789"),
        ("IBAN", "DE89370400440532013000"),
        ("IBAN", "pay to DE89 3704 0044 0532 0130 00"),
        ("e-mail", "from erika@example.test"),
        ("amount", "EUR 12000"),
        ("amount", '{"amount":"1200.50","currency":"EUR"}'),
        ("amount", '"1200.50", "EUR"'),
        ("amount", "limit 5000 EUR"),
        ("amount", "€ 300"),
        ("message text", "bad element <Consignor>"),
        ("message text", '<ncts:CC015C PhaseID="NCTS5.1">'),
    ],
)
def test_patterns(kind: str, line: str) -> None:
    assert kind in {found.kind for found in scan(["nothing here", line])}
    assert all(found.line == 2 for found in scan(["nothing here", line]))


SECRETS = ["Erika Mustermann", "Möbelhaus Süd GmbH", "LRN-77-x", "Li"]


@pytest.mark.parametrize(
    "line",
    [
        "Erika Mustermann",
        "ERIKA  MUSTERMANN",
        "erika_mustermann.pdf",
        "ErikaMustermann",
        "x" + b"Erika Mustermann".hex(),
        quote("Möbelhaus Süd GmbH"),
        r"M\u00f6belhaus S\u00fcd GmbH",
        "möbelhaus süd gmbh",
        "lrn-77-X",
        "name=Li;",
    ],
)
def test_secrets_in_many_forms(line: str) -> None:
    assert [found.kind for found in scan([line], SECRETS)] == ["secret"]


def test_secrets_in_base64_at_every_place() -> None:
    rng = random.Random(8)
    for _ in range(300):
        text = rng.randbytes(rng.randrange(6)) + b"Erika Mustermann" + rng.randbytes(rng.randrange(6))
        assert any(found.kind == "secret" for found in scan([base64.b64encode(text).decode()], SECRETS[:1])), text


def test_short_secrets_count_as_words_only() -> None:
    assert scan(["delivery line"], ["Li"]) == ()
    assert scan(["x"], ["", " "]) == ()


def test_silent_over_what_a_node_writes() -> None:
    rng = random.Random(9)
    out: list[bytes] = []
    writer = LogWriter(out.append, ["transit.lodge_declaration", "speed2", "untrusted", "accepted", "CC015C"])
    metrics = Metrics(["transit.lodge_declaration", "speed2", "accepted"])
    for _ in range(2_000):
        writer.log_line(
            LogLine(
                time=moment(1_764_000_000_000_000 + rng.randrange(10**9)),
                event=rng.choice(list(Event)),
                message=rng.randbytes(16).hex(),
                trace=rng.randbytes(16).hex(),
                case=f"{rng.getrandbits(63):x}",
                operation="transit.lodge_declaration",
                platform="speed2",
                circle="untrusted",
                outcome="accepted",
                code="DOU-1003",
                duration_us=rng.randrange(10**6),
            )
        )
        metrics.message("transit.lodge_declaration", "speed2", "accepted").record(rng.randrange(10**5))
    lines = [line.decode() for line in out] + metrics.text().decode().splitlines()
    assert scan(lines, ["Erika Mustermann", "FR12345678901234"]) == ()
