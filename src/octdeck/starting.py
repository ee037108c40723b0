"""A new bank on disk, and a deck file for an article in a bank that is there; nothing is ever overwritten."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from octdeck import (
    article,
    disk,
    drafts,
    filenames,
    json_schema,
    lock,
    project,
    shelving,
    sourcemap,
    transaction,
    values,
)
from octdeck.errors import OctdeckError
from octdeck.faults import RefusedError
from octdeck.plain import Value
from octdeck.sourcemap import MAX_BYTES


class Added(Struct, frozen=True):
    """A deck file, the number of paragraphs in its article, and the copy of the article, if one was made."""

    deck: Path
    paragraphs: int
    copy: Path | None


class _Taken(Struct, frozen=True):
    """What a bank has already: names of sources and outputs, with the files that hold them; ids of questions.

    The names are as `filenames.same` has them.
    """

    names: Mapping[str, Path]
    questions: frozenset[str]


def bank(folder: Path) -> tuple[Path, ...]:
    """Make a new bank, with an example that builds; returns its files.

    The folder appears whole or not at all.

    Raises:
        OctdeckError: there is a file or folder of that name, its name gives no id, or it cannot be written.

    """
    bank_id = drafts.slug(folder.name)
    if not bank_id:
        raise OctdeckError(f"'{folder}' gives the bank no id", "choose a name with letters or digits")
    if trouble := filenames.trouble(folder.name) or filenames.trouble(bank_id):
        raise OctdeckError(f"'{folder.name}' {trouble}", "choose another name")
    if bank_id == drafts.EXAMPLE:
        bank_id += "-bank"  # both have a package of their name
    texts = drafts.bank(bank_id, drafts.titled(folder.name), folder.name)
    with transaction.alone(folder.parent):
        if disk.is_there(folder):
            raise OctdeckError(f"{folder} is there already", "choose another name; nothing is overwritten")
        disk.create_folder(folder, {name: text.encode() for name, text in texts.items()})
    return tuple(folder / name for name in sorted(texts))


def deck(file: Path, folder: Path, articles: Path | None = None, source: str | None = None) -> Added:
    """Add a deck file for the article in `file` to the bank in `folder`.

    `source` is the source's id, by default made of the file's name. The article is copied to the folder of the articles
    as `<source>.txt` or `.md`, unless it is there. The deck file is made last: where it is, the rest is too.

    Raises:
        OctdeckError: the article cannot be read, the id clashes with what there is, or a file cannot be written.

    """
    bank_file = _bank_file(folder)
    content, read = _article(file)
    shelf = articles or shelving.home(folder)
    at_home = _is_in(file, shelf) and _is_id(file.stem)
    name = source or (file.stem if at_home else drafts.slug(file.stem))
    if not _is_id(name):
        raise OctdeckError(f"'{name or file.stem}' is not an id", "name one with --id, as in '--id old-port'")
    with transaction.alone(folder):
        taken = _taken(folder)
        _check_name(name, folder, taken)
        text = _draft(name, read, _value(bank_file, folder), folder, taken)
        copy = _copy(name, file, content, shelf)
        made = {shelf / ".gitignore": drafts.KEEP_HERE.encode()} if copy and not disk.is_there(shelf) else {}
        made |= {copy: content} if copy else {}
        schemas = {folder / "schema" / name: schema.encode() for name, schema in json_schema.files().items()}
        made |= {path: schema for path, schema in schemas.items() if not disk.is_there(path)}
        target = folder / f"{name}.yaml"
        disk.create_all(made | {target: text.encode()})
    return Added(target, len(read.paragraphs), copy)


def _draft(name: str, read: article.Article, bank_value: Value, folder: Path, taken: _Taken) -> str:
    """The text of the deck file."""
    top = bank_value if isinstance(bank_value, dict) else {}
    title, themes = top.get("title"), top.get("themes")
    return drafts.deck(
        read,
        name,
        title if isinstance(title, str) and title.strip() else drafts.titled(folder.resolve().name),
        list(themes) if isinstance(themes, dict) else [],
        _first_id(name, taken.questions),
    )


def _bank_file(folder: Path) -> Path:
    path = folder / project.BANK_FILE
    if not disk.is_file(path):
        hint = f"make a bank with 'octdeck new NAME', or name the folder that holds {project.BANK_FILE}"
        raise OctdeckError(f"there is no {project.BANK_FILE} in {folder}", hint)
    return path


def _article(file: Path) -> tuple[bytes, article.Article]:
    """What is in the file, as it is and as paragraphs."""
    if file.suffix.lower() not in shelving.ENDINGS:
        hint = "save the article as plain text with the encoding UTF-8, a blank line between paragraphs"
        raise OctdeckError(f"{file} is no text file: an article's name ends in .txt or .md", hint)
    whole = file.resolve()
    content = disk.read(whole, whole.parent, MAX_BYTES)
    if len(content) > MAX_BYTES:
        raise OctdeckError(
            f"{file} is larger than {MAX_BYTES // 2**20} MB", "keep nothing in it but the article's text"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise OctdeckError(f"{file} is not UTF-8 text", "save it again as plain text with the encoding UTF-8")
    read = article.parse(text)
    if not read.paragraphs:
        raise OctdeckError(f"{file} has no text", "save the article in it, a blank line between paragraphs")
    return content, read


def _taken(folder: Path) -> _Taken:
    """What is named in the bank's files, right or wrong in all else, and in the lock file."""
    names: dict[str, Path] = {}
    questions: set[str] = set()
    for path in (folder / project.BANK_FILE, *project.deck_files(folder)):
        value = _value(path, folder)
        top = value if isinstance(value, dict) else {}
        named = [top.get("bank"), _id(top.get("source")), *map(_id, _list(top.get("quizzes")))]
        for name in named:
            if isinstance(name, str):
                names.setdefault(filenames.same(name), path)
        questions |= {name for question in _list(top.get("questions")) if isinstance(name := _id(question), str)}
    path = folder / lock.NAME
    if disk.is_there(path):
        known, _ = lock.parse(disk.read(path, folder, MAX_BYTES).decode("utf-8", "replace"), path)
        if known is not None:
            names = {filenames.same(name): path for name in known.articles} | names
            questions |= {question for question, _ in known.notes}
    return _Taken(names, frozenset(questions))


