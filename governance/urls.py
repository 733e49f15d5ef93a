from django.urls import path

from governance.views import (
    analyses,
    answers,
    boards,
    challenges,
    evidence,
    histories,
    maps,
    matrix,
    personal_links,
    presence,
    responses,
    rounds,
    stakeholders,
    synthesis,
    synthesis_items,
    texts,
    threads,
    thresholds,
)

app_name = "governance"

MAP = "workspace/maps/<int:pk>/"
RESPONSE = "workspace/responses/<int:pk>/"
QUESTION = f"{RESPONSE}<str:code>/"
UNIT_QUESTION = f"{QUESTION}<int:unit_pk>/"
LINK = "take-part/<str:token>/"
EXERCISE = "workspace/exercises/<slug:slug>/"
ITEM = f"{MAP}synthesis/<slug:kind>/<slug:name>/"
DESK = f"{EXERCISE}challenges/"

urlpatterns = [
    path("workspace/", maps.workspace, name="workspace"),
    path(MAP, maps.map_detail, name="map_detail"),
    path(f"{MAP}consult/", maps.map_consult, name="map_consult"),
    path(f"{MAP}adopt/", maps.map_adopt, name="map_adopt"),
    path(f"{MAP}release/", maps.map_release, name="map_release"),
    path(f"{MAP}publish/", maps.map_publish, name="map_publish"),
    path(f"{MAP}reopen/", maps.map_reopen, name="map_reopen"),
    path(f"{MAP}here/", presence.map_presence, name="map_presence"),
    path(f"{RESPONSE}changes/", histories.changes_list, name="changes_list"),
    path(f"{RESPONSE}here/", presence.response_presence, name="response_presence"),
    path(f"{MAP}matrix/", matrix.matrix_detail, name="matrix_detail"),
    path("workspace/people/<slug:slug>/rounds/add/", rounds.round_add, name="round_add"),
    path("workspace/people/<slug:slug>/rounds/create/", rounds.round_create, name="round_create"),
    path(f"{EXERCISE}setup/", rounds.round_detail, name="round_detail"),
    path(f"{EXERCISE}setup/save/", rounds.round_save, name="round_save"),
    path(f"{EXERCISE}setup/regions/", rounds.region_add, name="region_add"),
    path(f"{EXERCISE}setup/open/", rounds.round_open, name="round_open"),
    path(f"{EXERCISE}setup/forms/", rounds.round_forms, name="round_forms"),
    path(f"{EXERCISE}setup/close/", rounds.round_close, name="round_close"),
    path(f"{EXERCISE}progress/", boards.progress_board, name="progress_board"),
    path(f"{EXERCISE}analyses/", analyses.analysis_list, name="analysis_list"),
    path(f"{EXERCISE}analyses/start/", analyses.analysis_start, name="analysis_start"),
    path(f"{EXERCISE}thresholds/", thresholds.threshold_list, name="threshold_list"),
    path(f"{EXERCISE}thresholds/<slug:name>/", thresholds.threshold_save, name="threshold_save"),
    path("workspace/analyses/<int:pk>/", analyses.analysis_detail, name="analysis_detail"),
    path(f"{EXERCISE}analyses/compare/", analyses.analysis_compare, name="analysis_compare"),
    path("workspace/analyses/<int:pk>/inputs.<slug:form>", analyses.analysis_inputs, name="analysis_inputs"),
    path("workspace/analyses/<int:pk>/status/", analyses.analysis_status, name="analysis_status"),
    path("workspace/analyses/<int:pk>/publish/", analyses.analysis_publish, name="analysis_publish"),
    path("workspace/analyses/<int:pk>/cancel/", analyses.analysis_cancel, name="analysis_cancel"),
    path(RESPONSE, responses.response_detail, name="response_detail"),
    path(f"{RESPONSE}check/", responses.response_check, name="response_check"),
    path(f"{RESPONSE}submit/", responses.response_submit, name="response_submit"),
    path(f"{RESPONSE}return/", responses.response_return, name="response_return"),
    path(f"{RESPONSE}approve/", responses.response_approve, name="response_approve"),
    path(f"{RESPONSE}texts/", texts.texts_detail, name="texts_detail"),
    path(f"{RESPONSE}texts/save/", texts.texts_save, name="texts_save"),
    path(f"{MAP}talk/<slug:kind>/<int:record_pk>/", threads.record_talk, name="record_talk"),
    path(
        f"{MAP}talk/<slug:kind>/<int:record_pk>/start/",
        threads.record_thread_start,
        name="record_thread_start",
    ),
    path("workspace/threads/<int:pk>/reply/", threads.thread_reply, name="thread_reply"),
    path("workspace/threads/<int:pk>/settle/", threads.thread_settle, name="thread_settle"),
    path("workspace/comments/<int:pk>/", threads.comment_save, name="comment_save"),
    path("workspace/comments/<int:pk>/remove/", threads.comment_remove, name="comment_remove"),
    path("workspace/mentions/<int:pk>/seen/", threads.mention_seen, name="mention_seen"),
    # A question about the region, and one about a unit.
    path(QUESTION, answers.question_detail, name="question_detail"),
    path(f"{QUESTION}save/", answers.answer_save, name="answer_save"),
    path(f"{QUESTION}settle/", answers.answer_settle, name="answer_settle"),
    path(f"{QUESTION}history/", histories.answer_history, name="answer_history"),
    path(f"{QUESTION}history/restore/", histories.answer_restore, name="answer_restore"),
    path(f"{QUESTION}threads/", threads.thread_start, name="thread_start"),
    path(f"{QUESTION}evidence/", evidence.evidence_add, name="evidence_add"),
    path(f"{QUESTION}evidence/<int:evidence_pk>/public/", evidence.evidence_public, name="evidence_public"),
    path(f"{QUESTION}evidence/<int:evidence_pk>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path(UNIT_QUESTION, answers.question_detail, name="question_detail"),
    path(f"{UNIT_QUESTION}save/", answers.answer_save, name="answer_save"),
    path(f"{UNIT_QUESTION}settle/", answers.answer_settle, name="answer_settle"),
    path(f"{UNIT_QUESTION}history/", histories.answer_history, name="answer_history"),
    path(f"{UNIT_QUESTION}history/restore/", histories.answer_restore, name="answer_restore"),
    path(f"{UNIT_QUESTION}threads/", threads.thread_start, name="thread_start"),
    path(f"{UNIT_QUESTION}evidence/", evidence.evidence_add, name="evidence_add"),
    path(
        f"{UNIT_QUESTION}evidence/<int:evidence_pk>/public/", evidence.evidence_public, name="evidence_public"
    ),
    path(
        f"{UNIT_QUESTION}evidence/<int:evidence_pk>/remove/", evidence.evidence_remove, name="evidence_remove"
    ),
    path("workspace/evidence/<int:pk>/file/", evidence.evidence_file, name="evidence_file"),
    path(f"{MAP}stakeholders/", stakeholders.stakeholder_list, name="stakeholder_list"),
    path(f"{MAP}stakeholders/invite/", stakeholders.link_create, name="link_create"),
    path(f"{MAP}stakeholders/<int:link_pk>/revoke/", stakeholders.link_revoke, name="link_revoke"),
    path(f"{MAP}synthesis/", synthesis.synthesis_detail, name="synthesis_detail"),
    path(f"{MAP}synthesis/<slug:kind>/add/", synthesis_items.synthesis_add, name="synthesis_add"),
    path(ITEM, synthesis.synthesis_save, name="synthesis_save"),
    path(f"{ITEM}confirm/", synthesis_items.synthesis_confirm, name="synthesis_confirm"),
    path(f"{ITEM}remove/", synthesis_items.synthesis_remove, name="synthesis_remove"),
    path(DESK, challenges.challenge_desk, name="challenge_desk"),
    path(f"{DESK}add/", challenges.challenge_add, name="challenge_add"),
    path(f"{DESK}group/", challenges.challenge_group, name="challenge_group"),
    path(f"{DESK}<int:pk>/", challenges.challenge_save, name="challenge_save"),
    path(f"{DESK}<int:pk>/merge/", challenges.challenge_merge, name="challenge_merge"),
    path(f"{DESK}<int:pk>/move/", challenges.challenge_move, name="challenge_move"),
    # Stakeholders, without an account.
    path(LINK, personal_links.personal_link, name="personal_link"),
    path(f"{LINK}start/", personal_links.personal_link_start, name="personal_link_start"),
    path(f"{LINK}answers/", personal_links.personal_link_answers, name="personal_link_answers"),
    path(f"{LINK}save/", personal_links.personal_link_save, name="personal_link_save"),
    path(f"{LINK}send/", personal_links.personal_link_send, name="personal_link_send"),
]
