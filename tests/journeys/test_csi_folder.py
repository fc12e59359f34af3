"""An administration that reads and writes files: every answer comes back as a file, and nothing is lost or doubled."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.assembly.queueing import stations
from douane.channels.csi_folder import binding
from douane.configuration.settings import FolderRoute, NodeSettings
from douane.identity.register import Register
from douane.platforms.ccn_csi.entry import FolderCallers
from douane.runtime.store.envelope import JOURNAL, Delivery
from douane.runtime.store.ports import Log
from douane.runtime.store.transmission import body_of
from douane.standards.edifact import interchange as edifact
from douane.standards.edifact.interchange import Header, Party
from douane.standards.edifact.repertoires import REPERTOIRES
from douane.standards.edifact.syntax import Segment
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.legacy import records, segments
from douane.standards.ncts.legacy.tests.test_forms import signed
from douane.vocabulary.errors import DeclarationFault
from tests.journeys.standing import Standing, identity_in, standing

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DECLARATION = (EXAMPLES / "declaration.xml").read_bytes()
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
TRADER, OFFICER = "trader.fr.lesquin", "fr.officer"
LATIN = REPERTOIRES["UNOC"]
SECONDS = 90.0


class Program:
    """What the program of the administration sees: a folder for each direction."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def write(self, name: str, content: bytes) -> None:
        """Beside its place first, then renamed into it."""
        (self.place / "in" / f"{name}.tmp").write_bytes(content)
        (self.place / "in" / f"{name}.tmp").rename(self.place / "in" / name)

    def take(self, mark: str) -> bytes:
        """The content of the next file whose name holds a mark; it is gone then."""
        path = until(lambda: next((p for p in sorted((self.place / "out").iterdir()) if mark in p.name), None))
        content = path.read_bytes()
        path.unlink()
        return bytes(content)


def until(found: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not (value := found()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.05)
    return value


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("node")
    place = folder / "AT"
    route = FolderRoute(place, "edifact", "UNOC", ("CD118C",))
    with standing(folder, identity_in(folder), elsewhere=frozenset({"AT"}), folders={"AT": route}) as made:
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert made.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        until((place / "out").is_dir)  # made after "in"
        yield made


@pytest.fixture
def program(node: Standing) -> Program:
    return Program(node.node.core.settings.folders["AT"].path)


@pytest.fixture(scope="module")
def mrn(node: Standing) -> str:
    """The MRN of a movement on its way to Austria."""
    trader = node.client("speed2", TRADER)
    assert trader.ask("POST", "/v1/messages", DECLARATION, XML).status == 202

    def released() -> str:
        items = trader.ask("GET", "/v1/inbox?wait=10").json["items"]
        body = next((item["body"] for item in items if item["type"] == "CC029C"), "")
        return str(body.partition("<MRN>")[2].partition("</MRN>")[0])

    return str(until(released))


def interchange(*messages: p5.Message, reference: str = "AT1", sender: str = "NTA.AT") -> bytes:
    header = Header(Party(sender, "ZZ"), Party("NTA.FR", "ZZ"), dt.datetime(2026, 11, 24, 12, 0), reference)
    return edifact.write(header, [segments.write(each, LATIN, str(n))[0] for n, each in enumerate(messages, 1)])


def advice(mrn: str, identification: str) -> p5.CD006C:
    return p5.CD006C(
        message_sender="NTA.AT", message_recipient="NTA.FR", preparation_date_and_time=dt.datetime(2026, 11, 24, 12, 0),
        message_identification=identification, message_type="CD006C", phase_id="NCTS5.1",
        transit_operation=p5.TransitOperation45(mrn=mrn, arrival_date_and_time_actual=dt.datetime(2026, 11, 24, 11, 0)),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number="AT100000"),
    )  # fmt: skip


def answered(content: bytes) -> list[str]:
    """The actions of a CONTRL: first of the interchange, then of each message that it names."""
    (control,) = edifact.read(content).messages
    assert control.type == "CONTRL"
    return [s.value(4) if s.tag == "UCI" else s.value(3) for s in control.segments if s.tag in ("UCI", "UCM")]


