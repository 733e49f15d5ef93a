"""The answers of each map as one text: a database joins it in the time of one group-by, and its hash tells
whether anything changed, without an object for a single answer.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from governance.models import Answer

# One answer: response, question, unit, kind, level, importance; 0 where there is none.
Given = dict[tuple[int, int], list[tuple[str, int | None, int | None]]]
JOINED = """
select r.region_map_id, string_agg(
    concat_ws(',', a.response_id, a.question_id, coalesce(a.about_unit_id, 0), a.kind,
        coalesce(a.level, 0), coalesce(a.importance, 0)),
    ';' order by a.response_id, a.question_id, coalesce(a.about_unit_id, 0))
from governance_answer a join governance_response r on r.id = a.response_id
where a.part = '' and a.response_id = any(%s)
group by r.region_map_id
"""
COLUMNS = ("response_id", "question_id", "about_unit_id", "kind", "level", "importance")


def answer_texts(*, responses: Sequence[int]) -> dict[int, str]:
    """Map -> what stands in these responses, in the order of response, question and unit. One query."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(JOINED, [list(responses)])
            return dict(cursor.fetchall())
    rows = Answer.objects.filter(response__in=responses, part="").values_list(
        "response__region_map", *COLUMNS
    )
    found: dict[int, list[tuple[int, int, int, str, int, int]]] = defaultdict(list)
    for region_map, response, question, unit, kind, level, importance in rows.iterator(chunk_size=20_000):
        found[region_map].append((response, question, unit or 0, kind, level or 0, importance or 0))
    return {
        region_map: ";".join(",".join(map(str, row)) for row in sorted(mine))
        for region_map, mine in found.items()
    }
