"""The identifiers of the field, each a type of its own, so that an MRN is never taken for an LRN.

Every identifier is a ``str`` without further fields: it costs what text costs, and sorts, hashes and prints like it.
``Mrn("...")`` checks the *format* (what a codec may refuse) and raises :class:`BadIdentifier`; ``Mrn.trusted("...")``
checks nothing and is for values that this node stored itself.

Format belongs here; what follows belongs to rules or registries and is never a reason to refuse a message unread:

* the check digit of an MRN (rule layer, error 93): published sample messages break it, the schema does not check it;
* the check digit of a GRN: a warning only, registered numbers break it;
* the procedure letter of an MRN against the declaration (R0410), the national shape of an EORI, and existence (EORI,
  GRN, customs office, country and commodity code are looked up as of a date).

``msgspec`` reads and writes these types through the hooks at the end of this module.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from typing import ClassVar, Self

from douane.vocabulary.decisions import DECISION_TYPES
from douane.vocabulary.errors import BadIdentifier


class Identifier(str):
    """Text of a known shape. Subclasses state what it is called, shape (a pattern for the whole text) and remedy."""

    __slots__ = ()

    called: ClassVar[str] = "an identifier"
    shape: ClassVar[str] = ""
    remedy: ClassVar[str] = ""
    _fits: ClassVar[Callable[[str], re.Match[str] | None]]

    def __init_subclass__(cls) -> None:
        cls._fits = re.compile(cls.shape).fullmatch

    def __new__(cls, text: str) -> Self:
        """The identifier that ``text`` spells; BadIdentifier where it has another shape."""
        if cls._fits(text) is None:
            shown = text if len(text) <= 40 else f"{text[:40]}..."
            raise BadIdentifier(f"{shown!r} is not {cls.called}.", remedy=cls.remedy)
        return str.__new__(cls, text)

    @classmethod
    def trusted(cls, text: str) -> Self:
        """The identifier without a check, for what comes from our own store."""
        return str.__new__(cls, text)

    @classmethod
    def accepts(cls, text: str) -> bool:
        """Whether the text has the shape of this identifier."""
        return cls._fits(text) is not None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str.__repr__(self)})"


class Country(Identifier):
    """A country code, ISO 3166-1 alpha-2 in shape (EU and XI, XK, XS occur too); existence: CL008."""

    __slots__ = ()
    called = "a country code"
    shape = "[A-Z]{2}"
    remedy = "Give two capital letters, as in FR."


class Eori(Identifier):
    """The registration and identification number of an economic operator; R0850 gives its envelope."""

    __slots__ = ()
    called = "an EORI number"
    shape = r"[A-Z]{2}[\x21-\x7E]{1,15}"
    remedy = "Give the country code and up to 15 printable characters without spaces, as in FR12345678901234."

    @property
    def country(self) -> Country:
        """The country that registered the operator."""
        return Country.trusted(self[:2])


class Tcuin(Identifier):
    """The number by which a third country knows an operator (mutual recognition); same envelope as an EORI."""

    __slots__ = ()
    called = "a third-country unique identification number"
    shape = Eori.shape
    remedy = "Give the country code and up to 15 printable characters without spaces."

    @property
    def country(self) -> Country:
        """The third country."""
        return Country.trusted(self[:2])


class Lrn(Identifier):
    """The local reference number that the declarant gives; unique for that declarant only."""

    __slots__ = ()
    called = "a local reference number"
    shape = r"[\x21-\x7E]{1,22}"
    remedy = "Give 1 to 22 printable characters without spaces."


class CustomsOffice(Identifier):
    """The reference number of a customs office; which exist, and with which roles, is list CL141."""

    __slots__ = ()
    called = "a customs office reference number"
    shape = "[A-Z]{2}[A-Z0-9]{6}"
    remedy = "Give the country code and six capital letters or digits, as in FR005350."

    @property
    def country(self) -> Country:
        """The country whose office it is."""
        return Country.trusted(self[:2])


class CommodityCode(Identifier):
    """A commodity code: HS subheading (6 digits), CN (8) or TARIC (10)."""

    __slots__ = ()
    called = "a commodity code"
    shape = "[0-9]{6}(?:[0-9]{2}){0,2}"
    remedy = "Give 6 (HS), 8 (CN) or 10 (TARIC) digits without spaces or dots."

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self[:2]

    @property
    def hs6(self) -> str:
        """The subheading of the Harmonized System."""
        return self[:6]

    @property
    def cn8(self) -> str | None:
        """The Combined Nomenclature code, if the code goes that far."""
        return self[:8] if len(self) >= 8 else None

    @property
    def taric10(self) -> str | None:
        """The TARIC code, if the code goes that far."""
        return self[:] if len(self) == 10 else None


class CusCode(Identifier):
    """The number of a chemical substance in the European customs inventory; existence: CL016."""

    __slots__ = ()
    called = "a CUS code"
    shape = "[0-9]{7}-[0-9]"
    remedy = "Give seven digits, a hyphen and one digit, as in 0010001-6."


class UnLocode(Identifier):
    """A place in the UN code for trade and transport locations; existence: CL244."""

    __slots__ = ()
    called = "a UN/LOCODE"
    shape = "[A-Z]{2}[A-Z2-9]{3}"
    remedy = "Give the country code and three characters, A to Z or 2 to 9, as in ATVIE."

    @property
    def country(self) -> Country:
        """The country where the place lies."""
        return Country.trusted(self[:2])


class TirCarnet(Identifier):
    """The number of a TIR carnet."""

    __slots__ = ()
    called = "a TIR carnet number"
    shape = (
        "[1-9][0-9]{0,6}|(?:1[0-9]|2[0-4])[0-9]{0,6}|25000000"
        "|(?:X[A-Z]|[A-Z]X)(?:2[5-9]|[3-9][0-9]|[1-9][0-9][0-9])[0-9]{6}"
    )
    remedy = "Give a number up to 25000000, or two letters (one an X) and a number from there on, as in XA25000001."


class DecisionReference(Identifier):
    """The reference of a decision or authorisation: country, type of decision, national part (UCC Annex A)."""

    __slots__ = ()
    called = "a decision reference"
    shape = r"[A-Z]{2}[A-Z0-9]{1,4}[\x21-\x7E]{0,29}"
    remedy = "Give country, type of decision and national number, at most 35 characters, as in NLCGU12345."

    @classmethod
    def of(cls, country: Country, decision_type: str, number: str) -> DecisionReference:
        """Compose a reference from its parts."""
        return cls(f"{country}{decision_type}{number}")

    @property
    def country(self) -> Country:
        """The country whose customs authority decided."""
        return Country.trusted(self[:2])

    @property
    def decision_type(self) -> str | None:
        """The type of decision (``CGU``, ``AEOC``), if it is one that the Union knows."""
        return next((self[2:end] for end in (6, 5) if self[2:end] in DECISION_TYPES), None)


# --- numbers with a check digit -------------------------------------------------------------------------------------


def _letter_values() -> dict[str, int]:
    """Value of each character in the container algorithm: letters count from 10 and skip the multiples of 11."""
    letters = (n for n in range(10, 39) if n % 11)
    return {str(n): n for n in range(10)} | dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", letters, strict=True))


_VALUE = _letter_values()
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SERIAL = re.compile("[A-Z0-9]{12}").fullmatch


def base36(number: int, places: int) -> str:
    """A number in so many digits and capital letters, zeros first."""
    found = ""
    for _ in range(places):
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
    return found


def check_digit(text: str) -> str:
    """The ISO 6346 check digit over capital letters and digits; KeyError at any other character."""
    return str(sum([_VALUE[character] << place for place, character in enumerate(text)]) % 11 % 10)


class Procedure(enum.StrEnum):
    """What an MRN was issued for, by its 17th character."""

    EXPORT = "A"
    EXPORT_WITH_EXIT_SUMMARY = "B"
    EXIT_SUMMARY = "C"
    RE_EXPORT_NOTIFICATION = "D"
    DISPATCH_WITH_SPECIAL_TERRITORIES = "E"
    TRANSIT = "J"
    TRANSIT_WITH_EXIT_SUMMARY = "K"
    TRANSIT_WITH_ENTRY_SUMMARY = "L"
    TRANSIT_WITH_ENTRY_AND_EXIT_SUMMARY = "M"
    PROOF_OF_UNION_STATUS = "P"
    IMPORT = "R"
    IMPORT_WITH_ENTRY_SUMMARY = "S"
    ENTRY_SUMMARY = "T"
    TEMPORARY_STORAGE = "U"
    INTRODUCTION_WITH_SPECIAL_TERRITORIES = "V"
    TEMPORARY_STORAGE_WITH_ENTRY_SUMMARY = "W"

    @classmethod
    def of_transit(cls, security: str) -> Procedure:
        """The letter that rule R0410 gives a transit declaration by its security flag (CL217)."""
        return _TRANSIT_BY_SECURITY.get(security, cls.TRANSIT)


_TRANSIT_BY_SECURITY = {
    "1": Procedure.TRANSIT_WITH_ENTRY_SUMMARY,
    "2": Procedure.TRANSIT_WITH_EXIT_SUMMARY,
    "3": Procedure.TRANSIT_WITH_ENTRY_AND_EXIT_SUMMARY,
}
_PROCEDURES = {letter.value: letter for letter in Procedure}


class Mrn(Identifier):
    """A movement reference number: year, country, 12 characters, procedure letter, check digit.

    Up to the year 24 the 17th character may be any (legacy form). The check digit is not part of the format: ask
    ``has_right_check_digit`` in a rule.
    """

    __slots__ = ()
    called = "a movement reference number"
    shape = "(?:[01][0-9]|2[0-4])[A-Z]{2}[A-Z0-9]{13}[0-9]|(?:2[5-9]|[3-9][0-9])[A-Z]{2}[A-Z0-9]{12}[A-Z][0-9]"
    remedy = (
        "Give 18 characters: year, country, 12 capital letters or digits, the letter of the procedure (from year 25 on)"
        " and the check digit, as in 25FR0053500000A7J7."
    )

    @classmethod
    def issue(cls, year: int, country: Country, serial: str, procedure: Procedure) -> Mrn:
        """A new MRN; ``serial`` is twelve capital letters or digits that are unique for year and country."""
        if _SERIAL(serial) is None:
            raise BadIdentifier(f"{serial!r} is no serial for an MRN.", remedy="Give 12 capital letters or digits.")
        stem = f"{year % 100:02d}{country}{serial}{procedure.value}"
        return cls(stem + check_digit(stem))

    @property
    def year(self) -> int:
        """The year of acceptance, two digits as written."""
        return int(self[:2])

    @property
    def country(self) -> Country:
        """The country that issued it."""
        return Country.trusted(self[2:4])

    @property
    def procedure(self) -> Procedure | None:
        """What it was issued for; None in the legacy form or for an unknown letter."""
        return _PROCEDURES.get(self[16])

    @property
    def is_entry_summary_in_transit(self) -> bool:
        """Whether it marks an entry summary declaration registered through transit (NCTS phase 6)."""
        return self[15:17] == "CT"

    @property
    def right_check_digit(self) -> str:
        """The check digit that the first 17 characters demand."""
        return check_digit(self[:17])

    @property
    def has_right_check_digit(self) -> bool:
        """Whether the last character is the right check digit."""
        return self[17] == check_digit(self[:17])


class Grn(Identifier):
    """A guarantee reference number, 17 characters, or 24 with the suffix of an individual guarantee by voucher."""

    __slots__ = ()
    called = "a guarantee reference number"
    shape = "[0-9]{2}[A-Z]{2}[A-Z0-9]{12}[0-9](?:[A-Z][0-9]{6})?"
    remedy = (
        "Give 17 characters: year, country, 12 capital letters or digits and a digit, as in 25FR0000010000297;"
        " a voucher adds a letter and six digits."
    )

    @classmethod
    def issue(cls, year: int, country: Country, serial: str) -> Grn:
        """A new GRN; ``serial`` is twelve capital letters or digits that are unique for year and country."""
        if _SERIAL(serial) is None:
            raise BadIdentifier(f"{serial!r} is no serial for a GRN.", remedy="Give 12 capital letters or digits.")
        stem = f"{year % 100:02d}{country}{serial}"
        return cls(stem + check_digit(stem))

    @property
    def country(self) -> Country:
        """The country where the guarantee is registered."""
        return Country.trusted(self[2:4])

    @property
    def voucher(self) -> str | None:
        """The suffix of an individual guarantee voucher, if it has one."""
        return self[17:] or None

    @property
    def has_right_check_digit(self) -> bool:
        """Whether character 17 follows the MRN algorithm; a warning where not, never a refusal."""
        return self[16] == check_digit(self[:16])


# --- msgspec --------------------------------------------------------------------------------------------------------


def decode_identifier(type_: type, value: object) -> object:
    """``dec_hook`` for bytes of others: checks the format; a wrong one becomes a ValidationError with its path."""
    if not isinstance(value, str) or not issubclass(type_, Identifier):
        raise TypeError(f"{type_.__name__} cannot be read from {type(value).__name__}.")
    try:
        return type_(value)
    except BadIdentifier as bad:
        raise ValueError(f"{bad.text} {bad.remedy}") from bad


def restore_identifier(type_: type, value: object) -> object:
    """``dec_hook`` for what we stored ourselves: builds identifiers without a check."""
    if not isinstance(value, str) or not issubclass(type_, Identifier):
        raise TypeError(f"{type_.__name__} cannot be read from {type(value).__name__}.")
    return str.__new__(type_, value)


def encode_identifier(value: object) -> object:
    """``enc_hook``: identifiers are written as text."""
    if not isinstance(value, Identifier):
        raise TypeError(f"{type(value).__name__} cannot be written.")
    return str.__str__(value)
