"""What publishing a draft, or asking a version in a round, would do to responses that are written now."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from governance.enums import Group
from governance.models import Answer, QuestionnaireVersion, Response
from governance.selectors.carrying import comparison, fates, running_responses
from governance.selectors.definitions import questions_by_code
from governance.selectors.rounds import forms_of, version_of
from mapping.enums import ExerciseState
from mapping.models import Exercise, Project, RegionMap


@dataclass(frozen=True, kw_only=True)
class QuestionFate:
    """One question whose answers change or are dropped, and in how many responses it was answered."""

    code: str
    short: str
    fate: str
    reasons: tuple[str, ...]
    answered: int


@dataclass(frozen=True, kw_only=True)
class ResponseFate:
    """Answers of one response: how many are kept, kept with a changed question, dropped."""

    response: Response
    kept: int
    changed: int
    dropped: int

    @property
    def is_begun(self) -> bool:
        return bool(self.kept or self.changed or self.dropped)

    @property
    def name(self) -> str:
        """Region and respondent; organisations that are asked by themselves are not named here."""
        row = self.response
        who = row.get_group_display() if row.group == Group.STAKEHOLDER else row.form_name
        return f"{row.region_map.region}: {who} ({row.get_state_display()})"


@dataclass(frozen=True, kw_only=True)
class RoundFate:
    """One round: what is asked there now, and what would become of its responses.

    Where it is asked already, `responses` are those that were given back after it: they stand at an earlier
    version until somebody moves them.
    """

    exercise: Exercise
    asks: QuestionnaireVersion | None
    state: str  # "asked" already, "older" version asked, "new" there, or "other" assessment in use
    responses: list[ResponseFate] = field(default_factory=list)
    questions: list[QuestionFate] = field(default_factory=list)
    added: tuple[str, ...] = ()
    # Regions whose team has no form of it yet, where it is asked already.
    lacking: int = 0

    @property
    def begun(self) -> int:
        return sum(line.is_begun for line in self.responses)

    @property
    def names(self) -> list[tuple[str, int]]:
        """The responses, and how many have the same name."""
        return list(Counter(line.name for line in self.responses).items())

    def total(self, name: str) -> int:
        return sum(getattr(line, name) for line in self.responses)

    @property
    def kept(self) -> int:
        return self.total("kept")

    @property
    def changed(self) -> int:
        return self.total("changed")

    @property
    def dropped(self) -> int:
        return self.total("dropped")


def round_fates(*, version: QuestionnaireVersion, project: Project) -> list[RoundFate]:
    """Every round of the partnership, those that ask an earlier version first."""
    exercises = Exercise.objects.filter(project=project).exclude(state=ExerciseState.PUBLISHED)
    asked = {
        row.exercise_id: row.questionnaireversion
        for row in QuestionnaireVersion.exercises.through.objects.filter(
            exercise__project=project, questionnaireversion__questionnaire=version.questionnaire_id
        ).select_related("questionnaireversion")
    }
    lacking = lacking_forms(version=version, project=project)
    found = [
        round_fate(
            exercise=exercise,
            asked=asked.get(exercise.pk),
            version=version,
            lacking=lacking.get(exercise.pk, 0),
        )
        for exercise in exercises.order_by("-pk")
    ]
    order = ("older", "asked", "new", "other")
    return sorted(found, key=lambda line: order.index(line.state))


def lacking_forms(*, version: QuestionnaireVersion, project: Project) -> dict[int, int]:
    """By round: maps whose team has no form of it. An assessment gets its forms with the round."""
    if not version.questionnaire.is_annex:
        return {}
    asked = Response.objects.filter(
        questionnaire_version__questionnaire=version.questionnaire_id, group=Group.TEAM
    )
    rows = RegionMap.objects.filter(exercise__project=project).exclude(pk__in=asked.values("region_map"))
    return dict(rows.order_by().values_list("exercise").annotate(count=Count("pk")))


def round_fate(
    *, exercise: Exercise, asked: QuestionnaireVersion | None, version: QuestionnaireVersion, lacking: int
) -> RoundFate:
    if asked is not None and asked.pk == version.pk:
        responses, questions, added = fates_in(exercise=exercise, version=version)
        return RoundFate(
            exercise=exercise,
            asks=asked,
            state="asked",
            responses=responses,
            questions=questions,
            added=added,
            lacking=lacking,
        )
    if asked is None:
        taken = not version.questionnaire.is_annex and forms_of(exercise=exercise).exists()
        other = version_of(exercise=exercise) if taken else None
        return RoundFate(exercise=exercise, asks=other, state="other" if taken else "new")
    responses, questions, added = fates_in(exercise=exercise, version=version)
    return RoundFate(
        exercise=exercise, asks=asked, state="older", responses=responses, questions=questions, added=added
    )


def fates_in(
    *, exercise: Exercise, version: QuestionnaireVersion
) -> tuple[list[ResponseFate], list[QuestionFate], tuple[str, ...]]:
    """Responses of a round to earlier versions: one query for their answers, three for each old version."""
    running = running_responses(exercise=exercise, new=version)
    old = {row.questionnaire_version_id: row.questionnaire_version for row in running}
    compared = {pk: comparison(old=row, new=version) for pk, row in old.items()}
    questions = questions_by_code(version) if running else {}
    answers: dict[int, list[Answer]] = {}
    rows = Answer.objects.filter(response__in=running, question__section__version__in=old)
    for row in rows.select_related("question__section").order_by():
        answers.setdefault(row.response_id, []).append(row)
    responses: list[ResponseFate] = []
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for response in running:
        own = [
            row
            for row in answers.get(response.pk, [])
            if row.question.section.version_id == response.questionnaire_version_id
        ]
        found = compared[response.questionnaire_version_id]
        told = fates(response=response, answers=own, found=found, questions=questions)
        count = Counter(line["fate"] for line in told if line["answered"])
        responses.append(
            ResponseFate(
                response=response, kept=count["kept"], changed=count["changed"], dropped=count["dropped"]
            )
        )
        for line in told:
            if line["fate"] != "kept":
                kept = lines.setdefault((line["code"], line["fate"]), {**line, "n": 0})
                kept["n"] += line["answered"]
    shown = [
        QuestionFate(
            code=line["code"],
            short=line["short"],
            fate=line["fate"],
            reasons=tuple(line["reasons"]),
            answered=line["n"],
        )
        for line in sorted(lines.values(), key=lambda line: line["fate"] != "dropped")
    ]
    added = next((found.added for found in compared.values()), ())
    return responses, shown, added
