#!/usr/bin/env python
"""Django's command line. `./run manage ...` is the same with everything set up first."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cohes3ion.settings.dev")
    from django.core.management import execute_from_command_line  # slow import: after the environment is set

    from cohes3ion.lib.deep_calls import with_room

    with_room(execute_from_command_line)(sys.argv)


if __name__ == "__main__":
    main()
