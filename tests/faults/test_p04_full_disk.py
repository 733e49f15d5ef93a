"""P04, P05: the disk of the database, or the one for files, is full. Small disks of our own are filled."""

import os
import subprocess
from pathlib import Path

import pytest

from cohes3ion.launcher.processes import Processes
from cohes3ion.launcher.services import unprivileged_user
from tests.faults.ledger import Browser, Ledger
from tests.faults.site import Site

pytestmark = pytest.mark.long
BOUNDARY = "a-boundary-of-this-test"
MIB = 1024 * 1024


def mount(folder: Path, size: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=1777", "tmpfs", str(folder)], check=True)


@pytest.fixture(scope="module")
def small(seed, tmp_path_factory):
    """Database and files on small disks, in folders that the user of the database may reach."""
    with Processes() as processes:
        disks = {name: processes.folder(user=unprivileged_user()) for name in ("database", "media")}
        try:
            for name, size in (("database", "260m"), ("media", "8m")):
                mount(disks[name], size)
            site = Site(processes, tmp_path_factory.mktemp("site"), seed, **disks)
            site.start_web()
            yield site
            site.close()
            site.reserved.close()
        finally:
            processes.stop_all()
            for folder in disks.values():
                subprocess.run(["umount", "--lazy", str(folder)], check=False)
                folder.rmdir()


def ready(site) -> tuple[int, str]:
    status, _headers, body = Browser(site).ask("/readyz")
    return status, body


def test_p04_database_disk_is_full(small, wait_until):
    ledger = Ledger(small)
    ledger.start()
    ledger.wait_for_more(60)
    filler = small.cluster.folder / "filler"
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=1M"], stderr=subprocess.DEVNULL, check=False)
    wait_until(lambda: ledger.statuses[503] > 12, seconds=90, what="saves that are refused")
    red = ready(small)
    page = Browser(small).ask(
        f"/workspace/responses/{small.known['response']}/{small.known['codes'][0]}/save/",
        {"explanation": "Weeks of work in one text", "version_explanation": "1"},
    )
    filler.unlink()
    ledger.wait_for_more(24, seconds=90)
    ledger.stop()
    missing = ledger.missing()
    print(f"P04 {ledger}, {len(missing)} missing; while full readyz said {red}")
    assert missing == []
    assert set(ledger.statuses) <= {200, 503, 409}
    assert ledger.without_retry_after == 0
    assert (red[0], '"database": "no answer"' in red[1]) == (503, True)
    assert page[0] == 503
    assert "is not saved. It is kept in this page" in page[2]
    assert "Weeks of work in one text" in page[2]
    wait_until(lambda: '"database": "ok"' in ready(small)[1], what="a database that is ready again")


def upload(site, mebibytes: float) -> tuple[int, dict, str]:
    fields = {"kind": "file", "title": "Figures", "page": ""}
    lead = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    parts = [f'{lead}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    head = 'Content-Disposition: form-data; name="file"; filename="figures.txt"\r\nContent-Type: text/plain'
    body = "".join(parts) + f"--{BOUNDARY}\r\n{head}\r\n\r\n" + "a line of text\n" * int(mebibytes * MIB / 15)
    address = f"/workspace/responses/{site.known['response']}/{site.known['codes'][0]}/evidence/"
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return Browser(site).ask(address, f"{body}\r\n--{BOUNDARY}--\r\n", **{"Content-Type": kind})


def test_p05_media_disk_is_full(small):
    rows = "SELECT count(*) FROM governance_evidence"
    before, files = small.clerk("sql", text=rows), sorted(os.walk(small.media))
    status, _headers, body = upload(small, 9)
    print(f"P05 9 MiB on a disk of 8: {status}")
    assert status == 507
    assert "There is no room for this file" in body
    assert small.clerk("sql", text=rows) == before
    left = [name for _folder, _folders, names in os.walk(small.media) for name in names]
    assert left == [name for _folder, _folders, names in files for name in names]
    assert upload(small, 0.1)[0] == 302
