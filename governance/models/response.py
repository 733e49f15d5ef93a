"""Answers of the three groups, with every version kept."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.versions import Versioned
from governance.enums import Confidence, Dimension, Group, Importance, Level, ResponseState
from governance.models.questionnaire import Question, QuestionnaireVersion
from mapping.enums import AnswerKind, Helix, Provenance, Role
from mapping.models import RegionMap, TerritorialUnit
from mapping.validators import storable_text, web_address


class ResponseQuerySet(models.QuerySet[Any]):
    def assessment(self) -> Self:
        """Responses to the assessment itself; annexes stand beside it and are in no score."""
        return self.filter(questionnaire_version__questionnaire__is_annex=False)

    def submitted(self) -> Self:
        return self.filter(state__in=[ResponseState.SUBMITTED, ResponseState.APPROVED])

    def visible_to(self, user: Any) -> Self:
        """Whole responses, single ratings included (product.md, Roles).

        Stakeholders' single ratings: that stakeholder, while the role lasts, and the facilitator only.
        Units' answers: that unit, its regional team, the coordinator, the facilitator.
        """
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.all()
        guided = mine.filter(role=Role.FACILITATOR).values("project")
        run = mine.filter(role=Role.COORDINATOR).values("project")
        teams = mine.in_teams().values("region")
        units = mine.filter(role=Role.UNIT_CONTACT, unit__isnull=False).values("unit")
        asked = mine.filter(role=Role.STAKEHOLDER).values("region")
        institutional = ~Q(group=Group.STAKEHOLDER)
        return self.filter(
            Q(region_map__exercise__project__in=guided)
            | (institutional & Q(region_map__exercise__project__in=run))
            | (institutional & Q(region_map__region__in=teams))
            | Q(group=Group.UNIT, unit__in=units)
            | Q(respondent=user, region_map__region__in=asked)
        )

    # The person, while these are the responses that person may fill in and nothing else; gone when filtered.
    fillable_for: Any = None

    def fillable_by(self, user: Any) -> Self:
        """The rule "governance.answer" as one condition, so that an autosave asks once."""
        found = self.filter(fillable(user))
        if not self.query.where:
            found.fillable_for = user
        return found

    def around(self, name: str) -> Q:
        """That the foreign key `name` points to one of these: said of the joined row itself where possible.

        A query inside the query takes the planner as long as the whole autosave otherwise takes.
        """
        if self.fillable_for is None:
            return Q(**{f"{name}__in": self})
        return fillable(self.fillable_for, at=f"{name}__")


def fillable(user: Any, *, at: str = "") -> Q:
    """Who may fill in a response; `at`: the way to it, such as "response__"."""
    mine = user.memberships.all()
    teams = mine.in_teams().values("region")
    units = mine.filter(role=Role.UNIT_CONTACT, unit__isnull=False).values("unit")
    asked = {
        f"{at}respondent": user,
        f"{at}region_map__region__in": mine.filter(role=Role.STAKEHOLDER).values("region"),
    }
    return (
        Q(**{f"{at}group": Group.TEAM, f"{at}region_map__region__in": teams})
        | Q(**{f"{at}group": Group.UNIT, f"{at}unit__in": units})
        | Q(**{f"{at}group": Group.STAKEHOLDER}, **asked)
    )


class Response(models.Model):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="responses"
    )
    group = models.CharField(_("group"), max_length=12, choices=Group)
    unit = models.ForeignKey(
        TerritorialUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # A stakeholder is an organisation; the label is shown to that organisation and the facilitator only.
    label = models.CharField(_("respondent"), max_length=200, blank=True, validators=[storable_text])
    helix = models.CharField(_("helix"), max_length=14, choices=Helix, blank=True)
    respondent = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=ResponseState, default=ResponseState.DRAFT)
    comment = models.TextField(_("comment"), blank=True, validators=[storable_text])
    return_reason = models.TextField(_("reason for the return"), blank=True)
    # Remarks at answers and sections that came with the last return: together they may be the reason.
    return_remarks = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    provenance = models.CharField(max_length=10, choices=Provenance, default=Provenance.AGREED)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["region_map", "group", "pk"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["region_map", "questionnaire_version"],
                condition=Q(group=Group.TEAM),
                name="one_team_response_per_map",
            ),
            models.UniqueConstraint(
                fields=["region_map", "questionnaire_version", "unit"],
                condition=Q(group=Group.UNIT),
                name="one_response_per_unit",
            ),
            models.CheckConstraint(
                name="unit_named_for_unit_responses",
                condition=Q(group=Group.UNIT, unit__isnull=False) | (~Q(group=Group.UNIT) & Q(unit=None)),
            ),
            models.CheckConstraint(
                name="return_has_a_reason",
                condition=~Q(state=ResponseState.RETURNED) | ~Q(return_reason="") | Q(return_remarks__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.label or self.get_group_display())

    @property
    def form_name(self) -> str:
        """Who answers, or which annex it is: several forms of one team stand in one list."""
        version = self.questionnaire_version
        return version.title if version.questionnaire.is_annex else str(self)

    @property
    def is_writable(self) -> bool:
        return self.state in (ResponseState.DRAFT, ResponseState.RETURNED)


class GroupEntry(models.Model):
    """One entry of a repeating group (an actor, a level). Removed entries keep their answers."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="entries")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    about_unit = models.ForeignKey(
        TerritorialUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # Stays the same for good: answers, files and links name it. A program may choose it (a UUID).
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("entry of a group")
        verbose_name_plural = _("entries of groups")
        constraints = [models.UniqueConstraint(fields=["response", "question", "key"], name="entry_key_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.key}"


class Answer(Versioned):
    """One answer. Its fields are versioned one by one: level, importance, explanation and confidence of a
    scale; value and explanation of every other type. A cell of a matrix and an answer inside a group are
    answers of their own, named by `part`: "row.column" of the cell, key of the entry.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    # The unit a unit-scope statement is about; none for statements about the region.
    about_unit = models.ForeignKey(
        TerritorialUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    part = models.CharField(max_length=90, blank=True, default="")
    kind = models.CharField(max_length=14, choices=AnswerKind, default=AnswerKind.UNANSWERED)
    # What a question of another type than the scale holds; its shape is the type's (governance/asking).
    value = models.JSONField(_("value"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level now"), choices=Level, null=True, blank=True)
    importance = models.PositiveSmallIntegerField(_("importance"), choices=Importance, null=True, blank=True)
    explanation = models.TextField(_("explanation"), blank=True, validators=[storable_text])
    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence, blank=True)
    provenance = models.CharField(max_length=10, choices=Provenance, default=Provenance.AGREED)

    class Meta:
        ordering = ["question__section__position", "question__position", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "part"],
                condition=Q(about_unit=None),
                name="one_answer_per_question",
            ),
            models.UniqueConstraint(
                fields=["response", "question", "about_unit", "part"], name="one_answer_per_question_and_unit"
            ),
            models.CheckConstraint(
                name="answer_level_within_scale", condition=Q(level=None) | Q(level__range=(1, 5))
            ),
            models.CheckConstraint(
                name="answer_importance_within_scale",
                condition=Q(importance=None) | Q(importance__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="answer_level_or_value_only_with_value",
                condition=Q(kind=AnswerKind.VALUE, level__isnull=False, value__isnull=True)
                | Q(kind=AnswerKind.VALUE, level=None, value__isnull=False)
                | (~Q(kind=AnswerKind.VALUE) & Q(level=None, value__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.get_kind_display()}"


class AnswerRevision(models.Model):
    """Append-only: each accepted change of an answer, with what stood there after it."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["answer", "version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.version}"


class CarryOver(models.Model):
    """A response that was carried over to a new version of its questionnaire: what became of each answer.

    `changes`: [{"code", "short", "fate": "kept" | "changed" | "dropped", "reasons": [...], "answered": bool}]
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="carry_overs")
    old_version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    new_version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("answers carried over")
        verbose_name_plural = _("answers carried over")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "old_version", "new_version"], name="carried_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.old_version_id} → {self.new_version_id}"

    @property
    def counts(self) -> dict[str, int]:
        """Questions that had been answered, by what became of their answers."""
        fates = [line["fate"] for line in self.changes if line["answered"]]
        return {fate: fates.count(fate) for fate in ("kept", "changed", "dropped")}


class PressingArea(models.Model):
    """One of the three most pressing areas of improvement that a stakeholder names."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="pressing_areas")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, validators=[storable_text])
    dimension = models.CharField(max_length=2, choices=Dimension, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["response", "position"], name="pressing_area_once"),
            models.CheckConstraint(name="three_pressing_areas_at_most", condition=Q(position__range=(1, 3))),
        ]

    def __str__(self) -> str:
        return self.text


class EvidenceQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Evidence marked public on published maps; otherwise whoever sees the response it supports."""
        seen = Q(is_public=True, region_map__in=RegionMap.objects.published())
        if user.is_authenticated:
            seen |= Q(answers__response__in=Response.objects.visible_to(user))
        return self.filter(pk__in=self.model._base_manager.filter(seen).values("pk"))


def evidence_path(evidence: "Evidence", filename: str) -> str:
    """A random name: what people typed never becomes a path."""
    return f"evidence/{uuid.uuid4().hex}"


class Evidence(models.Model):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    answers = models.ManyToManyField(Answer, blank=True, related_name="evidence")
    title = models.CharField(_("title"), max_length=300, validators=[storable_text])
    url = models.URLField(_("link"), max_length=600, blank=True, validators=[web_address])
    file = models.FileField(_("file"), upload_to=evidence_path, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    page = models.CharField(_("page"), max_length=20, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    added_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(name="evidence_is_link_or_file", condition=~Q(url="") | ~Q(file="")),
        ]

    def __str__(self) -> str:
        return self.title
