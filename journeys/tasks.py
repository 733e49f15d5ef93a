"""What a worker does for journeys: one service per task, ids only."""

from celery import shared_task

from cohes3ion.lib.search.index import catch_up
from journeys.models import Brief, Document, Export, Newsletter, PlanPrint
from journeys.services import (
    briefs,
    documents,
    event_care,
    exports,
    mailings,
    match_care,
    plan_prints,
    subscriptions,
)


@shared_task(name="journeys.render_document")
def render_document(document_id: int) -> None:
    documents.render_document(document_id=document_id)


@shared_task(name="journeys.write_export")
def write_export(export_id: int) -> None:
    exports.write_export(export_id=export_id)


@shared_task(name="journeys.render_brief")
def render_brief(brief_id: int) -> None:
    briefs.render_brief(brief_id=brief_id)


@shared_task(name="journeys.look_after_events")
def look_after_events() -> None:
    """Tell of changes, remind before the day, forget people when their time is over."""
    event_care.look_after_events()


@shared_task(name="journeys.look_after_matches")
def look_after_matches() -> None:
    """Find matches of what is new or changed, drop those of what is gone, ask what came of meetings."""
    match_care.look_after_matches()


@shared_task(name="journeys.find_matches")
def find_matches(post_id: int) -> None:
    """Of a post that was published just now, with all others that wait."""
    match_care.match_new()


@shared_task(name="journeys.render_plan")
def render_plan(print_id: int) -> None:
    plan_prints.render_plan(print_id=print_id)


@shared_task(name="journeys.spread_newsletter")
def spread_newsletter(newsletter_id: int) -> None:
    mailings.spread(newsletter_id=newsletter_id)


@shared_task(name="journeys.forget_subscribers")
def forget_subscribers() -> None:
    """Addresses that nobody confirmed, and those that ended their subscription."""
    subscriptions.forget_old()


@shared_task(name="journeys.sweep_jobs")
def sweep_jobs() -> None:
    """Send rows again that were lost between commit and broker, or whose worker died."""
    for pk in Document.sweep():
        render_document.delay(pk)
    for pk in Export.sweep():
        write_export.delay(pk)
    for pk in Brief.sweep():
        render_brief.delay(pk)
    for pk in PlanPrint.sweep():
        render_plan.delay(pk)
    for pk in Newsletter.objects.unfinished().values_list("pk", flat=True):
        spread_newsletter.delay(pk)


@shared_task(name="journeys.catch_up_search")
def catch_up_search() -> None:
    """Bring the index of the search up to date, so that whoever searches next need not wait for it."""
    catch_up()
