"""A CSI message in AMQP and back; what no CSI program writes is refused."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.standards.csi.amqp import Properties, read, write
from douane.standards.csi.message import LARGEST, Kind, Message, Qos, Report, check, report
from douane.standards.csi.names import Address, Environment, Purpose, dead
from douane.vocabulary.errors import NotWellFormed, TooLarge

NOW = 1_800_000_000_000_000
WORD = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)
QOS = st.builds(
    Qos, priority=st.integers(0, 9), reply_to=WORD | st.just(""), reports=st.frozensets(st.sampled_from(Report)),
    report_to=WORD, correlation=WORD | st.just(""), integrity=st.booleans(), compression=st.booleans(),
)  # fmt: skip
MESSAGES = st.builds(Message, id=WORD, body=st.binary(max_size=200), type=WORD | st.just(""), qos=QOS)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(MESSAGES)
def test_what_is_written_is_read(message: Message) -> None:
    properties, body = write(message, NOW)
    found = read(properties, body, now=NOW)
    if not message.qos.reports:  # a place for reports that nobody wants does not travel
        assert found.qos.report_to == ""
    assert (found.id, found.body, found.type, found.qos.reports) == (
        message.id, message.body, message.type, message.qos.reports,
    )  # fmt: skip
    assert (found.qos.priority, found.qos.integrity, found.qos.compression) == (
        message.qos.priority, message.qos.integrity, message.qos.compression,
    )  # fmt: skip


def test_time_to_live_is_counted_in_milliseconds() -> None:
    message = Message("M1", b"x", qos=Qos(expires=NOW + 1_500_000))
    assert write(message, NOW)[0].expiration == 1500
    assert write(message, NOW + 9_000_000)[0].expiration == 1
    assert read(*write(message, NOW), now=NOW).qos.expires == NOW + 1_500_000


def test_a_report_names_what_it_is_about_and_nobody_reports_about_it() -> None:
    about = Message("M1", b"x", "CD001C", Qos(reports=frozenset(Report), report_to="REPORT-RCT-NCTS.DE"))
    made = report(about, Report.COD, id="R1")
    found = read(*write(made, NOW))
    assert (found.kind, found.report, found.qos.correlation) == (Kind.REPORT, Report.COD, "M1")
    assert about.asks_for(Report.COA)
    assert not made.asks_for(Report.COA)


def headers(**more: Any) -> Properties:
    return Properties("M1", "", "", 4, None, "CD001C", {name.replace("_", "-"): value for name, value in more.items()})


@pytest.mark.parametrize(
    ("properties", "body"),
    [
        (headers(csi_kind="GOSSIP"), b""),
        (headers(csi_reports="COA,RUMOUR", csi_report_to="Q"), b""),
        (headers(csi_reports="COA"), b""),
        (headers(csi_kind="REPORT"), b""),
        (headers(csi_kind="REPORT", csi_report="COA"), b""),
        (headers(csi_digest="00"), b"x"),
        (headers(csi_compression="zip"), b"x"),
        (headers(csi_compression="deflate"), b"no such thing"),
        (headers(csi_kind=7), b""),
        (headers()._replace(message_id=""), b""),
        (headers()._replace(message_id="M" * 65), b""),
        (headers()._replace(message_id="M\n"), b""),
        (headers()._replace(priority=10), b""),
    ],
)
def test_what_no_csi_program_writes_is_refused(properties: Properties, body: bytes) -> None:
    with pytest.raises(NotWellFormed):
        read(properties, body)


def test_a_body_that_inflates_without_end_is_refused_early() -> None:
    bomb = zlib.compress(b"\0" * (LARGEST + 1), 9)
    assert len(bomb) < 40_000
    with pytest.raises(TooLarge):
        read(headers(csi_compression="deflate"), bomb)
    with pytest.raises(TooLarge):
        check(Message("M1", b"\0" * (LARGEST + 1)))


def test_names_say_purpose_system_administration_and_environment() -> None:
    assert Address(Purpose.CORE, "NCTS", "DE").queue == "CORE-RCT-NCTS.DE"
    training = Address(Purpose.REPORT, "NCTS", "EU", Environment.TRAINING).queue
    assert training == "REPORT-RCT-NCTS.EU-TRAIN"
    assert dead(training) == "REPORT-RCT-NCTS.EU-TRAIN.DEAD"
