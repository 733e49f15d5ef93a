"""What the project of the demonstration promised, as its sources tell it."""

from typing import Any

from journeys.enums import ProjectIndicator
from journeys.models import ProjectTarget
from mapping.models import Project

NAMES = {
    "Smart Territorial Maps": ProjectIndicator.MAPS,
    "good practices exchanged": ProjectIndicator.PRACTICES,
    "policy-learning events": ProjectIndicator.EVENTS,
    "stakeholders (more than)": ProjectIndicator.PEOPLE,
    "Regional Action Plans": ProjectIndicator.PLANS,
}


def add_targets(*, project: Project, card: dict[str, Any]) -> None:
    """One for each output with a number; of policy instruments the sources tell none."""
    for output in card["outputs"]:
        if output["name"] in NAMES:
            ProjectTarget.objects.create(
                project=project,
                indicator=NAMES[output["name"]],
                target=output["number"],
                sources=output["source"],
            )
