"""Background work of an exercise that waits, runs or failed, whatever its kind."""

from dataclasses import dataclass
from typing import Any

from cohes3ion.lib.jobs import JobState
from governance.models import Analysis, AnswerImport, OrderedFile, StatisticsImport
from journeys.models import Brief, Document, Export, PlanPrint
from mapping.models import Exercise

KINDS: dict[str, Any] = {
    "analysis": Analysis,
    "document": Document,
    "workbook": Export,
    "brief": Brief,
    "plan": PlanPrint,
    "file": OrderedFile,
    "import": AnswerImport,
    "statistics": StatisticsImport,
}
# What each kind is about: a region, its own kind, its file, or nothing that others may read.
ABOUT = {
    Analysis: ("kind",),
    OrderedFile: ("kind",),
    AnswerImport: (),
    StatisticsImport: ("file_name",),
}
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
    also = ABOUT.get(model, ("region__name",))
    related = ["region"] if "region__name" in also else []
    rows = rows.select_related(*related) if related else rows
    return rows.only(*SHOWN, *also).order_by("-created_at")[:MOST]


def _about(row: Any) -> str:
    about = ABOUT.get(type(row), ("region__name",))
    if "kind" in about:
        return str(row.get_kind_display())
    if "file_name" in about:
        return str(row.file_name)
    return str(row.region or "") if about else ""
