"""Choose the built-in reference data from the published files: ``python tools/reference_selection.py ../shared/data``.

Writes ``src/douane/applications/reference_data/lists/builtin.json``. Small lists are taken whole, large ones in part;
a list that rules or items of NCTS phase 5 use and that no published file holds comes from the schema's enumerations,
from the layouts, or is written by hand below, and says so in its ``origin``. Descriptions are kept where they are
names (places, countries, packages, short terms); sentences of the law are left to the imported lists.
"""

from __future__ import annotations

import datetime as dt
import json
import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from douane.standards.reference_data.catalogue import name_of
from douane.standards.reference_data.source import open_source
from douane.vocabulary.code_lists import LAW, OFFICES_BY_ROLE, Entry, office_roles

HERE = Path(__file__).resolve().parent.parent
TARGET = HERE / "src/douane/applications/reference_data/lists/builtin.json"
START = dt.date(2023, 11, 1)
"""The built-in selection holds from here on at the latest: the first month of NCTS phase 5.

The published date is often that of the last edit of an entry; taken literally, no declaration of the transitional
period could be judged with the selection."""

PARTLY = {"CL016", "CL141", "CL144", "CL244"}
NO_NEED = {"CL012", "CL015", "CL020", "CL067", "CL142", "CL143"}
CHEMICALS = 24
LONGEST_NAME = 48
NAMED_OFFICES = {"FR005350", "DE004055", "AT100000"}
ROLES = ("DEP", "DES", "TRA", "GUA", "EXT", "TXT", "ENQ", "REC", "ENT", "EIN")
PLACES = """
ADALV ATVIE ATLNZ ATGRZ ATSZG ATINN BEANR BEBRU BEGNE BELGG BEZEE BGSOF BGVAR BGBOJ CHBSL CHBRN CHGVA CHZRH CHCHI
CYLCA CYLMS CYNIC CZPRG CZBRQ CZOSR DEBER DEHAM DEBRE DEBRV DECGN DEDUS DEFRA DEMUC DESTR DEDUI DELEJ DKCPH
DKAAR DKAAL EETLL EEMUG ESMAD ESBCN ESVLC ESALG ESBIO ESIRU FIHEL FIKTK FITKU FRPAR FRLEH FRMRS FRLYS FRLIL
FRDKK FRCQF FRSXB FRMLH GBLON GBFXT GBDVR GBSOU GBLIV GRPIR GRSKG GRATH HRZAG HRRJK HRSPU HUBUD IEDUB IEORK IEROE
ISREY ISKEF ITROM ITGOA ITMIL ITTRS ITNAP ITGIT ITVCE LTKLJ LTVNO LUBET LULUX LVRIX LVVNT MKSKP MTMLA MTMAR NLRTM
NLAMS NLMST NLEIN NOOSL NOBGO NOSVG PLWAW PLGDN PLGDY PLSZZ PLKRK PTLIS PTOPO PTLEI PTSIE ROBUH ROCND RSBEG SESTO
SEGOT SEMMA SIKOP SILJU SKBTS SKKSC SMSAI TRIST TRMER TRIZM TRANK UAIEV UAODS UALWO GBBEL GBLAR CNSHA CNNGB CNSZX
HKHKG USNYC USLAX USHOU SGSIN JPTYO JPYOK KRPUS INNSA INBOM BRSSZ MACAS EGPSD AEJEA ZADUR AUSYD CAMTR
"""

EU_AND_NORTHERN_IRELAND = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
OFFICIAL_LANGUAGES = "BG CS DA DE EL EN ES ET FI FR GA HR HU IS IT LT LV MK MT NL NO PL PT RO SK SL SR SV TR UK"
ANSWERS = "CD003C CD038C CD095C CD115C CD143C CD145C CD151C CD165C CD201C CD205C CD906C CD917C CC906C CC917C"


def bare(codes: str) -> dict[str, str]:
    """Codes without names."""
    return dict.fromkeys(codes.split(), "")


DATES_OF_LAW = {
    "TPendDate": {
        "date": "2025-01-21",
        "description": "Last day of the transitional period of NCTS phase 5",
        "source": "DDNTA 5.15.2 names the parameter TPendDate and gives no date; this one is kept by hand",
    },
}
"""Dates that the law sets, by their published names."""

