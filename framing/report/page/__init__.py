"""The report as one page: its sections, its evidence, and the HTML."""
