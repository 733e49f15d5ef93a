"""Jobs as operators see them: how they ended, never what was answered."""

from django.contrib import admin
from django.http import HttpRequest

from governance.models import Analysis, AnswerImport, OrderedFile


@admin.register(Analysis)
class AnalysisAdmin(admin.ModelAdmin):
    list_display = ("kind", "exercise", "state", "attempts", "created_at", "finished_at", "support_id")
    list_filter = ("state", "kind")
    fields = ("kind", "exercise", "state", "attempts", "progress", "error_code", "message", "support_id")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class TransferAdmin(admin.ModelAdmin):
    """Files of answers: how the work ended, not what is in them."""

    list_display = ("pk", "exercise", "state", "attempts", "created_at", "finished_at", "support_id")
    list_filter = ("state",)
    fields = ("exercise", "state", "attempts", "progress", "error_code", "message", "support_id")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


admin.site.register([OrderedFile, AnswerImport], TransferAdmin)
