"""Layouts and readers of place_of_loading. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX35_NO_SPACES, COUNTRY_CODE_TYPE, UNLOCODE_CONTENT_TYPE

L_PLACE_OF_LOADING_03 = Layout("PlaceOfLoading", PlaceOfLoading, (
    Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE), Leaf("country", "country", False, COUNTRY_CODE_TYPE),
    Leaf("location", "location", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
))

