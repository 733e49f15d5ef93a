"""What a page says about saving, what it keeps on the device, and a colleague who writes elsewhere."""

import re
from typing import Any

from governance.forms.answers import Change
from governance.models import Response
from governance.services.responses import save_answer

SAVED = re.compile(r"^Saved \d\d:\d\d$")
TEXT = "Two of five units name their priorities."


def state(page: Any) -> Any:
    return page.locator("[data-save-text]")


def kept(page: Any) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('stm:'))")


def colleague_writes(room: Any, text: str, version: int = 1) -> None:
    change = Change(field="explanation", values={"explanation": text}, version=version)
    scope, key = Response.objects.fillable_by(room.contributor), ("1.1", None)
    save_answer(scope=scope, response_id=room.team.pk, key=key, changes=[change], by=room.contributor)
