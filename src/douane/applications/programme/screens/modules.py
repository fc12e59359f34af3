"""The modules of the portal that are planned: each a project of the programme, which no release has built yet."""

from __future__ import annotations

from typing import Final

from douane.applications.programme.contract.projects import ARCHITECTURE
from douane.applications.programme.screens.naming import project_at
from douane.author import Project
from douane.author.pages import Module, Planned

NAMES: Final = ("INF", "ICS2")
"""Projects that bring traders a module."""

MODULE: Final = Module(
    "programme", "What is planned",
    planned=tuple(
        Planned(each.name, each.text, each.deadline.article, project_at(each.name), "programme.project")
        for each in ARCHITECTURE if isinstance(each, Project) and each.name in NAMES and each.deadline is not None
    ),
)  # fmt: skip
"""What is to come."""
