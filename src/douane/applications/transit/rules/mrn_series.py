"""The series from which an office of departure draws its MRNs, without asking other partitions of the node."""

from __future__ import annotations

from typing import Final

from douane.author import SeriesExhausted, base36

_BLOCK: Final = 36**4
_SPARE: Final = "TUVWXYZ"
"""First characters that no partition number has: there are 1,024 of them, from 00 to SF."""


def mrn_serial(office: str, partition: int, number: int) -> str:
    """The twelve characters between country and procedure: the office without its country, then six of the series.

    number: from 1, of this office and year, counted in the partition. As a rule the six are partition and number; when
    four characters no longer hold the number, the first 36 partitions go on under a spare first character, so that an
    office has 13 million MRNs a year in each of them, and 1.6 million in each further one.

    Raises SeriesExhausted beyond that.
    """
    block, number = divmod(number, _BLOCK)
    if not block:
        return office[2:] + base36(partition, 2) + base36(number, 4)
    if block > len(_SPARE) or partition >= 36:
        raise SeriesExhausted(
            f"Office {office} has no MRN left for this year in partition {partition}.",
            remedy="Spread the declarations over more partitions; this one has to be lodged again.",
        )
    return office[2:] + _SPARE[block - 1] + base36(partition, 1) + base36(number, 4)
