"""The command line. It alone turns exceptions into one line and an exit code, and it imports what a command needs
when it runs."""

from __future__ import annotations

import os
import sys
import warnings

import click

from framing.cli import (
    analyses,
    charts,
    compare,
    copies,
    events,
    guides,
    keyness,
    kit,
    lexicons,
    measures,
    scores,
    trends,
    validation,
    views,
)
from framing.errors import FramingError, InputError, format_warning
from framing.memory import collect_seldom

EXIT_FAILED, EXIT_USAGE, EXIT_INPUT, EXIT_INTERRUPTED = 1, 2, 3, 130


class Group(click.Group):
    """Commands in the order in which a user needs them, with `analyze` for `analyse`."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return super().get_command(context, {"analyze": "analyse"}.get(name, name))


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="framing-analyser", prog_name="framing")
def cli() -> None:
    """Measure how news outlets word the same events: who calls whom what, in whose voice.

    Start with `framing demo`, then `framing analyse ARTICLES -o FOLDER` on your own articles.
    """


for command in (
    analyses.demo,
    analyses.analyse,
    events.events,
    charts.report,
    charts.figures,
    kit.findings,
    kit.kit,
    views.terms,
    measures.measures,
    compare.compare,
    trends.trends,
    copies.copies,
    views.kwic,
    views.evidence,
    keyness.keyness,
    keyness.discover,
    views.table,
    guides.check,
    validation.validate,
    scores.score,
    lexicons.lexicon,
):
    cli.add_command(command)


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 fine, 1 failed, 2 usage, 3 bad input, 130 interrupted."""
    try:
        result = cli(arguments, standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("framing: interrupted", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # "framing table ... | head" has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except click.UsageError as error:
        error.show()
        return EXIT_USAGE
    except InputError as error:
        click.echo(f"framing: {one_line(error)}", err=True)
        return EXIT_INPUT
    except (FramingError, click.ClickException) as error:
        click.echo(f"framing: {one_line(error)}", err=True)
        return EXIT_FAILED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"framing: {where}{error.strerror or error}", err=True)
        return EXIT_FAILED
    return result if isinstance(result, int) else 0


def one_line(error: Exception) -> str:
    """Return a message without line breaks and control characters: it may quote a hostile file."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(str(error).split()))


def main() -> None:
    """Entry point of the `framing` command."""
    warnings.formatwarning = format_warning
    collect_seldom()
    sys.exit(run())
