"""The report in another language: every text is marked, and the template for translators holds them all."""

from __future__ import annotations

import re
import runpy
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import framing
from framing import Analysis, Article
from framing.errors import InputError
from framing.report import write_report
from framing.report.lang import FOLDER, _, speaking
from framing.report.page.html import forms_of

pytest.importorskip("babel", reason="babel is not there: pip install babel")
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SAMPLE = "1,234.5"  # by which a translation shows its separators; brackets would become part of every number
VOID = {"meta", "link", "img", "input", "br", "hr", "rect", "path"}

# What is data, and stands in every language as it is.
EXEMPT_TAGS = {
    "bdi",  # names of outlets, subjects and lexicons, headlines, speakers: whatever articles and lexicons bring
    "mark",  # what was counted
    "code",  # commands, names of files and measures
    "pre",  # an entry for BibTeX; its words are translated, its fields are not
    "style",
    "script",
}
EXEMPT_CLASSES = {
    "said",  # sentences of articles
    "references",  # of the method: titles of papers
}
FINDINGS = {"findings"}  # sentences of the program, for all that names in them are isolated


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue that says every text in ⟦brackets⟧."""
    with (FOLDER / "framing.pot").open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale="eo")
    for message in template:
        if not message.id or message.id == SAMPLE:
            continue
        forms = message.id if isinstance(message.id, tuple | list) else (message.id,)
        said = tuple(f"⟦{form}⟧" for form in forms)
        catalogue.add(message.id, said if len(said) > 1 else said[0])
    path = tmp_path_factory.mktemp("language") / "eo.mo"
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return path


class Reader(HTMLParser):
    """Collects what of a page is text of the program and outside of brackets."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool, bool]] = []  # tag, whether data stands in it, whether it holds findings
        self.depth = 0
        self.bare: list[str] = []
        self.inside = 0
        self.feed(html)
        self.close()

    @property
    def in_finding(self) -> bool:
        """Whether a sentence of a finding or of its checks stands here; its subject and links are what it is about."""
        return any(finding for *_, finding in self.open) and not {"strong", "a"} & {tag for tag, *_ in self.open}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        label = fields.get("aria-label")
        if label and "⟦" not in label:
            self.bare.append(label)
        if tag not in VOID:
            classes = set((fields.get("class") or "").split())
            exempt = tag in EXEMPT_TAGS or bool(classes & EXEMPT_CLASSES) or fields.get("dir") == "auto"
            # Outlets and subjects in lists to choose from.
            exempt |= tag == "option" and bool(re.match(r"o-|s\d", fields.get("value") or ""))
            self.open.append((tag, exempt and not self.in_finding, bool(classes & FINDINGS)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(exempt for _, exempt, _ in self.open):
            return
        for piece in re.split("([⟦⟧])", data):
            if piece == "⟦":
                self.depth += 1
            elif piece == "⟧":
                self.depth -= 1
            elif self.depth:
                self.inside += 1
            elif re.search(r"[^\W\d_]", piece):
                self.bare.append(" ".join(piece.split()))
        assert self.depth >= 0, data


def test_the_template_for_translators_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / "benchmarks" / "make_messages.py"))["format_messages"]()
    assert (FOLDER / "framing.pot").read_bytes() == made, "run: make messages"


@pytest.fixture(scope="module")
def everything() -> Analysis:
    """Two outlets on one event, all modules, all lexicons."""
    said = "Twelve people were killed, police said. The minister said that the rebels had fled. “We saw it,” said he."
    articles = [
        Article("a", "Alpha", f"{said} It was a brutal, shameful attack. Perhaps the regime lied.", event="pit"),
        Article("b", "Beta", f"{said} Fifteen people were injured. The militants may have left.", event="pit"),
    ]
    return framing.analyse(articles, resamples=100)


@pytest.mark.parametrize("name", ["valley", "wordings", "everything"])
def test_every_text_of_the_report_is_said_in_its_language(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, pseudo: Path
) -> None:
    path = write_report(request.getfixturevalue(name), tmp_path / "report.html", lang=str(pseudo))
    html = path.read_text(encoding="utf-8")
    assert '<html lang="eo">' in html
    reader = Reader(html)
    assert reader.depth == 0 and reader.inside > 500
    assert sorted(set(reader.bare)) == []
    if name == "wordings":  # words of the choice of measures, which are data in English
        assert "<bdi>⟦Hedges⟧</bdi>" in html and "⟦Certainty⟧" in html


