"""Log lines: one a message, in a form that cannot carry what must not be logged."""

import datetime as dt
import enum
import json
import os
import typing
from typing import Any, Never

import pytest
from msgspec import structs

from douane.shared_services.logging.events import CATALOGUE, Event, Group, Level
from douane.shared_services.logging.leaks import scan
from douane.shared_services.logging.line import LogLine, LogWriter, error_codes, file_of, moment, note_file
from douane.shared_services.logging.sink import descriptor_sink
from douane.vocabulary.errors import DeclarationFault, NotValid

WORDS = ("transit.lodge_declaration", "speed2", "untrusted", "rest", "accepted", "12")
LINE = LogLine(
    time=moment(1_764_000_000_000_431),
    event=Event.ACCEPTED,
    message="0190a5c4-77aa-7bbb-8ccc-0123456789ab",
    trace="4bf92f3577b34da6a3ce929d0e0e4736",
    operation="transit.lodge_declaration",
    platform="speed2",
    circle="untrusted",
    outcome="accepted",
    code="DOU-1003",
    duration_us=431,
    partition=0,
    position=17,
)


def written(*lines: LogLine, words: tuple[str, ...] = WORDS) -> list[dict[str, Any]]:
    out: list[bytes] = []
    writer = LogWriter(out.append, words)
    for line in lines:
        writer.log_line(line)
    return [json.loads(line) for line in out]


def test_a_file_is_a_path_that_an_operator_chose_or_it_is_not_told() -> None:
    problem = ValueError("no TOML")
    assert file_of(problem) == ""
    note_file(problem, "/etc/douane/identity/clients.toml")
    told = [file_of(problem), "clients.toml", "/etc/Anna Berg", "/a\nb", f"/{'a' * 301}"]
    lines = written(*(structs.replace(LINE, file=each) for each in told))
    assert [each.get("file") for each in lines] == ["/etc/douane/identity/clients.toml", *["other"] * 4]


def test_a_line_is_one_json_object() -> None:
    out: list[bytes] = []
    LogWriter(out.append, WORDS).log_line(LINE)
    assert len(out) == 1
    assert out[0].endswith(b"}\n")
    assert out[0].count(b"\n") == 1
    assert json.loads(out[0]) == {
        "time": "2025-11-24T16:00:00.000431Z",
        "level": "info",
        "event": "message.accepted",
        "message": "0190a5c4-77aa-7bbb-8ccc-0123456789ab",
        "trace": "4bf92f3577b34da6a3ce929d0e0e4736",
        "operation": "transit.lodge_declaration",
        "platform": "speed2",
        "circle": "untrusted",
        "outcome": "accepted",
        "code": "DOU-1003",
        "duration_us": 431,
        "partition": 0,
        "position": 17,
    }


def test_what_is_absent_is_not_written() -> None:
    (line,) = written(LogLine(time=moment(1), event=Event.STARTED))
    assert set(line) == {"time", "level", "event"}


@pytest.mark.parametrize("name", ["operation", "platform", "circle", "channel", "outcome", "code", "part"])
def test_a_word_that_is_not_ours_becomes_other(name: str) -> None:
    changed = LogLine(**{**{f: getattr(LINE, f) for f in LINE.__struct_fields__}, name: "Erika Mustermann\n"})
    (line,) = written(changed)
    assert line.pop(name) == "other"
    (same,) = written(LINE)
    same.pop(name, None)
    assert line == same


@pytest.mark.parametrize("value", ["FR12345678901234", "24FR00000012345678", "Erika", "a" * 41, "a\n"])
@pytest.mark.parametrize("name", ["message", "trace", "case"])
def test_an_id_that_could_be_a_reference_becomes_other(name: str, value: str) -> None:
    (line,) = written(structs.replace(LINE, **{name: value}))
    assert line[name] == "other"


@pytest.mark.parametrize("value", ["FR12345678901234", "Erika", "erika mustermann", "a" * 65, "a\n", "<a>", ".a"])
def test_what_is_no_id_of_a_client_becomes_other(value: str) -> None:
    (line,) = written(structs.replace(LINE, client=value))
    assert line["client"] == "other"
    (line,) = written(structs.replace(LINE, client="trader.de.rhein"))
    assert line["client"] == "trader.de.rhein"


