"""Who may do what, in words of law: written from the law and the design, apart from the code, and played against it.

The rows are played from top to bottom in one scene: what an earlier one achieved, holds for those below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.rights import deeds as d
from tests.rights import scene as s
from tests.rights.deeds import Deed
from tests.rights.scene import Who


@dataclass(frozen=True)
class Row:
    """A sentence, by which law it holds, who tries what, and whether he achieves it."""

    sentence: str
    law: str
    who: Who
    deed: Deed
    achieved: bool


SECRECY: Final = "UCC art. 12(1)"
REPRESENTATION: Final = "UCC art. 18, 19"
CIRCLES: Final = "UCC art. 16(1)"
AUTHORITY: Final = "UCC art. 5(1)"
HEARD: Final = "UCC art. 22(6)"
OFFICES: Final = "UCC art. 12(1), 159"
ROWS: Final = (
    Row("A trader enters by the platform of the untrusted circle.", CIRCLES, s.HOLDER, d.enters, True),
    Row("A trader does not enter by that of administrations.", CIRCLES, Who(s.HOLDER.client, "ccn2"), d.enters, False),
    Row("A trader does not reach the central applications.", CIRCLES, Who(s.HOLDER.client, "cdco"), d.enters, False),
    Row("An officer does not enter where traders do.", CIRCLES, Who(s.OFFICER.client, "speed2"), d.enters, False),
    Row("An officer of a Member State does not reach the central desk.", CIRCLES, Who(s.OFFICER.client, "cdco"),
        d.enters, False),
    Row("A third country does not enter by that of administrations.", CIRCLES, Who(s.ABROAD.client, "ccn2"),
        d.enters, False),
    Row("A holder sees his movement.", "UCC art. 14(1)", s.HOLDER, d.sees, True),
    Row("A holder asks where his movement stands.", "UCC art. 14(1)", s.HOLDER, d.finds, True),
    Row("A holder finds his movement in his list.", "UCC art. 14(1)", s.HOLDER, d.lists, True),
    Row("A holder finds what was said in it.", "UCC art. 14(1)", s.HOLDER, d.hears, True),
    Row("A declarant learns what became of his declaration.", "UCC art. 22(2)", s.HOLDER, d.follows, True),
    Row("A declarant is told the answer.", "UCC art. 22(6)", s.HOLDER, d.collects, True),
    Row("Another trader sees nothing of a movement.", SECRECY, s.STRANGER, d.sees, False),
    Row("Another trader does not learn where it stands.", SECRECY, s.STRANGER, d.finds, False),
    Row("Another trader does not find it in a list.", SECRECY, s.STRANGER, d.lists, False),
    Row("Another trader does not hear what was said.", SECRECY, s.STRANGER, d.hears, False),
    Row("Another trader does not follow a declaration.", SECRECY, s.STRANGER, d.follows, False),
    Row("Another trader does not get its answers.", SECRECY, s.STRANGER, d.collects, False),
    Row("Another trader does not take an answer away.", SECRECY, s.STRANGER, d.takes, False),
    Row("An employee without a role sees no case of his firm.", SECRECY, s.COLLEAGUE, d.sees, False),
    Row("An employee without a role has an empty list.", SECRECY, s.COLLEAGUE, d.lists, False),
    Row("An employee without a role does not follow a declaration.", SECRECY, s.COLLEAGUE, d.follows, False),
    Row("An employee without a role gets no answers.", SECRECY, s.COLLEAGUE, d.collects, False),
    Row("An employee without a role takes none away.", SECRECY, s.COLLEAGUE, d.takes, False),
    Row("An employee without a role declares nothing.", REPRESENTATION, s.COLLEAGUE, d.declares_for_the_holder, False),
    Row("Who reads the post of his firm gets its answers.", REPRESENTATION, s.CHIEF, d.collects, True),
    Row("Who reads the post declares nothing by that.", REPRESENTATION, s.CHIEF, d.declares_for_the_holder, False),
    Row("Nobody declares for another without empowerment.", REPRESENTATION, s.REPRESENTATIVE,
        d.declares_for_the_holder, False),
    Row("A holder declares.", "UCC art. 170", s.HOLDER, d.declares_for_the_holder, True),
    Row("An officer of departure sees the movement.", AUTHORITY, s.OFFICER, d.sees, True),
    Row("An officer of departure finds it in his list.", AUTHORITY, s.OFFICER, d.lists, True),
    Row("An officer of departure hears what was said.", AUTHORITY, s.OFFICER, d.hears, True),
    Row("An officer of departure is told of the control.", "UCC art. 188", s.OFFICER, d.has_task, True),
    Row("An officer without a role sees no movement.", SECRECY, s.TRAINEE, d.sees, False),
    Row("An officer without a role has an empty list.", SECRECY, s.TRAINEE, d.lists, False),
    Row("An officer without a role has no task.", SECRECY, s.TRAINEE, d.has_task, False),
    Row("An officer without a role takes no task.", AUTHORITY, s.TRAINEE, d.claims, False),
    Row("An officer without a role ends no control.", AUTHORITY, s.TRAINEE, d.decides, False),
    Row("An officer of another administration does not see it.", SECRECY, s.ELSEWHERE, d.sees, False),
    Row("An officer of another administration has no task.", SECRECY, s.ELSEWHERE, d.has_task, False),
    Row("An officer of another administration takes no task.", AUTHORITY, s.ELSEWHERE, d.claims, False),
    Row("An officer of another administration ends no control.", AUTHORITY, s.ELSEWHERE, d.decides, False),
    Row("An officer of another office of the administration does not see it.", OFFICES, s.NEIGHBOUR, d.sees, False),
    Row("An officer of another office does not find it in a list.", OFFICES, s.NEIGHBOUR, d.lists, False),
    Row("An officer of another office does not hear what was said.", OFFICES, s.NEIGHBOUR, d.hears, False),
    Row("An officer of another office does not learn where it stands.", OFFICES, s.NEIGHBOUR, d.finds, False),
    Row("An officer of another office has no task.", OFFICES, s.NEIGHBOUR, d.has_task, False),
    Row("An officer of another office takes no task.", OFFICES, s.NEIGHBOUR, d.claims, False),
    Row("An officer of another office ends no control.", OFFICES, s.NEIGHBOUR, d.decides, False),
    Row("An officer of another office has no file.", OFFICES, s.NEIGHBOUR, d.reads_the_file, False),
    Row("An officer of no known office sees nothing.", OFFICES, s.UNPLACED, d.sees, False),
    Row("An officer of no known office has an empty list.", OFFICES, s.UNPLACED, d.lists, False),
    Row("An officer of no known office has no task.", OFFICES, s.UNPLACED, d.has_task, False),
    Row("An officer of no known office ends no control.", OFFICES, s.UNPLACED, d.decides, False),
    Row("An officer of the office of departure sees it.", OFFICES, s.HERE, d.sees, True),
    Row("An officer of the office of departure alone finds it in his list.", OFFICES, s.HERE, d.lists, True),
    Row("An officer of the office of departure alone has its task.", OFFICES, s.HERE, d.has_task, True),
    Row("An officer of another office records no passage where it is expected.", OFFICES, s.INLAND, d.records_passage,
        False),
    Row("An officer elsewhere records no passage in Germany.", AUTHORITY, s.ELSEWHERE, d.records_passage, False),
    Row("The office of destination ends no control of departure.", AUTHORITY, s.DESTINATION, d.decides, False),
    Row("An office of transit ends no control of departure.", AUTHORITY, s.TRANSIT, d.decides, False),
    Row("A trader does not end the control of his own goods.", "UCC art. 188", s.HOLDER, d.decides, False),
    Row("A trader takes no task of an office.", AUTHORITY, s.HOLDER, d.claims, False),
    Row("A trader asks no office for its tasks.", AUTHORITY, s.HOLDER, d.has_task, False),
    Row("The Commission ends no control.", AUTHORITY, s.COMMISSION, d.decides, False),
    Row("The Commission sees no movement of a Member State.", SECRECY, s.COMMISSION, d.sees, False),
    Row("A third country sees no movement.", SECRECY, s.ABROAD, d.sees, False),
    Row("The public sees no movement.", SECRECY, s.PUBLIC, d.sees, False),
    Row("The public collects nothing.", SECRECY, s.PUBLIC, d.collects, False),
    Row("Another trader is not heard on an invalidation.", "UCC art. 174(1)", s.STRANGER, d.asks_to_invalidate, False),
    Row("A holder is heard on an invalidation.", "UCC art. 174(1)", s.HOLDER, d.asks_to_invalidate, True),
    Row("An officer of the office has the whole case in one place.", "UCC art. 188", s.HERE, d.reads_all_of_it, True),
    Row("An officer of another office has not.", OFFICES, s.NEIGHBOUR, d.reads_all_of_it, False),
    Row("An officer without a role has not.", SECRECY, s.TRAINEE, d.reads_all_of_it, False),
    Row("An officer of another administration has not.", SECRECY, s.ELSEWHERE, d.reads_all_of_it, False),
    Row("The holder does not read what an office thinks of him.", "UCC art. 46(2)", s.HOLDER, d.reads_all_of_it, False),
    Row("The Commission has not.", SECRECY, s.COMMISSION, d.reads_all_of_it, False),
    Row("An officer of another office writes to nobody in it.", OFFICES, s.NEIGHBOUR, d.writes_to_the_holder, False),
    Row("An officer without a role writes to nobody.", AUTHORITY, s.TRAINEE, d.writes_to_the_holder, False),
    Row("An officer of another administration writes to nobody in it.", AUTHORITY, s.ELSEWHERE,
        d.writes_to_the_holder, False),
    Row("A holder is heard before an adverse decision.", HEARD, s.HERE, d.writes_to_the_holder, True),
    Row("Another trader does not answer for him.", HEARD, s.STRANGER, d.answers_the_letter, False),
    Row("An officer does not answer for him.", HEARD, s.HERE, d.answers_the_letter, False),
    Row("The holder expresses his point of view.", HEARD, s.HOLDER, d.answers_the_letter, True),
    Row("He does so once.", HEARD, s.HOLDER, d.answers_the_letter, False),
    Row("An officer takes the task.", AUTHORITY, s.OFFICER, d.claims, True),
    Row("A colleague does not take what is taken.", AUTHORITY, s.SECOND, d.claims, False),
    Row("A colleague does not complete what is taken.", AUTHORITY, s.SECOND, d.decides, False),
    Row("Who took it ends the control.", "UCC art. 191, 194", s.OFFICER, d.decides, True),
    Row("An office of transit records its passage.", "IA art. 304", s.FRONTIER, d.records_passage, True),
    Row("The officer of departure has the whole file.", "UCC art. 188", s.OFFICER, d.reads_the_file, True),
    Row("An officer without the role has no file.", SECRECY, s.TRAINEE, d.reads_the_file, False),
    Row("An office of transit does not read the file of departure.", SECRECY, s.TRANSIT, d.reads_the_file, False),
    Row("An administration elsewhere does not read it.", SECRECY, s.ELSEWHERE, d.reads_the_file, False),
    Row("The holder does not read why his goods are chosen.", "UCC art. 46(2)", s.HOLDER, d.reads_the_file, False),
    Row("The Commission does not read it.", SECRECY, s.COMMISSION, d.reads_the_file, False),
    Row("An officer registers a guarantee of his country.", "UCC art. 95", s.OFFICER, d.registers_guarantee, True),
    Row("An office registers no guarantee of another office.", OFFICES, s.NEIGHBOUR, d.registers_guarantee, False),
    Row("No office registers a guarantee of another country.", AUTHORITY, s.ELSEWHERE, d.registers_guarantee, False),
    Row("A holder does not register his own guarantee.", "UCC art. 95", s.HOLDER, d.registers_guarantee, False),
    Row("The office of guarantee sees its account.", "UCC art. 95", s.OFFICER, d.reads_guarantee, True),
    Row("Another office does not see the account.", OFFICES, s.NEIGHBOUR, d.reads_guarantee, False),
    Row("Another administration does not see the account.", SECRECY, s.ELSEWHERE, d.reads_guarantee, False),
    Row("An officer without the role does not see it.", SECRECY, s.TRAINEE, d.reads_guarantee, False),
    Row("An administration registers its operators.", "IA art. 7(1)", s.SYSTEM, d.registers_operator, True),
    Row("No administration registers another's operators.", "IA art. 7(1)", s.OTHER_SYSTEM, d.registers_operator,
        False),
    Row("A trader registers no operator.", "UCC art. 9", s.HOLDER, d.registers_operator, False),
    Row("An administration vouches for its persons.", "UCC art. 16(1)", s.SYSTEM, d.vouches_for_a_person, True),
    Row("No administration vouches for another's.", "UCC art. 16(1)", s.OTHER_SYSTEM, d.vouches_for_a_person, False),
    Row("Nobody delegates in another's name.", REPRESENTATION, s.REPRESENTATIVE, d.delegates_in_the_holders_name,
        False),
    Row("An officer delegates for no trader.", REPRESENTATION, s.OFFICER, d.delegates_in_the_holders_name, False),
    Row("Before it is accepted a delegation lets nobody see.", REPRESENTATION, s.KARL, d.is_given(), False),
    Row("Once it is accepted the delegate sees what the principal sees.", REPRESENTATION, s.KARL, d.is_accepted, True),
    Row("The delegate finds it in his list.", REPRESENTATION, s.KARL, d.lists, True),
    Row("The delegate sees the delegation.", REPRESENTATION, s.REPRESENTATIVE, d.sees_delegations, True),
    Row("Nobody else sees it.", SECRECY, s.STRANGER, d.sees_delegations, False),
    Row("A revoked delegation lets nobody see, at once.", "UCC art. 19(2)", s.KARL, d.is_ended, False),
    Row("A delegation given anew waits for acceptance.", REPRESENTATION, s.KARL, d.is_given(), False),
    Row("One for another case waits too.", REPRESENTATION, s.KARL, d.is_given(scope="cases", cases=["26FR0"]), False),
    Row("One for another case shows no other, accepted.", REPRESENTATION, s.KARL, d.is_accepted, False),
    Row("One for this case waits.", REPRESENTATION, s.KARL, d.is_given(scope="cases", cases=["{mrn}"]), False),
    Row("One for this case shows it.", REPRESENTATION, s.KARL, d.is_accepted, True),
    Row("Its end ends that.", "UCC art. 19(2)", s.KARL, d.is_ended, False),
    Row("No trader asks what a person may do.", SECRECY, s.HOLDER, d.asks_about_a_person, False),
    Row("No officer asks what a person may do.", SECRECY, s.OFFICER, d.asks_about_a_person, False),
    Row("Everybody checks an EORI number.", "IA art. 7(3)", s.PUBLIC, d.checks_a_number, True),
    Row("A third country checks an EORI number.", "IA art. 7(3)", s.ABROAD, d.checks_a_number, True),
    Row("No trader publishes code lists.", AUTHORITY, s.HOLDER, d.publishes_codes, False),
    Row("No Member State publishes them for the Union.", AUTHORITY, s.SYSTEM, d.publishes_codes, False),
)  # fmt: skip
