"""A bank and chance → the bank with something wrong in it, as slips, damage and malice would have it."""

import json
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeAlias

import yaml

from fuzz import packages
from fuzz.fragments import FRAGMENTS
from fuzz.seeds import PACKAGE, Files

Mutation: TypeAlias = Callable[[bytes, Random, "Pool"], bytes]

_TOKEN = re.compile(r"[\w.-]+|\s+|[^\w\s]", re.ASCII)
_SCALAR = re.compile(r'(?<=: )[^\n,\]}]+|(?<=- )[^\n:]+(?=\n)|"[^"\n]*"|\'[^\'\n]*\'')
_KEY = re.compile(r"\b[a-z_]+(?=:)")
_MOST = 60_000  # bytes, of what a repetition makes


class Pool:
    """What mutations put in: fragments, and the keys and texts of all seeds."""

    def __init__(self, seeds: Sequence[Files]) -> None:
        texts = [data.decode(errors="replace") for files in seeds for name, data in files.items() if "yaml" in name]
        self.keys: list[str] = sorted({key for text in texts for key in _KEY.findall(text)})
        self.scalars: list[str] = sorted({scalar for text in texts for scalar in _SCALAR.findall(text)})
        self.files = [data for files in seeds for data in files.values()]

    def fragment(self, random: Random) -> bytes:
        """Something to put in."""
        match random.randrange(8):
            case 0:
                return random.choice(self.keys).encode() + b": "
            case 1:
                return random.choice(self.scalars).encode()
            case 2:
                found = random.choice(FRAGMENTS), random.choice(FRAGMENTS)
                return b"".join(map(_bytes, found))
            case _:
                return _bytes(random.choice(FRAGMENTS))


def mutated(files: Files, random: Random, pool: Pool) -> Files:
    """A bank with one to six mutations; most hit the deck file."""
    files = dict(files)
    names = sorted(files)
    deck = next((name for name in names if name != "decks/bank.yaml"), "decks/bank.yaml")
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        name = random.choice(names) if random.random() < 0.5 else PACKAGE if PACKAGE in files else deck
        if name == PACKAGE:
            files[name] = packages.mutated(files[name], random)
            if random.random() < 0.5:
                continue
        mutations = MUTATIONS if name.endswith((".yaml", ".yml")) else MUTATIONS_OF_TEXT
        files[name] = random.choice(mutations)(files[name], random, pool)
    return files


# --- bytes and lines ------------------------------------------------------------------------------------------------


def _flip(data: bytes, random: Random, pool: Pool) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, random: Random, pool: Pool) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def _insert(data: bytes, random: Random, pool: Pool) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + pool.fragment(random) + data[at:]


def _overwrite(data: bytes, random: Random, pool: Pool) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + pool.fragment(random) + data[end:]


def _copy(data: bytes, random: Random, pool: Pool) -> bytes:
    start, end = _stretch(data, random)
    at = random.randint(0, len(data))
    return data[:at] + data[start:end] + data[at:]


def _repeat(data: bytes, random: Random, pool: Pool) -> bytes:
    """What takes time that grows with the square of its length shows here."""
    start, end = _stretch(data, random)
    piece = (pool.fragment(random) if random.random() < 0.7 else data[start:end][:200]) or b" "
    times = min(random.choice((3, 30, 300, 3000, 30_000)), _MOST // len(piece) + 1)
    return data[:start] + piece * times + data[start:]


def _splice(data: bytes, random: Random, pool: Pool) -> bytes:
    other = random.choice(pool.files)
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _lines(data: bytes, random: Random, pool: Pool) -> bytes:
    lines = data.split(b"\n")
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(8):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines[at] = b" " * random.randint(1, 4) + lines[at]
        case 4:
            lines[at] = lines[at].removeprefix(b" " * random.randint(1, 4))
        case 5:
            lines[at] = b"\t" + lines[at].lstrip()
        case 6:
            lines[at : at + 2] = [b" ".join(lines[at : at + 2])]
        case _:
            lines[at] = b" ".join([*lines[at].split(b" ")[:2], pool.fragment(random)])
    return b"\n".join(lines)


def _encode(data: bytes, random: Random, pool: Pool) -> bytes:
    """Another encoding, or other line ends."""
    text = data.decode(errors="replace")
    match random.randrange(10):
        case 0:
            return text.encode("utf-16")
        case 1:
            return text.encode("utf-32")
        case 2:
            return text.encode("latin-1", "replace")
        case 3:
            return b"\xef\xbb\xbf" + data
        case 4:
            return text.replace(" ", "\u3000", random.choice((1, 5, -1))).encode()
        case _:
            return text.replace("\n", random.choice(("\r\n", "\r", "\x85", "\u2028", "\n\r", "\x0b", "\n\n"))).encode()


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.choice((0, 1, 2, 8, 40, 400)))


