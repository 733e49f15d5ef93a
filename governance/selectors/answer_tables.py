"""Answers of an exercise as tables: one for each section and each repeating group, with a code book.

A row is a response (about one unit, where questions are about units) or an entry of a group. A question has
the columns of its type, then `_answer` (value, no_information, does_not_apply, unanswered, not_asked),
`_explanation` and `_version`.
"""

from collections import defaultdict
from typing import Any

from django.db.models import F

from governance.asking.base import Column
from governance.asking.conditions import asked_codes
from governance.enums import Group
from governance.models import Answer, Response
from governance.selectors.answer_cells import (
    Answered,
    Cells,
    answered,
    matrix_cells,
    question_cells,
)
from governance.selectors.answer_columns import code_book, not_asked, table_columns
from governance.selectors.questionnaires import QuestionItem, SectionItem, is_asked, read_sections
from governance.selectors.sheet_names import sheet_name
from governance.selectors.steps import given_value
from mapping.models import Exercise, TerritorialUnit

Json = dict[str, Any]
Columns = dict[str, list[Column]]
WHO = ["response", "region", "group", "respondent", "state", "about_unit"]
ENTRY = ["entry", "number"]
REMOVED = ["response", "region", "question", "short", "part", "about_unit", "value", "answer", "mark"]


def answer_tables(*, exercise: Exercise, user: Any) -> list[Json]:
    """Tables (name, columns, rows) of everything this person may see. `user` None: what institutions said."""
    seen = Response.objects.all() if user is None else Response.objects.visible_to(user)
    rows = seen.filter(region_map__exercise=exercise).select_related(
        "region_map__region", "unit", "questionnaire_version__questionnaire"
    )
    rows = rows.exclude(group=Group.STAKEHOLDER) if user is None else rows
    rows = rows.order_by("questionnaire_version__questionnaire__key", "questionnaire_version__number", "pk")
    by_version: dict[Any, list[Response]] = defaultdict(list)
    for row in rows:
        by_version[row.questionnaire_version].append(row)
    taken: set[str] = set()
    tables, book, asked = [], [], {}
    for version, responses in by_version.items():
        sections = read_sections(version.pk, language=version.language)
        asked[version.pk] = codes_asked(sections)
        found, about = version_tables(sections, responses, taken=taken)
        tables += found
        book += [[version.questionnaire.key, version.number, *line] for line in about]
    everything = [row for responses in by_version.values() for row in responses]
    tables.append(removed_table(everything, asked=asked, taken=taken))
    columns = ["questionnaire", "questionnaire_version", "sheet", "column", "meaning", "codes"]
    return [*tables, {"name": sheet_name("Code book", taken=taken), "columns": columns, "rows": book}]


def version_tables(
    sections: tuple[SectionItem, ...], responses: list[Response], *, taken: set[str]
) -> tuple[list[Json], Cells]:
    questions = [item for section in sections for item in section.questions]
    given = answered(responses, questions=questions, units=invited_units(responses))
    tables, book = [], []
    for section in sections:
        plain = tuple(item for item in section.questions if item.type not in ("group", "note"))
        if plain:
            columns = table_columns(plain, beside=WHO)
            table = section_table(section, plain, columns, given, taken=taken)
            tables.append(table)
            book += code_book(sheet=table["name"], columns=columns)
        for item in section.questions:
            if item.type == "group":
                columns = table_columns(asked_in(item), beside=[*WHO, *ENTRY])
                table = group_table(item, columns, given, taken=taken)
                tables.append(table)
                book += code_book(sheet=table["name"], columns=columns)
    return tables, book


def invited_units(responses: list[Response]) -> dict[int, list[TerritorialUnit]]:
    """The units a team describes, by map: those invited to the same questionnaire. One query."""
    versions = {row.questionnaire_version_id for row in responses}
    invited = Response.objects.filter(
        questionnaire_version__in=versions,
        group=Group.UNIT,
        region_map__in={row.region_map_id for row in responses},
    ).select_related("unit")
    found: dict[int, list[TerritorialUnit]] = defaultdict(list)
    for row in invited.order_by("unit__position", "unit_id"):
        found[row.region_map_id].append(row.unit)
    return found


