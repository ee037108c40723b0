"""A conversation with the YAML language server that VS Code's YAML extension (and others) run, over its pipes."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}, "schemas": {}},
    "http": {},
    "files": {},
    "[yaml]": {},
    "editor": {},
}


@dataclass(slots=True)
class Server:
    """The running server: `notify` and `ask` it, as an editor does."""

    input: IO[bytes]
    output: IO[bytes]
    published: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: int = 0

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Tell it something."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Ask it something, and wait for the answer; what it asks meanwhile is answered."""
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self.asked and "method" not in message:
                return message["result"]

    def open(self, path: Path) -> list[dict[str, Any]]:
        """Open a file, and return what the server finds in it."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": path.read_text(encoding="utf-8")}
        self.notify("textDocument/didOpen", {"textDocument": document})
        while uri not in self.published:
            self._read()
        return self.published.pop(uri)

    def completions(self, path: Path, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What it offers at a place, counted from 0, by label."""
        where = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}
        return {item["label"]: item for item in self.ask("textDocument/completion", where)["items"]}

    def hover(self, path: Path, line: int, column: int) -> str:
        """What it shows for a place, counted from 0."""
        where = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}
        shown = self.ask("textDocument/hover", where)
        return str(shown["contents"]["value"]) if shown else ""

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.input.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.input.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while (line := self.output.readline().strip()) or not length:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.output.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            wanted = message["params"].get("items", []) if isinstance(message.get("params"), dict) else []
            result = [SETTINGS.get(item.get("section")) for item in wanted] if wanted else None
            self._send({"id": message["id"], "result": result})
        return message


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """The server, at work in `folder`."""
    with subprocess.Popen(
        ["yaml-language-server", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        talk = Server(process.stdin, process.stdout)
        root = {"uri": folder.as_uri(), "name": "bank"}
        abilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "completion": {}},
        }
        talk.ask(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": [root], "capabilities": abilities},
        )
        talk.notify("initialized", {})
        talk.notify("workspace/didChangeConfiguration", {"settings": SETTINGS})
        try:
            yield talk
        finally:
            talk.ask("shutdown", {})
            talk.notify("exit", {})
