"""A column of words, and the question whether it holds some: full text of either database.

Our own code folds and parts the words (search/words.py), so both databases only compare them: PostgreSQL as
a `tsvector` (a column that the database keeps itself, with a GIN index), SQLite by FTS5 (a table
beside this one).
"""

from typing import Any

from django.db import models
from django.db.models import Lookup

FTS_TABLE = "lib_searchentry_fts"
# Beside the words on PostgreSQL, kept by the database: reading them anew takes ten times longer.
VECTOR = "words_vector"


class WordsField(models.TextField):  # type: ignore[type-arg]
    """Distinct folded words with a space around each (search/words.py)."""


@WordsField.register_lookup
class HaveAll(Lookup):  # type: ignore[type-arg]
    """Every one of these words is there, or one that begins like it. They are folded already."""

    lookup_name = "have_all"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        wanted = " & ".join(f"'{word}':*" for word in self.rhs)
        vector = f'{column.rpartition(".")[0]}."{VECTOR}"'
        return f"{vector} @@ %s::tsquery", (*params, wanted)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        key = column.rpartition(".")[0] + '."id"'
        found = f"SELECT rowid FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH %s"
        return f"{key} IN ({found})", (*params, " ".join(f'"{word}"*' for word in self.rhs))
