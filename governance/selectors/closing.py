"""Why answers can no longer be written, in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.models import Response


def why_not_saved(response: Response) -> str:
    """For somebody who saves after the answers were sent, or after the round was closed."""
    exercise = response.region_map.exercise
    if response.is_writable and exercise.has_passed:
        return _("Closed on %(when)s, so your change was not saved") % {"when": exercise.closing_time} + "."
    if response.is_writable:
        return _("This round is closed, so your change was not saved") + "."
    said = _("These answers were sent, so your change was not saved") + "."
    if response.submitted_by is None or response.submitted_at is None:
        return said
    when = date_format(timezone.localtime(response.submitted_at), "DATETIME_FORMAT")
    who = _("%(name)s sent them on %(when)s.") % {"name": response.submitted_by, "when": when}
    return f"{said} {who}"
