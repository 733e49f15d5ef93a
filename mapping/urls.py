from django.urls import path

from mapping.views import additions, codes, paste, records

app_name = "mapping"

MAP = "workspace/maps/<int:pk>/"
RECORD = "workspace/<slug:kind>/<int:pk>/"

urlpatterns = [
    path("workspace/codes/", codes.code_search, name="code_search"),
    path(f"{MAP}paste/", paste.paste_start, name="paste_start"),
    path(f"{MAP}paste/preview/", paste.paste_preview, name="paste_preview"),
    path(f"{MAP}paste/save/", paste.paste_save, name="paste_save"),
    path(f"{MAP}<slug:kind>/add/", additions.record_add, name="record_add"),
    path(f"{MAP}<slug:kind>/create/", additions.record_create, name="record_create"),
    # A row of any kind; the addresses of other things in the workspace are matched before.
    path(RECORD, records.record_edit, name="record_edit"),
    path(f"{RECORD}remove/", records.record_remove, name="record_remove"),
    path(f"{RECORD}<slug:field>/", records.field_save, name="field_save"),
]
