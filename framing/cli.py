"""The command line. It alone turns exceptions into one line and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from framing.errors import FramingError, InputError

EXIT_FAILED, EXIT_USAGE, EXIT_INPUT, EXIT_INTERRUPTED = 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="framing-analyser")
def cli() -> None:
    """Measure how news outlets word the same events: who calls whom what, in whose voice."""


@cli.group()
def lexicon() -> None:
    """List, show, check, test, convert and start lexicons."""


@lexicon.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--notes/--no-notes", default=True, help="Show notes (inflections that no entry matches).")
def lexicon_lint(paths: tuple[Path, ...], notes: bool) -> None:
    """Find dead, duplicate, conflicting, unsourced and out-of-scale entries."""
    from framing.lexicon import find_lexicon, list_lexicons
    from framing.lexicon_checks import lint

    errors = 0
    for path in [find_lexicon(p) for p in paths] or list_lexicons():
        problems = lint(path)
        errors += sum(p.severity == "error" for p in problems)
        for problem in problems:
            if notes or problem.severity != "note":
                click.echo(f"{problem.severity}: {problem}")
        click.echo(f"{path.name}: {len(problems)} remarks, {sum(p.severity == 'error' for p in problems)} errors")
    if errors:
        raise SystemExit(EXIT_INPUT)


@lexicon.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def lexicon_test(paths: tuple[Path, ...]) -> None:
    """Run the examples of lexicons as tests."""
    from framing.lexicon import find_lexicon, list_lexicons, read_lexicon
    from framing.lexicon_checks import run_examples

    failed = 0
    for path in [find_lexicon(p) for p in paths] or list_lexicons("naming"):
        results = run_examples(read_lexicon(path))
        for result in results:
            if not result.passed:
                failed += 1
                click.echo(
                    f"{path}/examples.csv:{result.example.line}: expected {'; '.join(result.example.expected) or 'nothing'}, "
                    f"found {'; '.join(result.found) or 'nothing'}: {result.example.text}"
                )
        click.echo(f"{path.name}: {sum(r.passed for r in results)} of {len(results)} examples pass")
    if failed:
        raise SystemExit(EXIT_FAILED)


def main() -> None:
    """Run the command line; exit codes: 0 fine, 1 failed, 2 usage, 3 bad input, 130 interrupted."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(EXIT_INTERRUPTED)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except click.UsageError as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except InputError as error:
        click.echo(f"framing: {error}", err=True)
        sys.exit(EXIT_INPUT)
    except FramingError as error:
        click.echo(f"framing: {error}", err=True)
        sys.exit(EXIT_FAILED)
