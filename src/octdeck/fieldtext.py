"""What a note holds in a field, which is HTML, to the text that it shows."""

from html.parser import HTMLParser

_MOST = 50_000  # characters; of a longer field, the beginning
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "ul", "ol", "table"})
_LISTS = frozenset({"ul", "ol"})
_LABELS = frozenset({"summary", "th"})


def of(html: str) -> tuple[str, ...]:
    """The text, in its paragraphs, items and rows; options that are shuffled stand in the order of the alphabet."""
    reader = _Reader()
    reader.feed(html[:_MOST])
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    """Collects blocks of text."""

    def __init__(self) -> None:
        super().__init__()
        self.block = ""
        self.blocks: list[str] = []
        self.shuffled: int | None = None  # the number of blocks before the list, in a list whose order is chance
        self.links: list[str] = []

    def end_block(self) -> None:
        if text := " ".join(self.block.split()):
            self.blocks.append(text)
        self.block = ""

    def handle_data(self, data: str) -> None:
        self.block += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag in _BLOCKS:
            self.end_block()
        if tag in _LISTS and "options" in classes and "fixed" not in classes:
            self.shuffled = len(self.blocks)
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "img":
            self.block += f" [{' '.join(filter(None, (given.get('src'), given.get('alt'))))}] "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in _LISTS and self.shuffled is not None:
            self.blocks[self.shuffled :] = sorted(self.blocks[self.shuffled :])
            self.shuffled = None
        elif tag in _LABELS:
            self.block += ": "
        elif tag == "a" and self.links:
            self.block += f" ({self.links.pop()})"
