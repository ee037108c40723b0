"""The real Anki imports a package into an empty collection, and exports it again.

    python -m benchmarks.real_anki import|export PACKAGE FOLDER

`export` needs the FOLDER in which `import` worked. Last, it prints the seconds that opening and closing took, which are
no part of the work.
"""

import sys
import time
from pathlib import Path

import anki.collection  # noqa: F401  anki.decks cannot be imported before it
from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.decks import DeckId


def main(action: str, package: str, folder: str) -> None:
    """Do one of the two."""
    begin = time.perf_counter()
    collection = Collection(str(Path(folder) / "collection.anki2"))
    start = time.perf_counter()
    if action == "import":
        request = ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions())
        assert collection.import_anki_package(request).log.new
    else:
        options = ExportAnkiPackageOptions(with_scheduling=False, legacy=True)
        (deck, *_) = [deck.id for deck in collection.decks.all_names_and_ids() if deck.name == "Benchmark"]
        collection.export_anki_package(
            out_path=str(Path(folder) / "exported.apkg"), options=options, limit=DeckIdLimit(DeckId(deck))
        )
    end = time.perf_counter()
    collection.close()
    print(start - begin + time.perf_counter() - end)


if __name__ == "__main__":
    main(*sys.argv[1:])
