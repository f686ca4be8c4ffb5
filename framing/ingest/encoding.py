"""From bytes to text: which encoding, on what evidence, and never more than memory holds.

A byte order mark decides; else strict UTF-8; else the best guess of charset-normalizer, recorded with a warning. A
guess is a guess (a short Western page may come back as any of several Western encodings), so the user can name the
encoding.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from framing.errors import InputError

# Longer marks first: the UTF-32 mark begins with the UTF-16 one. The "-sig"-like codecs swallow the mark.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

CHUNK = 1 << 18

# What charset-normalizer sees of a file; it takes seconds for a megabyte, and ten pages of text settle the matter.
SAMPLE = 1 << 15

# A page of news is some kilobytes, the longest liveblog a few megabytes; beyond this it is not one article.
LONGEST_RECORD = 1 << 26

# Text packs about four to one; a thousand to one is what zlib reaches on zeros. Small archives may be as odd as they
# like.
BOMB_RATIO = 200
BOMB_SIZE = 1 << 30

# Control characters that text does not hold: all but NUL, backspace to carriage return, and escape (ISO-2022-JP).
CONTROLS = bytes([*range(1, 8), *range(14, 27), *range(28, 32)])


class Decoding(NamedTuple):
    """How a file becomes text: SHA-256 of its bytes, encoding, and a doubt or ""."""

    sha256: str
    encoding: str
    warning: str


class HashingReader(io.RawIOBase):
    """Read a binary file once, unpacking gzip on the way, and take the SHA-256 of its bytes as stored.

    Raises
    ------
    InputError
        When the gzip data are damaged, cut short, or unpack to absurd size.
    """

    def __init__(self, path: Path, packed: bool) -> None:
        self._path = path
        self._file: BinaryIO = open_binary(path)
        self._unpacker = zlib.decompressobj(wbits=31) if packed else None
        self._hash = hashlib.sha256()
        self._stored = self._unpacked = 0
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._ready:
            chunk = self._next_chunk(len(target))
            if chunk is None:
                return 0
            self._ready = memoryview(chunk)
        size = min(len(target), len(self._ready))
        target[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _next_chunk(self, size: int) -> bytes | None:
        if self._unpacker is None:
            return self._take(max(size, CHUNK)) or None
        # At most one chunk comes out at a time: a bomb must never be held whole.
        stored = self._unpacker.unconsumed_tail or self._unpacker.unused_data or self._take(1 << 16)
        if self._unpacker.eof:
            if not stored.strip(b"\0"):  # end of the file, or padding after the last member
                return None if not stored else self._after_padding()
            self._unpacker = zlib.decompressobj(wbits=31)
        elif not stored:
            raise InputError(f"{self._path}: the gzip data end too early. Copy the file again, or unpack it yourself.")
        try:
            chunk = self._unpacker.decompress(stored, CHUNK)
        except zlib.error as error:
            raise InputError(
                f"{self._path}: the gzip data are damaged ({error}). Copy or pack the file again."
            ) from None
        self._unpacked += len(chunk)
        if self._unpacked > BOMB_SIZE and self._unpacked > BOMB_RATIO * self._stored:
            raise InputError(
                f"{self._path}: unpacks to more than {self._unpacked // 2**20} MB, over {BOMB_RATIO} times its size, "
                f"which no text does. If it is real, unpack it yourself and give the plain file."
            )
        return chunk

    def _after_padding(self) -> bytes | None:
        while rest := self._take(CHUNK):
            if rest.strip(b"\0"):
                raise InputError(f"{self._path}: other data follow the gzip data. Copy or pack the file again.")
        return None

    def _take(self, size: int) -> bytes:
        chunk = self._file.read(size)
        self._hash.update(chunk)
        self._stored += len(chunk)
        return chunk

    def hexdigest(self) -> str:
        """SHA-256 of what was read so far."""
        return self._hash.hexdigest()

    def close(self) -> None:
        self._file.close()
        super().close()


def open_binary(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises
    ------
    InputError
        When it is missing, unreadable, or no regular file (a pipe or device would block for ever).
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(
                f"{path}: not a regular file. Give a text file, a table or a folder, or - for standard input."
            )
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the name and the permissions.") from None


def check_encoding(name: str | None) -> str | None:
    """Return the codec's own name, or None for None.

    Raises
    ------
    InputError
        When Python has no such text encoding.
    """
    if name is None:
        return None
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)  # refuses codecs that are not text encodings, such as "zlib"
    except (LookupError, ValueError):
        raise InputError(
            f"encoding {name!r} is unknown. Use a name such as utf-8, cp1252, latin-1 or utf-16."
        ) from None
    return codec.name


def find_mark(head: bytes) -> str | None:
    """Return the encoding that a byte order mark announces, or None."""
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)


def looks_binary(data: bytes) -> bool:
    """Tell whether bytes are no text: more than 1 % control characters other than NUL, which UTF-16 is full of."""
    return (len(data) - len(data.translate(None, CONTROLS))) * 100 > len(data)


def guess_encoding(sample: bytes, where: object) -> str:
    """Guess the encoding of bytes that are not plain UTF-8.

    Raises
    ------
    InputError
        When nothing fits: not text.
    """
    if has_many_nul(sample):
        name = wide_encoding(sample)
        with suppress(UnicodeDecodeError):
            if "\0" not in sample[: len(sample) // 4 * 4].decode(name):
                return name
    elif not looks_binary(sample):
        import charset_normalizer  # 0.1 s, and rarely wanted

        matches = charset_normalizer.from_bytes(sample)
        best = matches.best()
        if best is not None:
            # Among guesses as good as the best, the one that the web uses most.
            equals = set(best.could_be_from_charset)
            equals.update(m.encoding for m in matches if m.chaos <= best.chaos and m.coherence >= best.coherence)
            return next((name for name in ("cp1252", "cp1251") if name in equals), best.encoding)
    raise InputError(
        f"{where}: not readable as text in any known encoding. Save it as UTF-8, or name its encoding (--encoding)."
    )


def has_many_nul(data: bytes) -> bool:
    """Tell whether a fifth of the bytes are NUL: valid UTF-8, but in truth UTF-16 or UTF-32 without its mark."""
    return data.count(0) * 5 > len(data)


def wide_encoding(data: bytes) -> str:
    """Name the UTF-16 or UTF-32 form of bytes from where their NULs stand: Latin letters fill one byte of each."""
    if data.count(0) * 2 > len(data):
        return "utf-32-le" if data[3::4].count(0) > data[0::4].count(0) else "utf-32-be"
    return "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"


def whole_lines(data: bytes) -> bytes:
    """Cut bytes after their last line break, where no character of several bytes is broken."""
    return data[: data.rfind(b"\n") + 1] or data


def describe_guess(where: object, encoding: str) -> str:
    """The doubt that goes with a guessed encoding."""
    return f"{where}: not UTF-8; read as {encoding}, a guess. If letters look wrong, name the encoding (--encoding)."


def read_page(path: Path, encoding: str | None = None, packed: bool = False) -> tuple[str, Decoding]:
    """Read a small file whole.

    Parameters
    ----------
    path : Path
    encoding : str, optional
        Overrides the guess.
    packed : bool
        Whether it is gzip data.

    Raises
    ------
    InputError
        When it cannot be read, is no text, or is longer than 64 MB.
    """
    with HashingReader(path, packed) as raw:
        reader = io.BufferedReader(raw, CHUNK)
        data = reader.read(LONGEST_RECORD + 1)
        if len(data) > LONGEST_RECORD:
            raise InputError(f"{path}: longer than {LONGEST_RECORD >> 20} MB, which is no single article. Split it.")
        sha256 = raw.hexdigest()
    warning = ""
    if encoding is None:
        encoding = find_mark(data)
        if encoding is None:
            encoding = "utf-8"
            if not is_utf8(data):
                encoding = guess_encoding(
                    data[:SAMPLE] if has_many_nul(data) or len(data) <= SAMPLE else whole_lines(data[:SAMPLE]), path
                )
                warning = describe_guess(path, encoding)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise undecodable(path, encoding, error) from None
    return text.removeprefix("\ufeff"), Decoding(sha256, encoding.removesuffix("-sig"), warning)


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 text; a fifth of NUL means UTF-16, although UTF-8 would allow it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not has_many_nul(data)


def undecodable(where: object, encoding: str, error: UnicodeError) -> InputError:
    """The error for bytes that the encoding does not know."""
    reason = error.reason if isinstance(error, UnicodeDecodeError) else str(error)
    place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
    return InputError(
        f"{where}: not {encoding} text{place} ({reason}). Save it as UTF-8, or name its encoding (--encoding)."
    )


def identify(path: Path, packed: bool, encoding: str | None = None) -> Decoding:
    """Read a file through once and say how it decodes; holds one chunk at a time.

    Raises
    ------
    InputError
        As `read_page`.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    head, doubtful = b"", b""
    valid, nul, size = True, 0, 0
    with HashingReader(path, packed) as raw:
        while chunk := raw.read(CHUNK):
            head = head or chunk[:SAMPLE]
            size += len(chunk)
            nul += chunk.count(0)
            if valid:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    valid = False
                    # The place that is not UTF-8 says more about the encoding than the plain English before it.
                    doubtful = chunk[max(0, error.start - SAMPLE // 2) : error.start + SAMPLE // 2]
        sha256 = raw.hexdigest()
    if valid:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            valid = False
    if encoding is not None:
        return Decoding(sha256, encoding, "")
    marked = find_mark(head)
    if marked is not None:
        return Decoding(sha256, marked, "")
    if valid and nul * 5 <= size:
        return Decoding(sha256, "utf-8", "")
    sample = head if has_many_nul(head) else whole_lines(head) + whole_lines(doubtful)
    guess = guess_encoding(sample, path)
    return Decoding(sha256, guess, describe_guess(path, guess))


class Decodings:
    """How each table of an input decodes, found once and then kept.

    In `hopeful` mode a table is read as UTF-8 without a look ahead, which saves reading it twice; the caller must be
    able to start over when that fails with `UnicodeDecodeError`.
    """

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding
        self.hopeful = False
        self._known: dict[Path, Decoding] = {}

    def of(self, path: Path) -> Decoding:
        """Return how a file decodes; call after it was read."""
        if path not in self._known:
            self._known[path] = identify(path, is_packed(path), self.encoding)
        return self._known[path]

    @contextmanager
    def hoping(self) -> Iterator[None]:
        """Read tables as UTF-8 without a look ahead while this lasts; see the class."""
        self.hopeful = True
        try:
            yield
        finally:
            self.hopeful = False

    @contextmanager
    def open(self, path: Path, newline: str) -> Iterator[io.TextIOWrapper]:
        """Open a table as text.

        Raises
        ------
        InputError
            When it cannot be read, or is not text in the encoding that the user named.
        UnicodeDecodeError
            Only in `hopeful` mode.
        """
        hopeful = self.hopeful and path not in self._known
        if hopeful:
            with HashingReader(path, is_packed(path)) as raw:
                head = raw.read(1 << 16) or b""
            encoding = self.encoding or find_mark(head) or "utf-8"
            if encoding == "utf-8" and has_many_nul(head):
                hopeful = False
        if not hopeful:
            encoding = self.of(path).encoding
        raw = HashingReader(path, is_packed(path))
        with io.TextIOWrapper(io.BufferedReader(raw, CHUNK), encoding=encoding, newline=newline) as text:
            # Else it asks for 8 kB at a time, each through Python code, which takes a tenth of the time.
            text._CHUNK_SIZE = CHUNK  # type: ignore[attr-defined]
            try:
                yield text
            except UnicodeError as error:
                if hopeful and self.encoding is None:
                    raise
                raise undecodable(path, encoding, error) from None
            if hopeful and not text.read(1):  # read to the end: all of it was good
                self._known[path] = Decoding(raw.hexdigest(), encoding, "")


def is_packed(path: Path) -> bool:
    """Tell whether a file holds gzip data, by its first bytes, not its name."""
    with open_binary(path) as file:
        return file.read(2) == b"\x1f\x8b"
