"""What a guarantor was told or claimed from because of a movement."""

from __future__ import annotations

from douane.author.run import Value, record


@record(22, indexes={"by_guarantor": ("guarantor", "told_at")})
class ClaimOnGuarantor(Value, frozen=True):
    """An IE023 to a guarantor, or to an association that stands for a TIR carnet; the local part of its key is when he
    was told (microseconds since 1970). He has no part in the movement, so he finds it by this alone."""

    guarantor: str
    mrn: str
    holder: str
    office: str
    told_at: int
    text: str