def error(program: Program, name: str, about: str, code: str = "") -> Any:
    """The error message of a type about a message, with this code; what the procedure says besides is passed over."""
    while True:
        (message,) = edifact.read(program.take(f"-{name}.edi")).messages
        found: Any = segments.read(message)
        codes = [e.error_code for e in (found.xml_error if name == "CD917C" else found.functional_error)]
        if found.correlation_identifier.endswith(about) and (not code or code in codes):
            return found


def rows(node: Standing) -> list[Any]:
    return [JOURNAL.read(raw) for _, raw in node.node.core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 1000)]


def delivery(node: Standing, position: int) -> Delivery | None:
    async def ask() -> Delivery | None:
        return node.node.core.inbox().delivery(position)

    return node.run(ask())


def test_a_movement_is_announced_and_its_arrival_taken(node: Standing, program: Program, mrn: str) -> None:
    content = program.take("-CD001C.edi")
    announced = edifact.read(content)
    message = segments.read(announced.messages[0])
    assert isinstance(message, p5.CD001C)
    assert message.transit_operation.mrn == mrn
    position = int(announced.header.reference, 36)
    until(lambda: (found := delivery(node, position)) is not None and found.state == "delivered")

    file = interchange(advice(mrn, "ATARRIVED"))
    program.write("arrival.edi", file)
    assert answered(program.take("-arrival.edi")) == ["7"]
    (row,) = [each for each in rows(node) if each.id == "ATARRIVED"]
    assert (row.operation, row.origin.platform, row.origin.channel) == (
        "transit.advise_arrival",
        "ccn_csi",
        "csi_folder",
    )
    assert p5.read(row.content.octets) == advice(mrn, "ATARRIVED")
    assert body_of(row.transmission, row.content.octets) == file
    taken = [each for each in (program.place / "taken").iterdir() if each.name.endswith("-arrival.edi")]
    assert [each.read_bytes() for each in taken] == [file]


def test_a_repeated_file_has_no_second_effect(node: Standing, program: Program, mrn: str) -> None:
    file = interchange(advice(mrn, "ATTWICE"))
    for _ in range(2):
        program.write("twice.edi", file)
        assert answered(program.take("-twice.edi")) == ["7"]
    program.write("again.edi", interchange(advice(mrn, "ATTWICE"), reference="AT2"))
    assert answered(program.take("-again.edi")) == ["7"]
    assert sum(each.id == "ATTWICE" for each in rows(node)) == 1


def test_faults_of_syntax_are_told_by_contrl(node: Standing, program: Program, mrn: str) -> None:
    wrong = interchange(advice(mrn, "ATGOOD"), advice(mrn, "ATBAD")).replace(b"ATBAD+CD006C", b"ATBAD+CD999C")
    program.write("mixed.edi", wrong)
    assert answered(program.take("-mixed.edi")) == ["7", "4"]
    known = {each.id for each in rows(node)}
    assert ("ATGOOD" in known, "ATBAD" in known) == (True, False)


def test_what_cannot_be_taken_is_told_by_a_906(node: Standing, program: Program, mrn: str) -> None:
    foreign = msgspec.structs.replace(advice(mrn, "ATFORGED"), message_sender="NTA.DE")
    program.write("forged.edi", interchange(foreign))
    assert answered(program.take("-forged.edi")) == ["7"]
    nack = error(program, "CD906C", "ATFORGED")
    assert nack.message_recipient == "NTA.AT"
    assert nack.functional_error[0].error_pointer == "/CD006C/messageSender"
    for day in (24, 25):
        moved = dt.datetime(2026, 11, day, 12, 0)
        message = msgspec.structs.replace(advice(mrn, "ATCHANGED"), preparation_date_and_time=moved)
        program.write("changed.edi", interchange(message))
        assert answered(program.take("-changed.edi")) == ["7"]
    assert (
        error(program, "CD906C", "ATCHANGED", "26").functional_error[0].error_pointer.endswith("messageIdentification")
    )


def test_an_interchange_of_another_sender_is_rejected(node: Standing, program: Program, mrn: str) -> None:
    program.write("other.edi", interchange(advice(mrn, "ATOTHER"), sender="NTA.DE"))
    assert answered(program.take("-other.edi")) == ["4"]
    assert "ATOTHER" not in {each.id for each in rows(node)}


