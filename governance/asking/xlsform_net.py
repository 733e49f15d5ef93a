"""The last net under a form: what still breaks a rule of ours is left out by itself, never the rest."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from governance.asking.problems import Problem, gettext_noop
from governance.asking.unmet import unpublishable
from governance.asking.xlsform_texts import Difference

CIRCLE = gettext_noop("“%(name)s” is always asked: its condition went in a circle with others (%(way)s).")
# Why a condition went, by what is wrong with it.
ALWAYS = {
    "circle": CIRCLE,
    "condition_choice": gettext_noop(
        "“%(name)s” is always asked: its condition compares with “%(value)s”, which is no choice of "
        "question %(other)s."
    ),
    "condition_question": gettext_noop(
        "“%(name)s” is always asked: its condition names question %(code)s, which is not in this "
        "questionnaire."
    ),
}
ANY_CONDITION = gettext_noop("“%(name)s” is always asked: its condition cannot be kept.")
PLACE = re.compile(r"sections\.(\d+)\.questions\.(\d+)(?:\.questions\.(\d+))?(\.condition\b)?")
Rows = list[dict[str, Any]]


def drop_what_is_wrong(definition: dict[str, Any], *, rows: Mapping[str, int | None]) -> list[Difference]:
    """Leave out each question, or its condition, that breaks a rule, with that rule as the reason.

    `rows`: the row of the survey sheet by code. What is wrong elsewhere stays: who takes the questionnaire in
    refuses it then, with that reason.
    """
    found: list[Difference] = []
    while problems := unpublishable(definition):
        problem = problems[0]
        code = leave_out(definition["sections"], problem)
        if code is None:
            break
        definition["sections"] = [section for section in definition["sections"] if section["questions"]]
        kind, text = said_of(problem)
        row = rows.get(code)
        found.append(
            Difference(kind=kind, sheet="survey", row=row, name=code, text=text, params=problem.params)
        )
    return found


def said_of(problem: Problem) -> tuple[str, str]:
    """A question whose condition goes stays, and the rest of its row with it: it is changed, not left out."""
    place = PLACE.match(problem.path)
    if problem.code == "circle" or (place and place[4]):
        return "changed", ALWAYS.get(problem.code, ANY_CONDITION)
    return "left_out", problem.text


def leave_out(sections: Rows, problem: Problem) -> str | None:
    """Take out what the problem is about; the code of its question. None: it is about no question."""
    if problem.code == "circle":
        first = str(problem.params["way"]).split(" → ")[0]
        (question, _among) = next(same for same in with_code(sections, first) if same[0].get("condition"))
        del question["condition"]
        return first
    if problem.code == "twice":
        same = list(with_code(sections, problem.path))
        if len(same) > 1:
            remove(sections, *same[1])
        return problem.path if len(same) > 1 else None
    place = PLACE.match(problem.path)
    return leave_out_at(sections, place) if place else None


def leave_out_at(sections: Rows, place: re.Match[str]) -> str:
    among = sections[int(place[1]) - 1]["questions"]
    question = among[int(place[2]) - 1]
    if place[3]:
        among = question["questions"]
        question = among[int(place[3]) - 1]
    if place[4]:
        question.pop("condition", None)
    else:
        remove(sections, question, among)
    return str(question["code"])


def remove(sections: Rows, question: dict[str, Any], among: Rows) -> None:
    """The question; a repeating group that has none left goes with its last one."""
    del among[next(place for place, row in enumerate(among) if row is question)]
    for section in sections:
        section["questions"] = [row for row in section["questions"] if row.get("questions") != []]


def with_code(sections: Rows, code: str) -> Iterator[tuple[dict[str, Any], Rows]]:
    """Each question of this code, with the list it stands in."""
    for section in sections:
        for question in section["questions"]:
            for row, among in [
                (question, section["questions"]),
                *((inner, question["questions"]) for inner in question.get("questions", [])),
            ]:
                if row["code"] == code:
                    yield row, among
