"""What can go wrong, said so that a user can mend it."""


class FramingError(Exception):
    """Anything the program reports in one line."""


class InputError(FramingError):
    """Articles, tables or options that cannot be used as given."""


class LexiconError(InputError):
    """A lexicon that breaks its contract."""


class StoreError(FramingError):
    """An analysis folder that cannot be read or written."""
