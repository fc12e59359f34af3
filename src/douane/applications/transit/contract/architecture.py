"""Where transit stands in the Reference Architecture, and what shows that it does what the law demands."""

from __future__ import annotations

from douane.author import Element, ProcessLevel, Requirement, Task

_RULES = "src/douane/applications/transit/tests"
_DEPARTURE = "tests/journeys/test_departure.py::test"
_DESTINATION = "tests/journeys/test_destination.py::test"
_OTHERS = "tests/journeys/test_other_offices.py::test"
_EXITS = "tests/journeys/test_exits.py::test"
_AFTER = "tests/journeys/test_after_release.py::test"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("transit procedure", 2, "Union and common transit", "customs procedures", ("customs transit",)),
    ProcessLevel("transit at departure", 3, "From the declaration to the release", "transit procedure"),
    ProcessLevel("transit on the way", 3, "Passage of the frontiers", "transit procedure"),
    ProcessLevel("transit at destination", 3, "From arrival to control results", "transit procedure"),
    ProcessLevel("exchange between offices", 3, "Records that offices send each other", "transit procedure"),
    ProcessLevel("transit enquiry", 3, "Looking for goods that did not arrive in time", "transit procedure"),
    ProcessLevel("transit recovery", 3, "Recovering the duty on goods that are lost", "transit procedure"),
    ProcessLevel("end of transit", 3, "Discharge and final data", "transit procedure"),
    Task("TRA-DEP-01", "Lodge a transit declaration", "transit at departure"),
    Task("TRA-DEP-02", "Amend a transit declaration", "transit at departure"),
    Task("TRA-DEP-03", "Ask for invalidation", "transit at departure"),
    Task("TRA-DEP-04", "Present the goods of a pre-lodged declaration", "transit at departure"),
    Task("TRA-DEP-05", "Decide on a control at departure", "transit at departure"),
    Task("TRA-DEP-07", "Judge what a guarantee covers", "transit at departure"),
    Task("TRA-DEP-09", "Settle who declares", "transit at departure"),
    Task("TRA-DEP-06", "Invalidate a movement by the office", "transit at departure"),
    Task("TRA-TRA-01", "Record the passage of a frontier", "transit on the way"),
    Task("TRA-TRA-02", "Ask for the record of goods at another office of transit", "transit on the way"),
    Task("TRA-TRA-03", "Register an incident and tell those whom it concerns", "transit on the way"),
    Task("TRA-EXI-01", "Record that goods leave the security area", "transit on the way"),
    Task("TRA-EXI-02", "Ask for the record of goods at another office of exit", "transit on the way"),
    Task("TRA-EXC-09", "Tell the offices of exit what will leave the security area", "exchange between offices"),
    Task("TRA-EXC-10", "Tell the office of departure that goods left the security area", "exchange between offices"),
    Task("TRA-DES-06", "Ask for the record of goods at another office of destination", "transit at destination"),
    Task("TRA-EXC-08", "Tell the offices ahead that the goods arrived", "exchange between offices"),
    Task("TRA-DES-01", "Notify the arrival", "transit at destination"),
    Task("TRA-DES-02", "Report what was found when unloading", "transit at destination"),
    Task("TRA-DES-04", "Decide about goods that were not released", "transit at destination"),
    Task("TRA-DES-03", "Record a control at destination", "transit at destination"),
    Task("TRA-EXC-01", "Tell the office of destination what is coming", "exchange between offices"),
    Task("TRA-EXC-02", "Tell the offices of transit what will cross", "exchange between offices"),
    Task("TRA-EXC-03", "Tell the office of departure that the frontier was crossed", "exchange between offices"),
    Task("TRA-EXC-04", "Advise the office of departure of the arrival", "exchange between offices"),
    Task("TRA-EXC-05", "Send control results to the office of departure", "exchange between offices"),
    Task("TRA-EXC-06", "Take note of an error that another administration found", "exchange between offices"),
    Task("TRA-EXC-07", "Tell the offices ahead that a movement was invalidated", "exchange between offices"),
    Task("TRA-ENQ-02", "Ask the holder where the goods are", "transit enquiry"),
    Task("TRA-ENQ-03", "Ask the office of destination where the goods are", "transit enquiry"),
    Task("TRA-ENQ-04", "Answer an enquiry", "transit enquiry"),
    Task("TRA-ENQ-05", "Close an enquiry: discharge or recovery", "transit enquiry"),
    Task("TRA-ENQ-06", "Begin an enquiry", "transit enquiry"),
    Task("TRA-ENQ-07", "Ask the holder when the reply does not suffice", "transit enquiry"),
    Task("TRA-ENQ-08", "Ask the office involved once more, with what the holder said", "transit enquiry"),
    Task("TRA-ENQ-09", "Accept another proof that the procedure was ended", "transit enquiry"),
    Task("TRA-ENQ-10", "Tell destination that the enquiry is over", "transit enquiry"),
    Task("TRA-ENQ-11", "Ask the office of departure what else it knows", "transit enquiry"),
    Task("TRA-ENQ-12", "Give the holder of a TIR carnet more time to answer", "transit enquiry"),
    Task("TRA-REC-01", "Determine the duty on the goods", "transit recovery"),
    Task("TRA-REC-02", "Tell the guarantor", "transit recovery"),
    Task("TRA-REC-03", "Record the payment of the duty", "transit recovery"),
    Task("TRA-REC-04", "Tell the offices on the way that the duty is recovered", "transit recovery"),
    Task("TRA-REC-05", "Ask another authority to recover", "transit recovery"),
    Task("TRA-REC-06", "Take a recovery over, or not", "transit recovery"),
    Task("TRA-REC-07", "Tell that the duty was collected elsewhere", "transit recovery"),
    Task("TRA-END-01", "Publish the final data of a movement", "end of transit"),
    Task("TRA-QRY-01", "See where a movement stands", "transit procedure"),
    Task("TRA-QRY-02", "Have all that is known of a movement in one place", "transit procedure"),
    Task("TRA-QRY-03", "See what one is told as a guarantor", "transit recovery"),
    Requirement(
        "REQ-TRA-020", "The officer of departure sees declaration, changes, guarantee, risk and documents in one "
        "place, and nobody else does.", ("tests/journeys/test_movement_file.py",), ("UCC art. 12", "UCC art. 188"),
    ),
    Requirement(
        "REQ-TRA-012", "An error message of another office is never answered by one (G0085).",
        ("tests/journeys/test_refusals.py::test_broken_error_messages_are_set_aside_and_never_answered",
         "tests/journeys/test_csi_folder.py::test_an_error_message_is_never_answered_by_one"),
    ),
    Requirement(
        "REQ-TRA-041", "Nothing is released without a guarantee that covers it, or an officer's decision.",
        ("tests/journeys/test_guarantees_judged.py", f"{_RULES}/test_cover.py"), ("UCC art. 89", "UCC art. 195(1)"),
    ),
    Requirement(
        "REQ-TRA-047", "Nothing is released before it is known who declares, by a register or by a document.",
        ("tests/journeys/test_identity_elsewhere.py",), ("UCC art. 9", "UCC art. 19(2)", "UCC art. 188(b)"),
    ),
    Requirement(
        "REQ-TRA-048", "Whoever declared is told what his movement waits for, whose register that is, and since when.",
        ("tests/journeys/test_cover_elsewhere.py", "tests/journeys/test_favour_elsewhere.py"),
    ),
    Requirement(
        "REQ-TRA-042", "Only goods that are sealed, or identified otherwise, are released for transit.",
        (f"{_DEPARTURE}_row_39_goods_without_seals_are_identified_before_release",),
        ("IA art. 299", "IA art. 302", "IA art. 303(1)"),
    ),
    Requirement(
        "REQ-TRA-045", "Goods that follow an export declaration are released by an officer alone, who says what shows "
        "the export.", ("tests/journeys/test_after_export.py", "tests/journeys/test_after_export_doors.py"),
        ("UCC art. 188", "UCC art. 267(4)", "IA art. 329(5)", "IA art. 329(6)"),
    ),
    Requirement(
        "REQ-TRA-043", "Goods whose control was not satisfactory are kept until an officer decides about them.",
        (f"{_DESTINATION}_row_23_goods_of_a_bad_control_are_not_released",), ("UCC art. 198", "IA art. 247"),
    ),
    Requirement(
        "REQ-TRA-001", "A declaration without faults passes every rule and code list that applies on its day.",
        (
            f"{_DEPARTURE}_a_movement_is_released_crosses_the_frontier_arrives_and_is_discharged",
            f"{_RULES}/test_base_messages.py",
            f"{_RULES}/test_code_list_check.py",
        ),
        ("UCC art. 172",),
    ),
    Requirement(
        "REQ-TRA-002", "A declaration with faults is refused, and the refusal names every fault with its place.",
        (
            f"{_DEPARTURE}_a_declaration_that_breaks_rules_is_refused_with_every_fault",
            f"{_RULES}/test_pairs.py",
            f"{_RULES}/test_rules_r.py",
            f"{_RULES}/test_rules_b.py",
        ),
        ("UCC art. 162",),
    ),
    Requirement(
        "REQ-TRA-003", "A declaration can be amended until the goods are released.",
        (
            f"{_DEPARTURE}_an_amendment_mends_a_guarantee_that_does_not_cover",
            f"{_DEPARTURE}_row_01_nobody_amends_after_the_notice_of_control",
            f"{_DEPARTURE}_an_amendment_that_breaks_rules_changes_nothing",
            f"{_RULES}/test_rules_case.py",
        ),
        ("UCC art. 173",),
    ),
    Requirement(
        "REQ-TRA-004", "A movement is invalidated on request before the release, by the office also after it.",
        (
            f"{_DEPARTURE}_a_declaration_is_invalidated_before_release",
            f"{_DEPARTURE}_after_release_only_the_office_invalidates",
        ),
        ("UCC art. 174",),
    ),
    Requirement(
        "REQ-TRA-005", "A pre-lodged declaration is accepted when its goods are presented in time, else it lapses.",
        (
            f"{_DEPARTURE}_a_prelodged_declaration_is_announced_presented_and_released",
            f"{_DEPARTURE}_a_prelodged_declaration_lapses_when_nothing_is_presented",
        ),
        ("UCC art. 171",),
    ),
    Requirement(
        "REQ-TRA-006", "Goods that arrive are unloaded under permission; remarks and controls are recorded.",
        (
            f"{_DESTINATION}_goods_are_inspected_and_released_in_the_normal_procedure",
            f"{_DESTINATION}_an_authorised_consignee_unloads_under_permission",
            f"{_RULES}/test_rules_unloading.py",
        ),
        ("IA art. 306",),
    ),
    Requirement(
        "REQ-TRA-007", "Goods chosen for control are released only when the control was satisfactory.",
        (
            f"{_DEPARTURE}_risky_goods_are_controlled_and_released_or_not",
        ),
        ("UCC art. 188", "UCC art. 194",),
    ),
    Requirement(
        "REQ-TRA-008", "Each frontier that the goods cross is known to the office of departure.",
        (
            f"{_DESTINATION}_a_passage_is_recorded_and_told_to_the_office_of_departure",
        ),
        ("IA art. 304",),
    ),
    Requirement(
        "REQ-TRA-015", "Goods may come to an office that was not declared, and who expects them learns what became.",
        (
            f"{_OTHERS}_row_07_goods_arrive_in_another_member_state",
            f"{_OTHERS}_row_08_goods_cross_at_an_office_of_a_country_that_was_not_declared",
            f"{_OTHERS}_row_11_who_never_saw_the_goods_is_told_of_their_arrival",
        ),
        ("UCC art. 233", "IA art. 304", "IA art. 306", "IA art. 307"),
    ),
    Requirement(
        "REQ-TRA-017", "Where goods leave the security area is known to the office of departure.",
        (
            f"{_EXITS}_row_31_goods_leave_the_security_area_at_the_declared_office",
            f"{_EXITS}_row_31_goods_leave_at_an_office_that_was_not_declared",
        ),
        ("UCC art. 267",),
    ),
    Requirement(
        "REQ-TRA-016", "What happened to goods on their way is known to departure, holder and the offices ahead.",
        (f"{_OTHERS}_row_12_an_incident_is_told_to_holder_and_offices_ahead",), ("IA art. 305",),
    ),
    Requirement(
        "REQ-TRA-013", "Another proof, or payment of the duty, ends a movement whose goods did not arrive.",
        (
            f"{_AFTER}_row_29_a_late_proof_discharges_a_movement_under_recovery",
            f"{_AFTER}_row_29_what_is_claimed_is_the_duty_and_payment_writes_the_movement_off",
            f"{_AFTER}_row_27_the_guarantor_is_told_within_nine_months_or_released",
        ),
        ("UCC art. 101", "UCC art. 124", "IA art. 312", "DA art. 85"),
    ),
    Requirement(
        "REQ-TRA-014", "A recovery is handed over to the authority of the place where the debt was incurred.",
        (
            f"{_AFTER}_a_recovery_is_handed_over_and_collected_elsewhere",
            f"{_AFTER}_a_recovery_that_nobody_takes_over_comes_back",
        ),
        ("IA art. 311",),
    ),
    Requirement(
        "REQ-TRA-009", "A movement not arrived in time is enquired about, then discharged or recovered.",
        (
            f"{_AFTER}_row_27_the_stages_of_an_enquiry_by_their_days",
            f"{_AFTER}_row_28_an_officer_who_suspects_fraud_begins_at_once",
            f"{_DEPARTURE}_a_late_arrival_ends_the_enquiry",
        ),
        ("IA art. 310",),
    ),
    Requirement(
        "REQ-TRA-018", "An enquiry about a TIR operation gives its holder more time and invites his association.",
        (
            "tests/journeys/test_tir.py::test_a_tir_holder_gets_28_more_days_once_and_his_association_is_invited",
            "tests/journeys/test_tir.py::test_the_association_is_told_when_an_enquiry_ends_in_discharge",
        ),
        ("IA art. 280",),
    ),
    Requirement(
        "REQ-TRA-010", "A movement is shown to its parties and to customs, and to nobody else.",
        (
            f"{_DEPARTURE}_a_movement_is_shown_to_its_parties",
            f"{_DEPARTURE}_a_stranger_learns_nothing_about_a_movement",
        ),
        ("UCC art. 12",),
    ),
    Requirement(
        "REQ-TRA-044", "Goods that come after the limit are released after an officer judged the reason.",
        ("tests/journeys/test_late_arrival.py",),
        ("IA art. 297", "IA art. 306"),
    ),
    Requirement(
        "REQ-TRA-011", "The final data of a movement are published once, for every administration.",
        (
            f"{_DEPARTURE}_the_outcome_is_published_once",
        ),
        ("IA art. 309",),
    ),
)  # fmt: skip
"""Where transit stands in the Reference Architecture, and what shows that it does what the law demands."""
