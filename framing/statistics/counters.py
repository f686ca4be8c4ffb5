"""The counts of an analysis as one sparse matrix, articles x counters: where every statistic starts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from framing.errors import InputError
from framing.voice import VOICES

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counters:
    """What the scorers counted, article by article.

    Attributes
    ----------
    articles : pa.Table
        The `articles` table without `text`, ascending by `id`. Every sum and every resample follows this order, so no
        result depends on the order in which articles were read.
    names : tuple of str
        Counter names, ascending.
    matrix : scipy.sparse.csr_array, float64
        Shape (articles, counters). A cell that is not stored is 0.
    """

    articles: pa.Table
    names: tuple[str, ...]
    matrix: Any

    @classmethod
    def from_tables(cls, counts: pa.Table, articles: pa.Table) -> Counters:
        """Build the matrix from the `counts` and `articles` tables, their rows in any order.

        Raises
        ------
        InputError
            A column is missing; an article has no id, or two have the same; a count belongs to no article, stands twice
            (a batch read twice would double every number) or is not finite.
        """
        require_columns(articles, ("id", "outlet"), "articles")
        require_columns(counts, ("article_id", "counter", "value"), "counts")
        articles = articles.drop_columns("text") if "text" in articles.column_names else articles
        if articles["id"].null_count:
            raise InputError("articles: a row without an id. Give every article an id.")
        articles = articles.take(pc.sort_indices(articles["id"].cast(pa.string())))
        ids = articles["id"].cast(pa.string()).combine_chunks()
        listed = ids.to_pylist()
        for earlier, later in pairwise(listed):
            if earlier == later:
                raise InputError(f"articles: two rows with the id {later!r}. Ids must differ; drop or rename one.")
        names = sorted(pc.unique(counts["counter"].unify_dictionaries()).cast(pa.string()).to_pylist())
        rows = _positions(counts["article_id"], ids, "article_id")
        columns = _positions(counts["counter"], pa.array(names, pa.string()), "counter")
        values = counts["value"].cast(pa.float64()).to_numpy()
        if not np.isfinite(values).all():
            where = int(np.flatnonzero(~np.isfinite(values))[0])
            raise InputError(
                f"counts: {names[columns[where]]!r} of article {listed[rows[where]]!r} is {values[where]}. Only finite "
                "numbers are allowed; correct or drop the row."
            )
        matrix = sparse.coo_array((values, (rows, columns)), shape=(len(listed), len(names))).tocsr()
        if matrix.nnz < len(values):
            cell, times = np.unique(rows * len(names) + columns, return_counts=True)
            row, column = divmod(int(cell[times > 1][0]), len(names))
            raise InputError(
                f"counts: article {listed[row]!r} has {names[column]!r} more than once. One row for each article and "
                "counter is allowed; was a part of the analysis read twice?"
            )
        matrix.eliminate_zeros()
        matrix.sort_indices()
        return cls(articles, tuple(names), matrix)

    def starting_with(self, prefix: str) -> Counters:
        """Keep the counters whose name starts with `prefix` ("naming:syria:"), and all articles."""
        first = bisect_left(self.names, prefix)
        last = bisect_right(self.names, prefix, key=lambda name: name[: len(prefix)])
        return Counters(self.articles, self.names[first:last], self.matrix[:, first:last])

    def keep(self, ids: Collection[str]) -> Counters:
        """Keep the articles with these ids (own reporting only, or all but one), and all counters.

        Raises
        ------
        InputError
            An id is not among the articles.
        """
        known = self.articles["id"].to_pylist()
        wanted = set(ids)
        unknown = wanted.difference(known)
        if unknown:
            raise InputError(f"No article has the id {min(unknown)!r}. Use ids of the articles table.")
        rows = np.flatnonzero([article in wanted for article in known])
        return Counters(self.articles.take(rows), self.names, self.matrix[rows])

    def combine(self, sets: Sequence[Sequence[str]]) -> Any:
        """Add up counters within each article.

        A counter that no article has counts as 0: only counts other than 0 are stored, so an absent counter and one
        that is 0 everywhere are the same.

        Parameters
        ----------
        sets : sequence of sequences of str
            The counters that each column adds up; an empty one gives a column of 0.

        Returns
        -------
        scipy.sparse.csr_array, float64
            Shape (articles, sets).
        """
        return combine_columns(self.matrix, self.names, sets)

    def groups(self, by: str = "outlet") -> list[tuple[str, IntArray]]:
        """Part the articles by a column of the articles table, extra fields included.

        Articles without a value ("" or null) form the group "": they stay visible and are never put with another group.

        Returns
        -------
        list of (label, rows)
            Ascending by label; rows of `matrix`, ascending.

        Raises
        ------
        InputError
            There is no such column, or its cells are not plain values.
        """
        require_columns(self.articles, (by,), "articles")
        try:
            values = self.articles[by].cast(pa.string()).fill_null("").to_pylist()
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
            raise InputError(
                f"articles: cannot group by {by!r}, a column of {self.articles[by].type}. "
                "Group by text, numbers or dates."
            ) from error
        labels = sorted(set(values))
        place = {label: number for number, label in enumerate(labels)}
        codes = np.array([place[value] for value in values], dtype=np.int64)
        order = np.argsort(codes, kind="stable")
        bounds = np.cumsum(np.bincount(codes, minlength=len(labels)))[:-1]
        return list(zip(labels, np.split(order, bounds), strict=False))  # np.split gives one part even for no label

    def sums(self, by: str = "outlet") -> tuple[list[str], Any]:
        """Add up every counter within each group of articles.

        Returns
        -------
        labels : list of str
            As from `groups`.
        sums : scipy.sparse.csr_array, float64
            Shape (groups, counters).
        """
        groups = self.groups(by)
        sizes = [len(rows) for _, rows in groups]
        rows = np.concatenate([rows for _, rows in groups]) if groups else np.zeros(0, dtype=np.int64)
        member = sparse.csr_array(
            (np.ones(len(rows)), rows, np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)),
            shape=(len(groups), len(rows)),
        )
        return [label for label, _ in groups], member @ self.matrix


def combine_columns(matrix: Any, names: Sequence[str], sets: Sequence[Sequence[str]]) -> Any:
    """Add up columns of a matrix by name; see `Counters.combine`.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array, float64
        Shape (rows, names).
    names : sequence of str
        What each column is called.
    sets : sequence of sequences of str
        The names that each column of the result adds up; unknown ones count as 0.

    Returns
    -------
    scipy.sparse.csr_array, float64
        Shape (rows, sets).
    """
    place = {name: number for number, name in enumerate(names)}
    pairs = [(place[name], column) for column, wanted in enumerate(sets) for name in wanted if name in place]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    chosen = sparse.coo_array((np.ones(len(pairs)), (rows, columns)), shape=(len(names), len(sets))).tocsr()
    combined = matrix @ chosen
    combined.sort_indices()
    return combined


def check_group(group: str, columns: Sequence[str]) -> None:
    """Raise InputError when the column to group by has the name of a column of the result."""
    if group in columns:
        raise InputError(f"Cannot group by {group!r}: the result has a column of that name. Rename it in the articles.")


def tabulate(
    counters: Counters,
    group: str,
    columns: Sequence[tuple[str, pa.DataType]],
    describe: Callable[[str, IntArray], Mapping[str, Any]],
) -> pa.Table:
    """Make one table of the rows of every group of articles.

    Parameters
    ----------
    counters : Counters
    group : str
        Column of the articles table to group by; the first column of the result.
    columns : sequence of (str, pa.DataType)
        The other columns.
    describe : callable
        From a group's label and the rows of its articles to its cells, by column, each as long as the others.

    Raises
    ------
    InputError
        No such column to group by, or it has the name of a column of the result.
    """
    check_group(group, [name for name, _ in columns])
    schema = pa.schema([(group, pa.string()), *columns])
    parts = [schema.empty_table()]
    for label, rows in counters.groups(group):
        cells = pa.table(describe(label, rows), schema=pa.schema(columns))
        parts.append(cells.add_column(0, schema.field(0), pa.repeat(label, cells.num_rows)))
    return pa.concat_tables(parts).combine_chunks()


def require_columns(table: pa.Table, names: Sequence[str], what: str) -> None:
    """Raise InputError when a table lacks one of the columns."""
    for name in names:
        if name not in table.column_names:
            raise InputError(f"{what}: there is no column {name!r}. Columns: {', '.join(table.column_names)}.")


def split_name(name: str, fields: int) -> list[str]:
    """Part a counter name into its fields; the last one may itself hold colons.

    Raises
    ------
    InputError
        The name has fewer fields, or its fourth (where it has one) is not a voice.
    """
    parts = name.split(":", fields - 1)
    if len(parts) < fields:
        raise InputError(
            f"counts: counter {name!r} has {len(parts)} fields where {fields} are needed. Score the articles again."
        )
    if fields > 3 and parts[3] not in VOICES:
        raise InputError(f"counts: counter {name!r} has the voice {parts[3]!r}. Allowed: {', '.join(VOICES)}.")
    return parts


def _positions(values: pa.ChunkedArray, among: pa.Array, column: str) -> IntArray:
    """Return where each value stands in `among`."""
    if pa.types.is_dictionary(values.type) and values.num_chunks and not values.null_count:
        # Each distinct value is looked up once, and no row is written out as a string.
        unified = values.unify_dictionaries()
        of_distinct = pc.index_in(unified.chunk(0).dictionary.cast(pa.string()), value_set=among)
        codes = np.concatenate([chunk.indices.to_numpy() for chunk in unified.chunks])
        places = of_distinct.fill_null(-1).to_numpy()[codes] if len(codes) else codes
        if not (places < 0).any():
            return np.asarray(places, dtype=np.int64)
    strings = values.cast(pa.string())
    found = pc.index_in(strings, value_set=among)
    if found.null_count or strings.null_count:
        missing = strings.filter(pc.is_null(found))
        first = missing[0].as_py() if len(missing) else None
        raise InputError(
            f"counts: {column} {first!r} is unknown. Counts and articles must come from one analysis; to leave "
            "articles out, build the counters from all of them and call `keep`."
        )
    return np.asarray(found.to_numpy(), dtype=np.int64)
