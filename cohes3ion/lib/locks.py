"""A lock that people who write side by side do not take from one another."""

from typing import Any

from django.db.models.sql import Query


class SharingQuery(Query):
    """A locking query that only keeps the rows of some tables from being changed by others.

    Django knows FOR UPDATE alone: everybody who saves into one form would wait for the last one's commit.
    """

    shared: tuple[str, ...] = ()

    def get_compiler(self, *args: Any, **options: Any) -> Any:
        compiler = super().get_compiler(*args, **options)
        whole, names = compiler.as_sql, compiler.connection.ops.quote_name

        def as_sql(*args: Any, **options: Any) -> Any:
            sql, params = whole(*args, **options)
            head, lock, tables = sql.rpartition(" FOR UPDATE OF ")
            if not lock:  # a database that locks as a whole
                return sql, params
            # First of the two, so that rows are locked in one order everywhere.
            return f"{head} FOR SHARE OF {', '.join(map(names, self.shared))}{lock}{tables}", params

        compiler.as_sql = as_sql
        return compiler


def sharing(rows: Any, *models: Any) -> Any:
    """`rows`, selected for update, that also hold the joined rows of these models, side by side with others.

    Whoever selects one of those for update waits until all who hold it have ended, and the other way round.
    """
    found = rows.all()
    found.query = found.query.chain(klass=SharingQuery)
    found.query.shared = tuple(model._meta.db_table for model in models)
    return found
