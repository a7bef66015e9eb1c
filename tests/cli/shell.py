"""The command line run in this process, and what it printed written down."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


@dataclass
class Shell:
    """Runs commands and writes down what they print: stdout as it is, each line of stderr after ``! ``."""

    home: Path
    capture: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    printed: list[str] = field(default_factory=list)

    def run(self, *arguments: str) -> int:
        """The exit code of ``goodoffices`` with these arguments."""
        from goodoffices import cli

        self.monkeypatch.setattr(sys, "argv", ["goodoffices", *arguments])
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self.capture.readouterr()
        code = int(ended.value.code or 0)
        self._note(arguments, out, err, code)
        return code

    def _note(self, arguments: tuple[str, ...], out: str, err: str, code: int) -> None:
        shown = "".join(f"! {line}\n" for line in err.splitlines())
        ended = f"(exit code {code})\n" if code else ""
        text = f"$ goodoffices {' '.join(arguments)}\n{out}{shown}{ended}\n"
        stripped = "".join(line.rstrip() + "\n" for line in text.splitlines())
        self.printed.append(stripped.replace(str(self.home), "$HOME"))

    @property
    def transcript(self) -> str:
        return "".join(self.printed)


@dataclass
class Drawn:
    """The same bytes in the same order in every run."""

    count: int = 0

    def draw(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_128(f"cli/{self.count}".encode()).digest(size)

    def hex_digits(self, size: int) -> str:
        return self.draw(size).hex()

    def ssh_key(self) -> bytes:
        """An OpenSSH private key file."""
        private = Ed25519PrivateKey.from_private_bytes(self.draw(32))
        return private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
