"""NCTS messages for systems that read no XML: as EDIFACT segments and as fixed-width records, both ways. No I/O.

The directories of EDIFACT that administrations once agreed on are not public: what is here is a projection of our own,
computed from the layouts of the messages, and claims no compatibility with them.
"""
