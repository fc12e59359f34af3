"""Who has a part in a case: roles on cases as applications declare them, and whose a name is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from douane.model.caller import Caller, Party, PartyKind


@dataclass(frozen=True, slots=True)
class CaseRole:
    """A part that a party can have in a case. Its name is stored with the case and never given to another role."""

    name: str
    title: str = ""


ACTING: Final = "acting"
Acting = Annotated[str, Meta(max_length=80, extra={ACTING: True, "deprecated": "0.2"})]
"""Who acts, as a body said it in release 0.1. It is compared with who does, and goes with the release after this."""


@cache
def acting_fields(message: Any) -> tuple[str, ...]:
    """The fields of a message type that say who acts."""
    if not issubclass(message, msgspec.Struct):
        return ()
    found = []
    for field in msgspec.structs.fields(message):
        meta = getattr(field.type, "__metadata__", ())
        if any(isinstance(each, Meta) and (each.extra or {}).get(ACTING) for each in meta):
            found.append(field.name)
    return tuple(found)


COMPETENT: Final = CaseRole("competent authority", "The administration whose case it is; its officers act in this role")
ANY_PART: Final = CaseRole("any part", "Any role: an operation that names it is open to every party of the case")

Members = Iterable[tuple[Party, CaseRole]]
PartiesOf = Callable[[Any, Caller], Members]
"""From an opening message and its sender to the parties of the case that it opens, beside the competent authority."""
Ask = Callable[[Any, Any], Any]
"""(query, question) -> what a register of this node answers (``Work.query``)."""
JoinRule = Callable[[Any, Any, Caller, Ask], bool]
"""(message, case record or None, caller, registers) -> whether somebody who is no party yet may act by this message."""


@lru_cache(maxsize=1_024)
def administration(code: str) -> Party:
    """An administration as a party; ``code``: of a country in an office, MRN or GRN (``customs_of``), or EU."""
    return Party(PartyKind.ADMINISTRATION, customs_of(code))


def trader(eori: str) -> Party:
    """A trader as a party."""
    return Party(PartyKind.TRADER, eori)


CUSTOMS_OF: Final[Mapping[str, str]] = {
    "LI": "CH",  # Customs Union Treaty between Switzerland and Liechtenstein of 29.3.1923
    "SM": "IT",  # Decision 4/92 of the EEC-San Marino Cooperation Committee: formalities at Italian offices
}
"""Countries whose customs formalities another administration fulfils. Every other code stands for itself; XI (Northern
Ireland) does, for its authority takes part under a code of its own (Windsor Framework)."""


MEMBER_STATES: Final = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"}
    | {"MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
"""The Member States of the Union (TEU art. 52): whose authorities take decisions that hold in others."""


def customs_of(country: str) -> str:
    """The administration that issues references with this country code."""
    return CUSTOMS_OF.get(country, country)


def issuer_of_mrn(mrn: str) -> str:
    """The administration that issued an MRN (positions 3 and 4; DE 12 01 001 000); empty where it names none."""
    return customs_of(mrn[2:4])


def issuer_of_grn(grn: str) -> str:
    """The administration that registered a guarantee (GRN, positions 3 and 4); empty where it names none."""
    return customs_of(grn[2:4])
