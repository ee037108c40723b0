"""The reader, with inputs that coverage chooses: `python -m fuzz.reader CORPUS [libFuzzer's options]`, in tests.

CORPUS is a folder for inputs that reach something new; the first ones are written there. An input is a bank: bank.yaml,
a deck file, octdeck.lock and an article, with a line between. Needs the dependency group `fuzz`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import atheris

from fuzz.instrumented import article, lock, notes, report, sheet
from fuzz.instrumented import yaml as reader
from fuzz.mutations import MUTATIONS, Pool
from fuzz.seeds import Files, seeds
from fuzz.trial import OddFindingError, wrong
from octdeck.diagnostics import LINE_BREAK, Diagnostic, in_order

_MARK = b"\n%%%\n"
_BANK, _DECK, _LOCK = Path("decks/bank.yaml"), Path("decks/deck.yaml"), Path("decks/octdeck.lock")
_POOL = Pool(seeds(Random(0), pieces=1))


def read(data: bytes) -> None:
    """Read one input.

    Raises:
        OddFindingError: a finding is not as findings are.
        Exception: whatever octdeck did not expect.

    """
    bank_yaml, deck, known, text = (*data.split(_MARK, 3), b"", b"", b"")[:4]
    texts: dict[Path, str] = {}
    bank, found = reader.read((_BANK, bank_yaml), [(_DECK, deck)], texts)
    texts[_LOCK] = known.decode("utf-8-sig", "replace")
    found += lock.parse(texts[_LOCK], _LOCK)[1]
    article.parse(text.decode("utf-8-sig", "replace"))
    _check(in_order(found), texts)
    if bank is not None:
        notes.of_bank(bank)
        sheet.from_bank(bank)


def _check(found: Sequence[Diagnostic], texts: dict[Path, str]) -> None:
    lines = {path: LINE_BREAK.split(text) for path, text in texts.items()}
    for diagnostic in found:
        if what := wrong(diagnostic, lines):
            raise OddFindingError(f"{diagnostic.code} {what}")
    report.full(found, texts, report.unpainted).encode()


def change(data: bytes, most: int, seed: int) -> bytes:
    """Another input: in half of the cases by the ways of mutations.py, which know YAML."""
    random = Random(seed)
    if random.random() < 0.5:
        changed = atheris.Mutate(data, most)
        assert isinstance(changed, bytes)
        return changed
    parts = data.split(_MARK)
    at = random.randrange(len(parts))
    parts[at] = random.choice(MUTATIONS)(parts[at], random, _POOL)
    return _MARK.join(parts)[:most]


def _joined(files: Files) -> bytes:
    decks = [data for name, data in files.items() if name.endswith(".yaml") and name != "decks/bank.yaml"]
    articles = [data for name, data in files.items() if name.startswith("articles/")]
    return _MARK.join([files["decks/bank.yaml"], *decks[:1], files.get("decks/octdeck.lock", b""), *articles[:1]])


def main() -> None:
    """Fuzz until something is found, or as long as the options say."""
    corpus = Path(sys.argv[1])
    if not corpus.exists():
        corpus.mkdir(parents=True)
        for number, files in enumerate(seeds(Random(1917))):
            if "decks/bank.yaml" in files:
                (corpus / f"seed-{number:03}").write_bytes(_joined(files))
    atheris.Setup(sys.argv, read, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
