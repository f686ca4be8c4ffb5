"""Words as Markdown: escaped, so that nothing from outside is markup, a link or HTML, whichever dialect reads them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from framing.report.documents.document import Line, Run

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~$@]|&(?=#?\w+;)|!(?=\[)")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\b(www)\.")  # GitHub links bare addresses
_OPENING = re.compile(r"^(?:[-+=#:>]|\d{1,9}[.)])")  # of a line: a list, a heading, a quotation
_NAME = re.compile(r"[A-Za-z][\w-]*")
_URL_ESCAPES = {c: f"%{ord(c):02X}" for c in "\\<>()`\"'|*_[] {}"}


def escape(text: str) -> str:
    """Return a text that Markdown shows as it is, anywhere but at the beginning of a line."""
    told = _SPECIAL.sub(r"\\\g<0>", text)
    return _AUTOLINK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", told)


def escape_opening(written: str) -> str:
    """Return a line of Markdown that is no list, heading or quotation by how it begins."""
    found = _OPENING.match(written)
    return f"{written[: found.end() - 1]}\\{written[found.end() - 1 :]}" if found else written


def say_line(line: Line) -> str:
    """Return a line as Markdown, its anchors before it."""
    return say_anchors(line.anchors) + say_runs(line.runs)


def say_anchors(anchors: Sequence[str]) -> str:
    """Return places to link to; ids are made by the program, and anything else is left out."""
    return "".join(f'<a id="{anchor}"></a>' for anchor in anchors if _NAME.fullmatch(anchor))


def say_runs(runs: Sequence[Run]) -> str:
    """Return pieces of text as Markdown."""
    around = [Run(""), *runs, Run("")]
    return "".join(_say_run(run, around[n], around[n + 2]) for n, run in enumerate(runs))


def _say_run(run: Run, before: Run, after: Run) -> str:
    core = run.text.strip(" ")
    if not core:
        return run.text
    lead, trail = run.text[: len(run.text) - len(run.text.lstrip(" "))], run.text[len(run.text.rstrip(" ")) :]
    said = say_code(core) if run.code else escape(core)
    if _is_emphasised(run):
        left, right = before.text[-1:] + lead, trail + after.text[:1]
        touching = (_is_emphasised(before) and not left.endswith(" "), _is_emphasised(after) and right[:1] != " ")
        plain = _may_open(left[-1:], core) and _may_close(core, right[:1]) and not any(touching)
        said = _emphasise(said, run.bold, run.italic or run.few, plain)
    if run.link:
        said = f"[{said}]({_say_target(run.link)})"
    return lead + said + trail


def _is_emphasised(run: Run) -> bool:
    return bool(run.text) and (run.bold or run.italic or run.few)


def _may_open(before: str, core: str) -> bool:
    """Whether asterisks between these begin something (CommonMark 6.2, left-flanking)."""
    return not _is_punctuation(core[0]) or not before or before.isspace() or _is_punctuation(before)


def _may_close(core: str, after: str) -> bool:
    return not _is_punctuation(core[-1]) or not after or after.isspace() or _is_punctuation(after)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _emphasise(said: str, bold: bool, italic: bool, plain: bool) -> str:
    """Put a text between asterisks, or between tags where asterisks would not be understood."""
    if plain:
        stars = "*" * (2 * bold + italic)
        return f"{stars}{said}{stars}"
    if italic:
        said = f"<em>{said}</em>"
    return f"<strong>{said}</strong>" if bold else said


def say_code(text: str) -> str:
    """Return a text as code, on one line, with a fence longer than any in it."""
    text = re.sub(r"[\r\n]+", " ", text)  # an empty line would end the code
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence, space = "`" * (longest + 1), " " if text[0] == "`" or text[-1] == "`" else ""
    return fence + space + text + space + fence


def _say_target(link: str) -> str:
    if link.startswith("#"):
        return link
    return "".join(_URL_ESCAPES.get(c, c) for c in link)
