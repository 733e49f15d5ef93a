"""What regional teams answered in the two annexes: the seven criteria and the wheel."""

from dataclasses import dataclass
from typing import Any

from governance.enums import Group
from governance.models import Answer, Question, Response
from governance.scoring.coverage import wheel_score
from governance.selectors.thresholds import values_in_use
from mapping.enums import AnswerKind
from mapping.models import Exercise, RegionMap

CRITERIA = "enabling-condition"
WHEEL = "ris3-wheel"
ANNEXES = {"criteria": CRITERIA, "wheel": WHEEL}
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class AnnexRow:
    """One region of a round: how many criteria in which state, and its wheel as a whole."""

    region: str
    met: int
    partly: int
    not_met: int
    unknown: int
    wheel: float | None
    rated: int
    factors: int


def annex_content(*, region_map: RegionMap) -> Json:
    """The annexes that the team sent, as an edition freezes them: "criteria" and "wheel", None if not sent.

    Three queries, one when no annex is put to the team.
    """
    sent = _sent_annexes(Response.objects.filter(region_map=region_map))
    return {name: sent.get((region_map.pk, key)) for name, key in ANNEXES.items()}


def _sent_annexes(responses: Any) -> dict[tuple[int, str], list[Json]]:
    """What teams sent, by map and questionnaire; of several versions the newest."""
    rows = (
        responses.filter(group=Group.TEAM, questionnaire_version__questionnaire__key__in=ANNEXES.values())
        .submitted()
        .select_related("questionnaire_version__questionnaire")
        .order_by("questionnaire_version__number")
    )
    newest = {(row.region_map_id, row.questionnaire_version.questionnaire.key): row for row in rows}
    if not newest:
        return {}
    answers = {
        (row.response_id, row.question_id): row
        for row in Answer.objects.filter(response__in=newest.values(), part="", about_unit=None)
    }
    questions: dict[int, list[Question]] = {}
    versions = {row.questionnaire_version_id for row in newest.values()}
    for question in Question.objects.filter(section__version__in=versions).select_related("section"):
        questions.setdefault(question.section.version_id, []).append(question)
    return {
        place: [
            _annex_row(question, answers.get((row.pk, question.pk)))
            for question in questions[row.questionnaire_version_id]
        ]
        for place, row in newest.items()
    }


def _annex_row(question: Question, answer: Answer | None) -> Json:
    return {
        "code": question.code,
        "short": question.short,
        "section": question.section.code,
        "section_title": question.section.title,
        "kind": answer.kind if answer else str(AnswerKind.UNANSWERED),
        "value": answer.value if answer else None,
        "provenance": answer.provenance if answer else "",
    }


def marks_of(rows: list[Json]) -> list[float | None]:
    """Marks of factors, 1 to 5; no information is None, never 0."""
    return [float(row["value"]) if row["value"] else None for row in rows]


def wheel_of(rows: list[Json], *, exercise: Exercise) -> Json:
    """n_valid, coverage, and the score 0 to 100 of some factors of the wheel, or why there is none."""
    return wheel_score(marks_of(rows), min_coverage=values_in_use(exercise)["min_coverage"])


def annex_overview(*, exercise: Exercise) -> list[AnnexRow]:
    """The annexes of all regions of a round that sent one, by name. Four queries."""
    maps = dict(RegionMap.objects.filter(exercise=exercise).values_list("pk", "region__name"))
    sent = _sent_annexes(Response.objects.filter(region_map__in=maps))
    rows = []
    for pk in {pk for pk, _key in sent}:
        criteria, wheel = sent.get((pk, CRITERIA), []), sent.get((pk, WHEEL), [])
        states = [row["value"] for row in criteria if row["kind"] != AnswerKind.DOES_NOT_APPLY]
        found = wheel_of(wheel, exercise=exercise)
        rows.append(
            AnnexRow(
                region=maps[pk],
                met=states.count("met"),
                partly=states.count("partly"),
                not_met=states.count("not"),
                unknown=sum(state is None for state in states),
                wheel=found["score"],
                rated=found["n_valid"],
                factors=len(wheel),
            )
        )
    return sorted(rows, key=lambda row: row.region)
