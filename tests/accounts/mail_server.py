"""A small real mail server in a thread, which can misbehave at the moment that matters."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message


class Session(socketserver.StreamRequestHandler):
    server: "MailServer"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline():
            word = line.decode().strip().upper()[:4]
            if word == "QUIT":
                return self.say("221 bye")
            if word == "DATA":
                if not self.take():
                    return None
            elif word == "RCPT" and self.server.how == "refuse":
                self.say("550 nobody here")
            elif word == "RCPT" and self.server.how == "later":
                self.say("451 come again")
            else:
                self.say("250 ok")

    def take(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.taken.append(email.message_from_bytes(b"".join(lines)))
        if self.server.how == "drop":
            return False
        self.say("250 taken")
        return True


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.how = "take"  # take, drop (after the text, before "250"), refuse, later
        self.taken: list[Message] = []


@contextmanager
def mail_server(settings) -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()
        thread.join()
