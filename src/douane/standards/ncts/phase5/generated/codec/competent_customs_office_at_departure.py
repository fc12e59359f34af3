"""Layouts and readers of competent_customs_office_at_departure. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase5.generated.codec.kinds import COREF_NUM_TYPE

L_COMPETENT_CUSTOMS_OFFICE_AT_DEPARTURE = Layout("CompetentCustomsOfficeAtDeparture", CompetentCustomsOfficeAtDeparture, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))

