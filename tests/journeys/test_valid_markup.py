"""The markup of every page is valid HTML: the Nu Html Checker finds neither an error nor a warning."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.pages import EVERY_PAGE, NOBODY, addresses
from tests.peers.packages import peer_package

# The group role on a fieldset is GOV.UK's, for older screen readers that need it said.
FORGIVEN = ("The “group” role is unnecessary for element “fieldset”.",)


def checked(folder: Path) -> list[str]:
    """What the checker says of every page in a folder."""
    jar = peer_package("vnu", "java") / "node_modules/vnu-jar/build/dist/vnu.jar"
    words = ["java", "-Xmx400m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    pages = sorted(map(str, folder.glob("*.html")))
    said = subprocess.run([*words, *pages], check=True, capture_output=True, text=True, timeout=300).stderr
    return [
        f"{Path(each['url']).name}:{each.get('lastLine')} {each['message']}"
        for each in json.loads(said)["messages"]
        if each["message"] not in FORGIVEN
    ]


@pytest.mark.browser
def test_every_page_is_valid(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    for who, paths in EVERY_PAGE.items():
        for language in ("en", "zh-Hant-HK", "zh-Hans-CN"):
            visitor = visit(language=language)
            if who != NOBODY:
                visitor.come_as(f"{who}@example.com")
            for number, path in enumerate(addresses(paths, visitor.read)):
                name = f"{who}-{number:02}{path.replace('/', '-')}-{language}.html"
                (tmp_path / name).write_text(visitor.read(path), encoding="utf-8")
            visitor.context.close()
    assert len(list(tmp_path.glob("*.html"))) == 3 * sum(map(len, EVERY_PAGE.values()))
    assert checked(tmp_path) == []


@pytest.mark.browser
def test_a_guilty_page_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "guilty.html").write_text(
        "<!DOCTYPE html><html lang=en><title>x</title><p id=a><h1 id=a>x</h1><ul><p>y</p></ul></html>"
    )
    assert any("Duplicate ID" in each for each in checked(tmp_path))
