"""The index of the search: made again for what changed, before anybody searches in it.

Triggers note what changed (tables.py) in the transaction of the change. Whoever searches has the notes dealt
with first; a beat does so too, so that few are left. So nothing stale is ever found, whoever wrote.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, transaction

from cohes3ion.lib.models import SearchChange, SearchEntry
from cohes3ion.lib.search.sources import EVERYTHING, OF_PLACE, SOURCES, Keys

AT_ONCE = 500
# One process after the other brings the index up to date; readers of the index do not wait.
LOCK = 0x5EA2C4
Work = dict[str, set[int]]


def catch_up() -> int:
    """Make the entries of everything that changed anew. How many notes were dealt with. One query if none."""
    if not SearchChange.objects.exists():
        return 0
    with transaction.atomic():
        _wait_for_others()
        notes = list(SearchChange.objects.order_by("pk").values_list("pk", "source", "source_id"))
        if any(source == EVERYTHING for _pk, source, _key in notes):
            _make_all()
        else:
            for source, keys in _work_of(notes).items():
                for some in in_parts(sorted(keys)):
                    _make_some(source, some)
        # These notes and no others: one that was committed meanwhile is for the next time.
        for pks in in_parts([pk for pk, _source, _key in notes]):
            SearchChange.objects.filter(pk__in=pks).delete()
    return len(notes)


def make_index() -> int:
    """The whole index anew. How many entries it has."""
    SearchChange.objects.create(source=EVERYTHING, source_id=0)
    catch_up()
    return SearchEntry.objects.count()


def _wait_for_others() -> None:
    """On SQLite every transaction that writes waits anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _work_of(notes: Iterable[tuple[int, str, int]]) -> Work:
    """The rows to read anew, by source."""
    work: Work = defaultdict(set)
    for _pk, source, key in notes:
        work[source].add(key)
    for places in in_parts(sorted(work.pop(OF_PLACE, ()))):
        entries = SearchEntry.objects.filter(place_id__in=places)
        for source, key in entries.values_list("source", "source_id").distinct():
            work[source].add(key)
    return work


def in_parts(keys: Sequence[int], size: int = AT_ONCE) -> Iterator[Sequence[int]]:
    """A query takes only so many values."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _make_some(source: str, keys: Sequence[int]) -> None:
    SearchEntry.objects.filter(source=source, source_id__in=keys).delete()
    if source in SOURCES:
        _store(SOURCES[source].entries(keys))


def _make_all(keys: Keys = None) -> None:
    SearchEntry.objects.all().delete()
    for source in SOURCES.values():
        _store(source.entries(keys))


def _store(entries: Iterable[SearchEntry]) -> None:
    waiting: Iterator[SearchEntry] = iter(entries)
    while some := list(islice(waiting, AT_ONCE)):
        SearchEntry.objects.bulk_create(some)
