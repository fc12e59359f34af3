"""What is planned: business tasks with their article and role, and the operations that will fulfil them.

Message numbers are those of the published catalogues where they name one; other names are ours.
"""

from __future__ import annotations

from typing import Final

from douane.author import Element, PlannedOperation, PlannedProcess, ProcessLevel, Status, Task


def _task(name: str, text: str, within: str, article: str, role: str) -> Task:
    return Task(name, text, within, Status.PLANNED, (article,), role)


_EXIT: Final = (
    ProcessLevel("export exit", 2, "From the release for export to the confirmed exit", "customs procedures",
                 ("customs export",)),
    _task("EXP-AMD-01", "Amend an export declaration", "export declaration", "UCC art. 173(1)", "declarant"),
    _task("EXP-INV-01", "Ask for invalidation of an export declaration", "export declaration", "UCC art. 174(1)",
          "declarant"),
    _task("EXP-AER-01", "Tell the office of exit what is coming", "export exit", "IA art. 330", "office of export"),
    _task("EXP-EXT-01", "Present the goods at the office of exit", "export exit", "UCC art. 267(2)",
          "person who takes the goods out"),
    _task("EXP-EXT-02", "Record the exit, tell the office of export", "export exit", "IA art. 333", "office of exit"),
    _task("EXP-EXT-03", "Confirm the exit to the declarant", "export exit", "IA art. 334", "office of export"),
    _task("EXP-ENQ-01", "Ask where goods are whose exit was not reported", "export exit", "IA art. 335",
          "office of export"),
    _task("EXS-LOD-01", "Lodge an exit summary declaration", "export exit", "UCC art. 271(1)", "carrier"),
    _task("EXS-RXN-01", "Notify a re-export", "export exit", "UCC art. 274(1)", "carrier"),
    PlannedOperation("export_procedure.amend", "Amend an export declaration", "EXP-AMD-01",
                     "CC513C Amendment of an export declaration", ("CC504C Acceptance of an amendment",),
                     by="declarant"),
    PlannedOperation("export_procedure.ask_invalidation", "Ask for invalidation", "EXP-INV-01",
                     "CC514C Request for invalidation", ("CC509C Decision on invalidation",), by="declarant"),
    PlannedOperation("export_exit.announce", "Keep the anticipated export record", "EXP-AER-01",
                     "CD501C Anticipated export record", by="office of export"),
    PlannedOperation("export_exit.present", "Take the arrival at exit and have it judged", "EXP-EXT-01",
                     "CC507C Arrival at exit", ("CC525C Exit release", "CC557C Rejection by the office of exit"),
                     ("risk_analysis.assess",), "person who takes the goods out"),
    PlannedOperation("export_exit.record", "Take the exit results at the office of export", "EXP-EXT-02",
                     "CD518C Exit results", by="office of exit"),
    PlannedOperation("export_exit.confirm", "Confirm the exit", "EXP-EXT-03", "ExitConfirmation Order to confirm",
                     ("CC599C Export notification",), by="office of export"),
    PlannedOperation("export_exit.enquire", "Ask the declarant about goods that did not exit", "EXP-ENQ-01",
                     "CC583C Information about goods that did not exit",
                     ("CC582C Question about goods that did not exit",), by="declarant"),
    PlannedOperation("exit_summary.lodge", "Lodge an exit summary declaration", "EXS-LOD-01",
                     "CC615C Exit summary declaration", ("CC628C Registration of an exit summary declaration",),
                     ("risk_analysis.assess",), "carrier"),
    PlannedOperation("exit_summary.notify_re_export", "Notify a re-export", "EXS-RXN-01",
                     "CC570C Re-export notification", by="carrier"),
    PlannedProcess("export.exit", "Exit of goods, from the release for export",
                   ("export_exit.announce", "export_exit.present", "export_exit.record", "export_exit.confirm",
                    "export_exit.enquire")),
)  # fmt: skip
_ENTRY: Final = (
    ProcessLevel("entry of goods", 2, "From the entry summary declaration to the presentation", "protection",
                 ("risk management",)),
    _task("ENS-LOD-01", "Lodge an entry summary declaration", "entry of goods", "UCC art. 127(1)", "carrier"),
    _task("ENS-AMD-01", "Amend an entry summary declaration", "entry of goods", "UCC art. 129(1)", "carrier"),
    _task("ENS-INV-01", "Ask for invalidation of an entry summary declaration", "entry of goods", "UCC art. 129(2)",
          "carrier"),
    _task("ENS-RSK-01", "Answer a request for information or screening", "entry of goods", "UCC art. 128", "carrier"),
    _task("ENS-ARR-01", "Notify the arrival of the means of transport", "entry of goods", "UCC art. 133(1)", "carrier"),
    _task("ENS-PRE-01", "Present the goods", "entry of goods", "UCC art. 139(1)", "person who brings the goods"),
    PlannedOperation("entry_summary.lodge", "Register a filing and have it analysed", "ENS-LOD-01",
                     "IE3F10 Entry summary declaration, complete",
                     ("IE3R01 Registration", "IE3N99 Errors", "IE3Q01 Do not load", "IE3N03 Assessment complete"),
                     ("risk_analysis.assess",), "carrier"),
    PlannedOperation("entry_summary.amend", "Amend a filing", "ENS-AMD-01", "IE3A10 Amendment of a filing",
                     ("IE3N10 Amendment completed",), by="carrier"),
    PlannedOperation("entry_summary.ask_invalidation", "Invalidate a filing", "ENS-INV-01",
                     "IE3Q04 Request for invalidation", ("IE3R07 Acceptance of an invalidation",), by="carrier"),
    PlannedOperation("entry_summary.answer_referral", "Take an answer to a referral", "ENS-RSK-01",
                     "IE3R02 Additional information", ("IE3Q02 Request for information",), by="carrier"),
    PlannedOperation("entry_summary.notify_arrival", "Register an arrival", "ENS-ARR-01", "IE3N06 Arrival notification",
                     ("IE3R04 Registration of an arrival", "IE3N08 Control notification"), by="carrier"),
)  # fmt: skip
_IMPORT: Final = (
    ProcessLevel("customs debt", 2, "From the declaration to the payment", "protection", ("customs import",)),
    _task("IMP-DBT-01", "Determine the amount of import duty", "customs debt", "UCC art. 101(1)", "office of import"),
    _task("IMP-DBT-02", "Notify the customs debt", "customs debt", "UCC art. 102(1)", "office of import"),
    _task("IMP-PAY-01", "Pay the duty, or have the payment deferred", "customs debt", "UCC art. 108(1)", "debtor"),
    _task("IMP-TMP-01", "Lodge a declaration for temporary storage", "import declaration", "UCC art. 145(1)",
          "person who brings the goods"),
    _task("CCI-DEC-01", "Declare goods at another office than that of presentation", "import declaration",
          "UCC art. 179(1)", "holder of the authorisation"),
    _task("CCI-EXC-01", "Exchange with the office where the goods are", "import declaration", "UCC art. 179(5)",
          "supervising office"),
    PlannedOperation("import_debt.determine", "Determine the amount of duty", "IMP-DBT-01",
                     "DutyQuestion Data of the declaration", ("DutyAmount Amount of duty",), by="office of import"),
)  # fmt: skip
_DECISIONS: Final = (
    _task("DEC-MGT-02", "Monitor conditions and criteria", "customs decisions", "UCC art. 23(5)", "customs authority"),
    _task("EBT-USE-01", "Ask for extended use of binding tariff information", "customs decisions", "UCC art. 34(9)",
          "holder of the decision"),
    _task("INF-REQ-01", "Exchange information on a special procedure", "customs decisions", "DA art. 181",
          "supervising office"),
    _task("GUA-MON-01", "Monitor a guarantee that several administrations use", "guarantee handling", "UCC art. 95",
          "office of guarantee"),
    _task("EOR-APP-01", "Ask for registration as an economic operator", "operators", "UCC art. 9(1)",
          "economic operator"),
)  # fmt: skip
_RUNNING: Final = (
    Task("SPD-GAT-01", "Let the untrusted circle in by one entry", "foundations", legal=("UCC art. 16(1)",),
         role="operator", fulfilled_by=("platform:speed2",)),
    Task("CSI-EXC-01", "Exchange messages by queues", "foundations", legal=("UCC art. 16(1)",), role="administration",
         fulfilled_by=("platform:ccn_csi", "component:douane.channels.csi_queue")),
    Task("CDC-HST-01", "Host the central applications, without a listener to the outside", "foundations",
         legal=("UCC art. 16(1)",), role="operator", fulfilled_by=("platform:cdco",)),
    Task("SLA-LED-01", "Prove the level of a service by a ledger", "foundations", legal=("UCC art. 16(1)",),
         role="operator", fulfilled_by=("component:douane.continuity", "component:douane.supervision")),
    Task("CTP-DCL-01", "Declare by a form, with drafts", "foundations", legal=("UCC art. 6(1)",), role="declarant",
         fulfilled_by=("component:douane.portal", "component:douane.applications.drafts")),
    *(
        Task(f"SSV-{short}-01", text, "foundations", legal=("UCC art. 16(1)",), role="operator",
             fulfilled_by=(f"component:douane.shared_services.{component}",))
        for short, text, component in (
            ("MON", "Watch every platform by one set of figures", "monitoring"),
            ("LOG", "Write logs that name no person", "logging"),
            ("AUD", "Keep evidence of every message", "auditing"),
            ("ARC", "Archive by rule and calendar", "archiving"),
            ("BCK", "Back up, restore and prove both", "backup_restore"),
        )
    ),
)  # fmt: skip
"""Tasks that a platform or a component fulfils as a whole: no operation stands for them."""
_FOUNDATIONS: Final = (
    ProcessLevel("status and surveillance", 2, "Proof of Union status; surveillance of goods", "protection",
                 ("customs import", "customs transit")),
    _task("POU-REQ-01", "Ask for the proof of Union status", "status and surveillance", "UCC art. 153(2)",
          "economic operator"),
    _task("POU-USE-01", "Present a proof of Union status", "status and surveillance", "UCC art. 153(2)",
          "person who brings the goods"),
    _task("SUR-SND-01", "Send data of declarations for surveillance", "status and surveillance", "IA art. 55(1)",
          "customs authority"),
    _task("SUR-QRY-01", "See what surveillance shows", "status and surveillance", "IA art. 55(1)", "Commission"),
    ProcessLevel("foundations", 2, "Platforms and shared services", "common foundations", ("service integration",)),
    _task("SPD-FIL-01", "Exchange files with a partner", "foundations", "UCC art. 16(1)", "partner service"),
    _task("UDS-SIG-01", "Have a document signed, and a signature checked", "foundations", "UCC art. 16(1)",
          "economic operator"),
    _task("BCM-BIA-01", "Know what an outage stops, from the model and live traffic", "foundations", "UCC art. 6(3)(b)",
          "continuity manager"),
    _task("SEC-GOV-01", "Keep security and governance as shared services", "foundations", "UCC art. 16(1)", "operator"),
)  # fmt: skip

ARCHITECTURE: tuple[Element, ...] = (*_EXIT, *_ENTRY, *_IMPORT, *_DECISIONS, *_FOUNDATIONS, *_RUNNING)
"""What is not there, and who claims to bring it stands in ``projects``."""
