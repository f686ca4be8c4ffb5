"""Small analyses for the tests of statistics."""

from collections.abc import Callable, Iterable, Mapping

import pyarrow as pa
import pytest

from framing.statistics import Counters

Rows = Mapping[str, tuple[Mapping[str, str], Mapping[str, float]]]


def build_tables(rows: Rows, order: Iterable[str] | None = None) -> tuple[pa.Table, pa.Table]:
    """Return the `counts` and `articles` tables of {id: (metadata, counts)}, ids in the order given."""
    ids = list(order if order is not None else rows)
    fields = sorted({field for meta, _ in rows.values() for field in meta} | {"outlet", "event"})
    articles = {"id": ids, **{f: [rows[i][0].get(f, "") for i in ids] for f in fields}, "text": ["words" for _ in ids]}
    counts = [(i, counter, float(value)) for i in ids for counter, value in rows[i][1].items()]
    schema = pa.schema([("article_id", pa.string()), ("counter", pa.string()), ("value", pa.float64())])
    table = pa.table(
        dict(zip(schema.names, zip(*counts, strict=True) if counts else ((), (), ()), strict=True)), schema
    )
    return table, pa.table(articles, pa.schema([(name, pa.string()) for name in articles]))


@pytest.fixture
def content() -> Callable[[pa.Table], object]:
    """What a table holds, to the last digit; unlike the tables themselves, nan equals nan here."""
    return lambda table: (table.schema, repr(table.to_pylist()))


@pytest.fixture
def tables() -> Callable[..., tuple[pa.Table, pa.Table]]:
    return build_tables


@pytest.fixture
def counters() -> Callable[..., Counters]:
    return lambda rows, order=None: Counters.from_tables(*build_tables(rows, order))
