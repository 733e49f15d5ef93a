"""P60: a clamd beside the site, spoken to in its own protocol; the fake one finds EICAR."""

import io
import socketserver
import threading
from collections.abc import Iterator

import pytest

from cohes3ion.lib.scanning import CHUNK, Infected, ScannerAway, scan

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        found = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            found += self.rfile.read(size)
        answer = b"Eicar-Signature FOUND" if EICAR in found else b"OK"
        self.wfile.write(b"stream: " + answer + b"\0")


@pytest.fixture(params=["socket", "port"])
def clamd(request, settings, tmp_path) -> Iterator[None]:
    path = str(tmp_path / "clamd")
    kind = socketserver.UnixStreamServer if request.param == "socket" else socketserver.TCPServer
    with kind(path if request.param == "socket" else ("127.0.0.1", 0), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.CLAMD_ADDRESS = (
            path if request.param == "socket" else f"127.0.0.1:{server.server_address[1]}"
        )
        yield
        server.shutdown()


def test_a_clean_file_passes_and_is_read_again_from_its_start(clamd):
    upload = io.BytesIO(b"x" * (2 * CHUNK + 1))
    scan(upload)
    assert upload.tell() == 0


def test_a_virus_is_refused(clamd):
    with pytest.raises(Infected):
        scan(io.BytesIO(b"before" + EICAR))


def test_no_answer_takes_nothing(settings, tmp_path):
    settings.CLAMD_ADDRESS = str(tmp_path / "nobody")
    with pytest.raises(ScannerAway):
        scan(io.BytesIO(b"x"))


def test_without_a_scanner_nothing_is_asked(settings):
    settings.CLAMD_ADDRESS = ""
    scan(io.BytesIO(EICAR))
