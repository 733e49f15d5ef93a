"""Code lists and the NUTS regions, as shipped with their provenance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeList(models.Model):
    key = models.SlugField(max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    version = models.CharField(_("version"), max_length=40, blank=True)
    source = models.JSONField(default=dict, blank=True)
    # False: labels are this product's own wording, and pages say so.
    is_official = models.BooleanField(_("official wording"), default=True)
    notice = models.TextField(_("notice"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("code list")
        verbose_name_plural = _("code lists")

    def __str__(self) -> str:
        return self.title


class Code(models.Model):
    code_list = models.ForeignKey(CodeList, on_delete=models.CASCADE, related_name="codes")
    # The code with its list in front, as everywhere in the product: "nace:C21".
    key = models.CharField(_("key"), max_length=60, unique=True)
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("label"), max_length=400)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    depth = models.PositiveSmallIntegerField(default=1)
    # Lower-case label without accents, for search.
    search = models.CharField(max_length=460, blank=True)

    class Meta:
        ordering = ["code_list", "pk"]
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [models.UniqueConstraint(fields=["code_list", "code"], name="code_once_per_list")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class NutsRegion(models.Model):
    version = models.CharField(_("NUTS version"), max_length=4)
    code = models.CharField(_("code"), max_length=5)
    name = models.CharField(_("name"), max_length=200)
    latin_name = models.CharField(max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(_("level"))
    parent_code = models.CharField(max_length=5, blank=True)
    country = models.CharField(max_length=2)
    has_outline = models.BooleanField(default=False)
    search = models.CharField(max_length=260, blank=True)

    class Meta:
        ordering = ["version", "code"]
        verbose_name = _("NUTS region")
        verbose_name_plural = _("NUTS regions")
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="nuts_code_once_per_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
