"""The list that coverage is told of: platforms of the IT strategy, and the systems of Regulation (EU) 2025/512."""

from __future__ import annotations

from typing import Final

from douane.author import System

_ACT: Final = "Regulation (EU) 2025/512"
_SHARED: Final = "Member States and Commission"

SYSTEMS: Final = (
    System("SPEED2", "Single entry for traders, third countries and partner services", "UCC art. 16(1)",
           "traders, third countries, partner services"),
    System("CCN2", "Service bus of the trusted circle", "UCC art. 16(1)", _SHARED),
    System("CCN/CSI", "Queues between administrations", "UCC art. 16(1)", _SHARED),
    System("CDCO/TSOAP", "Hosting of central applications", "UCC art. 16(1)", "the other platforms; the Commission"),
    System("SSV", "Shared services: monitoring, logging, audit, archive, security, backup, governance",
           "UCC art. 16(1)", "all platforms, operators"),
    System("CS/RD2", "Reference data", "UCC art. 16(1)", f"{_SHARED}; the public reads"),
    System("CS/MIS2", "Business statistics and unavailability", "UCC art. 16(1)", _SHARED),
    System("EU CTP", "Trader portal with its modules", f"{_ACT} art. 4", "traders, through UUM&DS"),
    System("CDS", "Customs decisions", f"{_ACT} art. 7", "everybody concerned"),
    System("UUM&DS", "Uniform user management and digital signatures", f"{_ACT} art. 16", "everybody"),
    System("EBTI", "Binding tariff information", f"{_ACT} art. 21", "traders, Member States, Commission"),
    System("EORI2", "Registration of economic operators", _ACT, "Member States; the public checks"),
    System("AEO", "Authorised economic operators and mutual recognition", _ACT, "traders, Member States"),
    System("ICS2", "Entry summary declarations, safety and security", f"{_ACT} art. 42", "traders, Member States"),
    System("INF", "Information of special procedures", _ACT, "traders, Member States"),
    System("REX", "Registered exporters", _ACT, "exporters, Member States, third countries; the public checks"),
    System("PoUS", "Proof of Union status", _ACT, "traders, Member States"),
    System("SURV3", "Surveillance of goods", _ACT, _SHARED),
    System("GUM", "Guarantee management", _ACT, "traders, Member States"),
    System("AES", "Export and exit", _ACT, "traders, Member States"),
    System("NCTS", "Union and common transit", _ACT, "traders, Member States, common transit countries"),
    System("CCI", "Centralised clearance for import", _ACT, "traders, Member States"),
    System("CSW-CERTEX", "Certificates of other authorities in the single window", "Regulation (EU) 2022/2399 art. 4",
           _SHARED),
)  # fmt: skip
"""Every system of the list, built or not; the projects say by which of them each is brought."""
