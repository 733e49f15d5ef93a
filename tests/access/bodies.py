"""What a person would really send: a refusal then comes from rights, not from reading the form."""

import datetime as dt
from typing import Any

from django.utils import timezone

from governance.selectors.personal_links import text_version

BODIES: dict[str, dict[str, Any]] = {
    "journeys:export_start": {"format": "csv"},
    "journeys:summary_save": {"text": "A sentence", "figures": "0" * 64, "version": "1"},
    "journeys:document_start": {"draft": "on"},
    "journeys:narrative_save": {"text": "A chapter", "version": "1"},
    "governance:map_consult": {"version": "{version}"},
    "governance:map_adopt": {"version": "{version}", "on": "2026-01-31", "body": "The council"},
    "governance:map_release": {"version": "{version}"},
    "governance:map_publish": {"version": "{version}"},
    "governance:map_reopen": {"version": "{version}"},
    "governance:round_save": {"version": "1"},
    "governance:questionnaire_create": {"title": "Another survey", "language": "en"},
    "governance:questionnaire_save": {"title": "Better said", "language": "en", "version": "1"},
    "governance:questionnaire_discard": {"sure": "yes"},
    "governance:questionnaire_publish": {"version": "1"},
    "governance:section_add": {"title": "More"},
    "governance:question_add": {"type": "date", "short": "When"},
    "governance:question_type": {"type": "date"},
    "governance:row_save": {"help": "", "version_help": "1"},
    "governance:row_move": {"direction": "up", "version": "1"},
    "governance:analysis_start": {"kind": "gaps"},
    "governance:threshold_save": {"value": "0.4", "reason": "A reason", "version": "1"},
    "governance:response_return": {"reason": "Please look again"},
    "governance:answer_save": {"level": "4", "version_level": "1"},
    "governance:value_save": {"value": "4", "version_value": "1"},
    "governance:entry_change": {"action": "up", "version": "1"},
    "governance:answer_settle": {"field": "level", "choice": "mine", "level": "4", "version": "1"},
    "governance:response_presence": {"place": "1.1"},
    "governance:map_presence": {"place": "matrix"},
    "governance:thread_start": {"text": "Is it?"},
    "governance:record_thread_start": {"text": "Is it?"},
    "governance:thread_reply": {"text": "It is."},
    "governance:thread_settle": {"settled": "yes"},
    "governance:comment_save": {"text": "Better said", "version": "1"},
    "governance:assignment_add": {"parts": "E1", "organisation": "A college"},
    "governance:map_assignment_add": {"parts": "actors", "organisation": "A college"},
    "governance:assignment_save": {"due_on": "{tomorrow}", "version": "1"},
    "governance:assignment_finish": {"done": "yes"},
    "governance:assignment_take": {"version": "1"},
    "governance:evidence_add": {"kind": "link", "title": "A page", "url": "https://a.example/"},
    "governance:link_create": {
        "organisation": "A third firm",
        "helix": "business",
        "language": "en",
        "valid_until": "{tomorrow}",
    },
    "governance:synthesis_add": {"text": "Something to do", "dimension": "E2"},
    "governance:synthesis_save": {"text": "Better said", "version_text": "1"},
    "governance:synthesis_save@target": {"level": "5", "version_level": "1"},
    "governance:synthesis_save@conclusions": {"conclusions": "Much to do", "version_conclusions": "1"},
    "governance:synthesis_remove": {"version": "1"},
    "journeys:brief_start": {"since": "2026-01-31"},
    "governance:workshop_open": {"audience": "team", "team": "3"},
    "governance:workshop_people": {"team": "4", "version": "1"},
    "governance:workshop_decide": {"state": "parked", "version": "1"},
    "governance:challenge_add": {"title": "Another challenge"},
    "governance:challenge_group": {"area": "{area}", "version_{area}": "1", "challenge": "{challenge}"},
    "governance:challenge_save": {"title": "Better said", "version_title": "1"},
    "governance:challenge_merge": {"into": "{challenge2}", "version": "1", "version_{challenge2}": "1"},
    "governance:challenge_move": {"direction": "up", "version": "1"},
    "governance:texts_save": {"comment": "Well drawn", "version_comment": "{no_text}"},
    "governance:personal_link_save": {"level_1.1": "4", "version_level_1.1": "1"},
    "mapping:paste_preview": {"text": "Robotics"},
    "mapping:paste_save": {"text": "Robotics\t{unit_name}"},
    "mapping:record_create": {"name": "Robotics", "unit": "{unit}", "kind": "sectoral"},
    "mapping:record_create@actor": {"name": "A lab", "helix": "knowledge", "function": "sectoral"},
    "mapping:record_remove": {"version": "1"},
    "mapping:field_save": {"strength": "5", "version": "1"},
    "mapping:field_save@move": {"unit": "{other_unit}", "version": "1"},
    "mapping:role_give": {
        "email": "somebody@test.invalid",
        "role": "contributor",
        "region": "{region_pk}",
        "language": "en",
    },
    "mapping:invitation_new": {"name": "A new person", "password": "a long enough phrase"},
    "api:entry-list": {"group": "1.1"},
    "accounts:demo_sign_in": {"role": "coordinator"},
    "accounts:theme": {"theme": "dark"},
    "account_login": {"login": "nobody@test.invalid", "password": "not the one it is"},
    "set_language": {"language": "pl"},
}


def body(name: str, names: dict[str, Any]) -> dict[str, str]:
    names = {**names, "tomorrow": timezone.localdate() + dt.timedelta(days=1), "no_text": text_version("")}
    sent = BODIES.get(name, BODIES.get(name.partition("@")[0], {}))
    return {key.format(**names): value.format(**names) for key, value in sent.items()}
