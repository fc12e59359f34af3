"""The whole error tree: one root, three branches by fault.

Each error has a stable code (``DOU-...``), tells whose fault it is, whether trying again helps, and what to do next.
Edges (HTTP, SOAP, AS4, queues) translate these classes; nobody else speaks their status codes.
"""

from __future__ import annotations

import enum
from typing import ClassVar, Self


class Retry(enum.Enum):
    """What a caller should do with the same request."""

    NEVER = "never"  # the same bytes will be refused again
    LATER = "later"  # the same bytes may succeed after a while
    FRESH = "fresh"  # ask again after renewing what is named (token, cursor, version)


class Fault:
    """One thing wrong with a message, precise enough to mend it.

    pointer: XPath or JSON pointer of the place; line and column count from 1, 0 means unknown.
    code: code of the message family (CL030 in a CC917C, CL180 in a CC056C/CC057C/CC906C).
    rule: official rule id (``C0153``) or empty. value: what stood there, shortened.
    remedy: a sentence that says how to mend it.
    """

    __slots__ = ("code", "column", "line", "pointer", "remedy", "rule", "value")

    def __init__(
        self,
        pointer: str,
        code: str,
        remedy: str,
        *,
        rule: str = "",
        value: str = "",
        line: int = 0,
        column: int = 0,
    ) -> None:
        self.pointer, self.code, self.remedy = pointer, code, remedy
        self.rule, self.value, self.line, self.column = rule, value[:512], line, column

    def facts(self) -> tuple[str, str, str, str, str, int, int]:
        """Every field, in the order pointer, code, rule, value, remedy, line, column."""
        return (self.pointer, self.code, self.rule, self.value, self.remedy, self.line, self.column)

    def named(self) -> dict[str, object]:
        """What is known of it, by name: the form in which every channel tells it."""
        names = ("pointer", "code", "rule", "value", "remedy", "line", "column")
        return {name: value for name, value in zip(names, self.facts(), strict=True) if value}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and self.facts() == other.facts()

    def __hash__(self) -> int:
        return hash(self.facts())

    def __repr__(self) -> str:
        place = f"{self.pointer} (line {self.line})" if self.line else self.pointer
        rule = f" {self.rule}" if self.rule else ""
        return f"<Fault {self.code}{rule} at {place}: {self.remedy}>"


