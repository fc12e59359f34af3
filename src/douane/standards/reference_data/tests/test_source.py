import datetime as dt
import gzip
import io
import json
import zipfile

import pytest

from douane.standards.reference_data import source as source_module
from douane.standards.reference_data.catalogue import list_named, name_of
from douane.standards.reference_data.source import open_source
from douane.vocabulary.errors import NotWellFormed, TooLarge

JSON = json.dumps(
    {
        "messageInformation": {"snapshotDate": "2025-02-12"},
        "lists": {"Role": {"listEntries": [{"state": "valid", "activeFrom": "2024-01-01", "role": "DEP"}]}},
    }
).encode()
XML = b"""<RDEntityList><RDEntity name="Role"><RDEntry>
<RDEntryStatus><state>valid</state><activeFrom>2024-01-01</activeFrom></RDEntryStatus>
<dataItem name="Role">DEP</dataItem></RDEntry></RDEntity></RDEntityList>"""


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "snapshot"),
    [
        (JSON, dt.date(2025, 2, 12)),
        (b"\n " + JSON, dt.date(2025, 2, 12)),
        (gzip.compress(JSON), dt.date(2025, 2, 12)),
        (zipped(lists=JSON), dt.date(2025, 2, 12)),
        (XML, None),
        (b'<?xml version="1.0"?>' + XML, None),
        (gzip.compress(XML), None),
        (zipped(**{"COL-Generic-20241105.xml": XML}), dt.date(2024, 11, 5)),
        (zipped(**{"COL-Generic-20249905.xml": XML}), None),
    ],
)
def test_packed_or_not(data: bytes, snapshot: dt.date | None) -> None:
    found = open_source(io.BytesIO(data))
    assert [(known.number, entry.code) for known, entry in found] == [("CL056", "DEP")]
    assert found.snapshot == snapshot


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        zipped(),
        zipped(a=JSON, b=JSON),
        zipped(a=JSON)[:-10],
        zipped(a=JSON * 50).replace(b"PK\x01\x02", b"PK\x01\x03"),
        gzip.compress(JSON)[:-12],
        gzip.compress(JSON)[:30] + b"\x00\x00\x00" + gzip.compress(JSON)[33:],
    ],
)
def test_damaged_packages_are_refused(data: bytes) -> None:
    with pytest.raises(NotWellFormed):
        list(open_source(io.BytesIO(data)))


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "MOST_BYTES", 100_000)
    for data in (
        gzip.compress(b'{"a": 1,' + b" " * 10**6),
        zipped(a=b"<RDEntityList>" + b" " * 10**6),
        b"{" + b" " * 10**6,
    ):
        with pytest.raises(TooLarge):
            list(open_source(io.BytesIO(data)))


def test_names_and_numbers() -> None:
    assert list_named("CountryCodesCommunity").number == "CL010"
    assert name_of("CL010") == "CountryCodesCommunity"
    assert name_of("CL000") == "CL000"
    assert list_named("UnLocode").key == ("CountryCode", "UnLocodeId")
