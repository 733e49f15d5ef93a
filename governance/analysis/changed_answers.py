"""How many respondents answered otherwise in one frozen run than in another: what a comparison could tell."""

from collections.abc import Collection
from typing import Any

from governance.analysis.score_table import OTHERS, Json
from governance.scoring.answer_table import item_rows


def changed_respondents(before: Json | None, after: Json | None, *, groups: Collection[str] = OTHERS) -> int:
    """Respondents of these groups whose answers differ between two frozen inputs of one region."""
    ways = [_answers_by_respondent(inputs, groups) for inputs in (before, after)]
    return sum(ways[0].get(who) != ways[1].get(who) for who in {*ways[0], *ways[1]})


def _answers_by_respondent(inputs: Json | None, groups: Collection[str]) -> dict[str, set[tuple[Any, ...]]]:
    found: dict[str, set[tuple[Any, ...]]] = {}
    for item in item_rows((inputs or {}).get("items", [])):
        if item["group"] in groups and item["kind"] != "unanswered":
            answer = (item["code"], item["unit"], item["kind"], item["level"], item["importance"])
            found.setdefault(item["respondent"], set()).add(answer)
    return found
