"""Trace context."""

import random

import pytest

from douane.shared_services.monitoring.trace_context import TraceContext, chosen, read_traceparent, start_trace
from douane.vocabulary.errors import DeclarationFault

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def test_a_header_is_read_as_written():
    context = start_trace(bytes.fromhex(TRACE), bytes.fromhex(SPAN), sampled=True)
    assert context.header() == f"00-{TRACE}-{SPAN}-01"
    assert read_traceparent(context.header()) == context
    child = context.child(bytes(7) + b"\x01")
    assert child.header() == f"00-{TRACE}-0000000000000001-01"
    assert read_traceparent(f" 00-{TRACE}-{SPAN}-00\t") == TraceContext(TRACE, SPAN)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "00",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"01-{TRACE}-{SPAN}-01more",
        f"00-{TRACE}-{SPAN}-01" + " " * 600,
    ],
)
def test_a_bad_header_starts_a_new_trace(header):
    assert read_traceparent(header) is None


def test_a_later_version_is_read_by_its_known_part():
    assert read_traceparent(f"cc-{TRACE}-{SPAN}-03-what-will-be") == TraceContext(TRACE, SPAN, sampled=True)


def test_sampling_follows_the_trace_id():
    rng = random.Random(4)
    traces = [rng.randbytes(16).hex() for _ in range(5_000)]
    assert not any(chosen(trace, 0) for trace in traces)
    assert all(chosen(trace, 1_000_000) for trace in traces)
    assert 350 < sum(chosen(trace, 100_000) for trace in traces) < 650


@pytest.mark.parametrize(("trace", "span"), [(b"x", b"y" * 8), (bytes(16), b"y" * 8), (b"x" * 16, bytes(8))])
def test_bad_ids_are_our_mistake(trace, span):
    with pytest.raises(DeclarationFault):
        start_trace(trace, span)
