"""`framing lexicon`: list, show, check, test, convert and start lexicons."""

from __future__ import annotations

import math
from pathlib import Path

import click

from framing.errors import InputError


@click.group()
def lexicon() -> None:
    """List, show, check, test, convert and start lexicons."""


@lexicon.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_(as_json: bool) -> None:
    """List the lexicons that come with the program."""
    import json

    from framing.lexicon import list_lexicons, read_lexicon

    rows = []
    for path in list_lexicons():
        found = read_lexicon(path)
        terms = sum(not t.blocker for t in found.terms)
        rows.append((found.module, found.name, len(found.categories), terms, found.title))
    if as_json:
        keys = ("module", "name", "categories", "terms", "title")
        click.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], ensure_ascii=False))
        return
    click.echo("module/name                   categories  terms  title")
    for module, name, categories, terms, title in rows:
        click.echo(f"{f'{module}/{name}':28}  {categories:10}  {terms:5}  {title}")
    naming = [row for row in rows if row[0] == "naming"]
    click.echo(
        f"naming: {len(naming)} lexicons, {sum(r[2] for r in naming)} referents, {sum(r[3] for r in naming)} names"
    )


@lexicon.command()
@click.argument("name")
@click.option("--category", help="Only this category.")
def show(name: str, category: str | None) -> None:
    """Show a lexicon: its categories, entries, weights, reasons and sources."""
    from framing.lexicon import find_lexicon, read_lexicon

    found = read_lexicon(find_lexicon(name))
    if category and category not in found.categories:
        raise InputError(f"{name}: no category {category!r}; there are {', '.join(found.categories)}.")
    click.echo(f"{found.title} ({found.module}/{found.name} {found.version}, {found.licence})")
    if found.description:
        click.echo(found.description)
    click.echo(f"scale {found.scale[0]:g} to {found.scale[1]:g}. {found.scale_meaning}")
    for key, group in found.categories.items():
        if category not in (None, key):
            continue
        gate = f"; only where the article holds {group.topic_min} of: {', '.join(group.topic)}" if group.topic else ""
        click.echo(f"\n{key}: {group.label} [{group.kind or found.module}, {group.scale}]{gate}")
        for term in found.terms:
            if term.category == key:
                weight = "hides" if math.isnan(term.weight) else f"{term.weight:+g}"
                basis = f"{term.basis} {term.source}".strip()
                click.echo(f"  {weight:>5}  {term.pattern}  [{basis}]{'  ' + term.note if term.note else ''}")
    if not category:
        click.echo("\nsources")
        for key, source in found.sources.items():
            click.echo(f"  {key}: {source.citation} {source.url}".rstrip())


@lexicon.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--notes/--no-notes", default=True, help="Show notes: inflections that no entry matches, judgements without reason."
)
def lint(paths: tuple[str, ...], notes: bool) -> int:
    """Find dead, duplicate, conflicting, unsourced and out-of-scale entries."""
    from framing.lexicon import find_lexicon, list_lexicons
    from framing.lexicon_checks import lint as check

    errors = 0
    for path in [find_lexicon(p) for p in paths] or list_lexicons():
        problems = check(path)
        for problem in problems:
            if notes or problem.severity != "note":
                click.echo(f"{problem.severity}: {problem}")
        found = {s: sum(p.severity == s for p in problems) for s in ("error", "warning", "note")}
        errors += found["error"]
        click.echo(f"{path.name}: {found['error']} errors, {found['warning']} warnings, {found['note']} notes")
    return 3 if errors else 0


@lexicon.command()
@click.argument("paths", nargs=-1)
def test(paths: tuple[str, ...]) -> int:
    """Run the examples of lexicons as tests; by default of all that come with the program."""
    from framing.lexicon import find_lexicon, list_lexicons, read_lexicon
    from framing.lexicon_checks import run_examples

    failed = 0
    for path in [find_lexicon(p) for p in paths] or list_lexicons():
        results = run_examples(read_lexicon(path))
        for result in results:
            if not result.passed:
                failed += 1
                click.echo(
                    f"{path}/examples.csv:{result.example.line}: "
                    f"expected {'; '.join(result.example.expected) or 'nothing'}, "
                    f"found {'; '.join(result.found) or 'nothing'}: {result.example.text}"
                )
        click.echo(f"{path.name}: {sum(r.passed for r in results)} of {len(results)} examples pass")
    return 1 if failed else 0


@lexicon.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--module", default="naming", show_default=True)
@click.option("--title", default="", help="What it is about.")
def new(folder: Path, module: str, title: str) -> None:
    """Start a lexicon: a folder with three files that lint accepts, to be filled."""
    from framing.lexicon_checks import write_skeleton

    write_skeleton(folder, module, title)
    click.echo(f"{folder}: fill terms.csv and examples.csv, then framing lexicon lint {folder}")


@lexicon.command()
@click.argument("source")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--from", "from_", metavar="FMT", help="Format of SOURCE where its name does not tell.")
@click.option("--to", metavar="FMT", help="Format of TARGET where its name does not tell.")
@click.option("--module", default="naming", show_default=True, help="Scoring module that a new lexicon folder serves.")
@click.option("--language", help="Language of its terms, e.g. en.")
@click.option("--split", is_flag=True, help="One lexicon folder for each category, so that a term counts in several.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="csv, tsv: column of term, category or weight, by heading or number. Repeatable.",
)
@click.option("--category", help="csv, tsv, list: category of terms that name none; by default the name of the file.")
@click.option("--encoding", help="Encoding of SOURCE; found out otherwise.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def convert(
    source: str,
    target: Path,
    from_: str | None,
    to: str | None,
    module: str,
    language: str | None,
    split: bool,
    mapping: tuple[str, ...],
    category: str | None,
    encoding: str | None,
    as_json: bool,
) -> None:
    """Convert a dictionary: LIWC (.dic, .dicx), quanteda (.yml), csv, tsv, plain lists and lexicon folders.

    Says by kind, with counts and examples, what TARGET cannot hold; nothing is left out silently.
    """
    import json

    from framing.formats import convert as convert_dictionary
    from framing.lexicon import find_lexicon

    columns: dict[str, str] = {}
    for pair in mapping:
        field, separator, column = pair.partition("=")
        if not separator or not field or not column:
            raise InputError(f"--map {pair!r}: write FIELD=COLUMN, e.g. --map term=word.")
        columns[field] = column
    path = Path(source)
    if not path.exists() and from_ in (None, "folder") and not path.suffix:
        path = find_lexicon(source)
    report = convert_dictionary(
        path,
        target,
        from_,
        to,
        columns=columns or None,
        category=category,
        encoding=encoding,
        module=module,
        language=language,
        split=split,
    )
    click.echo(json.dumps(report.to_dict(), ensure_ascii=False) if as_json else str(report))
