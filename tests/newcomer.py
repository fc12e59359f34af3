"""What newcomers met when they tried the product, each with an id, and what checks that they do not meet it again.

``python -m tests.newcomer`` prints the table. A check is a test of the suite by its name, and
``tests/documents/test_newcomer.py`` holds the table against the suite. What is not mended says why not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something that somebody met. checks: tests that play it; reason: why none does."""

    id: str
    met: str
    checks: tuple[str, ...] = ()
    reason: str = ""


PROBLEMS = (
    Problem("N01", "README, then quickstart, ended in a movement that was never released.",
            ("test_the_first_message_of_the_readme", "test_the_quickstart_ends_with_a_released_movement")),
    Problem("N02", "Time ran 86,400 times faster and no page said so.",
            ("test_how_statutory_time_went_is_said_aloud",
             "test_set_ahead_a_declaration_lapses_and_certificates_and_tokens_hold")),
    Problem("N03", "Blocks of the documentation could not be run as they stood.",
            ("test_every_block_is_read_played_or_shown_for_a_reason", "test_the_command_line_understands_every_call")),
    Problem("N04", "The picture of the first page said that queues come later.",
            ("test_readme_says_nothing_is_later_that_runs",)),
    Problem("N05", "Report and terminal counted journeys otherwise.", ("test_what_was_not_played_is_no_success",)),
    Problem("N06", "A mistyped word of the command line got a list instead of a proposal.",
            ("test_a_wrong_word_is_named_with_what_to_write",)),
    Problem("N07", "There was no glossary.", ("test_the_page_is_there_that_somebody_missed",)),
    Problem("N08", "Evidence failed where only the key was not given.",
            ("test_a_key_that_is_not_trusted_fails_alone",)),
    Problem("N09", "What a receipt says was not explained.", ("test_every_part_of_a_receipt_is_explained",)),
    Problem("N10", "The address in a receipt led nowhere.",
            ("test_a_sender_and_nobody_else_learns_what_became_of_its_message",
             "test_a_generated_client_lodges_polls_acknowledges_and_amends")),
    Problem("N11", "Discovery of UUM&DS named an address that no installation has.",
            ("test_what_discovery_names_leads_to_a_token_also_where_no_address_is_set",)),
    Problem("N12", "No client could be generated of the interface description.",
            ("test_a_generated_client_lodges_polls_acknowledges_and_amends",)),
    Problem("N13", "Statuses and schemas were not described.",
            ("test_a_fuzzer_finds_no_answer_that_the_description_does_not_promise",)),
    Problem("N14", "JSON was refused one fault at a time, without a place.",
            ("test_every_message_of_the_product_names_every_field_that_it_lacks",)),
    Problem("N15", "The JSON form of published messages was written nowhere, and judged otherwise than XML.",
            ("test_a_published_message_in_json_is_judged_by_its_layout",)),
    Problem("N16", "The main channel had no page.", ("test_the_page_is_there_that_somebody_missed",)),
    Problem("N17", "There was an example of two messages.", ("test_the_example_of_every_message_is_valid",)),
    Problem("N18", "The traders of the demonstration had no valid EORI number.",
            ("test_everybody_checks_a_number_without_an_identity", "test_everybody_checks_what_is_published")),
    Problem("N19", "A limit of -4 looked like an empty inbox.", ("test_a_page_that_cannot_be_is_refused",)),
    Problem("N20", "A webhook that could never be called was accepted in silence.",
            ("test_an_address_that_could_never_be_called_is_told_and_ends_the_start",)),
    Problem("N21", "A trader had no list of his movements and messages.",
            ("test_everybody_can_do_what_the_law_gives_him_and_nothing_else",)),
    Problem("N22", "An officer could not work: no task, no list, no case.",
            ("test_of_two_officers_at_once_one_has_the_task_and_the_other_is_told_who",
             "test_the_file_of_a_movement_is_a_page_that_its_case_leads_to")),
    Problem("N23", "Queues without a broker failed in silence.",
            ("test_the_carrier_of_queues_is_told_away_and_back_once_each",)),
    Problem("N24", "What a lane meets was in no metric and no log line.",
            ("test_what_a_lane_meets_is_a_log_line_and_metrics_without_a_name",)),
    Problem("N25", "To release one message the node had to stop.",
            ("test_a_message_is_released_while_the_node_runs_and_each_act_has_its_leaf",)),
    Problem("N26", "A development identity served everybody on all addresses.",
            ("test_a_development_identity_meets_nobody_from_elsewhere",)),
    Problem("N27", "A wrong name in the environment was ignored, a wrong value ended in Python's words.",
            ("test_an_unknown_name_in_the_environment_is_refused", "test_any_text_in_the_environment_is_taken_or_named",
             "test_tables_come_from_the_environment")),
    Problem("N28", "Settings that cannot hold together began and died.",
            ("test_settings_that_contradict_each_other_end_the_start",)),
    Problem("N29", "Readiness did not say what was wrong.", ("test_readiness_names_what_is_wrong",)),
    Problem("N30", "There was no page to look at: no portal, no desk, no console.",
            ("test_a_newcomer_finds_his_movement_and_plays_the_other_side",
             "test_every_page_meets_every_kind_of_identity_as_the_policy_says")),
    Problem("N31", "Labels of pictures lay over each other.", ("test_labels_stay_inside_the_drawing",)),
    Problem("N32", "Nobody said how to sign in, or who may act for whom.",
            ("test_the_start_page_of_a_union_signs_officers_of_other_nodes_in_there",)),
    Problem("N33", "Why something is refused could not be asked.", ("test_a_refusal_says_why",)),
    Problem("N34", "Answers of doors end without a line break in a terminal.",
            reason="JSON and XML are sent as they are digested and signed; a terminal adds what it likes."),
    Problem("N35", "No page tells an administration how to connect, from certificate to going live.",
            reason="The parts are written (certificates.md, conformance.md, edifact.md, queues.md); the guide belongs "
                   "to the issue of adoption."),
    Problem("N36", "There is no hosted sandbox and no client to install.",
            reason="The project hosts nothing; `douane sandbox` is reserved, and a client is generated (N12)."),
    Problem("N37", "There is no deployment guide with units, containers, alert rules.",
            ("test_a_deployment_has_its_files", "test_every_alert_has_its_runbook_and_its_events_exist")),
    Problem("N38", "The quickstart knew two of the answers that a declaration can get, and not how to go on.",
            ("test_the_quickstart_names_every_answer_that_a_first_declaration_can_get",)),
    Problem("N39", "A page did not name a program that its commands need.",
            ("test_a_procedure_by_hand_names_every_program_that_it_calls",)),
    Problem("N40", "Addresses stood in the documentation though a busy port had made the node take another.",
            ("test_whoever_meets_a_busy_port_is_told_where_the_addresses_are",)),
    Problem("N41", "The first backup was refused without a word on how its key is made.",
            ("test_who_has_no_key_yet_is_told_how_to_make_one",)),
    Problem("N42", "Nothing was found by a reference that its trader has: an LRN, a guarantee; a link led nowhere.",
            ("test_a_case_is_found_by_any_reference_that_its_trader_has",)),
    Problem("N43", "A second run deleted the folder of the running one, and each start wiped what one did yesterday.",
            ("test_a_second_start_opens_what_the_first_one_left",)),
    Problem("N44", "A national node that the page stopped and started again ran its limits 86,400 times too fast.",
            ("test_a_second_start_opens_what_the_first_one_left",)),
    Problem("N45", "The first run on a busy machine ended after 45 seconds, without a word on why.",
            ("test_who_waits_is_told_for_whom_and_what_its_log_says_last",
             "test_nobody_waits_longer_than_a_quarter_of_an_hour")),
    Problem("N46", "README, then quickstart, ended in a guarantee that was not valid, because README declared first.",
            ("test_readme_then_quickstart_ends_with_the_release", "test_the_first_message_of_the_readme")),
    Problem("N47", "A mistyped command got a list of forty names and no guess.",
            ("test_a_mistyped_word_gets_a_guess_and_no_list",)),
    Problem("N48", "Ctrl-C ended a command without a word.",
            ("test_who_ends_a_command_is_told_that_it_ended", "test_interrupted_it_leaves_nothing_running")),
    Problem("N49", "A wrong Python was named without its version.",
            ("test_a_python_that_is_too_old_is_named_with_its_version",)),
    Problem("N50", "Without network the set-up ended in the words of pip.",
            ("test_without_network_one_sentence_names_the_offline_bundle",)),
    Problem("N51", "A demonstration's backup could not be restored, for its clock is ahead.",
            ("test_a_demonstration_comes_back_and_is_drilled_with_its_clock",)),
    Problem("N52", "The doctor found something in a fresh demonstration.",
            ("test_readme_then_quickstart_ends_with_the_release",)),
    Problem("N53", "The start page did not say for whom it is, and had seven equal buttons that land on overviews.",
            ("test_each_way_in_lands_on_work",)),
    Problem("N54", "The report of a run was 66,800 pixels long.",
            ("test_a_journey_is_folded_but_for_what_it_is_about",
             "test_each_chapter_of_which_something_is_played_has_its_page_and_no_other")),
    Problem("N55", "The report had an error in the browser's console.",
            ("test_the_report_of_a_run_has_no_error_in_the_console",)),
    Problem("N56", "Terminal, start page and report counted journeys in three ways.",
            ("test_what_was_not_played_is_no_success", "test_every_journey_succeeds")),
)  # fmt: skip


if __name__ == "__main__":
    for each in PROBLEMS:
        print(f"{each.id}  {each.met}\n     {', '.join(each.checks) or each.reason}")
