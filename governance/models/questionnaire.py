"""Questionnaires as data. A published version never changes: the database refuses it (migration 0004)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from governance.enums import QuestionnaireState, Scope
from mapping.models import Exercise, Project
from mapping.validators import storable_text


class Questionnaire(models.Model):
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200, validators=[storable_text])
    # Answered beside the assessment (criteria check, wheel, own surveys): never part of its scores.
    is_annex = models.BooleanField(_("annex"), default=False)

    class Meta:
        ordering = ["key"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For coordinators and facilitators: what is shipped and published, and all of their own projects."""
        if not user.is_authenticated:
            return self.none()
        run = user.memberships.running()
        shipped = Q(is_shipped=True, state=QuestionnaireState.PUBLISHED)
        return self.filter(Q(project__in=run.values("project")) | (shipped & Q(models.Exists(run))))


class QuestionnaireVersion(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionnaireState, default=QuestionnaireState.DRAFT
    )
    published_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    exercises = models.ManyToManyField(Exercise, blank=True, related_name="+")
    # Whose coordinators may edit the draft; none for what is shipped.
    project = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_shipped = models.BooleanField(default=False)
    made_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=10, default="en")
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # {"el": {"title": ..., "machine": true}}: of this version, so that it is frozen with it.
    translations = models.JSONField(default=dict, blank=True)

    history = HistoricalRecords(excluded_fields=["created_by", "made_from", "is_shipped", "fingerprint"])
    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["questionnaire", "number"]
        verbose_name = _("questionnaire version")
        verbose_name_plural = _("questionnaire versions")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once"),
            models.CheckConstraint(
                name="published_version_has_a_date",
                condition=~Q(state=QuestionnaireState.PUBLISHED) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.number}"

    @property
    def title(self) -> str:
        """In the reader's language where it is translated, otherwise as written."""
        own = self.translations.get(get_language() or "", {}).get("title")
        return str(own or self.questionnaire.title)

    @property
    def is_draft(self) -> bool:
        return self.state == QuestionnaireState.DRAFT


class Section(models.Model):
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=20)
    title = models.CharField(_("title"), max_length=120, validators=[storable_text])
    description = models.TextField(_("description"), blank=True, validators=[storable_text])
    minutes = models.PositiveSmallIntegerField(default=5)
    position = models.PositiveSmallIntegerField(default=0)
    # Counts the writes of the row while it is a draft ("version" is the questionnaire's).
    row_version = models.PositiveIntegerField(default=1, editable=False)
    # {"el": {"title": ..., "description": ..., "machine": true}}
    translations = models.JSONField(default=dict, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="section_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Question(Versioned):
    """One question. What `settings` holds depends on the type: governance/asking, one module a family."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    # The repeating group this question is asked in; none at the top.
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    type = models.CharField(_("type"), max_length=20, default="scale")
    settings = models.JSONField(default=dict, blank=True)
    required = models.BooleanField(_("required"), default=True)
    condition = models.JSONField(_("condition"), default=dict, blank=True)
    messages = models.JSONField(_("messages"), default=dict, blank=True)
    code = models.CharField(max_length=20)
    short = models.CharField(_("short name"), max_length=60)
    text = models.TextField(_("statement"), blank=True)
    question = models.TextField(_("question"), blank=True)
    plain = models.TextField(_("statement for stakeholders"), blank=True)
    help = models.TextField(_("help"), blank=True)
    evidence_examples = models.JSONField(default=list, blank=True)
    rubric = models.JSONField(_("rubric"), default=list, blank=True)
    scope = models.CharField(max_length=6, choices=Scope, default=Scope.REGION)
    is_core = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    translations = models.JSONField(default=dict, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["section__position", "position"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["section", "code"], name="question_code_once_per_section"),
            models.CheckConstraint(
                name="core_statements_are_about_the_region",
                condition=Q(is_core=False) | Q(scope=Scope.REGION),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short}"


class QuestionnaireUpload(models.Model):
    """What a file would become, while its coordinator looks at it; gone once taken in, or a day later."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    definition = models.JSONField()
    differences = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("uploaded questionnaire")
        verbose_name_plural = _("uploaded questionnaires")

    def __str__(self) -> str:
        return self.file_name
