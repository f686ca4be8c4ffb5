"""All inputs as one stream of articles that can be read again and again without ever being held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path

from framing.errors import InputError
from framing.ingest.accounts import FileRead, ReadReport, Removed
from framing.ingest.cleaning import clean as clean_text
from framing.ingest.encoding import Decodings, check_encoding, open_binary
from framing.ingest.fields import Gap, Record, check_mapping, make_article, replace_unusable
from framing.ingest.folder import LeftAside, LoosePages, PagesWithMetadata, read_folder
from framing.ingest.repeats import LineSample
from framing.ingest.single import FORMATS, Page, Spool, StandardInput, find_format, read_standard_input
from framing.ingest.tables import Found, Table
from framing.text import Article

Source = Table | Page | PagesWithMetadata | LoosePages | LeftAside | StandardInput


class Articles:
    """Articles of any number of inputs, read anew by each iteration, one at a time.

    Made by `read_articles`. Files are read while iterating, so errors in their content surface then. Memory holds one
    article, a table of ids, and a bounded sample of lines, never all texts.

    Attributes
    ----------
    report : ReadReport
        The account of the last complete iteration; empty before.
    """

    def __init__(self, sources: list[Source], outlet: str | None, clean: bool, decodings: Decodings) -> None:
        self._sources = sources
        self._outlet = outlet
        self._clean = clean
        self._decodings = decodings
        self._repeated: dict[str, frozenset[str]] | None = None
        self._length: int | None = None
        self.report = ReadReport()

    def __iter__(self) -> Iterator[Article]:
        """Yield each article, cleaned unless told otherwise.

        Raises
        ------
        InputError
            For content that breaks a format, an article without outlet, or an id that comes twice.
        """
        report = ReadReport()
        repeated = self._find_repeated()
        seen: set[int] = set()
        for item in self._found():
            if isinstance(item, Record):
                article = self._finish(item, repeated, report)
                if article is None:
                    continue
                # Eight bytes of digest instead of the id: a million articles make 100 MB of ids, but 60 MB of numbers.
                key = int.from_bytes(sha256(article.id.encode()).digest()[:8], "big")
                if key in seen:
                    self._refuse_repeated(article.id, item.place)
                seen.add(key)
                report.yielded += 1
                yield article
            elif isinstance(item, FileRead):
                report.files.append(item)
                if item.warning:
                    report.warn("encodings", item.warning)
            elif isinstance(item, Gap):
                report.skip(item.place, item.reason)
            else:
                report.warn(item.kind, item.message)
        report.close()
        self.report = report
        self._length = report.yielded

    def __len__(self) -> int:
        """Count the articles; reads everything once, unless an iteration has been completed."""
        if self._length is None:
            for _ in self:
                pass
        assert self._length is not None
        return self._length

    def __bool__(self) -> bool:
        """Tell whether there is at least one article; reads no further."""
        return self._length > 0 if self._length is not None else next(iter(self), None) is not None

    def batches(self, size: int) -> Iterator[list[Article]]:
        """Yield lists of `size` articles, the last one shorter, always in the same order.

        Raises
        ------
        ValueError
            When size is below 1.
        """
        if size < 1:
            raise ValueError(f"size is {size}; a batch holds at least 1 article.")
        articles = iter(self)
        while batch := list(islice(articles, size)):
            yield batch

    def _found(self) -> Iterator[Found]:
        for source in self._sources:
            yield from source.found(self._decodings)

    def _finish(self, record: Record, repeated: Mapping[str, frozenset[str]], report: ReadReport) -> Article | None:
        """Count a record as read, and return its article, or None with the reason in the report."""
        article = make_article(record, self._outlet, report.warn)
        if not article.text.strip():
            report.skip(record.place, "empty text")
            return None
        if self._clean:
            title, text, cuts = clean_text(
                article.text, article.title, record.is_page, repeated.get(article.outlet, ())
            )
            report.removed.extend(Removed(article.id, *cut) for cut in cuts)
            if not text.strip():
                report.skip(record.place, "no text left after cleaning")
                return None
            if cuts or title != article.title:
                article = _with_text(article, title, text)
        report.read += 1
        return article

    def _find_repeated(self) -> dict[str, frozenset[str]]:
        """Return the lines that each outlet repeats; the first time this reads everything."""
        if not self._clean or all(isinstance(source, Table) for source in self._sources):
            # Only saved pages carry the furniture of their site; tables would cost a second reading for nothing.
            return {}
        if self._repeated is None:
            try:
                # Most tables are UTF-8, so the look ahead for another encoding would be a third reading for nothing.
                with self._decodings.hoping():
                    self._repeated = self._sample().repeated()
            except UnicodeDecodeError:
                self._repeated = self._sample().repeated()
        return self._repeated

    def _sample(self) -> LineSample:
        sample = LineSample()
        for item in self._found():
            if isinstance(item, Record) and item.is_page:
                outlet = replace_unusable(item.values.get("outlet", ""))[0].strip() or self._outlet or ""
                sample.add(outlet, item.values["text"])
        return sample

    def _refuse_repeated(self, id: str, place: str) -> None:
        """Raise for an id that comes twice; reads again to find the first place."""
        places = []
        given = True
        for item in self._found():
            if isinstance(item, Record):
                article = make_article(item, self._outlet, lambda kind, message: None)
                if article.id == id and article.text.strip():
                    places.append(item.place)
                    given = bool(item.values.get("id", "").strip())
                    if len(places) == 2:
                        break
        if len(places) < 2:  # two ids with one digest: one in 2**64 pairs, or the file changed meanwhile
            raise InputError(f"{place}: id {id!r} comes twice, or the input changed while it was read. Read it again.")
        advice = (
            "Give each article its own id"
            if given
            else "They agree in outlet, title and text: remove one, or add an id column"
        )
        raise InputError(f"{places[1]}: id {id!r} is taken already, by {places[0]}. {advice}.")


def read_articles(
    *inputs: str | Path,
    map: Mapping[str, str] | None = None,
    clean: bool = True,
    outlet: str | None = None,
    metadata: str | Path | None = None,
    encoding: str | None = None,
    format: str | None = None,
) -> Articles:
    """Open articles in files and folders; they are read when iterated.

    Parameters
    ----------
    *inputs : str or Path
        Folders of text files with a metadata table (column `file`), folders of tables, tables (.csv, .tsv, .jsonl,
        .json, each also packed, .gz), single text files, or "-" for standard input.
    map : mapping of str to str, optional
        Field to column, {"text": "body"}, for every table.
    clean : bool
        Remove boilerplate (see `framing.ingest.cleaning`); False keeps every text exactly as given.
    outlet : str, optional
        Outlet of articles that name none.
    metadata : str or Path, optional
        The table that describes the text files of the one folder given.
    encoding : str, optional
        Of all files; else found by mark, strict UTF-8, or a guess with a warning.
    format : {"csv", "tsv", "jsonl", "json", "txt"}, optional
        Of all files given by name and of standard input; else found from the name, or strictly from the content.

    Returns
    -------
    Articles

    Raises
    ------
    InputError
        When an input is missing, unreadable, or of unknown format, or options do not fit.
    """
    if not inputs:
        raise InputError("no input. Give files, folders, or - for standard input.")
    if format is not None and format not in FORMATS:
        raise InputError(f"format {format!r} is unknown. Formats: {', '.join(FORMATS)}.")
    mapping = check_mapping(map)
    outlet = outlet.strip() if outlet is not None else None
    if outlet == "":
        raise InputError("the outlet given for all articles is empty. Name it.")
    decodings = Decodings(check_encoding(encoding))
    folders = [path for path in inputs if str(path) != "-" and Path(path).is_dir()]
    if metadata is not None and len(folders) != 1:
        raise InputError(
            f"metadata {metadata}: belongs to one folder of text files, but {len(folders)} folders are given."
        )
    sources: list[Source] = []
    known: set[Path | str] = set()
    for given in inputs:
        identity = "-" if str(given) == "-" else Path(given).resolve()
        if identity in known:
            raise InputError(f"{given}: given twice. Give each input once.")
        known.add(identity)
        if given in folders:
            described = Path(metadata) if metadata is not None else None
            sources += read_folder(Path(given), mapping, outlet, described, decodings)
        elif identity == "-":
            sources.append(read_standard_input(Spool(), format, mapping, outlet, decodings))
        else:
            sources.append(_read_file(Path(given), format, mapping, outlet))
    return Articles(sources, outlet, clean, decodings)


def _with_text(article: Article, title: str, text: str) -> Article:
    # dataclasses.replace takes ten times as long, once for each article.
    a = article
    return Article(a.id, a.outlet, text, title, a.date, a.url, a.event, a.upstream, a.genre, a.language, a.extra)


def _read_file(path: Path, format: str | None, mapping: Mapping[str, str], outlet: str | None) -> Table | Page:
    open_binary(path).close()
    format = format or find_format(path)
    if format is None:
        raise InputError(
            f"{path}: unknown kind of file. Expected .txt, .csv, .tsv, .jsonl or .json (also .gz), "
            "or say what it is (--format)."
        )
    if format != "txt":
        return Table(path, path.name, format, mapping, needs_outlet=outlet is None)
    if outlet is None:
        raise InputError(f"{path}: a text file names no outlet. Give it (--outlet NAME), or a folder with metadata.")
    return Page(path, path.name)
