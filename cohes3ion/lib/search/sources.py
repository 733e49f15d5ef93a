"""What can be searched, as each app says it when it starts: where words come from, and who finds them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.search.words import kept_words, words_of

Keys = Sequence[int] | None
# A change of a place: every entry that names it is made again.
OF_PLACE = "*place"
# Everything has to be made again.
EVERYTHING = "*"
EVENTS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A table whose rows say something of a source's: the column that names whose, and those compared.

    mark: of what stands in a file beside the table; with another one everything is made anew.
    """

    model: Any
    key: str = "id"
    columns: tuple[str, ...]
    source: str = ""
    events: tuple[str, ...] = EVENTS
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """entries: makes the entries of these rows, or of all (None), with a number of queries that stays.

    watched: nothing, where no table stands behind the source; it is read anew after each migration.
    """

    name: str
    watched: tuple[Watched, ...]
    entries: Callable[[Keys], Iterable[SearchEntry]]


SOURCES: dict[str, SearchSource] = {}
# By name: the keys that a person sees. A query, never a list.
SCOPES: dict[str, Callable[[Any], Any]] = {}


def register(*sources: SearchSource) -> None:
    SOURCES.update({source.name: source for source in sources})


def register_scopes(**scopes: Callable[[Any], Any]) -> None:
    SCOPES.update(scopes)


def among(rows: Any, keys: Keys, *, key: str = "pk") -> Any:
    return rows if keys is None else rows.filter(**{f"{key}__in": keys})


def entry(
    *,
    title: str,
    texts: Iterable[Any] = (),
    subjects: Iterable[str] = (),
    place: str = "",
    **columns: Any,
) -> SearchEntry:
    """An entry with its words. Empty texts are left out; nothing without a title can be found."""
    about = "\n".join(subjects)
    text = "\n".join(str(part).strip() for part in texts if part and str(part).strip())
    return SearchEntry(
        title=title,
        text=text,
        subjects=about,
        place=place,
        title_begin=next(iter(words_of(title)), ""),
        title_words=kept_words(title),
        words=kept_words(title, text, place, about),
        **columns,
    )


def source_of(
    name: str,
    *watched: Watched,
    rows: Callable[[], Any],
    told: Callable[[Any], Iterable[dict[str, Any]]],
) -> SearchSource:
    """A source whose rows are read by one query: `told` gives what is said of a row, one for each entry."""

    def entries(keys: Keys) -> Iterator[SearchEntry]:
        for row in among(rows(), keys):
            for columns in told(row):
                known = {"source": name, "source_id": row.pk, "scope": name, "scope_id": row.pk, "kind": name}
                yield entry(**{**known, **columns})

    return SearchSource(name=name, watched=watched, entries=entries)
