"""What several tests need: banks in a folder, builds of them, and the real Anki."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import anki.collection  # noqa: F401  anki.cards cannot be imported before it
from anki import import_export_pb2
from anki.cards import Card
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportLogWithChanges
from anki.notes import Note
from anki.scheduler.v3 import CardAnswer, Scheduler

from octdeck.project import Built, build, load

ROOT = Path(__file__).parents[1]
KINDS = Path(__file__).with_name("data") / "kinds"
START = 1_700_000_000  # the time of a first build, in seconds since 1970
YEAR = 365 * 24 * 3600


def kinds_bank(folder: Path) -> Path:
    """A copy of the bank with every kind of question, in `folder`."""
    return Path(shutil.copytree(KINDS, folder / "decks"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old`, which stands once in the file, with `new`."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def built(decks: Path, now: int = START) -> Built:
    """Build the Anki packages of the bank in `decks` into `dist` beside it."""
    return build(load(decks), decks.parent / "dist", now, ["anki"])


@dataclass(frozen=True, slots=True)
class Student:
    """A student's real Anki collection."""

    collection: Collection

    def imports(self, package: Path) -> ImportLogWithChanges.Log:
        """Import with the options that the app has by default."""
        newer = import_export_pb2.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
        options = ImportAnkiPackageOptions(
            merge_notetypes=False,
            with_scheduling=False,
            with_deck_configs=False,
            update_notes=newer,
            update_notetypes=newer,
        )
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.collection.import_anki_package(request).log
        self.collection.models._clear_cache()  # stale after an import
        return log

    def note(self, question: str, bank: str = "kinds") -> Note:
        """The one note of a question."""
        (note_id,) = self.collection.find_notes(f'"Id:{bank}/{question}"')
        return self.collection.get_note(note_id)

    def cards(self, question: str) -> list[Card]:
        """The cards of a question, in the order of their templates."""
        return self.note(question).cards()

    def reviews_next(self, deck: str) -> int:
        """Answer the next card of a deck with "good" and return the card's id."""
        col = self.collection
        deck_id = col.decks.id_for_name(deck)
        assert isinstance(col.sched, Scheduler)
        assert deck_id is not None
        col.decks.select(deck_id)
        queued = col.sched.get_queued_cards().cards[0]
        card = col.get_card(queued.card.id)
        card.start_timer()
        col.sched.answer_card(col.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD))
        return card.id

    def reviews(self) -> list[tuple[int, ...]]:
        """The whole review log."""
        assert self.collection.db is not None
        return [tuple(row) for row in self.collection.db.all("SELECT * FROM revlog ORDER BY id")]

    def schedule(self) -> list[tuple[int, ...]]:
        """What each card is due for, and what is remembered of it."""
        assert self.collection.db is not None
        query = "SELECT id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, data FROM cards ORDER BY id"
        return [tuple(row) for row in self.collection.db.all(query)]

    def is_sound(self) -> bool:
        """Whether the integrity check finds nothing and no card is empty."""
        _, ok = self.collection.fix_integrity()
        return ok and not self.collection.get_empty_cards().notes


@contextmanager
def student(folder: Path) -> Iterator[Student]:
    """A new, empty collection in `folder`."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        yield Student(collection)
    finally:
        collection.close()
