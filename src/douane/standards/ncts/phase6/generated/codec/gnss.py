"""Layouts and readers of gnss. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.gnss import GNSS
from douane.standards.ncts.phase6.generated.codec.kinds import GNSSLATITUDE, GNSSLONGITUDE

L_GNSS = Layout("GNSS", GNSS, (
    Leaf("latitude", "latitude", True, GNSSLATITUDE), Leaf("longitude", "longitude", True, GNSSLONGITUDE),
))

