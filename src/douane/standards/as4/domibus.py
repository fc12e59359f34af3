"""P-Mode files of Domibus read as agreements; a faulty file is refused with every fault, its line and reason.

Retention is in minutes there; ``retry`` is ``minutes;count;strategy`` with CONSTANT, SEND_ONCE or PROGRESSIVE; the
name of the policy file tells how certificates are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from douane.standards.as4 import names
from douane.standards.as4.awareness import Retry
from douane.standards.as4.messages import PartyId, Typed
from douane.standards.as4.pmodes import (
    DAY,
    LARGEST,
    MINUTE,
    OTHER,
    SECOND,
    PayloadRule,
    PMode,
    PropertyRule,
    Security,
    Side,
)
from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import Fault, NotValid

if TYPE_CHECKING:
    from lxml.etree import _Element

_LIMITS: Final = Limits(size=4 * 1024 * 1024, depth=16, elements=50_000)
_LISTS: Final = {
    "mpc": "mpcs", "role": "roles", "partyIdType": "parties", "party": "parties", "mep": "meps", "binding": "meps",
    "property": "properties", "propertySet": "properties", "payload": "payloadProfiles",
    "payloadProfile": "payloadProfiles", "security": "securities", "errorHandling": "errorHandlings",
    "agreement": "agreements", "service": "services", "action": "actions", "receptionAwareness": "as4",
    "reliability": "as4", "splitting": "splittingConfigurations", "legConfiguration": "legConfigurations",
}  # fmt: skip
_LEG_REFERENCES: Final = {
    "service": "service", "action": "action", "defaultMpc": "mpc", "reliability": "reliability",
    "security": "security", "receptionAwareness": "receptionAwareness", "propertySet": "propertySet",
    "payloadProfile": "payloadProfile", "errorHandling": "errorHandling", "splitting": "splitting",
}  # fmt: skip
_OPTIONAL: Final = frozenset({"payloadProfile", "splitting", "propertySet"})
_BOOLEANS: Final = frozenset({
    "enabled", "default", "required", "errorAsResponse", "businessErrorNotifyProducer", "businessErrorNotifyConsumer",
    "deliveryFailureNotifyProducer", "duplicateDetection", "nonRepudiation", "compressPayloads", "allowChunking",
})  # fmt: skip
_NUMBERS: Final = {"retention_downloaded": 31, "retention_undownloaded": 31, "maxSize": 63, "legs": 31}
_LEAST: Final = {"retention_downloaded": -1, "retention_undownloaded": -1, "maxSize": 0, "legs": 0}
"""Impossible below: -1 keeps for ever, 0 names no limit."""
_ADDRESSES: Final = frozenset({"value", "endpoint"})
_RETRY: Final = re.compile(r"([0-9]{1,6});([0-9]{1,4});(CONSTANT|SEND_ONCE|PROGRESSIVE)(;.*)?")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds: its own party, the agreements, minutes of retention by channel (not downloaded)."""

    party: str
    modes: tuple[PMode, ...]
    retention: dict[str, int] = field(default_factory=dict)


def read_pmodes(data: bytes) -> Imported:
    """The agreements of a file. Raises NotValid with every fault, NotWellFormed, TooLarge."""
    root = read_tree(data, _LIMITS)
    return _Reader(root).read()


