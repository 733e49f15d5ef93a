"""Commands that wait for a worker."""

import time
from typing import Any

from django.core.management.base import CommandError


def wait_for(row: Any, *, seconds: int) -> Any:
    """The row once it is finished. Raises CommandError with the reason when it fails or takes too long."""
    deadline = time.monotonic() + seconds
    while True:
        current = type(row)._base_manager.get(pk=row.pk)
        if current.state == "done":
            return current
        if not current.is_open:
            why = f"{current.reason} {current.message}".strip()
            raise CommandError(f"{row} {current.state}: {why} (support number {current.support_id})")
        if time.monotonic() > deadline:
            raise CommandError(f"{row} is still {current.state} after {seconds} s. Is a worker running?")
        time.sleep(0.1)
