"""What can go wrong, said so that a user can mend it."""


class FramingError(Exception):
    """Anything the program reports in one line."""


class InputError(FramingError):
    """Articles, tables or options that cannot be used as given."""


class LexiconError(InputError):
    """A lexicon that breaks its contract."""


class StoreError(FramingError):
    """An analysis folder that cannot be read or written."""


def format_warning(message: object, *_: object, **__: object) -> str:
    """Return a warning as a line for people: without the place in the program that `warnings` names."""
    return f"warning  {' '.join(str(message).split())}\n"
