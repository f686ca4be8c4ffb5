"""What runs the pages finds what is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import matches, read_blocks, read_commands, read_kept, read_start
from running import rewrite, run_line, run_page

FENCE = "```"


def page(*blocks: str) -> str:
    return "# Page\n\n" + "\n\n".join(blocks) + "\n"


def console(*lines: str) -> str:
    return "\n".join([f"{FENCE}console", *lines, FENCE])


def python(*lines: str) -> str:
    return "\n".join([f"{FENCE}python", *lines, FENCE])


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a"], False),
        (["a", "..."], ["a", "b", "c"], True),
        (["...", "c"], ["c"], True),
        (["a ... c"], ["a b c"], True),
        (["a ... c"], ["a b", "c"], False),
        (["a", ""], ["a  "], True),
        ([], ["a"], False),
        (["a."], ["ab"], False),
    ],
)
def test_three_dots_stand_for_what_is_left_out(expected: list[str], found: list[str], same: bool) -> None:
    assert matches(expected, found) is same


def test_output_that_is_not_shown_is_a_difference(tmp_path: Path) -> None:
    result = run_page(page(console("$ echo one", "two")), tmp_path, {})
    assert [(d.expected, d.found) for d in result.differences] == [(("two",), ("one",))]
    assert "-two\n+one" in str(result.differences[0])


def test_an_exit_code_that_nobody_expects_is_a_difference(tmp_path: Path) -> None:
    (wrong,) = run_page(page(console("$ false")), tmp_path, {}).differences
    assert wrong.found == ("(exit code 1, 0 was expected)",)
    assert not run_page(page("<!-- fails: 1 -->\n" + console("$ false")), tmp_path, {}).differences


def test_python_keeps_its_names_from_block_to_block(tmp_path: Path) -> None:
    result = run_page(page(python("number = 2"), python(">>> number + 1", "3", ">>> number + 2", "5")), tmp_path, {})
    assert [(d.expected, d.found) for d in result.differences] == [(("5",), ("4",))]


def test_python_that_fails_is_a_difference(tmp_path: Path) -> None:
    (wrong,) = run_page(page(python(">>> 1 / 0")), tmp_path, {}).differences
    assert wrong.found == ("ZeroDivisionError: division by zero",)


def test_files_are_written_and_commands_run_beside_them(tmp_path: Path) -> None:
    text = page(f"<!-- file: in/x.csv -->\n{FENCE}csv\na,b\n{FENCE}", console("$ cat in/x.csv", "a,b"))
    result = run_page(text, tmp_path, {})
    assert not result.differences and len(result.ran) == 2


def test_a_block_with_an_excuse_is_not_run(tmp_path: Path) -> None:
    result = run_page(page("<!-- not run: it would take a day -->\n" + console("$ exit 3")), tmp_path, {})
    assert not result.differences and not result.ran


def test_what_a_page_starts_with_is_copied(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "x.txt").write_text("one\n")
    room = tmp_path / "room"
    room.mkdir()
    text = page("<!-- starts with: thing -->", console("$ echo two > thing/x.txt", "$ cat thing/x.txt", "two"))
    assert read_start(text) == ("thing",)
    assert not run_page(text, room, {"thing": source}).differences
    assert (source / "x.txt").read_text() == "one\n"
    with pytest.raises(ValueError, match="starts with 'thing'"):
        run_page(text, room, {})


def test_the_program_runs_in_this_process_and_tells_its_exit_code() -> None:
    code, output = run_line("framing lexicon show nosuch")
    assert code == 3 and output.startswith("framing: ")
    assert run_line("framing --version | wc -l") == (0, "1\n")


def test_the_true_output_is_written_in_and_what_was_left_out_stays_out(tmp_path: Path) -> None:
    command = "$ printf 'item %d, read\\n' 1 2 3 4 5"
    text = page(console(command, "item 0, read", "...", "item 3, read", "...", "x"), python(">>> 1 + 1", "3"))
    changed = rewrite(text, run_page(text, tmp_path, {}).differences)
    assert changed == page(
        console(command, "item 1, read", "...", "item 3, read", "...", "item 5, read"), python(">>> 1 + 1", "2")
    )


def test_lines_that_go_on_are_one_command() -> None:
    (block,) = read_blocks(page(console("$ echo a \\", "  b", "a b")))
    (command,) = read_commands(block)
    assert command.text == "echo a \\\n  b" and command.expected == ["a b"]


def test_a_fence_that_is_never_closed_is_an_error() -> None:
    with pytest.raises(ValueError, match="never closed"):
        read_blocks("```console\n$ ls\n")


def test_pictures_that_a_page_keeps_are_made_anew(tmp_path: Path) -> None:
    text = "<!-- keeps: x.png from mkdir kept && printf abc > kept/x.png -->\n"
    assert read_kept(text) == [("x.png", "mkdir kept && printf abc > kept/x.png")]
    assert run_page(text, tmp_path, {}, draw=True).pictures == {"x.png": b"abc"}
