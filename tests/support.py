"""What several tests need: banks in a folder, builds of them, and the real Anki."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anki.collection  # noqa: F401  anki.cards cannot be imported before it
from anki import import_export_pb2
from anki.cards import Card, CardId
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportLogWithChanges
from anki.decks import DeckId
from anki.notes import Note
from anki.scheduler.v3 import CardAnswer, Scheduler
from msgspec import Struct
from msgspec.structs import replace

from octdeck.building import Built, build
from octdeck.lock import Lock
from octdeck.project import load

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


def placeless(known: Lock) -> Lock:
    """A lock without the lines of its file at which it says what it says."""
    return replace(known, notes={key: replace(of, line=0) for key, of in known.notes.items()}, lines={})


def built(decks: Path, now: int = START) -> Built:
    """Build the Anki packages of the bank in `decks` into `dist` beside it."""
    return build(load(decks), decks.parent / "dist", now, ["anki"])


_CONDITIONS = {
    "newer": import_export_pb2.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER,
    "always": import_export_pb2.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS,
    "never": import_export_pb2.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_NEVER,
}


class Student(Struct, frozen=True):
    """A student's real Anki collection."""

    collection: Collection

    def imports(self, package: Path, *, update: str = "newer", merge: bool = False) -> ImportLogWithChanges.Log:
        """Import, by default with the options that the app has by default.

        `update` is what to do with notes and note types that are there already: newer, always or never.
        """
        condition = _CONDITIONS[update]
        options = ImportAnkiPackageOptions(
            merge_notetypes=merge,
            with_scheduling=False,
            with_deck_configs=False,
            update_notes=condition,
            update_notetypes=condition,
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
        deck_id = self.collection.decks.id_for_name(deck)
        assert deck_id is not None
        card = self._answers_next(deck_id, CardAnswer.GOOD)
        self.settles()
        return card

    def answers(self, card: CardId, rating: CardAnswer.Rating.ValueType) -> None:
        """Answer this card, of whatever deck, if it is new or due."""
        home = self.collection.get_card(card).did
        # Only the first card of the queue can be answered, so it gets a queue of its own.
        desk = self.collection.decks.id("Desk")
        assert desk is not None
        self.collection.set_deck([card], desk)
        self._answers_next(desk, rating)
        self.collection.set_deck([card], home)

    def _answers_next(self, deck: DeckId, rating: CardAnswer.Rating.ValueType) -> int:
        col = self.collection
        assert isinstance(col.sched, Scheduler)
        col.decks.select(deck)
        queued = col.sched.get_queued_cards().cards[0]
        card = col.get_card(CardId(queued.card.id))
        card.start_timer()
        col.sched.answer_card(col.sched.build_answer(card=card, states=queued.states, rating=rating))
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

    def settles(self) -> None:
        """Let each card say of its last review what the review log says.

        Anki reads the clock twice for each answer. Where a second ends in between, its integrity check would find the
        card to be a second off, whatever is imported.
        """
        assert self.collection.db is not None
        last = "SELECT max(id) / 1000 FROM revlog WHERE cid = cards.id AND ease > 0"
        self.collection.db.execute(
            f"UPDATE cards SET data = json_set(data, '$.lrt', ({last})) WHERE data LIKE '%\"lrt\"%'"
        )

    def is_sound(self) -> bool:
        """Whether the integrity check finds nothing and no card is empty."""
        _, ok = self.collection.fix_integrity()
        return ok and not self.collection.get_empty_cards().notes


@contextmanager
def student(folder: Path) -> Iterator[Student]:
    """The collection in `folder`; a new, empty one if there is none."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        yield Student(collection)
    finally:
        collection.close()
