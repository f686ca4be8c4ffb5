"""How the documentation is built: `sphinx-build -W -n -b html docs docs/_build/html`. Nothing is fetched."""

from __future__ import annotations

from importlib.metadata import version as version_of

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

project = "Framing analyser"
author = "The framing analyser authors"
copyright = "the framing analyser authors; MIT licence"
version = release = version_of("framing-analyser")
language = "en-GB"
smartquotes = False  # the pages have their own; two hyphens are an option

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_click",
]
exclude_patterns = ["_build", "**/.ipynb_checkpoints"]

# MyST: what GitHub shows too; links to headings work as they do there.
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]
suppress_warnings = ["myst.xref_missing_source"]

# Docstrings are numpydoc with single backticks for code. Types stay words ("path", "sequence of str"): as references
# they would lead nowhere.
default_role = "code"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_param = False
napoleon_use_rtype = False
napoleon_use_ivar = True
napoleon_preprocess_types = False
# Types of attributes and errors are words too, where napoleon makes references of them all the same. Only what is
# written as a name of this package must lead somewhere.
nitpick_ignore_regex = [("py:(class|exc)", r"(?!framing\.).*")]

lexers["csv"] = TextLexer()  # Pygments has none for tables

html_theme = "furo"
html_title = "Framing analyser"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True, "top_of_page_buttons": []}
pygments_style = "friendly"
pygments_dark_style = "github-dark"
