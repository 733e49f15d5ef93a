"""Background work of an exercise that waits, runs or failed, whatever its kind."""

from dataclasses import dataclass
from typing import Any

from cohes3ion.lib.jobs import JobState
from governance.models import Analysis
from journeys.models import Brief, Document, Export
from mapping.models import Exercise

KINDS: dict[str, Any] = {"analysis": Analysis, "document": Document, "workbook": Export, "brief": Brief}
SHOWN = (
    *("pk", "state", "attempts", "progress", "error_code", "support_id", "created_at"),
    *("queued_at", "finished_at"),
)
MOST = 50


@dataclass(frozen=True, kw_only=True)
class JobLine:
    kind: str
    name: str
    about: str
    job: Any


@dataclass(frozen=True, kw_only=True)
class JobList:
    exercise: Exercise
    failed: list[JobLine]
    open: list[JobLine]
    may_retry: bool


def job_list(*, exercise: Exercise, user: Any) -> JobList:
    """The newest of each state, newest first. One query a kind."""
    lines = [
        JobLine(kind=kind, name=str(model._meta.verbose_name), about=_about(row), job=row)
        for kind, model in KINDS.items()
        for row in _rows(model, exercise)
    ]
    lines.sort(key=lambda line: line.job.created_at, reverse=True)
    return JobList(
        exercise=exercise,
        failed=[line for line in lines if line.job.state == JobState.FAILED],
        open=[line for line in lines if line.job.is_open],
        may_retry=user.has_perm("journeys.retry_job", exercise),
    )


def _rows(model: Any, exercise: Exercise) -> Any:
    states = [JobState.FAILED, JobState.PENDING, JobState.RUNNING]
    rows = model._base_manager.filter(exercise=exercise, state__in=states)
    also = ("kind",) if model is Analysis else ("region__name",)
    related = [] if model is Analysis else ["region"]
    return rows.select_related(*related).only(*SHOWN, *also).order_by("-created_at")[:MOST]


def _about(row: Any) -> str:
    return row.get_kind_display() if isinstance(row, Analysis) else str(row.region or "")