BY_HAND: dict[str, dict[str, str]] = {
    "CL054": {"1": "Usage", "2": "Exposure", "3": "Usage and exposure", "4": "Owner"},  # C0270, C0285, C0817
    "CL107": bare("N R X Y"),  # C0251
    "CL146": bare("AD CH GB IS MK NO RS SM TR UA"),
    "CL156": {"1": "Holder of the transit procedure", "2": "Guarantor", "3": "Agent", "4": "Customs"},  # C0818
    "CL163": {"0": "Full release", "1": "Partial release"},  # C0353
    "CL164": {"1": "Full release", "2": "Partial release", "3": "Residual release", "4": "No release"},  # C0352
    "CL188": bare("T T1 T2 T2F T2SM"),
    "CL189": bare("TIR"),
    "CL191": {"C": "Create", "U": "Update"},
    "CL192": bare(OFFICIAL_LANGUAGES),
    "CL195": {"A1": "Satisfactory", "A2": "Considered satisfactory", "B1": "Not satisfactory"},
    "CL196": {"A1": "Satisfactory", "A2": "Considered satisfactory", "A3": "Simplified", "B1": "Not satisfactory"},
    "CL197": {
        "A1": "Satisfactory",
        "A2": "Considered satisfactory",
        "A5": "Minor discrepancies",
        "B1": "Unsatisfactory",
    },
    "CL223": {"2": "Exit summary data", "3": "Entry and exit summary data"},
    "CL227": {"4": "Other reason", "12": "Functional errors"},  # C0492
    "CL384": {"0": "Decision to control", "1": "Documents requested", "2": "Intention to control"},  # C0452, C0455
    "CL553": bare(EU_AND_NORTHERN_IRELAND),
    "CL570": {"007": "Arrival notification rejection", "044": "Unloading remarks rejection"},
    "CL610": bare(ANSWERS),  # C0511
}
SAME_AS = {"CL199": "CL248", "CL212": "CL252"}


