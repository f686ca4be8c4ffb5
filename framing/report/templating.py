"""Templates of pages, and what a browser may load of them."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from framing.report.lang import _, plural

if TYPE_CHECKING:
    from jinja2 import Environment


def open_templates(folder: Path) -> Environment:
    """Return the templates of a folder: what is put into them is escaped, a name that is missing is an error, and texts
    are said in the language of the report."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(_, plural, newstyle=True)  # type: ignore[attr-defined]
    return environment


def read_part(folder: Path, name: str) -> str:
    """Return a style sheet or a script; the same on every system."""
    return (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def policy(style: str, script: str = "") -> str:
    """Return the content security policy: this style sheet, this script, images inside the page, and nothing else."""
    scripts = f"script-src '{_hash(script)}'; " if script else ""
    return (
        f"default-src 'none'; img-src data:; {scripts}style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
