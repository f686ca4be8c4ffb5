"""Reports: findings in plain sentences, figures, and one HTML file with all the evidence."""

from framing.report.figures import draw, write_gallery
from framing.report.findings import Finding, find_findings
from framing.report.publishing import publish
from framing.report.report_files import write_report

__all__ = ["Finding", "draw", "find_findings", "publish", "write_gallery", "write_report"]
