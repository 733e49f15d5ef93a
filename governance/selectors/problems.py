"""Problems of the pure packages as sentences, in the reader's language and its way of writing numbers."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohes3ion.lib.characters import well_formed
from governance.asking.base import Reader
from governance.asking.numbers import written
from governance.asking.problems import Problem


def spoken(problem: Problem, *, messages: Mapping[str, str] | None = None) -> str:
    """The sentence, or the questionnaire's own message for this kind of problem."""
    own = (messages or {}).get(problem.code)
    return own or _(problem.text) % {name: shown(value) for name, value in problem.params.items()}


def placed(problem: Problem) -> str:
    """The sentence after its place in the file; what is wrong with the whole file has none."""
    place = f"{problem.path}: " if problem.path else ""
    return well_formed(place + spoken(problem))


def shown(value: Any) -> str:
    if isinstance(value, dt.date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Decimal | float | int):
        return written(value, reader=Reader(language=get_language() or "en"))
    return str(value)
