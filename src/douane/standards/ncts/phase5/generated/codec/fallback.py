"""Layouts and readers of fallback. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.fallback import Fallback
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, FLAG_CONTENT_TYPE

L_FALLBACK = Layout("Fallback", Fallback, (
    Leaf("flag", "flag", True, FLAG_CONTENT_TYPE), Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))

