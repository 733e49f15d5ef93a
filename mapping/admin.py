"""What operators set up: partnerships, rounds, regions, roles. No content of maps."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from mapping.models import Exercise, Membership, Project, Region, RegionMap


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    list_display = ("acronym", "title", "is_demo")
    readonly_fields = ("is_demo",)


@admin.register(Exercise)
class ExerciseAdmin(admin.ModelAdmin):
    list_display = ("name", "project", "state", "opens_on", "due_on")
    list_filter = ("state",)


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ("name", "country", "project")
    search_fields = ("name",)


@admin.register(RegionMap)
class RegionMapAdmin(admin.ModelAdmin):
    """A map is opened here for a region and a round; its life goes on in the application."""

    list_display = ("region", "exercise", "state", "edition")
    fields = ("exercise", "region", "state", "edition")
    readonly_fields = ("state", "edition")


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("user", "role", "project", "region", "unit")
    list_filter = ("role", "project")
    autocomplete_fields = ("user",)
    raw_id_fields = ("unit",)
    readonly_fields = ("given_by", "given_at")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Who gave the role is on record; the database refuses a role given to oneself."""
        obj.given_by = request.user
        super().save_model(request, obj, form, change)
