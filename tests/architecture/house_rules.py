"""The checks behind the house rules: each takes source and gives what is wrong with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

LARGEST_FILE = 350
LONGEST_FUNCTION = 40
FORBIDDEN_NAMES = ("utils", "helpers", "common", "misc", "manager")
# The only places that may answer an error they do not know.
_MAY_CATCH_ALL = ("portal/web/outcomes.py", "portal/cli/delivery.py")
# The one place that commits a use case, and the outbox, which commits message by message.
_MAY_COMMIT = ("portal/services/work.py", "portal/services/outbox.py")
# NumPy is arithmetic: the batch evaluator stands on it, and it reads neither clock nor disk there.
_PURE = {
    "__future__", "abc", "numpy", "bisect", "calendar", "collections", "contextlib", "dataclasses", "datetime", "decimal",
    "enum", "fractions", "functools", "hashlib", "heapq", "itertools", "json", "math", "operator", "portal", "re",
    "string", "types", "typing", "unicodedata", "uuid",
}  # fmt: skip
_IMPURE_CALLS = {"open", "print", "input", "today", "now", "utcnow", "uuid1", "uuid4", "urandom", "time"}


def own_files(root: Path) -> list[Path]:
    """Every Python file of the portal; migrations are generated and stay as they were run."""
    return sorted([*root.glob("portal/**/*.py"), root / "config.py", root / "wsgi.py"])


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def too_long(source: str) -> bool:
    return source.count("\n") > LARGEST_FILE


def forbidden_name(path: Path) -> bool:
    return path.stem in FORBIDDEN_NAMES


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def long_functions(tree: ast.Module) -> Iterator[str]:
    for node in functions(tree):
        body = node.body[1:] if ast.get_docstring(node) else node.body
        if body and (body[-1].end_lineno or 0) - body[0].lineno + 1 > LONGEST_FUNCTION:
            yield node.name


def missing_docstrings(tree: ast.Module) -> Iterator[str]:
    """A module, a public class, and a public function of a module must say what they are."""
    if not ast.get_docstring(tree):
        yield "the module"
    for node in tree.body:
        named = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if named and not node.name.startswith("_") and not ast.get_docstring(node):
            yield node.name


def missing_annotations(tree: ast.Module) -> Iterator[str]:
    for node in functions(tree):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        bare = [each.arg for each in arguments if each.annotation is None and each.arg not in ("self", "cls")]
        if node.returns is None or bare:
            yield node.name


def impure_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        yield from (name for name in names if name.partition(".")[0] not in _PURE)


def forbidden_calls(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            if name in _IMPURE_CALLS:
                yield f"{name}() in line {node.lineno}"


def broad_excepts(tree: ast.Module, path: Path) -> Iterator[int]:
    if str(path).endswith(_MAY_CATCH_ALL):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            reraises = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
            kind = getattr(node.type, "id", "") if node.type else "everything"
            if kind in ("everything", "Exception", "BaseException") and not reraises:
                yield node.lineno


def returns_in_finally(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Try):
            yield from (
                inner.lineno
                for last in node.finalbody
                for inner in ast.walk(last)
                if isinstance(inner, ast.Return)
            )


def misplaced_commits(tree: ast.Module, path: Path) -> Iterator[int]:
    if str(path).endswith(_MAY_COMMIT):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.fullmatch(r"commit", getattr(node.func, "attr", "")):
            yield node.lineno
