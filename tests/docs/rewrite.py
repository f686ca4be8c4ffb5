"""Write the true output into the console and Python blocks of pages: `python tests/docs/rewrite.py [PAGE...]`.

Blocks that are right stay as they are, with what they leave out (`...`); look at the difference before you keep it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pages import list_pages
from running import rewrite, run_page
from things import make_things


def main(names: list[str]) -> None:
    pages = [Path(name).resolve() for name in names] or list_pages()
    with tempfile.TemporaryDirectory() as folder:
        things = make_things(Path(folder) / "things")
        for number, page in enumerate(pages):
            room = Path(folder) / str(number)
            room.mkdir()
            text = page.read_text(encoding="utf-8")
            result = run_page(text, room, things, draw=True)
            wrong = result.differences
            for picture, data in result.pictures.items():
                (page.parent / picture).write_bytes(data)
            if wrong:
                page.write_text(rewrite(text, wrong), encoding="utf-8")
            print(f"{page.name}: {len(wrong)} changed")
            for difference in wrong:
                print(difference)


if __name__ == "__main__":
    main(sys.argv[1:])
