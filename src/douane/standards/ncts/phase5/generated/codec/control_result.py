"""Layouts and readers of control_result. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TYPE, MONTH_CONTENT_TYPE

L_CONTROL_RESULT_06 = Layout("ControlResult", ControlResult04, (
    Leaf("code", "code", True, MONTH_CONTENT_TYPE), Leaf("date", "date", True, DATE_TYPE), Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))

