"""Trace context."""

import pytest

from douane.shared_services.monitoring.trace_context import context_of, sender_span, trace_id

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.mark.parametrize(
    "header",
    [
        f"00-{TRACE}-{SPAN}-01",
        f" 00-{TRACE}-{SPAN}-00\t",
        f"cc-{TRACE}-{SPAN}-03-what-will-be",  # of a later version, read by its known part
    ],
)
def test_a_trace_is_read(header: str) -> None:
    context = context_of(header)
    assert (trace_id(context), sender_span(context)) == (TRACE, SPAN)
    assert (trace_id(TRACE), sender_span(TRACE)) == (TRACE, ""), "as a former release kept it"


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
def test_a_malformed_header_names_no_trace(header: str) -> None:
    assert context_of(header) == ""
