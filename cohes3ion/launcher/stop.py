"""`./run stop`: stop what a `./run` in another terminal started."""

import os
import signal
import sys
import time

from cohes3ion.launcher.embedded import running_instance


def main() -> int:
    instance = running_instance()
    if not instance:
        print("Nothing is running.")
        return 0
    for number, seconds in ((signal.SIGTERM, 25), (signal.SIGKILL, 5)):
        # Its children end with it: it stops them on SIGTERM, and the system tells them after SIGKILL.
        os.kill(instance["pid"], number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not running_instance():
                print("Stopped.")
                return 0
            time.sleep(0.1)
    print(f"Process {instance['pid']} does not stop.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
