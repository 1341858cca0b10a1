"""A server in a process of its own, as long as something is measured at it."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and which process it is."""

    address: str
    pid: int

    def cpu_seconds(self) -> float:
        """What it has taken of the processor so far, on every core together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def app_over(data: Path) -> AbstractContextManager[Server]:
    """The app as a seller starts it, over this data directory."""
    return running([sys.executable, "app.py", "--data", str(data), "--port", "0", "--no-demo"])


@contextmanager
def running(command: Sequence[str]) -> Iterator[Server]:
    """A server that says its address when it is there."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        said = next((line for line in process.stdout if "http://" in line), "")
        address = re.search(r"http://[\d.]+:\d+", said)
        if address is None:
            raise SystemExit(f"The server did not start: {' '.join(command)}")
        yield Server(address[0], process.pid)
    finally:
        process.terminate()
        process.wait()
