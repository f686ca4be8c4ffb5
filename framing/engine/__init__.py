"""The engine: runs annotation and scorers over batches of articles, in this process or in several."""

from framing.engine.batch import BatchTables, count_articles, score_batch
from framing.engine.run import run, start_pool

__all__ = ["BatchTables", "count_articles", "run", "score_batch", "start_pool"]
