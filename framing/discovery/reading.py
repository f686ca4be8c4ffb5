"""Some articles of an analysis, by their ids."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from framing.store import Folder
from framing.text import Article


def read_chosen(folder: Folder, ids: Collection[str]) -> dict[str, Article]:
    """Return the stored articles with these ids; ids that there are not are left out."""
    wanted = pa.array(sorted(ids), pa.string())
    found: dict[str, Article] = {}
    for table in folder.row_groups("articles", ["id", "outlet", "date", "title", "event", "text"]):
        for row in table.filter(pc.is_in(table["id"].cast(pa.string()), wanted)).to_pylist():
            found[row["id"]] = Article(**row)
    return found