def main(shared: Path, target: Path = TARGET) -> None:
    """Read, choose, write."""
    published = read(shared / "reference-data")
    lists: dict[str, tuple[str, list[Entry]]] = {}
    for number, entries in published.items():
        if number not in PARTLY | NO_NEED:
            lists[number] = ("published", [short(e) for e in entries])
    lists["CL141"] = ("selection", [office(e) for e in chosen_offices(published["CL141"])])
    lists["CL016"] = ("selection", published["CL016"][:: len(published["CL016"]) // CHEMICALS])
    places = set(PLACES.split())
    lists["CL244"] = ("selection", [e for e in published["CL244"] if e.code in places])
    lists["CL144"] = ("selection", [e for e in published["CL144"] if e.code in places])
    for number, codes in enumerations(shared / "ncts/xsd-p5-51.8.6/tcl.xsd").items():
        lists.setdefault(number, ("schema", made(codes)))
    lists["CL060"] = ("layouts", made(dict.fromkeys(messages(shared), "")))
    lists["CL385"] = ("layouts", made(dict.fromkeys(messages_without_mrn(shared), "")))
    lists[LAW] = ("by hand", [Entry.of(name, START, facts) for name, facts in DATES_OF_LAW.items()])
    for number, codes in BY_HAND.items():
        lists[number] = ("by hand", made(codes))
    for number, other in SAME_AS.items():
        lists[number] = ("by hand", lists[other][1])
    write(lists, target)
    tell(lists, shared, target)


def read(folder: Path) -> dict[str, list[Entry]]:
    """All lists of both files; the payload wins where both hold a list, as its entries are newer and shorter."""
    found: dict[str, list[Entry]] = {}
    for pattern in ("COL-Generic-*.zip", "RD_NCTS-P5-*.json.gz"):
        mine: dict[str, list[Entry]] = defaultdict(list)
        with next(folder.glob(pattern)).open("rb") as file:
            for known, entry in open_source(file):
                mine[known.number].append(entry)
        found |= mine
    return found


def early(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, from the start of phase 5 at the latest."""
    return [Entry(e.code, min(e.since, START), e.valid, e.facts) for e in entries]


def short(entry: Entry) -> Entry:
    """The entry with nothing but its description, and that only where it is a name."""
    name = entry.description
    return Entry.of(entry.code, entry.since, {"description": name} if 0 < len(name) <= LONGEST_NAME else {})


def office(entry: Entry) -> Entry:
    """An office with country, usual name and roles."""
    facts = entry.attributes
    return Entry.of(
        entry.code,
        entry.since,
        {"CountryCode": facts["CountryCode"], "description": entry.description, "roles": office_roles(entry)},
    )


def chosen_offices(offices: Iterable[Entry]) -> list[Entry]:
    """For each country: as few as show every role it has, two more for transit, and those named above."""
    by_country: dict[str, list[Entry]] = defaultdict(list)
    for each in offices:
        by_country[each.code[:2]].append(each)
    chosen: dict[str, Entry] = {}
    for mine in by_country.values():
        wanted = {role for each in mine for role in office_roles(each)} & set(ROLES)
        taken = [each for each in mine if each.code in NAMED_OFFICES]
        wanted -= {role for each in taken for role in office_roles(each)}
        while wanted:
            best = max(mine, key=lambda e: (len(wanted & set(office_roles(e))), -len(office_roles(e)), e.code))
            taken.append(best)
            wanted -= set(office_roles(best))
        taken += sorted(mine, key=lambda e: (-len({"DEP", "DES", "TRA", "TXT"} & set(office_roles(e))), e.code))[:2]
        chosen |= {each.code: each for each in taken}
    return [chosen[code] for code in sorted(chosen)]


def enumerations(schema: Path) -> dict[str, dict[str, str]]:
    """Lists that the official schema spells out, by CL number."""
    text = schema.read_text()
    found: dict[str, dict[str, str]] = {}
    for number, body in re.findall(
        r"<!--=+ (CL\d{3}) +-->.*?<xs:simpleType[^>]*>(.*?)</xs:simpleType>", text, re.DOTALL
    ):
        pairs = re.findall(r'enumeration value="([^"]*)">\s*(?:<xs:annotation>.*?>([^<]*)<)?', body, re.DOTALL)
        found[number] = {code: name.strip() if len(name) <= LONGEST_NAME else "" for code, name in pairs}
    return found


def layouts(shared: Path) -> dict[str, list[dict[str, object]]]:
    """The published layouts."""
    with lzma.open(shared / "ncts/layouts-p5.json.xz") as file:
        found: dict[str, list[dict[str, object]]] = json.load(file)
    return found


def messages(shared: Path) -> list[str]:
    """Every message type of phase 5."""
    return sorted(str(m["code"]) for m in layouts(shared)["messages"])


def messages_without_mrn(shared: Path) -> list[str]:
    """Common-domain messages whose layout has no MRN: what the name of CL385 says of them."""
    common = (m for m in layouts(shared)["messages"] if m["domain"] == "common")
    return sorted(str(m["code"]) for m in common if '"tag": "MRN"' not in json.dumps(m))


def made(codes: dict[str, str]) -> list[Entry]:
    """Entries for codes and names."""
    return [Entry.of(code, START, {"description": name} if name else {}) for code, name in sorted(codes.items())]


def write(lists: dict[str, tuple[str, list[Entry]]], target: Path) -> None:
    """One line for each entry with facts; codes without facts together by date."""
    parts = []
    for number, (origin, entries) in sorted(lists.items()):
        plain: dict[str, list[str]] = defaultdict(list)
        rich: list[str] = []
        for e in sorted(early(entries)):
            if e.facts == "{}":
                plain[str(e.since)].append(e.code)
            else:
                rich.append(f"[{json.dumps(e.code)},{json.dumps(str(e.since))},{e.facts}]")
        head: dict[str, object] = {"name": name_of(number), "origin": origin}
        if plain:
            head["codes"] = {since: " ".join(codes) for since, codes in sorted(plain.items())}
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
        if rich:
            text = text[:-1] + ',"entries":[\n' + ",\n".join(rich) + "\n]}"
        parts.append(f"{json.dumps(number)}:{text}")
    target.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def tell(lists: dict[str, tuple[str, list[Entry]]], shared: Path, target: Path) -> None:
    """Say what came out, and which lists of phase 5 are left out."""
    text = json.dumps(layouts(shared))
    used = set(re.findall(r"CL\d{3}", text))
    absent = sorted(used - set(lists) - set(OFFICES_BY_ROLE))
    print(f"{target.name}: {len(lists)} lists, {target.stat().st_size} bytes, {len(lists['CL141'][1])} offices")
    print("not built in:", *(f"{number} {name_of(number)};" for number in absent))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
