"""When a data element is asked for: the footnotes of Annex A in words of our own, by their number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CONDITIONS: Final[Mapping[int, str]] = {
    1: "guarantee: where it serves transit in common transit countries; transport document: where it is used there",
    2: "application: where it is about an amendment, a renewal or a revocation",
    3: "where the goods were declared with a licence that another authority issued",
    4: "where the person needs no EORI number; who has one gives the number alone, except on paper",
    5: "not from an authorised economic operator",
    6: "for temporary admission, where customs legislation asks for it",
    7: "on paper alone",
    8: "not for a public customs warehouse of type II",
    9: "not where the applicant is established outside the Union (DA 2015/2446 art. 162)",
    10: "processing or end-use by an applicant outside the Union (DA art. 162); temporary admission (DA art. 205)",
    11: "not where the goods need not be presented",
    12: "inward processing EX/IM: where export duty applies; outward processing IM/EX and standard exchange: always",
    13: "decision: where goods are presented and released without an act of an office",
    14: "inward processing EX/IM without INF (DA 2015/2446 art. 176), or IM/EX",
    15: "inward processing IM/EX, or end-use",
    16: "inward or outward processing, or end-use with processing",
    17: "inward or outward processing",
    18: "deleted; 12 stands in its place",
    19: "inward processing",
    20: "of a natural person; of any other its EORI number where there is one",
    21: "where records are kept outside the holder's premises: the name",
    22: "where the subcontractor has no EORI number",
    23: "at export, where the subcontractor lodges the declaration",
    24: "where the person has no EORI number",
    25: "inward or outward processing, or end-use",
    26: "an identifier of the place or its qualifier; the office too where there are several Member States",
    27: "outward processing under UCC art. 223(1), second subparagraph",
    28: "once at most",
    29: "where the authority asks for it",
    30: "where 58 01 000 312 is 2",
    31: "where 35 01 060 says that equivalent goods are used",
    32: "not where destruction leaves nothing",
    33: "where a decision is used longer than it is valid (UCC art. 34(9))",
    34: "not where the code of the goods settles it for end-use",
}
"""What a footnote in brackets behind a status says."""
