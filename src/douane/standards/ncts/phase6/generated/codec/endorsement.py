"""Layouts and readers of endorsement. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.endorsement import Endorsement
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, COUNTRY_CODE_TYPE, DATE_TYPE

L_ENDORSEMENT_03 = Layout("Endorsement", Endorsement, (
    Leaf("date", "date", True, DATE_TYPE), Leaf("authority", "authority", True, ALPHANUMERIC_MAX35), Leaf("place", "place", True, ALPHANUMERIC_MAX35),
    Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))