class _Reader:
    def __init__(self, root: _Element) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.named: dict[str, dict[str, _Element]] = {kind: {} for kind in _LISTS}

    def read(self) -> Imported:
        if self.root.tag.rpartition("}")[2] != "configuration":
            self._fault(self.root, "The root is no configuration of Domibus.")
        self._check_values()
        self._collect()
        self._check_parties()
        modes = tuple(self._modes()) if not self.faults else ()
        if self.faults:
            raise NotValid(f"The P-Mode file has {len(self.faults)} faults.", remedy="Mend every one.",
                           faults=tuple(self.faults))  # fmt: skip
        retention = {e.get("qualifiedName", ""): int(e.get("retention_undownloaded", "0")) for e in self._all("mpc")}
        return Imported(self.root.get("party", ""), modes, retention)

    # --- checks

    def _fault(self, element: _Element, reason: str, value: str = "") -> None:
        pointer = element.getroottree().getpath(element)
        line = cast("int | None", element.sourceline) or 0  # the stubs know no number here
        fault = Fault(pointer, OTHER, reason, value=value, line=line)
        if fault not in self.faults:
            self.faults.append(fault)

    def _check_values(self) -> None:
        for element in self.root.iter():
            for key, value in element.attrib.items():
                self._check_value(element, str(key), str(value))

    def _check_value(self, element: _Element, name: str, value: str) -> None:
        most = 1024 if name in _ADDRESSES else 255
        if len(value) > most:
            self._fault(element, f"{name} is longer than {most} signs.", value)
        if name in _BOOLEANS and value not in ("true", "false", "1", "0"):
            self._fault(element, f"{name} must be true or false.", value)
        bits = _NUMBERS.get(name)
        if bits and not (re.fullmatch(r"-?[0-9]{1,20}", value) and -(1 << bits) <= int(value) < 1 << bits):
            self._fault(element, f"{name} is no number of {bits + 1} bits.", value)
        elif bits and int(value) < _LEAST[name]:
            self._fault(element, f"{name} is at least {_LEAST[name]}.", value)
        elif name == "maxSize" and int(value) > LARGEST:
            self._fault(element, f"maxSize is at most {LARGEST} octets here.", value)
        if name == "retry":
            for reason in _retry_faults(value):
                self._fault(element, reason, value)
        if name == "name" and not value.strip():
            self._fault(element, "name must not be empty.", value)

    def _collect(self) -> None:
        for kind, place in _LISTS.items():
            for element in self.root.iter(kind):
                if not any(each.tag == place for each in element.iterancestors()):
                    continue
                name = element.get("name", "")
                before = self.named[kind].setdefault(name, element)
                if before is not element and _attributes(before) != _attributes(element):
                    self._fault(element, f"A {kind} of this name stands twice, with other content.", name)
        processes = [e.get("name", "") for e in self.root.iter("process")]
        for element in self.root.iter("process"):
            if processes.count(element.get("name", "")) > 1:
                self._fault(element, "A process of this name stands twice.", element.get("name", ""))
                break

    def _check_parties(self) -> None:
        if self.root.get("party", "") not in self.named["party"]:
            self._fault(self.root, "The own party is not among the parties.", self.root.get("party", ""))
        for party in self._all("party"):
            seen: set[tuple[str, str]] = set()
            for identifier in party:
                kind, value = identifier.get("partyIdType", ""), identifier.get("partyId", "")
                if kind not in self.named["partyIdType"]:
                    self._fault(identifier, "The party id type is not declared.", kind)
                if (kind, value) in seen:
                    self._fault(identifier, "The identifier stands twice.", value)
                seen.add((kind, value))

    def _all(self, kind: str) -> list[_Element]:
        return list(self.named[kind].values())

    def _find(self, kind: str, name: str, by: _Element, *, optional: bool = False) -> _Element | None:
        found = self.named[kind].get(name)
        if found is None and not (optional and not name.strip()):
            self._fault(by, f"There is no {kind} of this name.", name)
        return found

    # --- agreements

    def _modes(self) -> Iterator[PMode]:
        for process in self.root.iter("process"):
            agreement = self._find("agreement", process.get("agreement", ""), process, optional=True)
            mep, binding = (self._find(k, process.get(k, ""), process) for k in ("mep", "binding"))
            sides = [self._side(process, "initiator"), self._side(process, "responder")]
            for leg in process.iter("leg"):
                found = self._find("legConfiguration", leg.get("name", ""), leg)
                mode = None
                if found is not None and mep is not None and binding is not None:
                    mode = self._mode(process, found, agreement, mep, binding, sides)
                if mode is not None:
                    yield mode

    def _side(self, process: _Element, side: str) -> Side:
        role = self._find("role", process.get(f"{side}Role", ""), process)
        parties: list[PartyId] = []
        for each in process.iter(f"{side}Party"):
            party = self._find("party", each.get("name", ""), each)
            for identifier in party if party is not None else ():
                kind = self.named["partyIdType"].get(identifier.get("partyIdType", ""))
                type_ = kind.get("value", "") if kind is not None else ""
                parties.append(PartyId(identifier.get("partyId", ""), type_))
        value = role.get("value", "") if role is not None else ""
        if role is not None and not value.strip():
            self._fault(process, f"The {side} role has no value.", role.get("name", ""))
        return Side(tuple(parties), value)

    def _mode(
        self, process: _Element, leg: _Element, agreement: _Element | None, mep: _Element, binding: _Element,
        sides: list[Side],
    ) -> PMode | None:  # fmt: skip
        if (leg.text or "").strip():
            self._fault(leg, "A leg has text inside.", (leg.text or "").strip())
        found = {
            name: self._find(kind, leg.get(name, ""), leg, optional=name in _OPTIONAL)
            for name, kind in _LEG_REFERENCES.items()
        }
        if any(found[name] is None for name in _LEG_REFERENCES if name not in _OPTIONAL):
            return None
        service, action, mpc = (found[name] for name in ("service", "action", "defaultMpc"))
        assert service is not None
        assert action is not None
        assert mpc is not None
        retry, window = _retry(found["receptionAwareness"])
        receiver = sides[0] if binding.get("value") == names.PULL else sides[1]
        return PMode(
            id=f"{process.get('name')}:{leg.get('name')}", initiator=sides[0], responder=sides[1],
            service=Typed(service.get("value", ""), service.get("type", "")), action=action.get("value", ""),
            agreement=Typed(agreement.get("value", ""), agreement.get("type", "")) if agreement is not None else None,
            mep=mep.get("value", ""), binding=binding.get("value", ""), mpc=mpc.get("qualifiedName", ""),
            profile=_profile(found["security"]), address=self._address(receiver), security=_security(found["security"]),
            properties=self._properties(found["propertySet"], leg),
            payloads=self._payloads(found["payloadProfile"], leg),
            compress=leg.get("compressPayloads") in ("true", "1"), retry=retry, past=max(DAY, 2 * window),
            detect_duplicates=_true(found["receptionAwareness"], "duplicateDetection"),
            largest=_largest(found["payloadProfile"]),
        )  # fmt: skip

    def _address(self, side: Side) -> str:
        """The endpoint, where one party stands on the receiving side and it is not ourselves."""
        own = self.root.get("party", "")
        ids = {p.value for p in side.parties}
        others = [p for p in self._all("party") if p.get("name") != own and ids & {i.get("partyId", "") for i in p}]
        return others[0].get("endpoint", "") if len(others) == 1 else ""

    def _properties(self, found: _Element | None, leg: _Element) -> tuple[PropertyRule, ...]:
        rules = []
        for reference in found if found is not None else ():
            each = self._find("property", reference.get("property", ""), leg)
            if each is not None:
                rules.append(PropertyRule(each.get("key", ""), _true(each, "required")))
        return tuple(rules)

    def _payloads(self, found: _Element | None, leg: _Element) -> tuple[PayloadRule, ...]:
        rules = []
        for attachment in found if found is not None else ():
            each = self._find("payload", attachment.get("name", ""), leg)
            if each is not None:
                cid, most = each.get("cid", "").removeprefix("cid:"), int(each.get("maxSize", "0"))
                required = _true(each, "required")
                rules.append(PayloadRule(each.get("name", ""), cid, each.get("mimeType", ""), required, most))
        return tuple(rules)