def who(row: Answered, unit: TerritorialUnit | None) -> Cells:
    response = row.response
    return [
        response.pk,
        response.region_map.region.slug,
        str(response.group),
        str(response),
        str(response.state),
        unit.key if unit is not None else None,
    ]


def cells_of(row: Answered, item: QuestionItem, columns: list[Column], *, unit: int | None) -> Cells:
    if not is_asked(item, group=row.response.group) or (item.scope == "unit") is (unit is None):
        return [None] * len(columns)  # not put to this respondent, or not about this
    if item.code in row.hidden[unit]:
        return not_asked(columns)
    if item.type == "matrix":
        return matrix_cells(row, item=item, unit=unit)
    return question_cells(row, item=item, unit=unit)


def section_table(
    section: SectionItem,
    questions: tuple[QuestionItem, ...],
    columns: Columns,
    given: list[Answered],
    *,
    taken: set[str],
) -> Json:
    rows = []
    for row in given:
        for unit in row.rows_about(questions):
            pk = unit.pk if unit is not None else None
            cells = [cell for item in questions for cell in cells_of(row, item, columns[item.code], unit=pk)]
            rows.append([*who(row, unit), *cells])
    names = [column.name for item in questions for column in columns[item.code]]
    name = sheet_name(f"{section.code} {section.title}", taken=taken)
    return {"name": name, "columns": [*WHO, *names], "rows": rows}


def asked_in(group: QuestionItem) -> tuple[QuestionItem, ...]:
    return tuple(item for item in group.children if item.type != "note")


def group_table(group: QuestionItem, columns: Columns, given: list[Answered], *, taken: set[str]) -> Json:
    """A row for each entry; entries of a group that is not asked are left out."""
    children = asked_in(group)
    rows = []
    for row in given:
        for (question, unit_pk), entries in row.given.entries.items():
            if question != group.pk or group.code in row.hidden.get(unit_pk, ()):
                continue
            unit = next((unit for unit in row.units if unit.pk == unit_pk), None)
            for number, entry in enumerate(entries, start=1):
                asked = asked_inside(row, group, unit=unit_pk, entry=entry.key)
                cells = [
                    cell
                    for item in children
                    for cell in (
                        question_cells(row, item=item, unit=unit_pk, part=entry.key)
                        if item.code in asked
                        else not_asked(columns[item.code])
                    )
                ]
                rows.append([*who(row, unit), entry.key, number, *cells])
    names = [column.name for item in children for column in columns[item.code]]
    name = sheet_name(f"{group.code} {group.short}", taken=taken)
    return {"name": name, "columns": [*WHO, *ENTRY, *names], "rows": rows}


def asked_inside(row: Answered, group: QuestionItem, *, unit: int | None, entry: str) -> set[str]:
    inner = {item.code: row.given.rows.get((item.pk, unit, entry)) for item in group.children}

    def value_of(code: str) -> Any:
        return given_value(inner[code]) if code in inner else row.given.value_of(code, unit=unit)

    return asked_codes({item.code: item.condition for item in group.children}, value_of)


def codes_asked(sections: tuple[SectionItem, ...]) -> set[str]:
    items = [item for section in sections for item in section.questions]
    return {one.code for item in items for one in (item, *item.children)}


def removed_table(responses: list[Response], *, asked: dict[int, set[str]], taken: set[str]) -> Json:
    """Answers to questions that a newer version of the questionnaire no longer asks.

    `asked`: the codes each version asks.
    """
    by_pk = {row.pk: row for row in responses}
    old = (
        Answer.objects.filter(response__in=by_pk)
        .exclude(question__section__version=F("response__questionnaire_version"))
        .select_related("question", "about_unit")
        .order_by("response_id", "pk")
    )
    rows = []
    for answer in old:
        response = by_pk[answer.response_id]
        if answer.question.code not in asked[response.questionnaire_version_id]:
            value = given_value(answer)
            text = " ".join(map(str, value)) if isinstance(value, list) else value
            unit = answer.about_unit.key if answer.about_unit is not None else None
            place = [answer.question.code, answer.question.short, answer.part or None, unit]
            region = response.region_map.region.slug
            rows.append([response.pk, region, *place, text, str(answer.kind), "deleted"])
    return {"name": sheet_name("Removed questions", taken=taken), "columns": REMOVED, "rows": rows}
