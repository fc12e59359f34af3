"""Layouts and readers of guarantee_query. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TYPE, FLAG_CONTENT_TYPE

L_GUARANTEE_QUERY = Layout("GuaranteeQuery", GuaranteeQuery, (
    Leaf("queryIdentifier", "query_identifier", True, FLAG_CONTENT_TYPE), Leaf("periodFromDate", "period_from_date", False, DATE_TYPE),
    Leaf("periodToDate", "period_to_date", False, DATE_TYPE),
))

