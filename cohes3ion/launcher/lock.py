"""`./run lock`: write the lock files anew from requirements.in and requirements-dev.in."""

import os
import subprocess
import sys
from pathlib import Path

from cohes3ion.launcher.services import ROOT


def main() -> int:
    uv = str(Path(sys.executable).parent / "uv")
    for name in ("requirements", "requirements-dev"):
        command = [uv, "pip", "compile", "--quiet", "--generate-hashes", "--python-version", "3.11"]
        code = subprocess.run([*command, f"{name}.in", "-o", f"{name}.txt"], cwd=ROOT, check=False).returncode
        if code:
            return code
        print(f"wrote {name}.txt")
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
