"""Starting failed work again."""

from django.db import IntegrityError, transaction

from journeys.selectors.background_work import KINDS
from mapping.models import Exercise


class NotThere(Exception):
    """No such work in this exercise."""


class MadeMeanwhile(Exception):
    """The same content was asked for again since, so a second copy is not needed."""


def retry_job(*, exercise: Exercise, kind: str, pk: int) -> bool:
    """Let failed work wait for a worker once more; beat sends it. False when it did not fail (any more).

    Raises NotThere, MadeMeanwhile.
    """
    model = KINDS.get(kind)
    if model is None or not model._base_manager.filter(exercise=exercise, pk=pk).exists():
        raise NotThere
    try:
        with transaction.atomic():
            return bool(model.retry(pk))
    except IntegrityError:
        raise MadeMeanwhile from None
