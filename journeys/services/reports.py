"""The targets of a project."""

from journeys.models import ProjectTarget
from mapping.models import Project


def kept_target(*, project: Project, indicator: str) -> ProjectTarget:
    """The row in which a target is written; an empty one when there is none yet."""
    row, _is_new = ProjectTarget.objects.get_or_create(project=project, indicator=indicator)
    return row
