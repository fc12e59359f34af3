"""Types of decision, told to everybody: the law is no secret."""

from __future__ import annotations

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.messages.explaining import TypeExplained, TypeQuery
from douane.applications.customs_decisions.rules.explaining import explained
from douane.author.run import View, answers


@answers(CustomsDecisions.explain)
def explain(_view: View, question: TypeQuery) -> TypeExplained:
    """What is declared of a type."""
    return explained(question.type)
