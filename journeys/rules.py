"""Who may write and publish documents."""

import rules

from mapping.rules import is_coordinator, is_facilitator, is_team

rules.add_perm("journeys.edit_narrative", is_coordinator | is_facilitator)
rules.add_perm("journeys.edit_summary", is_coordinator)
rules.add_perm("journeys.render_document", is_coordinator)
rules.add_perm("journeys.publish_document", is_coordinator)
rules.add_perm("journeys.retry_job", is_coordinator)
rules.add_perm("journeys.export_draft", is_coordinator | is_facilitator | is_team)
rules.add_perm("journeys.make_brief", is_coordinator | is_facilitator | is_team)
