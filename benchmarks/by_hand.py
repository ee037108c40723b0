"""What a programmer would write for a day's use: YAML to .apkg with PyYAML and genanki, nothing checked.

    python -m benchmarks.by_hand BANK PACKAGE [FOLDER]

With FOLDER, each deck gets a package of its own as well, as `octdeck build` makes them.
"""

import html
import sys
from pathlib import Path

import genanki
import yaml

MODEL = genanki.Model(
    1607392319,
    "By hand",
    fields=[{"name": name} for name in ("Question", "Answer", "Options", "Explanation", "Source")],
    templates=[
        {"name": "Card", "qfmt": "{{Question}}{{Options}}", "afmt": "{{FrontSide}}<hr>{{Answer}}{{Explanation}}"}
    ],
)
CLOZE = genanki.Model(
    1607392320,
    "By hand, cloze",
    model_type=genanki.Model.CLOZE,
    fields=[{"name": name} for name in ("Text", "Explanation", "Source")],
    templates=[{"name": "Card", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}{{Explanation}}"}],
)


def main(bank: Path, package: Path, each: Path | None = None) -> None:
    """Compile every deck file of `bank` into `package`, and into one of its own in the folder `each`."""
    decks = []
    for number, path in enumerate(sorted(bank.glob("part-*.yaml"))):
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        deck = genanki.Deck(2059400110 + number, data["deck"])
        for question in data["questions"]:
            deck.add_note(note(question, data["source"]["title"]))
        decks.append(deck)
        if each is not None:
            genanki.Package(deck, pictures(bank)).write_to_file(each / f"{path.stem}.apkg")
    genanki.Package(decks, pictures(bank)).write_to_file(package)


def pictures(bank: Path) -> list[str]:
    """The files that go with the notes."""
    return [str(path) for path in sorted(bank.glob("*.png"))]


def note(question: dict, source: str) -> genanki.Note:  # type: ignore[type-arg]
    """One question as a note."""
    explanation = html.escape(question.get("explain", ""))
    cited = f"{source}, {question['cites']}"
    tags = question["themes"]
    if "cloze" in question:
        return genanki.Note(CLOZE, [html.escape(question["cloze"]), explanation, cited], tags=tags)
    if "regions" in question:
        answers = "<br>".join(html.escape(region["answer"]) for region in question["regions"])
        picture = f'<img src="{question["image"]}" alt="{html.escape(question["alt"])}">'
        return genanki.Note(MODEL, [picture, answers, "", explanation, cited], tags=tags)
    options = [*question.get("distractors", []), *question.get("order", []), *question.get("pairs", {}).values()]
    listed = "".join(f"<li>{html.escape(str(option))}</li>" for option in options)
    asked = html.escape(question.get("question") or question["statement"])
    answer = html.escape(str(question.get("answer", question.get("order", question.get("pairs")))))
    return genanki.Note(MODEL, [asked, answer, f"<ul>{listed}</ul>", explanation, cited], tags=tags)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
