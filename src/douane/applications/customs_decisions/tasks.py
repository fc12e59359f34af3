"""Tasks of officers, by the process that draws them; written by ``douane model tasks`` from the processes."""

from __future__ import annotations

from typing import Final

from douane.author import TaskRef


class Commencing:
    """Tasks of the process ``commencing``."""

    check_formalities: Final = TaskRef("commencing", "check_formalities")


class Deciding:
    """Tasks of the process ``deciding``."""

    conclude: Final = TaskRef("deciding", "conclude")
    decide: Final = TaskRef("deciding", "decide")
    examine: Final = TaskRef("deciding", "examine")


class Managing:
    """Tasks of the process ``managing``."""

    confirm: Final = TaskRef("managing", "confirm")


class Opining:
    """Tasks of the process ``opining``."""

    form: Final = TaskRef("opining", "form")
    form_late: Final = TaskRef("opining", "form_late")


class Reassessing:
    """Tasks of the process ``reassessing``."""

    reassess: Final = TaskRef("reassessing", "reassess")


class Suspended:
    """Tasks of the process ``suspended``."""

    establish: Final = TaskRef("suspended", "establish")
    revoke: Final = TaskRef("suspended", "revoke")
    verify_measures: Final = TaskRef("suspended", "verify_measures")
