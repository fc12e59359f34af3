"""Layouts and readers of packaging. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.packaging import Packaging02, Packaging04
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX512, ALPHA_NUMERIC_MAX512_NO_SPACES, MONTH_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITH_ZERO_8

L_PACKAGING_03 = Layout("Packaging", Packaging02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("typeOfPackages", "type_of_packages", True, MONTH_CONTENT_TYPE),
    Leaf("numberOfPackages", "number_of_packages", False, NUMERIC_WITH_ZERO_8),
    Leaf("shippingMarks", "shipping_marks", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_PACKAGING_04 = Layout("Packaging", Packaging04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("typeOfPackages", "type_of_packages", False, MONTH_CONTENT_TYPE),
    Leaf("numberOfPackages", "number_of_packages", False, NUMERIC_WITH_ZERO_8),
    Leaf("shippingMarks", "shipping_marks", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_PACKAGING_02 = Layout("Packaging", Packaging02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("typeOfPackages", "type_of_packages", True, MONTH_CONTENT_TYPE),
    Leaf("numberOfPackages", "number_of_packages", False, NUMERIC_WITH_ZERO_8), Leaf("shippingMarks", "shipping_marks", False, ALPHA_NUMERIC_MAX512),
))

_L_PACKAGING_03_0 = run(L_PACKAGING_03, 0, 4)
_L_PACKAGING_04_0 = run(L_PACKAGING_04, 0, 4)
_L_PACKAGING_02_0 = run(L_PACKAGING_02, 0, 4)

def read_packaging_03(text: str, starts: Starts, at: int) -> tuple[Packaging02, int]:
    found = _L_PACKAGING_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return Packaging02(sequence_number=int(v0), type_of_packages=v1, number_of_packages=None if v2 is None else int(v2), shipping_marks=v3), at

def read_packaging_04(text: str, starts: Starts, at: int) -> tuple[Packaging04, int]:
    found = _L_PACKAGING_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return Packaging04(sequence_number=int(v0), type_of_packages=v1, number_of_packages=None if v2 is None else int(v2), shipping_marks=v3), at

def read_packaging_02(text: str, starts: Starts, at: int) -> tuple[Packaging02, int]:
    found = _L_PACKAGING_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return Packaging02(sequence_number=int(v0), type_of_packages=v1, number_of_packages=None if v2 is None else int(v2), shipping_marks=v3), at
