"""The product's modules as syntax trees, for the tests that hold the house rules. Reads source text only: nothing of
the product is imported here, so a rule can be checked on code that does not run."""
from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("livedash", "layouts", "callbacks", "app")
"""From the ground up: each may import what stands before it, never what stands after."""


@dataclass(frozen=True)
class Module:
    """One module: its dotted name, and its tree."""

    name: str
    tree: ast.Module

    @property
    def layer(self) -> str:
        return self.name.split(".")[0]

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of everything it imports; `from a import b` gives both a and a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    above = self.name.split(".")[: -node.level]
                    base = ".".join([*above, *filter(None, [base])])
                yield node.lineno, base
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Calls of anything by these names, as `Input(...)` or `dash.Input(...)`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and called(node) in names:
                yield node

    def strings(self) -> Iterator[ast.Constant]:
        """Every string literal that is not a docstring or a bare string under a constant."""
        bare = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
                yield node

    def constants(self) -> dict[str, ast.expr]:
        """What is assigned at module level, by name."""
        found: dict[str, ast.expr] = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign):
                found |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                found[node.target.id] = node.value
        return found


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def snippet(name: str, source: str) -> Module:
    """A module made of a few lines, to show that a rule can fail."""
    return Module(name, ast.parse(source))


def read(path: Path) -> Module:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return Module(name, ast.parse(path.read_text("utf-8"), str(path)))


@cache
def modules(*layers: str) -> tuple[Module, ...]:
    """Every module of the product, or of some layers."""
    files = [file for layer in layers or LAYERS for file in sorted((ROOT / layer).rglob("*.py"))]
    if not layers or "app" in layers:
        files += ROOT.glob("app.py")
    return tuple(read(file) for file in files)
