"""A request as bytes: what no browser sends, and no library lets one send."""

import socket
from pathlib import Path
from typing import Any

import yaml

CASES = yaml.safe_load((Path(__file__).parents[1] / "bad_inputs" / "raw.yaml").read_text(encoding="utf-8"))


def send(port: int, case: dict[str, Any], **names: Any) -> str:
    """The status that came back; "none" when the line was closed without one."""
    names["long"] = "a" * case.get("long", 0)

    def filled(text: str) -> str:
        for name, value in names.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    lines = [filled(case.get("line", "GET / HTTP/1.1")), f"Host: 127.0.0.1:{port}"]
    for name, value in case.get("headers", {}).items():
        lines += [f"{name}: {filled(value)}"] * case.get("many", 1)
    request = "\r\n".join([*lines, "Connection: close", "", case.get("body", "")])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        try:
            line.sendall(request.encode())
            if case.get("ends"):
                line.shutdown(socket.SHUT_WR)
            reply = line.recv(4096).decode("latin-1")
        except ConnectionError:
            reply = ""
    return reply.split(" ")[1] if reply.startswith("HTTP/") else "none"
