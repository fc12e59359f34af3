import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

import pytest

from douane.standards.reference_data.generic_export import MOST_ELEMENTS_AN_ENTRY, read_generic_export
from douane.standards.reference_data.listed import ListedEntry
from douane.vocabulary.code_lists import office_roles
from douane.vocabulary.errors import NotValid, NotWellFormed, SenderFault, TooLarge

V = "http://xmlns.ec.eu/BusinessObjects/CSRD2/"
HEAD = (
    f'<r:RDEntityList xmlns:r="{V}ReferenceDataSubscriptionReceiverCBSServiceType/V2"'
    f' xmlns:l="{V}RDEntityEntryListType/V2" xmlns:t="{V}RDEntityType/V2" xmlns:e="{V}RDEntryType/V2"'
    f' xmlns:s="{V}RDStatusType/V2" xmlns:d="{V}LsdListType/V2">'
)
STATUS = "<e:RDEntryStatus><s:state>{}</s:state><s:activeFrom>{}</s:activeFrom></e:RDEntryStatus>"
OFFICE = """
<e:dataItem name="ReferenceNumber">QQ000001</e:dataItem>
<e:dataItem name="CountryCode">QQ</e:dataItem>
<e:dataGroup name="CustomsOfficeLsd"><e:dataItem name="LanguageCode">FR</e:dataItem>
  <e:dataItem name="CustomsOfficeUsualName">Bureau</e:dataItem></e:dataGroup>
<e:dataGroup name="CustomsOfficeTimetable"><e:dataItem name="SeasonCode">1</e:dataItem>
  <e:dataGroup name="CustomsOfficeTimetableLine">
    <e:dataGroup name="CustomsOfficeRoleTrafficCompetence"><e:dataItem name="Role">TRA</e:dataItem></e:dataGroup>
    <e:dataGroup name="CustomsOfficeRoleTrafficCompetence"><e:dataItem name="Role">DEP</e:dataItem></e:dataGroup>
  </e:dataGroup>
  <e:dataGroup name="CustomsOfficeTimetableLine">
    <e:dataGroup name="CustomsOfficeRoleTrafficCompetence"><e:dataItem name="Role">DEP</e:dataItem></e:dataGroup>
  </e:dataGroup></e:dataGroup>
<e:dataGroup name="CustomsOfficeLsd"><e:dataItem name="LanguageCode">EN</e:dataItem>
  <e:dataItem name="CustomsOfficeUsualName">Office</e:dataItem></e:dataGroup>
"""


def entry(inner: str, state: str = "valid", since: str = "2024-02-21") -> str:
    return f"<t:RDEntry>{STATUS.format(state, since)}{inner}</t:RDEntry>"


def export(**lists: str) -> bytes:
    body = "".join(f'<l:RDEntity name="{name}">{entries}</l:RDEntity>' for name, entries in lists.items())
    return f"{HEAD}{body}</r:RDEntityList>".encode()


def read(data: bytes) -> list[ListedEntry]:
    return list(read_generic_export(io.BytesIO(data)))


def item(name: str, text: str) -> str:
    return f'<e:dataItem name="{name}">{text}</e:dataItem>'


def test_codes_states_and_texts_by_language() -> None:
    names = {"en": "Austria", "de": "Österreich"}
    texts = "".join(f'<d:description lang="{lang}">{name}</d:description>' for lang, name in names.items())
    data = export(
        CountryCodesFullList=entry(
            item("CountryCode", "AT") + item("TccEntryDate", "19950101") + f"<e:LsdList>{texts}</e:LsdList>"
        )
        + entry(item("CountryCode", "SU"), "invalid", "1991-12-26"),
        UnLocode=entry(item("CountryCode", "AT") + item("UnLocodeId", "VIE") + item("UnLocodeName", "Wien")),
    )
    austria, gone, vienna = read(data)
    assert (austria.list.number, austria.entry.code, austria.entry.valid) == ("CL008", "AT", True)
    assert austria.entry.attributes == {
        "TccEntryDate": "19950101",
        "description": "Austria",
        "descriptions": {"de": "Österreich"},
    }
    assert (gone.entry.code, gone.entry.valid, gone.entry.since) == ("SU", False, dt.date(1991, 12, 26))
    assert (vienna.list.number, vienna.entry.code, vienna.entry.description) == ("CL144", "ATVIE", "Wien")


def test_an_office_has_its_roles_and_usual_name() -> None:
    ((known, office),) = read(export(CustomsOffices=entry(OFFICE)))
    assert (known.number, office.code, office.description) == ("CL141", "QQ000001", "Office")
    assert office_roles(office) == ("DEP", "TRA")
    facts: Any = office.attributes  # nested as the export nests them
    assert [g["LanguageCode"] for g in facts["CustomsOfficeLsd"]] == ["FR", "EN"]
    assert facts["CustomsOfficeTimetable"][0]["SeasonCode"] == "1"


def test_an_unknown_list_goes_by_its_name() -> None:
    ((known, found),) = read(export(Weather=entry(item("Cloud", "CU") + item("Height", "low"))))
    assert (known.number, known.name, found.code) == ("Weather", "Weather", "CU")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (export(Role=entry(item("Role", "DEP")))[:-30], NotWellFormed),
        (b"", NotWellFormed),
        (b"<html/>", NotValid),
        (export(Role=entry(item("Role", "DEP"), "perhaps")), NotValid),
        (export(Role=entry(item("Role", "DEP"), since="20240101x")), NotValid),
        (export(Role=entry("")), NotValid),
        (export(Role=f"<t:RDEntry>{item('Role', 'DEP')}</t:RDEntry>"), NotValid),
        (export(Role="<t:Other/>"), NotValid),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]>" + export(Role=entry(item("Role", "&a;"))), NotWellFormed),
        (export(Role=entry("<e:x/>" * (MOST_ELEMENTS_AN_ENTRY + 1))), TooLarge),
        (export(Role=entry("<e:x>" * 300 + "</e:x>" * 300)), NotWellFormed),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, fault: type[SenderFault]) -> None:
    with pytest.raises(fault):
        read(data)


def test_entries_before_the_fault_are_yielded() -> None:
    found = read_generic_export(io.BytesIO(export(Role=entry(item("Role", "DEP")))[:-30]))
    assert next(found).entry.code == "DEP"
    with pytest.raises(NotWellFormed):
        next(found)


def attacks() -> list[Path]:
    root = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists())
    return sorted((root.parent / "shared/data/attacks/xml").glob("*.xml"))


def test_published_attacks_are_refused() -> None:
    found = attacks()
    if not found:
        if os.environ.get("CI"):
            pytest.fail("../shared/data/attacks is absent")
        pytest.skip("../shared/data/attacks is absent")
    for path in found:
        with pytest.raises((NotWellFormed, NotValid)):
            read(path.read_bytes())
