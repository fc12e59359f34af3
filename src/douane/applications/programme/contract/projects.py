"""The projects: every system of the list, those that are built too, and this product's own road.

Days are those that UCC art. 278 names, as Regulation (EU) 2019/632 put it: the last days of 2020, 2022 and 2025. Which
system falls under which of its paragraphs, and the day of the single window, stand in no source that this product has:
each is *derived* from what the system does, and says so. Where the law names no day, ours is planned and says so.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.author import Criterion, Deadline, Element, Gate, Project, Score

_ARCHITECT: Final = "business architect"
_JUDGED: Final = dt.date(2026, 11, 27)

_BY_20: Final = Deadline(dt.date(2020, 12, 31), "UCC art. 278(1), derived")
_BY_22: Final = Deadline(dt.date(2022, 12, 31), "UCC art. 278(2), derived")
_BY_25: Final = Deadline(dt.date(2025, 12, 31), "UCC art. 278(3), derived")
_WINDOW: Final = Deadline(dt.date(2025, 3, 3), "Regulation (EU) 2022/2399, derived")
_COMMON: Final = "Commission: owner of the common component"
_BOTH: Final = "Commission and Member States: owners of common and national components"
_UNION: Final = ("Commission",)
_TRADE: Final = ("trade flows", "paperless customs")
_ONCE: Final = ("built once, used by all",)


def _ours(year: int, month: int, day: int) -> Deadline:
    return Deadline(dt.date(year, month, day), "ours: UCC art. 280 names no day")


def _plan(opens: str, *, specified: str, agreed: str, tried: str) -> tuple[tuple[Gate, dt.date], ...]:
    """The days that are planned: functional and technical specification, conformance, the window."""
    days = (specified, agreed, tried, opens)
    later = (Gate.FUNCTIONAL, Gate.TECHNICAL, Gate.CONFORMANCE, Gate.WINDOW)
    return tuple((gate, dt.date.fromisoformat(day)) for gate, day in zip(later, days, strict=True))


def _judged(case: int, why: str, clarity: int, because: str) -> tuple[Score, ...]:
    return (
        Score(Criterion.CASE, case, _ARCHITECT, _JUDGED, why),
        Score(Criterion.CLARITY, clarity, _ARCHITECT, _JUDGED, because),
    )


def _numbered(prefix: str, *numbers: int) -> tuple[str, ...]:
    return tuple(f"{prefix}-{number:02}" for number in numbers)


_PLATFORMS: Final = (
    Project("SPEED2", "One entry for traders, third countries and partner services", ("platform:speed2",), goals=_ONCE,
            deadline=_BY_25, tasks=("SPD-GAT-01", "SPD-FIL-01", *_numbered("AEO-MRA", 1, 2, 3, 4)), owner=_COMMON,
            administrations=_UNION, systems=("SPEED2",),
            gates=_plan("2027-09-01", specified="2027-03-01", agreed="2027-05-03", tried="2027-07-01"),
            scores=_judged(2, "Few partners still send files; web services carry the rest.",
                           3, "The file folders of the legacy bridge show how it works.")),
    Project("CCN2", "A bus on which administrations offer each other services", ("platform:ccn2",), goals=_ONCE,
            deadline=_BY_25, owner=_COMMON, systems=("CCN2",),
            tasks=(*_numbered("BUS-REG", 1, 2, 3, 4, 5), *_numbered("BUS-CALL", 1, 2, 3), *_numbered("BUS-QRY", 1, 2),
                   *_numbered("BUS-EVT", 1, 2))),
    Project("CCN/CSI", "Queues for systems that are not yet services", ("platform:ccn_csi",), goals=_ONCE,
            deadline=_BY_20, tasks=("CSI-EXC-01",), owner=_COMMON, systems=("CCN/CSI",)),
    Project("CDCO", "Hosting of the central applications", ("platform:cdco",), goals=_ONCE, deadline=_BY_25,
            tasks=("CDC-HST-01",), owner=_COMMON, administrations=_UNION, systems=("CDCO/TSOAP",)),
    Project("shared services", "What every platform needs, built once", goals=_ONCE, deadline=_BY_25,
            tasks=(*_numbered("SSV-MON", 1), "SSV-LOG-01", "SSV-AUD-01", "SSV-ARC-01", "SSV-BCK-01", "SEC-GOV-01"),
            owner=_COMMON, administrations=_UNION, systems=("SSV",),
            gates=_plan("2027-06-01", specified="2027-01-15", agreed="2027-03-01", tried="2027-05-03"),
            scores=_judged(2, "Security runs inside each platform; governance is asked for by architects alone.",
                           2, "What governance decides is known, who signs it is not.")),
    Project("UUM&DS", "Who is calling, for whom, with which proof", ("platform:uumds",), goals=_ONCE,
            deadline=_BY_20, owner=_BOTH, systems=("UUM&DS",),
            tasks=("ACC-REG-01", *_numbered("ACC-DEL", 1, 2), "ACC-SGN-01", "UDS-SIG-01"),
            gates=_plan("2027-05-03", specified="2027-01-29", agreed="2027-02-26", tried="2027-04-01"),
            scores=_judged(3, "Every module of the portal needs signatures of traders.",
                           4, "The verification of seals runs already; signing is the same in reverse.")),
    Project("EU CTP", "One portal for traders", goals=_TRADE, deadline=_BY_25, owner=_COMMON, systems=("EU CTP",),
            tasks=(*_numbered("CAS-QRY", 1, 2, 3, 4), "CTP-DCL-01"),
            gates=_plan("2027-04-01", specified="2026-12-18", agreed="2027-01-29", tried="2027-03-01"),
            scores=_judged(4, "Small traders have no other way in than a form.",
                           3, "Forms are described by the types already; drafts are not.")),
    Project("CS/RD2", "Code lists and offices, kept once", goals=("same treatment everywhere",), deadline=_BY_20,
            tasks=("REF-PUB-01", "REF-QRY-01"), owner=_COMMON, systems=("CS/RD2",)),
    Project("CS/MIS2", "Unavailability of systems, statistics of exchanges", goals=_ONCE, deadline=_BY_20,
            tasks=(*_numbered("AVA-ANN", 1, 2, 3), "AVA-QRY-01", *_numbered("STA-REP", 1, 2, 3), "STA-QRY-01"),
            owner=_COMMON, systems=("CS/MIS2",)),
)  # fmt: skip
_REGISTERS: Final = (
    Project("customs decisions", "Applications for decisions and their management, with consultation and registers",
            ("capability:customs transit", "capability:guarantee management"), goals=("same treatment everywhere",),
            deadline=_BY_20, owner=_BOTH,
            tasks=("AUT-REG-01", *_numbered("AUT-ASK", 1, 2), *_numbered("DEC-APP", 1, 2, 3, 4, 5),
                   *_numbered("DEC-DEC", 1, 2, 3, 4, 5), *_numbered("DEC-MAN", 1, 2, 3), *_numbered("DEC-CON", 1, 2),
                   *_numbered("DEC-QRY", 1, 2, 3), "DEC-MGT-02"),
            systems=("CDS",),
            gates=_plan("2027-03-01", specified="2026-12-04", agreed="2026-12-18", tried="2027-02-01"),
            scores=_judged(4, "Every authorisation that other systems ask for begins here.",
                           4, "Limits and states stand in the law, article by article.")),
    Project("EBTI", "Binding tariff information", goals=("same treatment everywhere",), deadline=_BY_20,
            tasks=("EBT-APP-01", "EBT-USE-01", "EBT-REG-01", *_numbered("EBT-CHK", 1, 2)),
            owner=_BOTH, systems=("EBTI",),
            after=("customs decisions",),
            gates=_plan("2027-07-01", specified="2027-02-26", agreed="2027-04-01", tried="2027-06-01"),
            scores=_judged(2, "Few applications a year, each worth much to its holder.",
                           3, "It is a decision with two articles more.")),
    Project("EORI2", "Registration of economic operators", goals=_TRADE, deadline=_BY_20, owner=_BOTH,
            tasks=("EOR-REG-01", *_numbered("EOR-CHK", 1, 2), "EOR-APP-01"), systems=("EORI2",),
            gates=_plan("2027-06-01", specified="2027-02-01", agreed="2027-03-01", tried="2027-05-03"),
            scores=_judged(2, "Administrations register operators in their own systems today.",
                           3, "The data set of the register is published.")),
    Project("AEO", "Authorised economic operators", goals=("safe and lawful trade",), deadline=_BY_20, owner=_BOTH,
            tasks=(*_numbered("AEO-REG", 1, 2), *_numbered("AEO-CHK", 1, 2), "AEO-DEC-01"), systems=("AEO",),
            after=("customs decisions",),
            gates=_plan("2027-07-01", specified="2027-03-01", agreed="2027-04-01", tried="2027-06-01"),
            scores=_judged(3, "Recognised operators wait less at every office of the Union.",
                           3, "It is a decision with a questionnaire.")),
    Project("INF", "Information of special procedures", goals=_TRADE, deadline=_BY_20, tasks=("INF-REQ-01",),
            owner=_BOTH, systems=("INF",), after=("customs decisions",),
            gates=_plan("2027-10-01", specified="2027-05-03", agreed="2027-07-01", tried="2027-09-01"),
            scores=_judged(2, "Processing in several Member States is rare.",
                           2, "What is exchanged is law, when is practice.")),
    Project("REX", "Registered exporters", goals=_TRADE, deadline=_BY_20, owner=_BOTH, systems=("REX",),
            tasks=("REX-APP-01", "REX-APP-02", *_numbered("REX-REG", 1, 2), "REX-REV-01", "REX-BEN-01",
                   *_numbered("REX-CHK", 1, 2, 3)),
            gates=_plan("2027-05-03", specified="2027-01-29", agreed="2027-03-01", tried="2027-04-01"),
            scores=_judged(3, "Preferences are lost where a number cannot be checked.",
                           4, "States and publication are those of the register of operators.")),
    Project("GUM", "Guarantee management", goals=("revenue is covered",), deadline=_BY_25, owner=_BOTH,
            tasks=(*_numbered("GUA-REG", 1, 2), *_numbered("GUA-QRY", 1, 2, 3), *_numbered("GUA-USE", 1, 2),
                   "GUA-CRE-01", "GUA-MON-01"), systems=("GUM",), after=("customs decisions",),
            gates=_plan("2027-08-02", specified="2027-03-01", agreed="2027-05-03", tried="2027-07-01"),
            scores=_judged(3, "Amounts that several administrations reserve are covered only by trust today.",
                           2, "Who answers for an amount in several Member States is decided case by case.")),
)  # fmt: skip
_PROCEDURES: Final = (
    Project("NCTS", "Union and common transit", ("capability:customs transit",), goals=_TRADE, deadline=_BY_25,
            owner=_BOTH, systems=("NCTS",),
            tasks=(*_numbered("TRA-DEP", 1, 2, 3, 4, 5, 6, 7), *_numbered("TRA-TRA", 1, 2, 3),
                   *_numbered("TRA-DES", 1, 2, 3, 4, 6), *_numbered("TRA-EXC", 1, 2, 3, 4, 5, 6, 7, 8),
                   *_numbered("TRA-ENQ", 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), *_numbered("TRA-REC", 1, 2, 3, 4, 5, 6, 7),
                   "TRA-END-01", "TRA-QRY-01")),
    Project("Export", "Export and exit: complete procedure, exit summary declarations, the office of exit",
            ("capability:customs export",), goals=_TRADE, deadline=_BY_25, owner=_BOTH, systems=("AES",),
            tasks=("EXP-DEC-01", "EXP-CTL-01", "EXP-AMD-01", "EXP-INV-01", "EXP-AER-01", *_numbered("EXP-EXT", 1, 2, 3),
                   "EXP-ENQ-01", "EXS-LOD-01", "EXS-RXN-01"),
            gates=_plan("2027-09-01", specified="2027-02-01", agreed="2027-04-01", tried="2027-07-01"),
            scores=_judged(4, "Without a confirmed exit no exporter gets his tax back.",
                           4, "The exchange of offices is that of transit, and its messages are published.")),
    Project("Import", "Import in full: customs debt, payment, temporary storage", ("capability:customs import",),
            goals=("revenue is covered", "trade flows"), deadline=_BY_22, owner="Member States: owners of the systems",
            tasks=("IMP-DEC-01", "IMP-CTL-01", *_numbered("IMP-DBT", 1, 2), "IMP-PAY-01", "IMP-TMP-01"),
            gates=_plan("2027-11-01", specified="2027-04-01", agreed="2027-06-01", tried="2027-09-01"),
            scores=_judged(3, "Each Member State has its own system; a shared one saves the small ones most.",
                           2, "National rules on payment differ.")),
    Project("CCI", "Centralised clearance for import", ("capability:customs import",), goals=_TRADE, deadline=_BY_25,
            tasks=("CCI-DEC-01", "CCI-EXC-01"), owner=_BOTH, systems=("CCI",), after=("Import", "customs decisions"),
            gates=_plan("2028-03-01", specified="2027-07-01", agreed="2027-10-01", tried="2028-01-10"),
            scores=_judged(3, "Holders declare in one Member State for goods in all.",
                           2, "The sharing of costs of collection is settled between administrations.")),
    Project("ICS2", "Entry summary declarations and their analysis", ("capability:risk management",),
            goals=("safe and lawful trade",), deadline=_BY_25, owner=_BOTH, systems=("ICS2",),
            tasks=("ENS-LOD-01", "ENS-AMD-01", "ENS-INV-01", "ENS-RSK-01", "ENS-ARR-01", "ENS-PRE-01"),
            gates=_plan("2027-10-01", specified="2027-02-26", agreed="2027-05-03", tried="2027-08-02"),
            scores=_judged(4, "Dangerous goods are found before they are loaded, or not in time.",
                           3, "Filings and timers are published; linking is not in every detail.")),
    Project("PoUS", "Proof of Union status", goals=_TRADE, deadline=_BY_25, tasks=("POU-REQ-01", "POU-USE-01"),
            owner=_BOTH, systems=("PoUS",),
            gates=_plan("2027-08-02", specified="2027-03-01", agreed="2027-05-03", tried="2027-07-01"),
            scores=_judged(2, "It replaces paper that few still carry.", 3, "Two acts, one register.")),
    Project("SURV3", "Surveillance of goods", goals=("safe and lawful trade",), deadline=_BY_20,
            tasks=("SUR-SND-01", "SUR-QRY-01"), owner=_COMMON, systems=("SURV3",), after=("Import", "Export"),
            gates=_plan("2028-02-01", specified="2027-09-01", agreed="2027-11-01", tried="2028-01-10"),
            scores=_judged(2, "Trade measures are watched by it; nothing waits.", 3, "The data set is published.")),
    Project("CSW-CERTEX", "Certificates of other authorities", ("capability:cooperation with other authorities",),
            goals=("safe and lawful trade",), deadline=_WINDOW, owner=_BOTH, systems=("CSW-CERTEX",),
            tasks=("CSW-AGR-01", "CSW-CER-01", "CSW-CHK-01", *_numbered("CSW-USE", 1, 2, 3), "CSW-QRY-01")),
)  # fmt: skip
_ROAD: Final = (
    Project("Reference Architecture", "The explorer: what there is, why, and what a change touches", goals=_ONCE,
            deadline=_ours(2026, 11, 30), tasks=_numbered("ARC-QRY", 1, 2, 3), owner="product: architect"),
    Project("one risk analysis", "One service judges consignments of import, export and transit",
            ("capability:risk management",), goals=("safe and lawful trade",), deadline=_ours(2026, 11, 30),
            tasks=("RSK-ASM-01",), owner="product: engineer of shared services"),
    Project("central repository", "Final data kept once and replicated to every administration", goals=_ONCE,
            deadline=_ours(2026, 11, 30), tasks=("FIN-ASK-01", "FIN-REP-01", "FIN-PRO-01"), owner="product: engineer"),
    Project("programme", "Projects, their scope and order, as data on the model", goals=_ONCE,
            deadline=_ours(2026, 11, 30), tasks=("PRG-PLN-01", *_numbered("PRG-QRY", 1, 2, 3, 4)),
            owner="product: architect"),
    Project("desks", "Officers share out their tasks; powers are stated and checked", goals=("trade flows",),
            deadline=_ours(2026, 11, 30), tasks=("CAS-TSK-01", "REP-REG-01", "REP-CHK-01"), owner="product: engineer"),
    Project("continuity", "Impact of outages computed, service levels proven", goals=("trade flows",),
            deadline=_ours(2027, 3, 31), tasks=("BCM-BIA-01", "SLA-LED-01"), owner="product: continuity manager",
            gates=_plan("2027-03-01", specified="2026-12-18", agreed="2027-01-15", tried="2027-02-15"),
            scores=_judged(3, "An operator who knows what an outage stops mends the right thing first.",
                           4, "The model holds every edge that the analysis needs.")),
)  # fmt: skip

ARCHITECTURE: tuple[Element, ...] = (*_PLATFORMS, *_REGISTERS, *_PROCEDURES, *_ROAD)
"""Every project."""
