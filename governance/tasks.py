"""What a worker does for governance: one service per task, ids only."""

from celery import shared_task

from governance.models import Analysis, AnswerImport, OrderedFile, StatisticsImport
from governance.services import (
    analyses,
    answer_uploads,
    mention_letters,
    ordered_files,
    reminders,
    statistics_imports,
)


@shared_task(name="governance.run_analysis")
def run_analysis(analysis_id: int) -> None:
    analyses.run_analysis(analysis_id=analysis_id)


@shared_task(name="governance.make_file")
def make_file(file_id: int) -> None:
    ordered_files.make_file(file_id=file_id)


@shared_task(name="governance.work_import")
def work_import(import_id: int) -> None:
    answer_uploads.work_import(import_id=import_id)


@shared_task(name="governance.work_on_import")
def work_on_import(import_id: int) -> None:
    statistics_imports.work_on_import(import_id=import_id)


@shared_task(name="governance.send_reminders")
def send_reminders() -> None:
    """Scheduled ones whose day has come, and those that rounds send by themselves."""
    reminders.send_due()


@shared_task(name="governance.tell_who_was_named")
def tell_who_was_named() -> None:
    """By mail, where nobody looked at the notice on the page."""
    mention_letters.send_due()


@shared_task(name="governance.sweep_jobs")
def sweep_jobs() -> None:
    """Send rows again that were lost between commit and broker, or whose worker died; forget old files."""
    for pk in Analysis.sweep():
        run_analysis.delay(pk)
    for pk in OrderedFile.sweep():
        make_file.delay(pk)
    for pk in AnswerImport.sweep():
        work_import.delay(pk)
    for pk in StatisticsImport.sweep():
        work_on_import.delay(pk)
    ordered_files.forget_files()
