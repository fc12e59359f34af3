"""What guarantors and holders say of their securities: vouchers that are sold, an access code that is changed."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.simulator.messages.declarations import PHASE
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5

ISSUED, EXPIRES = dt.date(2026, 6, 1), dt.date(2027, 5, 31)
"""Days of a voucher, far from today: clocks may go a day wrong."""
NUMBERED: Final = "A{:06d}"
"""How the number of a voucher ends, after that of its undertaking."""


def sale(numbers: Numbers, bank: str, holder: str, undertaking: str, number: int, code: str) -> p5.CC224C:
    """The bank sold a voucher (IE224)."""
    return p5.CC224C(
        message_sender=bank,
        message_recipient=f"NTA.{undertaking[2:4]}",
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message("VS"),
        message_type="CC224C",
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure04(identification_number=holder),
        guarantor=p5.Guarantor02(identification_number=bank),
        customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(reference_number=undertaking[2:10]),
        guarantee_reference=(
            p5.GuaranteeReference02(
                sequence_number=1,
                grn=undertaking + NUMBERED.format(number),
                issue_date=ISSUED,
                access_code=code,
                tir_carnet=False,
                expiry_date=EXPIRES,
                copy_given=False,
            ),
        ),
        phase_id=PHASE,
    )


def other_code(numbers: Numbers, holder: str, grn: str, master: str, former: str, code: str) -> p5.CC026C:
    """The holder changes the access code of a guarantee of its own (IE026)."""
    return p5.CC026C(
        message_sender=holder,
        message_recipient=f"NTA.{grn[2:4]}",
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message("AC"),
        message_type="CC026C",
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure04(identification_number=holder),
        customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(reference_number=grn[2:10]),
        guarantee_reference=p5.GuaranteeReference05(
            grn=grn,
            master_access_code=master,
            access_code=p5.AccessCode01(access_code_current=former, access_code_new=code),
        ),
    )
