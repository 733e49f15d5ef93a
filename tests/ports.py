"""A port for a server that starts later, or again, and that nobody else is given meanwhile."""

import socket


class ReservedPort:
    """Bound for as long as this object lives, and listening to nobody: the system gives the port to no other
    process, and a server that sets SO_REUSEADDR, as all of ours do, may listen on it.
    """

    def __init__(self) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", 0))
        self.number: int = self.socket.getsockname()[1]

    def close(self) -> None:
        self.socket.close()
