"""The steps of a review: sent, returned with a reason, approved, reopened."""

import datetime as dt

from governance.enums import ReviewAction
from governance.models import Response, ReviewStep

GIVEN_BACK = (ReviewAction.RETURNED, ReviewAction.REOPENED)


def review_steps(*, response: Response) -> list[ReviewStep]:
    """Every step, oldest first. One query."""
    return list(response.review_steps.select_related("by"))


def last_round(*, response: Response) -> dt.datetime | None:
    """Where the work since the last review began: when it was given back, or else sent. One query."""
    back = response.review_steps.filter(action__in=GIVEN_BACK).last()
    return back.at if back else response.submitted_at