def test_english_is_what_nothing_is_said_of(valley: Analysis, tmp_path: Path, pseudo: Path) -> None:
    english = write_report(valley, tmp_path / "english.html").read_text(encoding="utf-8")
    write_report(valley, tmp_path / "pseudo.html", lang=str(pseudo))
    assert write_report(valley, tmp_path / "again.html").read_text(encoding="utf-8") == english
    assert "⟦" not in english and '<html lang="en">' in english
    with pytest.raises(InputError, match="There is no translation 'tlh'"):
        write_report(valley, tmp_path / "tlh.html", lang="tlh")


def test_the_script_is_told_the_forms_of_its_nouns(tmp_path: Path) -> None:
    assert forms_of("mention").startswith('{"forms": ["{number} mentions", "{number} mention"], "which": "0100000000')
    with speaking(str(_slavic(tmp_path))):
        forms = forms_of("mention")
    assert '"forms": ["{number} m5", "{number} m1", "{number} m2"]' in forms
    assert '"which": "0122200000000000000001222000000' in forms


def _slavic(folder: Path) -> Path:
    """A catalogue with three forms: for 1, 21, ...; for 2 to 4, 22 to 24, ...; for the others."""
    catalogue = Catalog(locale="uk")
    catalogue.add(("{number} mention", "{number} mentions"), ("{number} m1", "{number} m2", "{number} m5"))
    path = folder / "uk.mo"
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return path


def texts_of(template: Catalog) -> Iterator[str]:
    for message in template:
        yield from message.id if isinstance(message.id, tuple | list) else (message.id,)


def test_texts_name_their_fields() -> None:
    """A field without a name cannot be put elsewhere in a sentence."""
    with (FOLDER / "framing.pot").open("rb") as file:
        texts = [text for text in texts_of(read_po(file)) if text]
    assert len(texts) > 400
    assert [text for text in texts if re.search(r"\{\}|\{\d|%[sd]", text)] == []


def _compile(path: Path, said: dict[str, str], header: str = "Language: de\n") -> Path:
    """Write a catalogue as msgfmt does, but for what msgfmt refuses."""
    texts = {"": f"Content-Type: text/plain; charset=UTF-8\n{header}", **said}
    pairs = [(k.encode(), v.encode()) for k, v in sorted(texts.items())]
    place, tables, strings = 28 + 16 * len(pairs), [b"", b""], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<2I", len(pair[side]), place + len(strings))
            strings += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    path.write_bytes(head + b"".join(tables) + strings)
    return path


@pytest.mark.parametrize(
    "content", [b"", b"no catalogue", b"\xde\x12\x04\x95", struct.pack("<7I", 0x950412DE, 0, 9999, 28, 28, 0, 0)]
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "de.mo"
    path.write_bytes(content)
    with pytest.raises(InputError, match="is no compiled catalogue"), speaking(str(path)):
        pass


@pytest.mark.parametrize(
    "header, said",
    [
        ("", "does not say the language"),
        ('Language: de"/><w:p x="\n', "which is none"),
        (f"Language: {'x' * 300}\n", "which is none"),
        ("Language: de\nContent-Type: text/plain; charset=NOPE\n", "unknown encoding"),
        ("Language: de\nPlural-Forms: nplurals=2; plural=n/0;\n", "is no compiled catalogue"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(tmp_path: Path, header: str, said: str) -> None:
    with pytest.raises(InputError, match=said), speaking(str(_compile(tmp_path / "de.mo", {}, header))):
        pass


@pytest.mark.parametrize(
    "english, german",
    [
        ("{number} articles", "{zahl} Artikel"),
        ("{number} articles", "{number.__class__} Artikel"),
        ("{number} articles", "{0} Artikel"),
        ("{number} articles", "{number Artikel"),
        ("%(number)s articles", "%(zahl)s Artikel"),
        ("%(number)s articles", "%(number)s % Artikel"),
    ],
)
def test_a_field_that_its_text_does_not_have_is_refused(tmp_path: Path, english: str, german: str) -> None:
    path = _compile(tmp_path / "de.mo", {english: german})
    with pytest.raises(InputError, match="its text does not have"), speaking(str(path)):
        _(english)


@pytest.mark.parametrize(
    "english, german",
    [
        ("{number}%", "{number} %"),
        ("{low} to {high}", "{high} ab {low}"),
        ("{number} articles", "Artikel"),
        ("%(number)s articles, 95%%", "95 %%, %(number)s Artikel"),
    ],
)
def test_fields_may_move_or_go(tmp_path: Path, english: str, german: str) -> None:
    with speaking(str(_compile(tmp_path / "de.mo", {english: german}))):
        assert _(english) == german
