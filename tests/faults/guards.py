"""Guards that a process may go without for a while: a file names one, and no process is started for it."""

import os
import threading
from pathlib import Path
from typing import Any

Replacement = tuple[Any, str, Any]  # where, under which name, and what stands there without the guard


class Guards:
    """All of them stand while the file is not there. A web server looks before each request, a worker before
    each task.
    """

    def __init__(self, without: dict[str, list[Replacement]]) -> None:
        self.file = Path(os.environ["VAR_DIR"]) / "left-out"
        self.without = without
        self.left_out = ""
        self.kept: list[Replacement] = []
        self.lock = threading.Lock()

    def look(self) -> str:
        """The guard that is left out now."""
        with self.lock:
            wanted = self._named()
            if wanted != self.left_out:
                for place, name, value in self.kept:
                    setattr(place, name, value)
                replacements = self.without.get(wanted, [])
                self.kept = [(place, name, found(place, name)) for place, name, _value in replacements]
                for place, name, value in replacements:
                    setattr(place, name, value)
                self.left_out = wanted
            return self.left_out

    def _named(self) -> str:
        try:
            return self.file.read_text()
        except FileNotFoundError:
            return ""


def found(place: Any, name: str) -> Any:
    """As it stands there: of a class method not the bound one."""
    return vars(place).get(name, getattr(place, name))