class DouaneError(Exception):
    """Root of every error that Douane raises on purpose."""

    code: ClassVar[str] = "DOU-0000"
    why: tuple[str, str, str] | None = None
    """Of a refusal for lack of right: by which rule, for want of what, and who could grant it."""
    retry: ClassVar[Retry] = Retry.NEVER
    whose: ClassVar[str] = "us"

    def __init__(self, text: str, *, remedy: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.remedy = remedy
        self.faults = faults

    def because(self, rule: str, missing: str, grants: str) -> Self:
        """The same refusal with why: by which rule, for want of what, and who could grant it.

        It goes to whoever is refused: nothing stands in it that he may not know.
        """
        self.why = rule, missing, grants
        return self

    @property
    def outside(self) -> tuple[str, str]:
        """Text and remedy as whoever sent reads them; a log has ``text``."""
        return self.text, self.remedy

    def __str__(self) -> str:
        return f"{self.code}: {self.text}" + (f" {self.remedy}" if self.remedy else "")


class SenderFault(DouaneError):
    """The sender must change something."""

    code = "DOU-1000"
    whose = "sender"


class OurFault(DouaneError):
    """We must change something; the sender did nothing wrong."""

    code = "DOU-2000"
    retry = Retry.LATER
    whose = "us"


class PartnerFault(DouaneError):
    """A partner's system failed or answered against its contract."""

    code = "DOU-3000"
    retry = Retry.LATER
    whose = "partner"


# --- sender ---------------------------------------------------------------------------------------------------------


class BadIdentifier(SenderFault):
    """A value does not have the shape of the identifier it should be."""

    code = "DOU-1001"


class NotWellFormed(SenderFault):
    """The bytes are not a well-formed document, or use what is forbidden (DTD, entities, other encodings)."""

    code = "DOU-1002"


class NotValid(SenderFault):
    """The message breaks the schema of its type; ``faults`` holds every place."""

    code = "DOU-1003"


class UnknownMessageType(SenderFault):
    """The root element or type is none that this node knows."""

    code = "DOU-1004"


class TooLarge(SenderFault):
    """A declared limit of size, depth, width or count is passed."""

    code = "DOU-1005"


class TooSlow(SenderFault):
    """A body or a request did not arrive within the time that is allowed."""

    code = "DOU-1006"
    retry = Retry.LATER


class BadRequest(SenderFault):
    """The envelope of a request (its line, a header, a parameter) is not what the door expects."""

    code = "DOU-1007"


class BadTime(SenderFault):
    """A date, time or duration is written in no accepted form, or does not exist."""

    code = "DOU-1008"


class TooMany(SenderFault):
    """A caller takes more than its share; others are served on. ``after`` says in seconds when to try again."""

    code = "DOU-1009"
    retry = Retry.LATER
    after: int = 1


class WrongMedia(SenderFault):
    """The media type of a body is none that is taken at this address."""

    code = "DOU-1010"


class NotUnderstood(SenderFault):
    """A SOAP envelope is of another version, or demands that a header is understood which this door does not know."""

    code = "DOU-1021"


class NotAuthenticated(SenderFault):
    """No identity, or a proof that does not hold."""

    code = "DOU-1101"
    retry = Retry.FRESH


class WrongCircle(SenderFault):
    """The caller's circle of trust does not enter by this platform, or the operation is not open to it."""

    code = "DOU-1102"


class NotAuthorised(SenderFault):
    """The caller is known and in the right circle, but has no role or delegation for this."""

    code = "DOU-1103"


class AssertionRefused(NotAuthenticated):
    """A statement of an identity provider by SAML is refused; ``reason`` is the stable name of why."""

    code = "DOU-1105"
    reason: str = ""


class OtherSite(SenderFault):
    """A page of another site made a browser send this; the certificate that came with it says nothing of its will."""

    code = "DOU-1104"


class NotServed(SenderFault):
    """Nobody here serves this administration with this: it chose nothing, or a system that has doors of its own."""

    code = "DOU-1106"


class Moved(SenderFault):
    """The operation has left this platform; the remedy names where it is offered now, by the same contract."""

    code = "DOU-1107"


class KnownIdChanged(SenderFault):
    """A known message identification came again with other bytes (error 26)."""

    code = "DOU-1201"


class AliasTaken(SenderFault):
    """An LRN, MRN or other reference already belongs to another case."""

    code = "DOU-1202"


class NotFound(SenderFault):
    """Nothing is known under this name, for this caller."""

    code = "DOU-1203"


class KeptElsewhere(NotFound):
    """Nothing is known here under this name, and other systems keep, or may keep, such cases; the remedy names them."""

    code = "DOU-1207"


class BadQuery(SenderFault):
    """A query names an unknown index, filter or cursor."""

    code = "DOU-1204"


class NotOffered(SenderFault):
    """The address is known, but does not offer this method; ``offered`` names those it does."""

    code = "DOU-1205"
    offered: tuple[str, ...] = ()


class Misdirected(SenderFault):
    """The request is for a host that this listener does not serve."""

    code = "DOU-1208"


class Retired(SenderFault):
    """A version of a service is served no more; the remedy names its successor."""

    code = "DOU-1206"


class BadSignature(SenderFault):
    """A signature does not hold, is malformed, or does not cover all that it must."""

    code = "DOU-1301"


class SignatureRefused(SenderFault):
    """A message is signed, and its signature does not hold, or is not its sender's; ``verdict`` is the sub-indication.

    Source of the words: ETSI EN 319 102-1.
    """

    code = "DOU-1309"
    verdict: str = ""


class AlgorithmRefused(SenderFault):
    """A signature or encryption uses an algorithm, transform or key that this profile does not accept, or is absent."""

    code = "DOU-1302"


class NotDecrypted(SenderFault):
    """Encrypted content cannot be decrypted; no reason is given, since each would help an attacker."""

    code = "DOU-1303"


class BadPackaging(SenderFault):
    """The MIME structure of a message is malformed, or its parts are not those that its header names."""

    code = "DOU-1304"


class BadHeader(SenderFault):
    """A header of a message is missing, stands twice or has a value that is not allowed."""

    code = "DOU-1305"


class NotDecompressed(SenderFault):
    """Compressed content is damaged, cut off, followed by other octets, or unpacks to more than is allowed."""

    code = "DOU-1306"


class NoAgreement(SenderFault):
    """No agreement covers this exchange; the text names the field that differs and the nearest agreed value."""

    code = "DOU-1307"


class UnknownCalendar(SenderFault):
    """No calendar is known for a place, so nothing can be counted there."""

    code = "DOU-1401"


class NoGround(SenderFault):
    """No article allows that a time limit is lengthened or shortened so (UCC art. 55(1))."""

    code = "DOU-1402"


class BadLimit(SenderFault):
    """A time limit is asked for that cannot be counted: its kind and its length do not go together."""

    code = "DOU-1403"


class UnknownValue(SenderFault):
    """A value is well-formed but none that is known here, such as a message partition channel."""

    code = "DOU-1308"


# --- us -------------------------------------------------------------------------------------------------------------


class DeclarationFault(OurFault):
    """A declaration (service, record, process, table, setting) contradicts itself: the node does not start."""

    code = "DOU-2001"
    retry = Retry.NEVER


class Overloaded(OurFault):
    """Pending work is at its bound; ``after`` says in seconds when to try again."""

    code = "DOU-2101"
    after: int = 1


class StoreUnavailable(OurFault):
    """The store cannot commit (disk full, connection lost). Nothing was acknowledged."""

    code = "DOU-2102"

    def __init__(self, text: str, *, remedy: str = "", faults: tuple[Fault, ...] = (), inside: bool = False) -> None:
        """inside: these are words of a database, which are for those who run it."""
        super().__init__(text, remedy=remedy, faults=faults)
        self._inside = inside

    @property
    def outside(self) -> tuple[str, str]:
        """In place of a database's own words a sentence that tells nothing of it."""
        if not self._inside:
            return super().outside
        return "The store of this node does not serve now; nothing was taken.", "Send again in a moment."


class LostOwnership(OurFault):
    """A partition has a newer owner; this one's commit was refused."""

    code = "DOU-2103"


class ForeignSubject(OurFault):
    """A handler tried to write what does not belong to its subject."""

    code = "DOU-2104"
    retry = Retry.NEVER


class NotReadable(OurFault):
    """A stored value cannot be read: unknown type, version or key."""

    code = "DOU-2105"
    retry = Retry.NEVER


class NewerRelease(NotReadable):
    """A later release wrote what this one would have to read: whoever runs that release takes it."""

    code = "DOU-2111"
    retry = Retry.LATER


class ClockWentBack(OurFault):
    """The clock of this machine is behind what is committed: what follows would be told as if it came before."""

    code = "DOU-2127"
    retry = Retry.LATER


class ClocksDiffer(OurFault):
    """The clocks of the two ends of a link differ by more than two seconds: one of them names wrong instants."""

    code = "DOU-2128"


class ProofFailed(OurFault):
    """Evidence does not verify."""

    code = "DOU-2106"
    retry = Retry.NEVER


class StaleEvidence(OurFault):
    """Something that proofs are judged by (a revocation list, a key set) is missing or out of date here."""

    code = "DOU-2107"


class EntryChanged(OurFault):
    """An entry of a replica is not the one that was read from the centre: it was changed where it is kept."""

    code = "DOU-2123"
    retry = Retry.NEVER


class TooOld(OurFault):
    """A replica was read too long ago to answer."""

    code = "DOU-2124"


class Damaged(OurFault):
    """A file of a backup or an archive is missing, cut short, changed, or not what its manifest says."""

    code = "DOU-2120"
    retry = Retry.NEVER


class WrongKey(OurFault):
    """A key does not fit what it should open, or cannot be read."""

    code = "DOU-2121"
    retry = Retry.NEVER


class Held(Overloaded):
    """A restored node takes messages and gives none out until its operator releases it."""

    code = "DOU-2122"
    after: int = 60


class UnderMaintenance(Overloaded):
    """A service rests for maintenance, for the circle of the caller; ``notices`` say by language until when, and by
    which means work goes on meanwhile."""

    code = "DOU-2125"
    after: int = 60
    notices: tuple[tuple[str, str], ...] = ()


class CoreUnreachable(OurFault):
    """A door has no link to the core, or either ended before the answer: whether a message was taken is not known."""

    code = "DOU-2108"


class SeriesExhausted(OurFault):
    """A series of references has none left. The message is set aside until an operator has seen it."""

    code = "DOU-2112"
    retry = Retry.NEVER


class Unplaceable(OurFault):
    """A function of an application failed that says whose a message is, or of which case: it is not accepted."""

    code = "DOU-2126"
    retry = Retry.NEVER


class LinkViolation(OurFault):
    """The other end of a link between our own processes sent what the link does not carry."""

    code = "DOU-2109"
    retry = Retry.NEVER


class Elsewhere(OurFault):
    """Another worker holds the ``partition`` that a message belongs to; the door goes there."""

    code = "DOU-2110"

    def __init__(self, partition: int) -> None:
        super().__init__(f"Another worker holds partition {partition}.", remedy="Send the same message again shortly.")
        self.partition = partition


# --- partner --------------------------------------------------------------------------------------------------------


class PartnerUnreachable(PartnerFault):
    """No connection, or no answer in time; ``after`` says in seconds when to try again, 0 where nobody knows."""

    code = "DOU-3001"
    after: int = 0


class ReceiptInvalid(PartnerFault):
    """A partner's receipt does not hold: its signature, its reference or one of its digests."""

    code = "DOU-3003"


class PartnerRefused(PartnerFault):
    """The partner answered with a refusal; ``faults`` holds what it named."""

    code = "DOU-3002"
    retry = Retry.NEVER


class FeedBroken(PartnerFault):
    """What a centre tells of final data cannot be believed: forged, out of order, cut short, or gone back."""

    code = "DOU-3005"
    retry = Retry.NEVER


class AnswerLate(PartnerFault):
    """The provider of a service gave no answer within the time limit of its level."""

    code = "DOU-3004"


def error_of(code: str) -> type[DouaneError]:
    """The class behind a stable code; the root where a later release has named one that this one does not know."""
    waiting: list[type[DouaneError]] = [DouaneError]
    while waiting:
        found = waiting.pop()
        if found.code == code:
            return found
        waiting += found.__subclasses__()
    return DouaneError
