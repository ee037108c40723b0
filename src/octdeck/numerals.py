"""Text to the numbers in it, in digits or in words; numerals.yaml knows the words of each language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from msgspec import Struct

_FILE = Path(__file__).with_name("numerals.yaml")
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?!\d)(?:[.,]\d+)?"
_DIGITS = rf"(?P<digits>{_GROUPED}|\d+(?:[.,]\d+)?)"
_LETTER = r"[^\W\d_]"
_LONGEST = 60  # letters of a word that may be made of several
_GLUE = re.compile(r"[\s-]+")
_APOSTROPHES = re.compile("[’ʼ]")
_SEPARATORS = re.compile(r"\D")
_YEARS = re.compile(r"\b(\d{2})(\d{2})[-–](\d{1,2})\b")
_ROMAN = re.compile(r"\b(?=[XVI]{2})(X{0,3})(IX|IV|V?I{0,3})\b")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_MOST_DIGITS = 15
_HALF = 0.5


class Number(Struct, frozen=True):
    """A number in a text, at `start`. `values` are what it can mean: `2.300` is 2300 or 2.3; `in_words`: not in digits.

    `factors` stand before a thousand or a million in it.
    """

    values: frozenset[float]
    text: str
    start: int
    in_words: bool
    factors: frozenset[float] = frozenset()


def numbers(text: str, language: str) -> list[Number]:
    """The numbers of a text, in order, each put together from its parts (`two and a half million`)."""
    words = _words(language)
    found: list[Number] = []
    sum_: _Sum | None = None
    for token in _tokens(text, words):
        if token.is_between and token.is_glued and sum_:
            continue  # what follows tells whether the number goes on
        for index, part in enumerate(token.parts):
            # A number that is one word of its own goes on with another only behind a thousand.
            is_apart = not index and (not token.is_glued or (len(token.parts) > 1 and sum_ and sum_.rest))
            if sum_ is None or is_apart or not sum_.takes(part, words):
                found += [sum_.number(text)] if sum_ else []
                sum_ = _Sum(token.start)
            sum_.add(part, words)
            sum_.end = token.end
        if not token.parts:
            found += [sum_.number(text)] if sum_ else []
            sum_ = _Sum(token.start, token.end, values=token.digits, in_words=False) if token.digits else None
    return [*found, sum_.number(text)] if sum_ else found


def values(text: str, language: str) -> frozenset[float]:
    """All that the numbers of a text can mean, Roman ones (`II`), factors and the later of two years (`1921-2`) too."""
    found = {value for number in numbers(text, language) for value in (*number.values, *number.factors)}
    for century, year, later in _YEARS.findall(text):
        found.add(float(century + (later if len(later) == 2 else year[0] + later)))
    found |= {float(10 * len(tens) + _ONES.index(ones)) for tens, ones in _ROMAN.findall(text)}
    return frozenset(found)


# --- the words of a language ----------------------------------------------------------------------------------------


class _Words(Struct, frozen=True):
    """What numerals.yaml says of a language: each form of a number with its value, the beginnings of forms with theirs.

    `pattern` finds digits, and what may be a number word or belong to one.
    """

    pattern: re.Pattern[str]
    values: Mapping[str, int]
    beginnings: Mapping[str, int]
    between: frozenset[str]
    half: frozenset[str]
    joined: bool
    ones_first: bool
    twenties: bool

    def parts(self, word: str) -> tuple[float, ...]:
        """The numbers that a word is made of; none if it is no number."""
        if word in self.values:
            return (self.values[word],)
        if word in self.half:
            return (_HALF,)
        if self.joined and len(word) <= _LONGEST and (joined := self._joined(word, ())):
            return joined
        begun = max((beginning for beginning in self.beginnings if word.startswith(beginning)), key=len, default="")
        return (self.beginnings[begun],) if begun else ()

    def _joined(self, word: str, before: tuple[float, ...]) -> tuple[float, ...]:
        """As `parts`, of what is left of a word behind the numbers `before`."""
        for end in range(len(word), 1, -1):
            first, rest = word[:end], word[end:]
            if first in self.values:
                parts = (*before, self.values[first])
            elif before and rest and first in self.between:
                parts = before
            elif before and first in self.half:
                parts = (*before, _HALF)
            else:
                continue
            if whole := self._joined(rest, parts) if rest else parts:
                return whole
        return ()


@cache
def _words(language: str) -> _Words:
    # To read all of it as YAML would take longer than to check a bank.
    _, *parts = re.split(r"^(\w+):\n", _FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    block = dict(zip(parts[::2], parts[1::2], strict=True)).get(language.partition("-")[0], "")
    data: dict[str, str] = yaml.load(block, Loader=yaml.CBaseLoader) if block else {}
    lists = {key: [word.strip() for word in text.split(",")] for key, text in data.items()}
    forms = {word: int(key) for key, listed in lists.items() if key.isdigit() for word in listed}
    between, half, joined = lists.get("and", []), lists.get("half", []), "joined" in data
    return _Words(
        _pattern([*forms, *half, *between], joined),
        {_folded(word): value for word, value in forms.items() if not word.endswith("*")},
        {_folded(word.removesuffix("*")): value for word, value in forms.items() if word.endswith("*")},
        frozenset(map(_folded, between)),
        frozenset(map(_folded, half)),
        joined,
        ones_first="ones_first" in data,
        twenties="twenties" in data,
    )


def _pattern(forms: Iterable[str], joined: bool) -> re.Pattern[str]:
    """What finds digits and these forms; a form that ends in an asterisk, or any where words are joined, may go on."""
    more = [
        re.escape(form.removesuffix("*").lower()).replace("\\ ", r"\s+").replace("'", "['’ʼ]")
        + (f"{_LETTER}*" if joined or form.endswith("*") else "")
        for form in sorted(forms, key=len, reverse=True)
    ]
    words = f"|(?<!{_LETTER})(?:{'|'.join(more)})(?!{_LETTER})" if more else ""
    return re.compile(_DIGITS + words)


def _folded(word: str) -> str:
    return _APOSTROPHES.sub("'", " ".join(word.casefold().split()))


# --- from words to numbers ------------------------------------------------------------------------------------------


class _Token(Struct, frozen=True):
    """A word or digits, from `start` to `end`. `parts`: the number words in it; `digits`: what the digits can mean.

    `is_glued`: only a space or a hyphen parts it from what stands before; `is_between`: it may stand within a number.
    """

    start: int
    end: int
    is_glued: bool
    parts: tuple[float, ...] = ()
    digits: frozenset[float] = frozenset()
    is_between: bool = False


def _tokens(text: str, words: _Words) -> Iterator[_Token]:
    """What may be a number in a text, or a part of one; what is not stands between them and parts them."""
    before, small = 0, text.lower()
    # In a script or two a letter becomes two when it is made small, and places would be others.
    for match in words.pattern.finditer(small if len(small) == len(text) else text):
        glued = bool(_GLUE.fullmatch(text, before, match.start()))
        before = match.end()
        if match["digits"]:
            yield _Token(match.start(), match.end(), glued, digits=_read(match["digits"]))
        else:
            word = _folded(match[0])
            parts = words.parts(word)
            yield _Token(match.start(), match.end(), glued, parts, is_between=not parts and word in words.between)


def _read(digits: str) -> frozenset[float]:
    """What digits can mean, with or without a separator of thousands or of decimals."""
    *before, last = _SEPARATORS.split(digits)
    if sum(map(len, before)) + len(last) > _MOST_DIGITS:
        return frozenset()
    found = {float("".join((*before, last)))} if len(last) == 3 or not before else set()
    if before and not digits[-len(last) - 1].isspace():
        found.add(float(f"{''.join(before)}.{last}"))
    return frozenset(found)


class _Sum(Struct):
    """A number on its way, from `start` to `end` in the text: `thousands` are done, `values` is what stands behind.

    In words there is one value; of digits there may be several. `scale` is the last thousand or million, `factors` are
    what stood before one.
    """

    start: int
    end: int = 0
    thousands: float = 0
    scale: float = 1
    values: frozenset[float] = frozenset({0})
    factors: frozenset[float] = frozenset()
    in_words: bool = True

    @property
    def rest(self) -> float:
        """What stands behind the thousands."""
        return max(self.values)

    def takes(self, part: float, words: _Words) -> bool:
        """Whether another part can go on from here."""
        rest, low = self.rest, self.rest % 100
        if part == _HALF:
            return True
        if part >= 1000:
            return rest > 0 and (not self.thousands or self.thousands > part)
        if not self.in_words:
            return part == 100 and rest < 100
        if part == 100:
            return 0 < rest < 100
        return (
            not rest
            or (rest >= 100 and not low)
            or (part < 10 and low >= 20 and not low % 10)
            or (words.ones_first and part >= 20 and 0 < low < 10)
            or (words.twenties and self._takes_in_twenties(part, low))
        )

    @staticmethod
    def _takes_in_twenties(part: float, low: float) -> bool:
        return (part == 20 and low == 4) or (part < 20 and low in (60, 80)) or (part in (7, 8, 9) and low == 10)

    def add(self, part: float, words: _Words) -> None:
        """Go on with a part that can go on, or begin with it."""
        rest = self.rest
        if part >= 1000 and rest:
            self.factors |= self.values
        if part == _HALF and self.thousands and not rest:
            self.thousands += self.scale / 2  # three millions and a half
        elif part >= 1000 and len(self.values) == 1:
            self.thousands += max(rest, 1) * part
            self.values, self.scale = frozenset({0}), part
        elif part >= 100 and rest:
            self.values = frozenset(value * part for value in self.values)
        elif words.twenties and part == 20 and rest % 100 == 4:
            self.values = frozenset({rest + 76})
        else:
            self.values = frozenset(value + part for value in self.values)

    def number(self, text: str) -> Number:
        """The number as a whole."""
        sums = frozenset(round(self.thousands + value, 6) for value in self.values)
        return Number(sums, text[self.start : self.end], self.start, self.in_words, self.factors)
