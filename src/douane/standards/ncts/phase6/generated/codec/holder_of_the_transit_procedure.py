"""Layouts and readers of holder_of_the_transit_procedure. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02, HolderOfTheTransitProcedure07, HolderOfTheTransitProcedure08
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_07, L_ADDRESS_14
from douane.standards.ncts.phase6.generated.codec.contact_person import L_CONTACT_PERSON_04, L_CONTACT_PERSON_06
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, TINTYPE_RELAXED

L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure08, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED),
    Leaf("TIRHolderIdentificationNumber", "tir_holder_identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07),
))
L_HOLDER_OF_THE_TRANSIT_PROCEDURE_13 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure02, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED),
    Leaf("TIRHolderIdentificationNumber", "tir_holder_identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_04),
))
L_HOLDER_OF_THE_TRANSIT_PROCEDURE_14 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure02, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("TIRHolderIdentificationNumber", "tir_holder_identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", False, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 0, 1, L_ADDRESS_14),
    Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_06),
))
L_HOLDER_OF_THE_TRANSIT_PROCEDURE_07 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure07, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07),
))

