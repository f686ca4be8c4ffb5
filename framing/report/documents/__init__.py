"""The report as a document to edit: Markdown and Word, from one model of headings, lists, tables and pictures."""