def test_an_error_shows_class_and_place_but_never_its_text() -> None:
    def fail() -> Never:
        raise NotValid("The consignor Erika Mustermann is unknown.", remedy="FR12345678901234")

    try:
        fail()
    except NotValid as error:
        (line,) = written(LogLine(time=moment(1), event=Event.FAILED, error=error))
    assert line["error"]["class"] == "NotValid"
    assert line["error"]["line"] > 0
    assert set(line["error"]) == {"class", "module", "line"}
    assert "Erika" not in json.dumps(line)
    (line,) = written(LogLine(time=moment(1), event=Event.FAILED, error=KeyError("FR1234")))
    assert line["error"] == {"class": "KeyError", "module": "", "line": 0}


def test_no_field_has_room_for_text() -> None:
    """Strings are the thirteen that the writer checks; everything else is a number, a closed set or an exception."""
    hints = typing.get_type_hints(LogLine)
    strings = {name for name, hint in hints.items() if hint is str}
    assert strings == {
        "message", "trace", "operation", "platform", "circle", "channel", "outcome", "code", "client", "part", "case",
        "partner", "file",
    }  # fmt: skip
    for name in set(hints) - strings:
        hint = hints[name]
        assert hint in (int, dt.datetime) or hint == (BaseException | None) or issubclass(hint, enum.Enum), name
    with pytest.raises(TypeError):
        LogLine(time=moment(1), event=Event.STARTED, text="free")  # type: ignore[call-arg]  # what the types forbid, too
    with pytest.raises(AttributeError):
        LINE.operation = "x"  # type: ignore[misc]  # as above


def test_what_is_no_exception_cannot_pass_as_one() -> None:
    writer = LogWriter(lambda line: None, WORDS)
    with pytest.raises(DeclarationFault):
        writer.log_line(LogLine(time=moment(1), event=Event.FAILED, error=object()))  # type: ignore[arg-type]  # what the types forbid, too


def test_the_codes_of_the_error_tree_are_words() -> None:
    assert {"DOU-0000", "DOU-1003", "DOU-2106", "DOU-3001"} <= error_codes()


def test_a_sink_that_fails_loses_lines_and_says_so_afterwards() -> None:
    out, full = [], True

    def sink(data: bytes) -> None:
        if full:
            raise OSError(28, "No space left on device")
        out.append(json.loads(data))

    writer = LogWriter(sink, WORDS)
    writer.log_line(LINE)
    writer.log_line(LINE)
    assert (writer.lost, out) == (2, [])
    full = False
    writer.log_line(LINE)
    assert [line["event"] for line in out] == ["log.lost", "message.accepted"]
    writer.log_line(LINE)
    assert len(out) == 3  # the loss is told once
    assert (out[0]["count"], writer.lost) == (2, 2)


def test_a_descriptor_takes_whole_lines() -> None:
    reading, writing = os.pipe()
    try:
        LogWriter(descriptor_sink(writing), WORDS).log_line(LINE)
        assert json.loads(os.read(reading, 10_000))["position"] == 17
    finally:
        os.close(reading)
        os.close(writing)


def test_every_event_is_in_the_catalogue_with_what_to_do_where_somebody_should_act() -> None:
    assert set(CATALOGUE) == set(Event)
    assert {known.group for known in CATALOGUE.values()} == set(Group)
    for event, known in CATALOGUE.items():
        assert known.when.endswith("."), event
        if known.level is not Level.INFO:
            assert known.cause.endswith("."), event
            assert known.remedy.endswith("."), event


@pytest.mark.parametrize("event", list(Event))
def test_a_line_carries_level_cause_and_remedy_of_its_event_and_nothing_of_anybody(event: Event) -> None:
    out: list[bytes] = []
    writer = LogWriter(out.append, WORDS)
    writer.log_line(structs.replace(LINE, event=event, case="ca3fbdd80000001", partner="AT", client="trader.de.rhein"))
    line, known = json.loads(out[0]), event.known
    assert (line["event"], line["level"]) == (event.value, known.level.value)
    said = (line.get("cause", ""), line.get("remedy", ""))
    assert said == (("", "") if known.level is Level.INFO else (known.cause, known.remedy))
    assert scan([out[0].decode()]) == ()
    assert writer.counts == {event: 1}


@pytest.mark.parametrize("value", ["DE1234567890123", "Erika", "de", "D", "DE\n", "rest:de"])
def test_a_partner_is_an_administration_or_other(value: str) -> None:
    (line,) = written(structs.replace(LINE, partner=value))
    assert line["partner"] == "other"
