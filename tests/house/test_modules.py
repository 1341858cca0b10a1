"""Every module says what it is, and does nothing when it is imported."""
from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.house.trees import ROOT, Module, called, modules, snippet

WORK = {
    "open", "print", "exec", "eval", "input", "read_text", "read_bytes", "write_text", "mkdir", "makedirs", "exists",
    "glob", "iterdir", "listdir", "unlink", "connect", "urlopen", "run", "Popen", "getenv", "getcwd", "now", "today",
    "time", "sleep", "start", "Thread", "Timer", "Process", "Dash", "Flask", "Cache", "Rooms", "Ingester",
}
"""Calls that do something or ask the world something, by their last name."""

PROBE = """
import sys, threading
done = []
def hook(event, args):
    if "__pycache__" in str(args):
        return
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        done.append(f"writes {args[0]}")
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.mkdir", "os.remove"):
        done.append(f"{event} {args}")
import dash, dash_ag_grid, dash_bootstrap_components, flask_caching, pandas, plotly.graph_objects, plotly.io, babel
before = threading.active_count()
sys.addaudithook(hook)
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
if threading.active_count() != before:
    done.append("starts a thread")
print("; ".join(done))
"""


def work_at_import(module: Module) -> Iterator[str]:
    """Statements at module level (classes' bodies too) that do more than declare."""
    yield from _work(module.name, module.tree.body)


def _work(name: str, body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _work(name, node.body)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = {ast.unparse(mark).split("(")[0].split(".")[-1] for mark in node.decorator_list}
            if marks & {"callback", "route"}:
                yield f"{name}:{node.lineno} registers itself at import; use register(app, rooms)"
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
            continue
        elif isinstance(node, ast.If | ast.Try):
            blocks = [node.body, node.orelse, *[handler.body for handler in getattr(node, "handlers", [])]]
            for block in blocks:
                yield from _work(name, block)
        elif isinstance(node, ast.For | ast.While | ast.With):
            yield f"{name}:{node.lineno} runs a {type(node).__name__.lower()} at import"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield f"{name}:{node.lineno} calls {ast.unparse(node.value.func)} at import"
        else:
            deferred = {id(sub) for inner in ast.walk(node) if isinstance(inner, ast.Lambda) for sub in ast.walk(inner)}
            for sub in ast.walk(node):
                if isinstance(sub, ast.Call) and called(sub) in WORK and id(sub) not in deferred:
                    yield f"{name}:{sub.lineno} calls {ast.unparse(sub.func)} at import"
                if isinstance(sub, ast.Attribute) and sub.attr == "environ":
                    yield f"{name}:{sub.lineno} reads the environment at import"


@pytest.mark.parametrize("module", [m for m in modules() if m.tree.body], ids=lambda module: module.name)
def test_a_module_says_what_it_is(module: Module) -> None:
    said = ast.get_docstring(module.tree) or ""
    assert said.endswith("."), f"{module.name} opens with no sentence about what it is and what it may not do"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_only_declares(module: Module) -> None:
    assert list(work_at_import(module)) == []


def test_importing_everything_touches_nothing() -> None:
    names = [module.name for module in modules() if not module.name.endswith("__main__")]
    probe = subprocess.run([sys.executable, "-c", PROBE, *names], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert probe.returncode == 0, probe.stderr
    assert probe.stdout.strip() == ""


@pytest.mark.parametrize(
    "source",
    [
        "print('ready')",
        "register(app)",
        "for room in rooms: pass",
        "with lock: pass",
        "HERE = Path('x').read_text()",
        "STARTED = time.time()",
        "KEY = os.environ['KEY']",
        "app = Dash(__name__)",
        "if DEBUG:\n    connect()",
        "class A:\n    file = open('x')",
        "@callback(Output(A, 'children'))\ndef show(): pass",
    ],
)
def test_work_at_import_is_found(source: str) -> None:
    assert list(work_at_import(snippet("livedash.rooms", source)))


@pytest.mark.parametrize(
    "source",
    [
        "WORD = re.compile('a')",
        "LATER = lambda: time.time()",
        "PARTS: dict[str, int] = {name: len(name) for name in NAMES}",
        "def main(): print('ready')",
        "if __name__ == '__main__':\n    main()",
        "try:\n    import fcntl\nexcept ImportError:\n    fcntl = None",
    ],
)
def test_declaring_is_fine(source: str) -> None:
    assert list(work_at_import(snippet("livedash.rooms", source))) == []
