"""Ask this container's own web server whether it lives. Started by its path, without the project."""

import os
import sys
import urllib.request


def main() -> int:
    # The server answers only to the names it was given, so the question carries one of them.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz"
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers={"Host": host}), timeout=4
        ) as answer:
            return 0 if answer.status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
