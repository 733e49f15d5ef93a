"""How a worker makes a PDF of a row whose content was frozen when it was asked for."""

from collections.abc import Callable
from typing import Any

from django.utils import translation

from cohes3ion.lib.work import at_work, keep_file


def printed(
    row: Any, *, name: str, make: Callable[[Any], tuple[bytes, int]], **measured: Callable[[], int]
) -> bool:
    """Lay out a claimed row in its language and keep the file, its pages and what is `measured` afterwards.

    False when there is no row: somebody else has it, or it is finished.
    """
    if row is None:
        return False
    with at_work(row):
        row.report(10, "layout")
        with translation.override(row.language):
            data, pages = make(row)
        keep_file(row, name, data, pages=pages, **{key: value() for key, value in measured.items()})
    return True
