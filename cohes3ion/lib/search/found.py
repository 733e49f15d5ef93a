"""Who finds what: entries with every wanted word, as far as the rules of their kinds go."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.search.sources import SCOPES
from cohes3ion.lib.search.words import kept_words

# Of equally good ones the newest first; the same order on every database.
ORDER = (
    F("score").desc(),
    F("at").desc(nulls_last=True),
    F("source").asc(),
    F("source_id").asc(),
    F("pk").asc(),
)
WHOLE_TITLE, FIRST_OF_TITLE = 16, 3
TITLE_WORD, TITLE_BEGIN, TEXT_WORD, TEXT_BEGIN = 8, 4, 2, 1


def seen_by(user: Any) -> Q:
    """Each scope asks the rule of its own rows, in the same query: what is hidden is not even counted."""
    seen = Q(pk__in=[])
    for name, keys in SCOPES.items():
        seen |= Q(scope=name, scope_id__in=keys(user))
    return seen


def found(*, user: Any, wanted: Sequence[str], kinds: Collection[str] = ()) -> QuerySet[SearchEntry]:
    """What this person finds, without an order."""
    rows = SearchEntry.objects.filter(words__have_all=tuple(wanted)).filter(seen_by(user))
    return rows.filter(kind__in=kinds) if kinds else rows


def scored(rows: QuerySet[SearchEntry], *, wanted: Sequence[str]) -> QuerySet[SearchEntry]:
    """With `score`: words of the title before words of the text, whole words before beginnings.

    Best of all is a title of just these words, then one that begins with the first of them.
    """
    whole = When(title_words=kept_words(*wanted), then=Value(WHOLE_TITLE))
    begin = When(title_begin__startswith=wanted[0], then=Value(FIRST_OF_TITLE))
    score: Any = Case(whole, begin, default=Value(0), **_INTEGER)
    for word in wanted:
        score = _plus(score, _points(word))
    return rows.annotate(score=score)


_INTEGER: dict[str, Any] = {"output_field": IntegerField()}


def _points(word: str) -> Case:
    whole, begin = f" {word} ", f" {word}"
    return Case(
        When(title_words__contains=whole, then=Value(TITLE_WORD)),
        When(title_words__contains=begin, then=Value(TITLE_BEGIN)),
        When(words__contains=whole, then=Value(TEXT_WORD)),
        default=Value(TEXT_BEGIN),
        **_INTEGER,
    )


def _plus(one: Any, other: Any) -> CombinedExpression:
    return CombinedExpression(one, "+", other, **_INTEGER)
