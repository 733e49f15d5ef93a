"""Files that are made from others: do they still say the same?"""

import subprocess
import sys
from pathlib import Path

from cohes3ion.launcher.services import ROOT


def translations(scratch: Path) -> list[str]:
    """Every catalogue compiles, its placeholders are right, and its compiled form is the committed one."""
    faults = []
    for source in sorted((ROOT / "cohes3ion" / "locale").rglob("*.po")):
        made = scratch / "made.mo"
        command = ["msgfmt", "--check", "--output-file", str(made), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        compiled = source.with_suffix(".mo")
        name = source.relative_to(ROOT)
        if done.returncode:
            faults.append(f"{name}: {done.stderr.strip()}")
        elif not compiled.exists() or compiled.read_bytes() != made.read_bytes():
            faults.append(f"{name}: not compiled. Run: ./run manage compilemessages")
    return faults


def schema(scratch: Path) -> list[str]:
    """The API's description in docs/ is the one the code gives."""
    committed = ROOT / "docs" / "openapi.yaml"
    made = scratch / "openapi.yaml"
    manage = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", str(made)]
    done = subprocess.run(manage, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return [done.stdout + done.stderr]
    if not committed.exists() or committed.read_text() != made.read_text():
        command = "./run manage spectacular --file docs/openapi.yaml"
        return [f"docs/openapi.yaml is not what the code gives. Run: {command}"]
    return []


COMPARISONS = {"translations": translations, "schema": schema}

if __name__ == "__main__":
    found = COMPARISONS[sys.argv[1]](Path(sys.argv[2]))
    print("\n".join(found))
    sys.exit(1 if found else 0)
