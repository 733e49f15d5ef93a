from django.urls import path

from governance.views import answers, boards, maps, responses

app_name = "governance"

MAP = "workspace/maps/<int:pk>/"
RESPONSE = "workspace/responses/<int:pk>/"
EXERCISE = "workspace/exercises/<slug:slug>/"

urlpatterns = [
    path("workspace/", maps.workspace, name="workspace"),
    path(MAP, maps.map_detail, name="map_detail"),
    path(f"{MAP}consult/", maps.map_consult, name="map_consult"),
    path(f"{MAP}adopt/", maps.map_adopt, name="map_adopt"),
    path(f"{MAP}release/", maps.map_release, name="map_release"),
    path(f"{MAP}publish/", maps.map_publish, name="map_publish"),
    path(f"{MAP}reopen/", maps.map_reopen, name="map_reopen"),
    path(f"{EXERCISE}progress/", boards.progress_board, name="progress_board"),
    path(RESPONSE, responses.response_detail, name="response_detail"),
    path(f"{RESPONSE}check/", responses.response_check, name="response_check"),
    path(f"{RESPONSE}submit/", responses.response_submit, name="response_submit"),
    path(f"{RESPONSE}return/", responses.response_return, name="response_return"),
    path(f"{RESPONSE}approve/", responses.response_approve, name="response_approve"),
    path(f"{RESPONSE}<str:code>/", answers.question_detail, name="question_detail"),
    path(f"{RESPONSE}<str:code>/save/", answers.answer_save, name="answer_save"),
    path(f"{RESPONSE}<str:code>/<int:unit_pk>/", answers.question_detail, name="question_detail"),
    path(f"{RESPONSE}<str:code>/<int:unit_pk>/save/", answers.answer_save, name="answer_save"),
]
