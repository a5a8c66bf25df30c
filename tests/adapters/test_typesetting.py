"""Typesetting: what a document claims, what it looks up, and whose words are never markup."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from flask import Flask

from config import ROOT
from portal.adapters.glyphs import characters_of
from portal.adapters.typesetting import FONTS, TypstTypesetter
from portal.domain.places import Jurisdiction
from portal.wording.certificates import certificate_facts
from portal.wording.documents import LetterFacts, letter_facts
from portal.wording.languages import LANGUAGES, Language
from tests.documents import broken_claims, text_of
from tests.wording.test_documents import FACTS

BODY = "Dear %s,\n\nTo finish:\n– Paper 1\n\n[■] Degree: met\n[▨] Paper 1: condition\n[ ] Sponsor: open"


@pytest.fixture(scope="module")
def typesetter() -> TypstTypesetter:
    return TypstTypesetter(ROOT / "templates" / "documents")


def a_letter(typesetter: TypstTypesetter, *, language: str = "en", name: str = "Mei Lam") -> dict[str, Any]:
    return letter_facts(
        LetterFacts(
            reference="HK-7K4M-2QR9",
            place=Jurisdiction.HONG_KONG,
            language=language,
            subject=f"Recognition granted: {name}",
            body=BODY % name,
            written_on=date(2026, 11, 22),
            operator="",
            check_address="https://bridge.example/check",
            code_picture=typesetter.square_code("https://bridge.example/check"),
        )
    )


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_a_document_is_archival_and_accessible(typesetter: TypstTypesetter, language: Any) -> None:
    made = typesetter.typeset("letter", a_letter(typesetter, language=language.locale))
    assert [fault for fault in broken_claims(made) if "keyboard" not in fault] == []
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang).startswith(language.tag[:2])


def _without(name: str) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[name]

    return spoil


def _without_words(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure":
            del thing["/Alt"]


def _without_unicode(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0":
            del thing["/ToUnicode"]


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_without("/Lang"), "no language"),
        (_without("/MarkInfo"), "not marked"),
        (_without("/OutputIntents"), "no output intent"),
        (_without("/StructTreeRoot"), "no tags"),
        (_without("/ViewerPreferences"), "the title is not displayed"),
        (_without("/Metadata"), "no claim of PDF/UA part 1"),
        (_without_words, "a figure without words"),
        (_without_unicode, "a font without Unicode"),
    ],
)
def test_a_spoilt_document_is_noticed(
    typesetter: TypstTypesetter, spoil: Callable[[pikepdf.Pdf], None], fault: str
) -> None:
    with pikepdf.open(BytesIO(typesetter.typeset("letter", a_letter(typesetter)))) as pdf:
        spoil(pdf)
        out = BytesIO()
        pdf.save(out)
    assert fault in broken_claims(out.getvalue())


@pytest.mark.parametrize(
    "name",
    [
        '#eval("1+1")',
        "*bold* _quiet_ `raw` $x^2$ = heading",
        '#read("/etc/passwd")',
        "\\u{41} // gone /* gone */ <label> @cite https://elsewhere.example",
        '"] #panic() [',
    ],
)
def test_a_name_is_never_read_as_markup(typesetter: TypstTypesetter, tmp_path: Path, name: str) -> None:
    made = typesetter.typeset("letter", a_letter(typesetter, name=name))
    assert f"Dear {' '.join(name.split())}," in text_of(made, tmp_path)
    with pikepdf.open(BytesIO(made)) as pdf:
        assert not any("/Annots" in page.obj for page in pdf.pages)


def test_a_name_pasted_into_markup_would_be_read(tmp_path: Path) -> None:
    """The guilty twin: the same name as source does act."""
    source = tmp_path / "pasted.typ"
    source.write_text('Dear #eval("1+1"),', encoding="utf-8")
    made = typst.compile(str(source), format="pdf")
    assert isinstance(made, bytes)
    assert "Dear 2," in text_of(made, tmp_path)


@pytest.mark.parametrize("name", ["歐陽㷛", "𠮷野", "囍𨭎镕䶮", "Nguyễn Łucja Őri", "鄧𡃁"])
def test_rare_characters_are_drawn(typesetter: TypstTypesetter, tmp_path: Path, name: str) -> None:
    made = typesetter.typeset("letter", a_letter(typesetter, language="zh_Hant_HK", name=name))
    read = text_of(made, tmp_path)
    assert name in read
    assert "Unicode" not in read


def test_a_character_no_font_draws_is_written_as_its_number(
    typesetter: TypstTypesetter, tmp_path: Path
) -> None:
    made = typesetter.typeset("letter", a_letter(typesetter, name="Wong 🙂𪚔"))
    read = text_of(made, tmp_path)
    assert "〓[U+1F642]〓[U+2A694]" in read
    assert "stands here as its Unicode number" in read


def test_an_unknown_kind_is_refused(typesetter: TypstTypesetter) -> None:
    with pytest.raises(KeyError):
        typesetter.typeset("diploma", {})


def test_the_same_facts_make_the_same_bytes(typesetter: TypstTypesetter) -> None:
    facts = a_letter(typesetter)
    assert typesetter.typeset("letter", facts) == typesetter.typeset("letter", facts)


def test_the_fonts_are_the_ones_written_down() -> None:
    record = tomllib.loads((FONTS / "CHECKSUMS.toml").read_text(encoding="utf-8"))["file"]
    found = {path.name for path in FONTS.iterdir()} - {"CHECKSUMS.toml", "README.md"}
    assert found == {entry["name"] for entry in record}
    for entry in record:
        assert hashlib.sha256((FONTS / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
        assert (FONTS / entry["licence"]).is_file()


def test_both_cities_characters_are_covered() -> None:
    drawn = characters_of(sorted(FONTS.glob("*.ttf")))
    # All of GB 2312's and Big5's rows as Python knows them, and the supplement Hong Kong added.
    for encoding in ("gb2312", "big5"):
        missing = [sign for sign in _signs_of(encoding) if ord(sign) not in drawn]
        assert missing == [], encoding
    absent = [sign for sign in _signs_of("big5hkscs") if ord(sign) not in drawn]
    assert len(absent) <= 2, absent


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_the_longest_names_and_titles_leave_the_face_on_one_page(
    typesetter: TypstTypesetter, the_app: Flask, language: Language
) -> None:
    rulebook = the_app.extensions["house"].rulebook
    longest = max(
        rulebook.targets.values(), key=lambda target: len(target.title.in_language(language.locale))
    )
    facts = replace(
        FACTS,
        name_latin=("Konstantinopoulos " * 7)[:120],
        name_chinese="歐陽" * 30,
        target=longest.title,
        authority=max((one.title for one in rulebook.authorities.values()), key=lambda title: len(title.en)),
        expires_on=date(2028, 11, 21),
        check_address="recognition-checks.an-operator-with-a-long-name.example/check",
        code_picture=typesetter.square_code("https://recognition-checks.example/check?code=SH-7K4M-2QR9"),
    )
    made = typesetter.typeset("certificate", certificate_facts(facts, language.locale))
    with pikepdf.open(BytesIO(made)) as pdf:
        pages = len(pdf.pages)
    assert pages == 2


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.ttf"
    path.write_bytes(bytes(64))
    with pytest.raises(ValueError, match="without a character map"):
        characters_of([path])


def _signs_of(encoding: str) -> list[str]:
    """Every Chinese character of a double-byte encoding."""
    signs = []
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                sign = bytes((high, low)).decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(sign) == 1 and ("㐀" <= sign <= "鿿" or sign >= "\U00020000"):
                signs.append(sign)
    return signs
