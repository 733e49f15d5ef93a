"""Reads one deed a line, does it with the site's own code (deeds.py), answers with one line of JSON."""

import importlib
import json
import sys
import traceback

import django
from django.db import connections


def forget_lost_connections() -> None:
    """The database may have been away since the last deed; a new connection for each would cost more."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.is_usable():
            connection.close()


def main() -> None:
    django.setup()
    deeds = importlib.import_module("tests.faults.deeds")  # its models exist only after the set-up
    for line in sys.stdin:
        asked = json.loads(line)
        forget_lost_connections()
        try:
            answer = {"result": getattr(deeds, asked["deed"])(**asked["values"])}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main()
