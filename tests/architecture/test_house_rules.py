"""The house rules, held by tests: floors, purity, sizes, names, docstrings, lint, types.

Each guard has a twin that feeds it a guilty sample: a guard that cannot fail is no guard.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house_rules import (
    FORBIDDEN_NAMES,
    LARGEST_FILE,
    broad_excepts,
    forbidden_calls,
    forbidden_name,
    impure_imports,
    long_functions,
    misplaced_commits,
    missing_annotations,
    missing_docstrings,
    own_files,
    parse,
    returns_in_finally,
    too_long,
)

ROOT = Path(__file__).parents[2]
FILES = own_files(ROOT)
DOMAIN = [path for path in FILES if path.is_relative_to(ROOT / "portal/domain")]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_something_to_guard() -> None:
    assert len(FILES) > 100
    assert len(DOMAIN) > 20


def test_no_file_outgrows_a_sitting() -> None:
    assert [relative(path) for path in FILES if too_long(path.read_text())] == []


def test_no_function_outgrows_the_eye() -> None:
    assert [f"{relative(path)}: {name}" for path in FILES for name in long_functions(parse(path))] == []


def test_no_file_is_a_drawer() -> None:
    assert [relative(path) for path in FILES if forbidden_name(path)] == []


def test_every_module_and_public_class_says_what_it_is() -> None:
    assert [f"{relative(path)}: {name}" for path in FILES for name in missing_docstrings(parse(path))] == []


def test_everything_is_annotated() -> None:
    assert [f"{relative(path)}: {name}" for path in FILES for name in missing_annotations(parse(path))] == []


def test_the_domain_is_pure() -> None:
    impure = [f"{relative(path)}: {name}" for path in DOMAIN for name in impure_imports(parse(path))]
    assert impure == []
    called = [f"{relative(path)}: {name}" for path in DOMAIN for name in forbidden_calls(parse(path))]
    assert called == []


def test_nothing_swallows_every_error() -> None:
    assert [f"{relative(path)}:{line}" for path in FILES for line in broad_excepts(parse(path), path)] == []
    assert [f"{relative(path)}:{line}" for path in FILES for line in returns_in_finally(parse(path))] == []


def test_a_use_case_commits_in_one_place() -> None:
    services = [path for path in FILES if path.is_relative_to(ROOT / "portal/services")]
    found = [f"{relative(path)}:{line}" for path in services for line in misplaced_commits(parse(path), path)]
    assert found == []


@pytest.mark.parametrize(
    ("check", "guilty"),
    [
        (missing_docstrings, "class Case:\n    pass\n"),
        (missing_docstrings, '"""A module."""\n\ndef act():\n    return 1\n'),
        (missing_annotations, '"""M."""\ndef act(actor) -> None:\n    """D."""\n'),
        (missing_annotations, '"""M."""\ndef act():\n    """D."""\n'),
        (impure_imports, "import flask\n"),
        (impure_imports, "from sqlalchemy.orm import Session\n"),
        (impure_imports, "import random\n"),
        (forbidden_calls, "from datetime import date\nx = date.today()\n"),
        (forbidden_calls, "x = open('file')\n"),
        (forbidden_calls, "import uuid\nx = uuid.uuid4()\n"),
        (returns_in_finally, "def f() -> int:\n    try:\n        pass\n    finally:\n        return 1\n"),
        (long_functions, "def f() -> None:\n" + "    x = 1\n" * 41),
    ],
)
def test_each_guard_catches_a_guilty_sample(check: object, guilty: str) -> None:
    import ast

    assert list(check(ast.parse(guilty)))  # type: ignore[operator]


def test_the_other_guards_catch_guilty_samples_too() -> None:
    import ast

    path = ROOT / "portal/services/sample.py"
    assert too_long("x = 1\n" * (LARGEST_FILE + 1))
    assert all(forbidden_name(Path(f"portal/{name}.py")) for name in FORBIDDEN_NAMES)
    assert list(broad_excepts(ast.parse("try:\n    pass\nexcept Exception:\n    pass\n"), path))
    assert list(broad_excepts(ast.parse("try:\n    pass\nexcept:\n    pass\n"), path))
    assert list(misplaced_commits(ast.parse("house.session.commit()\n"), path))


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_ruff_finds_nothing() -> None:
    found = run("ruff", "check", "--no-cache", ".")
    assert found.returncode == 0, found.stdout


def test_ruff_finds_a_guilty_sample(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("import os\nprint(1)\n")
    assert run("ruff", "check", "--no-cache", "--config", "pyproject.toml", str(sample)).returncode == 1


def test_everything_is_formatted_alike() -> None:
    found = run("ruff", "format", "--no-cache", "--check", ".")
    assert found.returncode == 0, found.stdout


def test_mypy_finds_nothing() -> None:
    found = run("mypy")
    assert found.returncode == 0, found.stdout


def test_mypy_finds_a_guilty_sample(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("def double(x: int) -> int:\n    return str(x)\n")
    assert run("mypy", "--config-file", "pyproject.toml", str(sample)).returncode == 1


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin"},
    )


def test_the_floors_only_look_down() -> None:
    found = lint_imports(ROOT)
    assert found.returncode == 0, found.stdout


ROOMS = ("adapters", "cli", "domain", "models", "rulebook", "services", "web", "wording")


def sample_house(folder: Path) -> Path:
    """Our rooms with one file each, under our own contracts."""
    house = folder / "portal"
    for room in ROOMS:
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").write_text("")
        (house / room / "one.py").write_text("")
    (house / "__init__.py").write_text("")
    (house / "app.py").write_text("from portal.adapters import one\n")
    (house / "cli/main.py").write_text("from portal import app\n")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_a_house_that_looks_down_is_left_alone(tmp_path: Path) -> None:
    house = sample_house(tmp_path)
    (house / "portal/services/one.py").write_text("from portal.domain import one\n")
    found = lint_imports(house)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("looking", "seen", "contract"),
    [
        ("domain", "portal.services", "Floors only look down"),
        ("services", "portal.web", "Floors only look down"),
        ("models", "portal.adapters", "Floors only look down"),
        ("cli", "portal.web", "Floors only look down"),
        ("services", "portal.adapters", "The outside world is handed in"),
        ("web", "portal.adapters", "The outside world is handed in"),
        ("domain", "flask", "The domain is pure"),
    ],
)
def test_a_look_where_nobody_may_look_is_found(
    looking: str, seen: str, contract: str, tmp_path: Path
) -> None:
    house = sample_house(tmp_path)
    what = f"from {seen} import one\n" if seen.startswith("portal") else f"import {seen}\n"
    (house / "portal" / looking / "one.py").write_text(what)
    found = lint_imports(house)
    assert found.returncode == 1, found.stdout + found.stderr
    assert f"{contract} BROKEN" in found.stdout


def test_djlint_finds_nothing_in_the_templates() -> None:
    found = run("djlint", "templates", "--lint", "--quiet")
    assert found.returncode == 0, found.stdout


def test_djlint_finds_a_guilty_template(tmp_path: Path) -> None:
    sample = tmp_path / "sample.html"
    sample.write_text('<img src="x.png"><div><p>open</div>\n')
    assert (
        run("djlint", str(sample), "--lint", "--quiet", "--configuration", "pyproject.toml").returncode == 1
    )
