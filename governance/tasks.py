"""What a worker does for governance: one service per task, ids only."""

from celery import shared_task

from governance.models import Analysis
from governance.services import analyses


@shared_task(name="governance.run_analysis")
def run_analysis(analysis_id: int) -> None:
    analyses.run_analysis(analysis_id=analysis_id)


@shared_task(name="governance.sweep_jobs")
def sweep_jobs() -> None:
    """Send rows again that were lost between commit and broker, or whose worker died."""
    for pk in Analysis.sweep():
        run_analysis.delay(pk)