# --- YAML -----------------------------------------------------------------------------------------------------------


def _token(data: bytes, random: Random, pool: Pool) -> bytes:
    text = data.decode(errors="surrogateescape")
    tokens = _TOKEN.findall(text) or [""]
    at, to = random.randrange(len(tokens)), random.randrange(len(tokens))
    match random.randrange(4):
        case 0:
            tokens[at] = ""
        case 1:
            tokens[at], tokens[to] = tokens[to], tokens[at]
        case 2:
            tokens.insert(to, tokens[at])
        case _:
            tokens[at] = pool.fragment(random).decode(errors="surrogateescape")
    return "".join(tokens).encode(errors="surrogateescape")


def _scalar(data: bytes, random: Random, pool: Pool) -> bytes:
    """Another value where one stood."""
    return _instead(_SCALAR, pool.fragment(random), data, random)


def _key(data: bytes, random: Random, pool: Pool) -> bytes:
    """Another key where one stood, or the same with a slip in it."""
    key = random.choice(pool.keys)
    if random.random() < 0.4:
        at = random.randint(0, len(key))
        key = random.choice((key[:at] + key[at + 1 :], key[:at] + "x" + key[at:], key[::-1], key.upper()))
    return _instead(_KEY, key.encode(), data, random)


def _instead(what: re.Pattern[str], piece: bytes, data: bytes, random: Random) -> bytes:
    text = data.decode(errors="surrogateescape")
    places = list(what.finditer(text))
    if not places:
        return data + piece
    place = random.choice(places)
    new = piece.decode(errors="surrogateescape")
    return f"{text[: place.start()]}{new}{text[place.end() :]}".encode(errors="surrogateescape")


def _tree(data: bytes, random: Random, pool: Pool) -> bytes:
    """The data read, changed at one place and written again; left alone where it cannot be read."""
    try:
        value = yaml.load(data, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, RecursionError):
        return data
    changed = _changed(value, random, pool)
    if random.random() < 0.3:
        return json.dumps(changed, ensure_ascii=random.random() < 0.5).encode(errors="surrogatepass")
    style = random.choice((None, "|", ">", '"', "'"))
    text = yaml.dump(changed, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, default_style=style)
    assert isinstance(text, str)
    return text.encode(errors="surrogatepass")


def _changed(value: Any, random: Random, pool: Pool) -> Any:
    """The value, with a change somewhere in it."""
    if random.random() < 0.75:
        match value:
            case dict() if value:
                key = random.choice(list(value))
                return {**value, key: _changed(value[key], random, pool)}
            case list() if value:
                at = random.randrange(len(value))
                return [*value[:at], _changed(value[at], random, pool), *value[at + 1 :]]
    text = pool.fragment(random).decode(errors="replace")
    match random.randrange(10), value:
        case 0, dict():
            return {text if key == random.choice(list(value)) else key: part for key, part in value.items()}
        case 1, dict():
            return {**value, random.choice(pool.keys): text}
        case 2, dict() if value:
            gone = random.choice(list(value))
            return {key: part for key, part in value.items() if key != gone}
        case 3, list() if value:
            return value * random.choice((2, 30, 400 // len(value) + 1))
        case 4, list():
            return [*random.sample(value, len(value)), text]
        case 5, str():
            return value[: random.randint(0, len(value))] + text + value[random.randint(0, len(value)) :]
        case 6, str():
            return (value or "x") * random.choice((2, 100, 10_001 // (len(value) or 1) + 1))
        case 7, _:
            return [value]
        case 8, _:
            return {random.choice(pool.keys): value}
        case _:
            return text


MUTATIONS_OF_TEXT: tuple[Mutation, ...] = (
    _flip, _cut, _insert, _overwrite, _copy, _repeat, _splice, _lines, _lines, _encode, _token, _token,
)  # fmt: skip
MUTATIONS: tuple[Mutation, ...] = (
    *MUTATIONS_OF_TEXT,
    _scalar,
    _scalar,
    _scalar,
    _key,
    _key,
    _tree,
    _tree,
    _tree,
    _tree,
)


def _bytes(fragment: str | bytes) -> bytes:
    return fragment if isinstance(fragment, bytes) else fragment.encode()
