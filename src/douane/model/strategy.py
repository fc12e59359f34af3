"""What the union wants to reach and must be able to do, whatever application does it.

Goals and capabilities belong to no application, so they stand here; an application names the capabilities that it
realises (``realises=`` of its service) and brings the tasks and requirements that only it fulfils.
"""

from __future__ import annotations

from douane.model.architecture import Capability, Element, Goal, ProcessLevel

GOALS = (
    Goal(
        "paperless customs",
        "Traders and administrations exchange everything by messages, none of it twice.",
        "UCC art. 6(1)",
    ),
    Goal(
        "same treatment everywhere",
        "The same consignment is judged alike at every office of the Union.",
        "UCC art. 46, art. 280",
    ),
    Goal(
        "built once, used by all",
        "A service is built once and offered to every administration, which may still keep its own.",
        "MASP-C, IT strategy",
    ),
    Goal("revenue is covered", "No duty at risk is without a guarantee that covers it.", "UCC art. 89"),
    Goal("safe and lawful trade", "Goods that are dangerous or unlawful are found before they are released.",
         "UCC art. 3, art. 46"),
    Goal("trade flows", "Lawful goods wait for no office: answers come at once and within the time limits.",
         "UCC art. 3(d)"),
)  # fmt: skip

CAPABILITIES = (
    Capability(
        "customs transit",
        "Let goods move under customs control, from departure to discharge, across administrations",
        ("paperless customs", "trade flows", "built once, used by all"),
    ),
    Capability(
        "guarantee management",
        "Know which guarantee covers which movement, and how much of it is in use",
        ("revenue is covered", "trade flows"),
    ),
    Capability(
        "risk management",
        "Judge consignments by published tables and direct controls to those that deserve them",
        ("safe and lawful trade", "same treatment everywhere", "built once, used by all"),
    ),
    Capability(
        "reference data management",
        "Keep code lists and customs offices, with their validity, once for all",
        ("same treatment everywhere", "built once, used by all"),
    ),
    Capability(
        "service integration",
        "Let administrations call each other's services over one bus, in versions that live side by side",
        ("built once, used by all", "trade flows"),
    ),
    Capability(
        "cooperation with other authorities",
        "Use, check and report certificates and statuses that other authorities issue, in the Union and beyond",
        ("paperless customs", "safe and lawful trade", "trade flows"),
    ),
    Capability(
        "customs import", "Release goods that enter the market of the Union", ("paperless customs", "trade flows")
    ),
    Capability(
        "customs export", "Release goods that leave the Union and confirm their exit",
        ("paperless customs", "trade flows"),
    ),
)  # fmt: skip

AREAS = (
    ProcessLevel("customs procedures", 1, "Goods under a customs procedure"),
    ProcessLevel("protection", 1, "Protection of revenue, safety and the market"),
    ProcessLevel("common foundations", 1, "What every procedure rests on"),
)

STRATEGY: tuple[Element, ...] = (*GOALS, *CAPABILITIES, *AREAS)
"""Everything that no application declares for itself."""
