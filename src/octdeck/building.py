"""A bank as it was read → the files of `dist/`, and the lock file with them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from octdeck import disk, lock, memory, outputs, quiz, release, released
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, Span, in_order
from octdeck.disk import Question
from octdeck.errors import OctdeckError
from octdeck.lock import Lock
from octdeck.look import Template
from octdeck.memory import NOTHING, Memory
from octdeck.outputs import DEFAULT, Format, Job, Made, Output, Package
from octdeck.project import MANY, Progress, Project
from octdeck.settings import Quiz

if TYPE_CHECKING:
    from octdeck.writers.anki import Parcel


class Built(Struct, frozen=True):
    """What a build did: files written, files that were the same already, and what students get (with `anki`).

    `diagnostics` are warnings that only the making could show. `made` has, for each file by its name, the digest of all
    that it is made of, where it has one, and that of its bytes, as a later build may want to know.
    """

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    release: release.Release | None
    diagnostics: tuple[Diagnostic, ...] = ()
    made: Mapping[str, tuple[str, str]] = {}


def build(
    project: Project,
    out: Path,
    now: int,
    formats: Sequence[Format] = DEFAULT,
    progress: Progress | None = None,
    *,
    before: Memory = NOTHING,
    processes: int = 1,
) -> Built:
    """Write all outputs of a bank to the folder `out`, and with `anki` or articles to take the lock file to the bank.

    `now`, in seconds since 1970, becomes the time stamp of what is new or changed. Everything is made before anything
    is written, a file that is the same already is left alone, and lock file and outputs change together. What an
    earlier build remembers in `before` to have made of the same is not made again. With more than one of `processes`,
    others may help; where none can be split off (see `beside`), they import the main program anew.

    Raises:
        OctdeckError: the project has errors, its lock file is missing though `out` holds a release, or a file cannot be
            written.

    """
    from octdeck import transaction

    bank = _sound(project)
    wanted = list(outputs.of_bank(bank, formats))
    lock_path = project.folder / lock.NAME
    with transaction.alone(project.folder, out):
        transaction.recover(out, lock_path)
        known = _lock_now(project, bank)
        if "anki" not in formats:
            beside = (lock_path, lock.text(known).encode()) if project.taken else None
            return _written(wanted, out, _unplanned, progress, beside, before, processes)
        released.refuse_without_lock(bank, project.folder, out)
        planned, package = _release(project, bank, known, now)
        beside = lock_path, lock.text(planned.lock).encode()
        built = _written(wanted, out, package, progress, beside, before, processes)
        return replace(built, release=planned)


def next_release(project: Project, now: int) -> release.Release:
    """What `build` would release at the time `now`; nothing is made.

    Raises:
        OctdeckError: the project has errors.

    """
    return _release(project, _sound(project), project.lock, now)[0]


def remembered(project: Project, built: Built, asked: Mapping[Question, str], said: str) -> Memory:
    """What to remember of a build: `asked` is what reading the bank asked of the disk, `said` what was said of it."""
    # The lock file counts as it is now: what this build has written to it is nothing that it did not know itself.
    before = {question: answer for question, answer in asked.items() if Path(question[1]).name != lock.NAME}
    with disk.witnessed() as after:
        released.lock_data(project.folder)
    return Memory(
        memory.maker(),
        {**before, **after},
        built.made,
        tuple(path.name for path in (*built.written, *built.kept)),
        sum(map(len, (plan.new, plan.changed, plan.unchanged))) if (plan := built.release) else None,
        said if not any(found.code == "OD238" for found in project.diagnostics) else None,  # which time may mend
    )


def next_package(project: Project, now: int) -> tuple[release.Release, bytes]:
    """What `build` would release at the time `now`, and its package of the whole bank; nothing is written.

    Raises:
        OctdeckError: the project has errors.

    """
    bank = _sound(project)
    planned, package = _release(project, bank, project.lock, now)
    return planned, package(bank).work()[0]


def take_articles(project: Project) -> None:
    """Write the fingerprints that are to be taken to the lock file.

    Raises:
        OctdeckError: the project has errors, or the file cannot be written.

    """
    from octdeck import transaction

    bank, lock_path = _sound(project), project.folder / lock.NAME
    if project.taken:
        with transaction.alone(project.folder):
            disk.replace_all({lock_path: lock.text(_lock_now(project, bank)).encode()})


def build_quiz(
    project: Project,
    wanted: Quiz,
    out: Path,
    formats: Sequence[Format],
    own: Template | None = None,
    progress: Progress | None = None,
    *,
    processes: int = 1,
) -> Built:
    """Write the sheets of one quiz, and their key, to the folder `out`.

    `own` is a teacher's own layout.

    Raises:
        OctdeckError: the project has errors, the quiz cannot be made (see `quiz.problems`), or a file cannot be
            written.

    """
    from octdeck import transaction

    sound = _sound(project)
    bank = replace(sound, look=replace(sound.look, template=own))
    for problem in quiz.problems(bank, wanted):
        raise OctdeckError(problem.message, problem.hint)
    origin = Span(bank.path, 1, 1, 1, 1)
    files = list(outputs.of_quiz(bank, wanted, formats, origin))
    outputs.refuse(files)
    with transaction.alone(out):
        transaction.recover(out, project.folder / lock.NAME)
        return _written(files, out, _unplanned, progress, processes=processes)


def _sound(project: Project) -> Bank:
    if project.bank is None or project.failed:
        raise OctdeckError(f"{project.folder} has errors, so nothing was built", "run 'octdeck check' and mend them")
    return project.bank


def _written(
    wanted: Sequence[Output],
    out: Path,
    package: Package,
    progress: Progress | None,
    beside: tuple[Path, bytes] | None = None,
    before: Memory | None = None,
    processes: int = 1,
) -> Built:
    # Without a memory `before`, nothing is to be remembered either.
    from octdeck import crew, transaction

    by_name = {output.name: output for output in wanted}
    of: dict[str, str] = {}
    made: dict[str, bytes] = {}
    known: dict[str, tuple[str, str]] = {}
    found: list[Diagnostic] = []

    def jobs() -> Iterator[tuple[str, Job]]:
        for output in wanted:
            job = output.job(package)
            now_of = job.of() if before and job.of else ""
            was = before.made.get(output.name) if before else None
            if before and was and now_of and was[0] == now_of and memory.stands(before, out, output.name):
                known[output.name] = was
            else:
                of[output.name] = now_of
                yield output.name, job

    if progress is not None:
        progress("making files", 0, len(wanted))
    for name, (data, left_out) in crew.done(jobs(), processes):
        made[name] = data
        if progress is not None:
            progress(f"made {name}", len(made) + len(known.keys() - made.keys()), len(wanted))
        if warnings := by_name[name].left_out(left_out):
            found += warnings
        elif of[name]:
            known[name] = of[name], hashlib.sha256(data).hexdigest()
    written = transaction.put(out, made, beside)
    return Built(
        written=tuple(out / output.name for output in wanted if output.name in written),
        kept=tuple(out / output.name for output in wanted if output.name not in written),
        release=None,
        diagnostics=in_order(found),
        made=known,
    )


def _release(project: Project, bank: Bank, known: Lock, now: int) -> tuple[release.Release, Package]:
    """The release plan, and what makes a package by its stamps."""
    from octdeck import notes
    from octdeck.writers import anki

    all_notes = notes.of_bank(bank)
    planned = release.plan(
        {n.key: (n.digest, n.deck) for n in all_notes},
        {source: article.digests for source, article in project.shelf.at_hand.items()},
        known,
        now,
    )

    by_question = {note.key[0]: note for note in all_notes}
    # The package of all decks is as large as the others together, so while one process makes it, another makes those.
    apart = len(all_notes) >= MANY and len(bank.decks) > 1
    packed = cache(partial(anki.pack, bank, all_notes, planned.stamp))

    def package(part: Bank) -> Job:
        if len(part.items) == len(bank.items):
            whole = packed()  # of a bank with one deck file, that deck's package is the same
            return Job(partial(_sealed, whole), lambda: whole.of, apart=apart)
        some = [by_question[item.question.id] for item in part.items if item.question.id in by_question]
        parcel = anki.pack(part, some, planned.stamp)
        return Job(partial(_sealed, parcel), lambda: parcel.of)

    return planned, package


def _lock_now(project: Project, bank: Bank) -> Lock:
    """The lock file as it is now, as another run may have released something since, with what is to be taken."""
    known, faults = released.lock_file(project.folder, {})
    if faults:
        path = project.folder / lock.NAME
        raise OctdeckError(f"{path} was damaged meanwhile", "run 'octdeck check', which shows the line")
    known = known or Lock(bank.id)
    return replace(known, articles={**known.articles, **project.taken})


def _sealed(parcel: "Parcel") -> Made:
    return parcel.to_bytes(), ()


def _unplanned(_: Bank) -> Job:
    raise AssertionError("no package is made without a release plan")
