"""A stakeholder answers by a personal link: starting binds it to a browser, each field saves by itself."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.history import history_may_go
from cohes3ion.lib.tokens import token_hash
from governance.models import PersonalLink, Response
from governance.selectors.personal_links import own_response
from governance.selectors.questions import unfinished_steps
from governance.selectors.responses import is_open
from governance.services.answer_rows import ResponseClosed
from governance.services.responses import Incomplete, save_answer, submit_response
from governance.services.stakeholder_texts import StaleField
from mapping.enums import AnswerKind, MapState
from mapping.models import RegionMap


class BegunElsewhere(Exception):
    """Another browser holds answers to this link; beginning anew gives them up."""


def has_answers(response: Response) -> bool:
    written = response.answers.exclude(kind=AnswerKind.UNANSWERED, importance=None, explanation="")
    return bool(response.comment) or written.exists() or response.pressing_areas.exists()


@transaction.atomic
def start_link(*, link: PersonalLink, again: bool = False) -> str:
    """Bind the link to a browser; returns the secret that browser keeps. Only its hash is stored.

    Raises ResponseClosed, BegunElsewhere (unless `again`, which empties what was begun).
    """
    rows = PersonalLink.objects.select_for_update(of=("self",)).filter(revoked_at=None)
    current = rows.select_related("response__region_map__exercise").get(pk=link.pk)
    response = current.response
    if response is None or not can_be_written(response):
        raise ResponseClosed
    if current.owner_hash and has_answers(response):
        if not again:
            raise BegunElsewhere
        with history_may_go():  # emptied at the wish of the person who wrote it
            response.answers.all().delete()
        response.pressing_areas.all().delete()
        Response.objects.filter(pk=response.pk).update(comment="")
    secret = secrets.token_urlsafe(24)
    PersonalLink.objects.filter(pk=current.pk).update(owner_hash=token_hash(secret))
    Response.objects.filter(pk=response.pk, opened_at=None).update(opened_at=timezone.now())
    return secret


def can_be_written(response: Response) -> bool:
    return response.region_map.state == MapState.CONSULTATION and is_open(response)


def save_answers(
    *, link: PersonalLink, answers: dict[str, list[Any]]
) -> tuple[dict[str, Any], list[StaleField]]:
    """Save fields of statements, each by itself. Returns the answers written and what was stale.

    Raises ResponseClosed, NotAsked, Response.DoesNotExist.
    """
    written, stale = {}, []
    for code, changes in answers.items():
        if changes:
            answer, conflicts = save_answer(
                scope=own_response(link),
                response_id=link.response_id,
                key=(code, None),
                changes=changes,
                by=None,
            )
            written[code] = answer
            stale += [StaleField(name=row.field, key=code, stored=answer) for row in conflicts]
    return written, stale


@transaction.atomic
def send_answers(*, link: PersonalLink) -> Response:
    """Send the answers of a link and write the region's scores in the same transaction.

    Raises Incomplete (steps and areas that are not finished), ResponseClosed, Response.DoesNotExist.
    """
    # The lead may close the consultation at this moment, others may send: one after the other.
    RegionMap.objects.select_for_update(of=("self",)).get(pk=link.region_map_id)
    response = own_response(link).select_related("region_map__exercise").get()
    wordless = list(response.pressing_areas.filter(text="").order_by("position"))
    if wordless:
        raise Incomplete([*unfinished_steps(response=response), *wordless])
    return submit_response(response=response, by=None)
