"""The engine: runs annotation and scorers over batches of articles, in this process or in several."""

from framing.engine.batch import BatchTables, score_batch
from framing.engine.run import run, start_pool

__all__ = ["BatchTables", "run", "score_batch", "start_pool"]
