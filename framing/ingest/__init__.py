"""Reading: one file per input format, cleaning, and the account of both."""

from framing.ingest.accounts import FileRead, ReadReport, RemovalLog, Removed, Skipped
from framing.ingest.articles import Articles, read_articles

__all__ = ["Articles", "FileRead", "ReadReport", "RemovalLog", "Removed", "Skipped", "read_articles"]
