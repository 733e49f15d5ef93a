"""Questionnaires as data. A published version never changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.enums import QuestionnaireState, Scope
from mapping.models import Exercise


class Questionnaire(models.Model):
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["key"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title


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


class Section(models.Model):
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=20)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)
    position = models.PositiveSmallIntegerField(default=0)
    # {"el": {"title": ..., "description": ..., "machine": true}}
    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="section_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Question(models.Model):
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=20)
    short = models.CharField(_("short name"), max_length=60)
    text = models.TextField(_("statement"))
    question = models.TextField(_("question"))
    plain = models.TextField(_("statement for stakeholders"), blank=True)
    help = models.TextField(_("help"), blank=True)
    evidence_examples = models.JSONField(default=list, blank=True)
    rubric = models.JSONField(_("rubric"), default=list)
    scope = models.CharField(max_length=6, choices=Scope, default=Scope.REGION)
    is_core = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    translations = models.JSONField(default=dict, blank=True)

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