def _attributes(element: _Element) -> list[tuple[str, str]]:
    return sorted((str(key), str(value)) for key, value in element.attrib.items())


def _true(element: _Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("true", "1")


def _largest(profile: _Element | None) -> int:
    size = int(profile.get("maxSize", "0")) if profile is not None else 0
    return size if size > 0 else LARGEST


def _retry_faults(text: str) -> Iterator[str]:
    found = _RETRY.fullmatch(text)
    if found is None:
        yield "retry must be minutes;count;strategy with CONSTANT, SEND_ONCE or PROGRESSIVE."
    elif found[3] != "SEND_ONCE":
        minutes, count = int(found[1]), int(found[2])
        if not count:
            yield f"retry by {found[3]} needs a count; write SEND_ONCE for no repetition."
        elif _first(found[3], minutes * MINUTE, count) < SECOND:
            yield f"retry has {count} attempts in {minutes} minutes; leave at least a second between two."


def _first(strategy: str, window: int, count: int) -> int:
    """The pause before the first repetition, in microseconds."""
    return window >> count if strategy == "PROGRESSIVE" else window // count


def _retry(awareness: _Element | None) -> tuple[Retry, int]:
    text = awareness.get("retry", "") if awareness is not None else ""
    found = _RETRY.fullmatch(text)
    if found is None or found[3] == "SEND_ONCE" or not int(found[2]):
        return Retry(first=MINUTE, factor=1, count=0, window=MINUTE), MINUTE
    window, count = int(found[1]) * MINUTE, int(found[2])
    factor = 2 if found[3] == "PROGRESSIVE" else 1
    return Retry(first=_first(found[3], window, count), factor=factor, count=count, window=window), window


def _profile(security: _Element | None) -> str:
    kind = (security.get("profile") or "") if security is not None else ""
    method = (security.get("signatureMethod") or "") if security is not None else ""
    return "2.0" if "ECC" in kind.upper() or "25519" in method else "1.x"


def _security(security: _Element | None) -> Security:
    policy = (security.get("policy") or "").upper() if security is not None else ""
    if "PKIP" in policy:
        return Security(signer_form=TokenForm.PATH)
    if "BST" in policy:
        return Security(signer_form=TokenForm.CERTIFICATE)
    if "_IS" in policy:
        return Security(signer_form=TokenForm.ISSUER_SERIAL, recipient_form=TokenForm.ISSUER_SERIAL)
    return Security(signer_form=TokenForm.KEY_IDENTIFIER, encrypt="SIGNONLY" not in policy)