def _id(value: "Value | None") -> "Value | None":
    return value.get("id") if isinstance(value, dict) else None


def _list(value: "Value | None") -> list[Value]:
    return value if isinstance(value, list) else []


def _value(path: Path, folder: Path) -> Value:
    """The data of a YAML file, as far as it can be read."""
    text, _ = sourcemap.decode(disk.read(path, folder, MAX_BYTES), path)
    document, _ = sourcemap.read(text, path, "questions") if text is not None else (None, [])
    return document.value if document is not None else ""


def _check_name(name: str, folder: Path, taken: _Taken) -> None:
    """Refuse a name that is there already, by what systems take for the same, or that some system cannot hold."""
    if trouble := filenames.trouble(f"{name}.yaml"):
        raise OctdeckError(f"'{name}.yaml' {trouble}", "name another id with --id")
    there = taken.names.get(filenames.same(name))
    if there is None:
        alike = {filenames.same(f"{name}{ending}") for ending in project.DECK_ENDINGS}
        there = next((path for path in sorted(folder.iterdir()) if filenames.same(path.name) in alike), None)
    if there is not None:
        hint = "write the questions there, if it is that article; for another one, name another id with --id"
        raise OctdeckError(f"{there} has '{name}' already", hint)


def _copy(name: str, file: Path, content: bytes, shelf: Path) -> Path | None:
    """Where the article is to be copied to; None if it is there."""
    alike = {filenames.same(f"{name}{ending}") for ending in shelving.ENDINGS}
    for path in sorted(shelf.iterdir()) if disk.is_folder(shelf) else ():
        if filenames.same(path.name) in alike:
            if path.stem == name and disk.read(path, shelf, MAX_BYTES) == content:
                return None
            hint = "name another id with --id, or move that file away"
            raise OctdeckError(f"{path} is there already, with another text than {file}", hint)
    return shelf / f"{name}{file.suffix.lower()}"


def _first_id(source: str, questions: frozenset[str]) -> str:
    number = 1
    while f"{source}-{number}" in questions:
        number += 1
    return f"{source}-{number}"


def _is_in(file: Path, folder: Path) -> bool:
    return disk.is_folder(folder) and file.resolve().parent == folder.resolve()


def _is_id(name: str) -> bool:
    try:
        return values.slug(name, "id") == name
    except RefusedError:
        return False
