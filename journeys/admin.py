"""Documents and workbooks as operators see them: how the work ended."""

from django.contrib import admin
from django.http import HttpRequest

from journeys.models import Brief, Document, Export, PlanPrint


class JobAdmin(admin.ModelAdmin):
    list_display = ("__str__", "state", "attempts", "created_at", "finished_at", "size", "support_id")
    list_filter = ("state",)
    fields = ("exercise", "region", "state", "attempts", "progress", "error_code", "message", "support_id")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


admin.site.register([Document, Export, Brief, PlanPrint], JobAdmin)