def test_records_are_answered_by_records(node: Standing, program: Program, mrn: str) -> None:
    good = records.write(advice(mrn, "ATFIXED"), LATIN)[0]
    bad = records.write(advice(mrn, "ATWRONG"), LATIN)[0].replace(b"CD006C  ", b"CD999C  ")
    program.write("both.fix", good + bad)
    lines = program.take("-both.fix").decode("latin-1").split("\n")
    assert [line[4:20].split() for line in lines[1:4]] == [
        ["COA", "CD006C"],
        ["COD", "CD006C"],
        ["EXCEPTION", "CD006C"],
    ]
    nack = error(program, "CD917C", "-both.fix-2")
    assert [(e.error_line_number, e.error_code) for e in nack.xml_error] == [(8, "12")]
    assert "ATFIXED" in {each.id for each in rows(node)}


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, b"<CD006C/>", b"UNB+", random.Random(5).randbytes(2000), b"UNA" * 1000]
)
def test_rubbish_is_told_by_a_917_and_stops_nobody(program: Program, content: bytes) -> None:
    program.write("rubbish", content)
    error(program, "CD917C", "-rubbish-1")


def test_files_wait_while_no_system_of_the_administration_is_registered(
    node: Standing, program: Program, mrn: str
) -> None:
    gateway: Any = next(each for each in node.node.gateways if isinstance(each, binding.FolderGateway))
    known, gateway.callers = gateway.callers, FolderCallers(Register([]))
    program.write("early.edi", interchange(advice(mrn, "ATEARLY")))
    until(lambda: gateway.counts.get("DOU-1101"))
    assert ("ATEARLY" in {each.id for each in rows(node)}, (program.place / "in" / "early.edi").exists()) == (
        False,
        True,
    )
    gateway.callers = known
    assert answered(program.take("-early.edi")) == ["7"]


def test_a_defect_of_ours_stops_no_other_file(program: Program, mrn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def defective(*_: object) -> None:
        raise RuntimeError("a defect")

    with monkeypatch.context() as patched:
        patched.setattr(binding, "read", defective)
        program.write("defect.edi", interchange(advice(mrn, "ATDEFECT")))
        until((program.place / "aside" / "defect.edi").exists)
    (program.place / "aside" / "defect.edi").rename(program.place / "in" / "defect.edi")
    assert answered(program.take("-defect.edi")) == ["7"]


def test_an_error_message_is_never_answered_by_one(node: Standing, program: Program) -> None:
    broken = records.write(signed("NTA.FR", "/x"), LATIN)[0].replace(b" CD906C", b" CD999C")
    program.write("broken.fix", broken.replace(b"NTA.DE", b"NTA.AT"))
    assert b"RPT0EXCEPTION CD906C" in program.take("-broken.fix")
    program.write("last.edi", b"UNB")  # what follows is answered, and nothing came in between
    error(program, "CD917C", "-last.edi-1")
    assert [p.name for p in (program.place / "out").iterdir() if "CD917C" in p.name] == []


def test_a_contrl_of_the_program_is_not_answered(node: Standing, program: Program) -> None:
    about = Segment("UCI", (("0000000000001",), ("NTA.EU",), ("NTA.AT",), ("4",), ("12",)))
    told = edifact.Message("1", ("CONTRL", "D", "3", "UN"), (about,))
    header = Header(Party("NTA.AT", "ZZ"), Party("NTA.EU", "ZZ"), dt.datetime(2026, 11, 24, 12, 0), "AT9")
    program.write("told.edi", edifact.write(header, [told]))
    until(lambda: [p for p in (program.place / "taken").iterdir() if p.name.endswith("-told.edi")])
    assert [p.name for p in (program.place / "out").iterdir() if "told" in p.name] == []


def test_a_form_or_repertoire_that_there_is_not_ends_the_start(tmp_path: Path) -> None:
    for route in (FolderRoute(tmp_path, "xml"), FolderRoute(tmp_path, "fixed", "UNOX")):
        with pytest.raises(DeclarationFault, match="The folder of AT has the form"):
            stations(NodeSettings(folders={"AT": route}))
