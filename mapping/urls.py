from django.urls import path

from mapping.views import (
    additions,
    codes,
    histories,
    invitations,
    mails,
    merges,
    paste,
    people,
    records,
    removals,
)

app_name = "mapping"

MAP = "workspace/maps/<int:pk>/"
RECORD = "workspace/<slug:kind>/<int:pk>/"
PEOPLE = "workspace/people/<slug:slug>/"
JOIN = "join/<str:token>/"

urlpatterns = [
    path(PEOPLE, people.people_list, name="people_list"),
    path(f"{PEOPLE}give/", people.role_give, name="role_give"),
    path(f"{PEOPLE}roles/<int:pk>/take/", people.role_take, name="role_take"),
    path(f"{PEOPLE}invitations/<int:pk>/renew/", people.invitation_renew, name="invitation_renew"),
    path(f"{PEOPLE}invitations/<int:pk>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path(f"{PEOPLE}mails/", mails.mail_list, name="mail_list"),
    path(f"{PEOPLE}mails/<int:pk>/again/", mails.mail_again, name="mail_again"),
    path(JOIN, invitations.invitation_detail, name="invitation_detail"),
    path(f"{JOIN}accept/", invitations.invitation_accept, name="invitation_accept"),
    path(f"{JOIN}new/", invitations.invitation_new, name="invitation_new"),
    path("workspace/codes/", codes.code_search, name="code_search"),
    path(f"{MAP}paste/", paste.paste_start, name="paste_start"),
    path(f"{MAP}paste/preview/", paste.paste_preview, name="paste_preview"),
    path(f"{MAP}paste/save/", paste.paste_save, name="paste_save"),
    path(f"{MAP}merge/", merges.actor_merge, name="actor_merge"),
    path(f"{MAP}merge/save/", merges.actor_merge_save, name="actor_merge_save"),
    path("workspace/batches/<int:pk>/undo/", merges.batch_undo, name="batch_undo"),
    path(f"{MAP}<slug:kind>/add/", additions.record_add, name="record_add"),
    path(f"{MAP}<slug:kind>/create/", additions.record_create, name="record_create"),
    path("workspace/removed/<int:pk>/restore/", removals.record_restore, name="record_restore"),
    # A row of any kind; the addresses of other things in the workspace are matched before.
    path(RECORD, records.record_edit, name="record_edit"),
    path(f"{RECORD}history/", histories.record_history, name="record_history"),
    path(f"{RECORD}remove/", records.record_remove, name="record_remove"),
    path(f"{RECORD}<slug:field>/", records.field_save, name="field_save"),
]
