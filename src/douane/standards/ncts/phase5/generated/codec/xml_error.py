"""Layouts and readers of xml_error. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.xml_error import XMLError
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, NUMERIC_WITH_ZERO_9, XML_ERROR_CODES

L_XML_ERROR = Layout("XMLError", XMLError, (
    Leaf("errorLineNumber", "error_line_number", True, NUMERIC_WITH_ZERO_9),
    Leaf("errorColumnNumber", "error_column_number", True, NUMERIC_WITH_ZERO_9), Leaf("errorPointer", "error_pointer", False, ALPHA_NUMERIC_MAX512),
    Leaf("errorCode", "error_code", True, XML_ERROR_CODES), Leaf("errorText", "error_text", True, ALPHA_NUMERIC_MAX512),
    Leaf("originalAttributeValue", "original_attribute_value", False, ALPHA_NUMERIC_MAX512),
))

_L_XML_ERROR_0 = run(L_XML_ERROR, 0, 6)

def read_xml_error(text: str, starts: Starts, at: int) -> tuple[XMLError, int]:
    found = _L_XML_ERROR_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return XMLError(error_line_number=int(v0), error_column_number=int(v1), error_pointer=v2, error_code=v3, error_text=v4, original_attribute_value=v5), at
