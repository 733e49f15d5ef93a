"""The words of what is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.TextChoices):
    """Chapters of the Policy Learning Document, in its order."""

    INTRODUCTION = "introduction", _("Introduction")
    BACKGROUND = "background", _("Background and aim of the mapping")
    METHOD = "method", _("Steps of the mapping")
    MAPPING = "mapping", _("Results of the mapping")
    ASSESSMENT = "assessment", _("Results of the assessment")
    CHALLENGES = "challenges", _("Areas of improvement by challenge")
    SUMMARY = "summary", _("Summary")
    ANNEX = "annex", _("Annex")


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", _("Workbook (XLSX)")
    CSV = "csv", _("Tables (CSV in a ZIP)")
