"""Pictures and sounds, from the bank's folder to Anki, paper, web page and Word."""

import io
import json
import os
import re
import struct
import wave
import zipfile
import zlib
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

import browser
import octdeck
from octdeck import fields, markup, svg
from octdeck.building import build
from octdeck.media import Medium
from octdeck.outputs import Format
from octdeck.project import load
from support import START, YEAR, built, student
from test_layouts import figures

BANK = "bank: kinds\ntitle: Harbours\nthemes: {t: T}\n"
PLAN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>'


def picture(colour: str, type_: str = "png", size: tuple[int, int] = (60, 40), turned: int = 1) -> bytes:
    """A picture of one colour, but for a black corner: above, to the left."""
    image = Image.new("RGB", size, colour)
    image.paste("black", (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x112] = turned
    buffer = io.BytesIO()
    image.save(
        buffer, type_, **({"exif": exif} if turned > 1 else {}), **({"lossless": True} if type_ == "webp" else {})
    )
    return buffer.getvalue()


def cmyk() -> bytes:
    buffer = io.BytesIO()
    Image.new("CMYK", (9, 9)).save(buffer, "jpeg")
    return buffer.getvalue()


def sound() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        file.writeframes(struct.pack("<100h", *range(100)))
    return buffer.getvalue()


def bank(folder: Path, questions: str, **files: bytes) -> Path:
    """A bank of the questions, with files named by their stem and ending: `map_png`."""
    decks = folder / "decks"
    decks.mkdir()
    (decks / "bank.yaml").write_text(BANK, encoding="utf-8")
    (decks / "deck.yaml").write_text(f"deck: Harbours\nquestions:\n{questions}", encoding="utf-8")
    for name, content in files.items():
        path = decks / ".".join(name.rsplit("_", 1))
        path.write_bytes(content)
    return decks


ONE = "  - {id: a, question: What is it?, image: map.png, alt: 'A \"map\" & [sea]', answer: A harbour, themes: t}\n"
MANY = """
  - id: a
    question: What is it?
    image: map.png
    alt: A map
    answer: {text: A harbour, image: plan.svg, alt: A plan}
    explain: {audio: bell.wav, alt: A bell}
    themes: t
  - id: b
    question: Which one?
    answer: {image: red.jpg, alt: Red}
    distractors: [{image: green.gif, alt: Green}, {image: blue.webp, alt: Blue}]
    themes: t
  - id: c
    cloze: "A {{c1::red ![red again](red.jpg)}} light, and {{c2::none}}"
    audio: bell.wav
    alt: A bell
    themes: t
"""
FILES: dict[str, bytes] = {
    "map_png": picture("navy"),
    "plan_svg": PLAN.encode(),
    "bell_wav": sound(),
    "red_jpg": picture("red", "jpeg"),
    "green_gif": picture("green", "gif"),
    "blue_webp": picture("blue", "webp"),
}


def package(decks: Path, name: str = "kinds") -> dict[str, bytes]:
    """The media of a built package, by name."""
    with zipfile.ZipFile(decks.parent / "dist" / f"{name}.apkg") as archive:
        listed = json.loads(archive.read("media"))
        return {name: archive.read(number) for number, name in listed.items()}


def made(decks: Path, format_: Format) -> dict[str, bytes]:
    """What a build in one format writes, by name."""
    out = decks.parent / "dist"
    build(load(decks), out, START, [format_])
    return {path.name: path.read_bytes() for path in out.iterdir()}


def codes(decks: Path) -> list[str]:
    return [finding.code for finding in octdeck.check(decks)]


# --- Anki -----------------------------------------------------------------------------------------------------------


def test_students_get_every_file(tmp_path: Path) -> None:
    """All pictures and sounds arrive under names with a digest, none is missing, none is unused."""
    decks = bank(tmp_path, MANY, **FILES)
    built(decks)

    with student(tmp_path) as anna:
        anna.imports(tmp_path / "dist" / "kinds.apkg")
        media = anna.collection.media
        checked = media.check()

        assert (list(checked.missing), list(checked.unused)) == ([], [])
        names = {re.sub("-[0-9a-f]{8}", "", path.name) for path in Path(media.dir()).iterdir()}
        assert names == {name.replace("_", ".") for name in FILES}
        assert anna.is_sound()


def test_a_card_shows_its_picture(tmp_path: Path) -> None:
    """The picture stands below the question, with its words for a screen reader, whatever signs are in them."""
    decks = bank(tmp_path, ONE, map_png=FILES["map_png"])
    built(decks)
    (name,) = package(decks)

    with student(tmp_path) as anna:
        anna.imports(tmp_path / "dist" / "kinds.apkg")

        front = anna.cards("a")[0].question()
        assert f'What is it?<br><img src="{name}" alt="A &quot;map&quot; &amp; [sea]">' in front


def test_a_sound_is_played(tmp_path: Path) -> None:
    """Anki finds the sounds of each side; a sound that a teacher only writes about stays text."""
    written = "  - {id: w, question: 'Type [sound:bell.mp3] or <img src=\"x.png\">', answer: A, themes: t}\n"
    decks = bank(tmp_path, MANY + written, **FILES)
    built(decks)

    with student(tmp_path) as anna:
        anna.imports(tmp_path / "dist" / "kinds.apkg")
        played = {
            id_: [len(tags) for tags in (card.question_av_tags(), card.answer_av_tags())]
            for id_ in "acw"
            for card in anna.cards(id_)
        }

        assert played == {"a": [0, 1], "c": [1, 1], "w": [0, 0]}
        assert "[sound:bell.mp3] or &lt;img" in anna.cards("w")[0].question().replace("&#91;", "[")


def test_another_picture_reaches_students(tmp_path: Path) -> None:
    """A picture that is replaced under its old name arrives as another file; the card keeps its reviews."""
    decks = bank(tmp_path, ONE, map_png=FILES["map_png"])
    built(decks)
    before = set(package(decks))

    with student(tmp_path) as anna:
        anna.imports(tmp_path / "dist" / "kinds.apkg")
        anna.reviews_next("Harbours")
        reviews, schedule = anna.reviews(), anna.schedule()
        (decks / "map.png").write_bytes(picture("olive"))
        release = built(decks, START + YEAR).release
        log = anna.imports(tmp_path / "dist" / "kinds.apkg")
        after = set(package(decks))

        assert release is not None
        assert (release.changed, len(log.updated)) == ((("a", "main"),), 1)
        assert not before & after
        assert (anna.reviews(), anna.schedule()) == (reviews, schedule)
        assert set(re.findall('src="(.*?)"', anna.note("a")["Question"])) == after


def test_a_package_has_its_own_files_alone(tmp_path: Path) -> None:
    """The package of a deck file holds no picture of another, and none that only paper shows."""
    paper = "  - {id: p, question: Q, image: plan.svg, alt: A plan, answer: A, anki: false, themes: t}\n"
    decks = bank(tmp_path, ONE + paper, map_png=FILES["map_png"], plan_svg=PLAN.encode(), red_jpg=FILES["red_jpg"])
    other = "deck: Other\nquestions:\n  - {id: o, question: Q, image: red.jpg, alt: Red, answer: A, themes: t}\n"
    (decks / "other.yaml").write_text(other, encoding="utf-8")
    built(decks)

    assert [name.partition("-")[0] for name in package(decks)] == ["map", "red"]
    assert [name.partition("-")[0] for name in package(decks, "deck")] == ["map"]


def test_the_same_files_give_the_same_package(tmp_path: Path) -> None:
    """A package with a picture is the same a year later; the picture is in it to the byte, its name made safe."""
    decks = bank(tmp_path, ONE.replace("map.png", "Sea Map.PNG"), map_png=b"")
    (decks / "Sea Map.PNG").write_bytes(FILES["map_png"])
    built(decks)
    first = (tmp_path / "dist" / "deck.apkg").read_bytes()
    built(decks, START + YEAR)

    assert (tmp_path / "dist" / "deck.apkg").read_bytes() == first
    ((name, content),) = package(decks).items()
    assert re.fullmatch("sea-map-[0-9a-f]{8}.png", name)
    assert content == FILES["map_png"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.sampled_from(["png", "opus"]))
def test_names_suit_every_system(stem: str, type_: str) -> None:
    """Whatever a file is called, its name in a package is one that Anki and every file system take."""
    name = Medium(stem, b"data", type_, None).name  # type: ignore[arg-type]

    assert len(name.encode()) <= 120
    assert re.fullmatch(r"[\w-]+-[0-9a-f]{8}\.\w+", name)
    assert name == name.lower()


@pytest.mark.browser
def test_options_that_are_pictures_are_told_apart(tmp_path: Path) -> None:
    """Options without a word stand in one order on both sides, and only the one that was tapped counts as chosen."""
    decks = bank(tmp_path, MANY, **FILES)
    built(decks)
    with student(tmp_path) as anna, browser.start() as chromium:
        anna.imports(tmp_path / "dist" / "kinds.apkg")
        card = anna.cards("b")[0]
        front, back = card.question(), card.answer()
        script = re.findall("<script>(.*?)</script>", back, re.DOTALL)[0]
        order = "JSON.stringify([...document.querySelectorAll('.options img')].map(img => img.alt))"
        chosen = "JSON.stringify([...document.querySelectorAll('.chosen img')].map(img => img.alt))"
        with chromium.page(f'<div id="qa">{front}</div>') as page:
            before = json.loads(page.run(order))
            page.click(".options > li:nth-child(2)")
            page.run(f"document.querySelector('#qa').innerHTML = {json.dumps(back)}; (0, eval)({json.dumps(script)})")

            assert sorted(before) == ["Blue", "Green", "Red"]
            assert json.loads(page.run(order)) == before
            assert json.loads(page.run(chosen)) == [before[1]]


@pytest.mark.browser
def test_a_web_page_checks_picture_options(tmp_path: Path) -> None:
    """On the web page pictures load, the right one is right, and the sound is there to be played."""
    page_html = made(bank(tmp_path, MANY, **FILES), "html")["deck-quiz.html"]
    with browser.start() as chromium, chromium.page(page_html) as page:
        loaded = "[...document.images].every(img => img.complete && img.naturalWidth > 0)"
        right = "[...document.querySelectorAll('[data-form=Options] li')].find(li => li.querySelector('[alt=Red]'))"
        page.run(f"{right}.querySelector('input').click()")
        page.click("[data-form=Options] button")

        assert page.run(loaded) is True
        assert page.run("document.querySelector('[data-form=Options] .feedback').className") == "feedback right"
        assert page.run("document.querySelectorAll('audio[controls]').length") == 1
        assert page.errors() == []


# --- paper, web page, Word ------------------------------------------------------------------------------------------


def test_paper_shows_pictures(tmp_path: Path) -> None:
    """Quiz and key show every picture, each with its words; of a sound the words are printed."""
    files = made(bank(tmp_path, MANY, **FILES), "pdf")

    assert sorted(figures(files["deck-quiz.pdf"])) == ["A map", "Blue", "Green", "Red"]
    assert figures(files["deck-key.pdf"]) == ["A plan", "Red", "red again"]
    page = pypdfium2.PdfDocument(files["deck-quiz.pdf"])[0].get_textpage().get_text_range()
    assert "♪ A bell" in page.replace("\xa0", " ")


def test_web_page_and_word_show_pictures(tmp_path: Path) -> None:
    """Both hold the files themselves, with their words; what Word does not take, it gets as PNG."""
    decks = bank(tmp_path, MANY, **FILES)
    page = made(decks, "html")["deck-quiz.html"].decode()
    word = made(decks, "docx")["deck-quiz.docx"]

    assert re.findall('<img class="picture" src="data:image/([a-z+]+);base64,[^"]+" alt="([^"]*)"', page)[0] == (
        "png",
        "A map",
    )
    assert page.count("<audio") == 1
    assert "media-src data:" in page
    document = Document(io.BytesIO(word))
    shown = {shape._inline.docPr.get("descr") for shape in document.inline_shapes}
    assert shown == {"A map", "Red", "Green", "Blue"}
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        types = sorted(name.rpartition(".")[2] for name in archive.namelist() if "/media/" in name)
    assert types == ["gif", "jpg", "png", "png"]


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_stands_upright_on_paper(turned: int, tmp_path: Path) -> None:
    """However the camera was held, paper shows the photo as a browser does."""
    photo = picture("orange", "jpeg", (200, 120), turned)
    decks = bank(tmp_path, ONE.replace("map.png", "photo.jpg"), photo_jpg=photo)
    page = pypdfium2.PdfDocument(made(decks, "pdf")["deck-quiz.pdf"])[0].render(scale=2).to_pil().convert("RGB")
    red, _, blue = page.split()
    coloured = ImageChops.subtract(red, blue).point(lambda value: 255 * (value > 100))
    shown = page.crop(coloured.getbbox())
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(photo)))

    assert (shown.width > shown.height) == (upright.width > upright.height)
    assert corners(shown) == corners(upright)


def corners(image: Image.Image) -> list[bool]:
    """Which corners are dark."""
    grey, (right, bottom) = image.convert("L"), (image.width - 4, image.height - 4)
    return [grey.crop((x, y, x + 1, y + 1)).tobytes()[0] < 90 for x in (3, right) for y in (3, bottom)]


# --- what is written ------------------------------------------------------------------------------------------------


def test_keys_are_shorthand(tmp_path: Path) -> None:
    """`image` and `alt` come to the same note as inline Markdown does."""
    short, long = tmp_path / "short", tmp_path / "long"
    for folder in (short, long):
        folder.mkdir()
    inline = (
        '  - {id: a, question: "What is it?\\n![A \\"map\\" & \\\\[sea\\\\]](map.png)", answer: A harbour, themes: t}\n'
    )
    for folder, questions in ((short, ONE), (long, inline)):
        built(bank(folder, questions, map_png=FILES["map_png"]))

    packages = [(folder / "dist" / "kinds.apkg").read_bytes() for folder in (short, long)]
    assert packages[0] == packages[1]


@pytest.mark.parametrize(
    ("written", "right"), [("mpa.png", "map.png"), ("Map.png", "map.png"), ("plan.svg", "drawings/plan.svg")]
)
def test_a_misspelt_file_is_mended(written: str, right: str, tmp_path: Path) -> None:
    """A file that is surely meant is proposed, and `--fix` writes its name."""
    decks = bank(tmp_path, ONE.replace("map.png", written), map_png=FILES["map_png"])
    (decks / "drawings").mkdir()
    (decks / "drawings" / "plan.svg").write_text(PLAN, encoding="utf-8")
    (finding,) = octdeck.check(decks)

    assert (finding.code, finding.hint) == ("OD256", f"did you mean '{right}'?")
    assert finding.fix is not None
    assert finding.fix.text == right


# --- hostile files --------------------------------------------------------------------------------------------------


def test_no_path_leads_out(tmp_path: Path) -> None:
    """A link out of the bank, a folder and a pipe are no pictures of the bank, and nothing waits for them."""
    (tmp_path / "secret.png").write_bytes(FILES["map_png"])
    decks = bank(tmp_path, "".join(ONE.replace("id: a", f"id: {n}").replace("map", f"m{n}") for n in range(3)))
    (decks / "m0.png").symlink_to(tmp_path / "secret.png")
    (decks / "m1.png").mkdir()
    os.mkfifo(decks / "m2.png")

    assert codes(decks) == ["OD256"] * 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("map.png", b"", "an empty file"),
        ("map.png", FILES["map_png"][:60], "the picture is damaged"),
        ("map.png", b"%PDF-1.7", "a PDF"),
        ("map.png", cmyk(), "printing press"),
        ("map.png", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC picture"),
        ("map.png", b"\0\0\0\x18ftypisom" + b"hdlr" + b"\0" * 8 + b"vide", "a film"),
        ("map.png", b"<!doctype html><svg></svg>", "this SVG cannot be shown"),
        ("map.png", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "entities"),
        ("map.png", b"\x89PNG\r\n\x1a\n" + b"\0" * (5 * 2**20), "larger than 5 MB"),
        ("map.png", b"ID3\x04" + b"\0" * (20 * 2**20), "larger than 20 MB"),
    ],
    ids=["empty", "cut-off", "pdf", "cmyk", "heic", "film", "page", "entities", "5MB", "20MB"],
)
def test_what_is_no_picture(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    """What cannot be taken is told where it is named, with what it is."""
    decks = bank(tmp_path, ONE)
    (decks / name).write_bytes(content)
    (finding,) = octdeck.check(decks)

    assert said in finding.message
    assert (finding.code, finding.span.column) in (("OD257", 43), ("OD258", 43))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A small file that would be many pixels is refused by its head alone."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    decks = bank(tmp_path, ONE, map_png=head + b"\0\0\0\0IEND\xaeB`\x82")

    assert codes(decks) == ["OD258"]


HOSTILE = [
    "<script>alert(1)</script>",
    '<g onload="alert(1)"/>',
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script/></body></foreignObject>",
    '<image href="https://example.org/x.png"/>',
    '<image xmlns:l="http://www.w3.org/1999/xlink" l:href="file:///etc/passwd"/>',
    '<use href="other.svg#a"/>',
    '<a href="javascript:alert(1)"><rect/></a>',
    "<style>@import url(https://example.org/x.css);</style>",
    "<style>rect { fill: u\\72l(https://example.org/x) }</style>",
    "<rect style=\"fill: url('https://example.org/#x')\"/>",
    '<rect fill="url(https://example.org/#x)"/>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
]


@pytest.mark.parametrize("inner", HOSTILE)
def test_svg_loses_what_runs_or_loads(inner: str) -> None:
    """Nothing of it is left, and what is left is not changed by a second cleaning."""
    once, _, _ = svg.cleaned(PLAN.replace("<path", f"{inner}<path").encode())
    again, _, removed = svg.cleaned(once)

    assert not re.search(rb"script|onload|example\.org|passwd|other\.svg|import|svg\+xml|animate|<set", once)
    assert b"M2 18 L38 4" in once
    assert (again, removed) == (once, ())


def test_svg_that_doubles_is_refused(tmp_path: Path) -> None:
    """A picture that shows itself tenfold, ten times over, is told, and not drawn."""
    groups = "".join(f'<g id="g{n + 1}">{f"""<use href="#g{n}"/>""" * 10}</g>' for n in range(9))
    doubled = PLAN.replace("<path", f'<g id="g0"><path/></g>{groups}<path')
    decks = bank(tmp_path, ONE, map_png=doubled.encode())

    assert codes(decks) == ["OD257"]


def test_letters_that_no_font_has(tmp_path: Path) -> None:
    """An SVG with text that paper cannot show is told where it is named, unless it comes into Anki alone."""
    strange = PLAN.replace("<path", '<text x="5" y="15">🚢</text><path').encode()
    decks = bank(tmp_path, ONE, map_png=strange)
    (finding,) = octdeck.check(decks)
    (decks / "deck.yaml").write_text(f"deck: D\ndefaults: {{paper: false}}\nquestions:\n{ONE}", encoding="utf-8")

    assert (finding.code, finding.span.column) == ("OD401", 43)
    assert codes(decks) == []


def test_a_logo_loses_its_scripts_too(tmp_path: Path) -> None:
    """What a school puts at the head of its sheets runs nothing and loads nothing."""
    logo = PLAN.replace("<path", '<script>alert(1)</script><image href="https://example.org/x.png"/><path')
    decks = bank(tmp_path, "  - {id: a, question: Q, answer: A, themes: t}\n", logo_svg=logo.encode())
    (decks / "bank.yaml").write_text(f"{BANK}logo: logo.svg\n", encoding="utf-8")
    page = made(decks, "html")["deck-quiz.html"].decode()
    (held,) = re.findall('src="data:image/svg\\+xml;base64,([^"]+)"', page)

    assert b"M2 18 L38 4" in b64decode(held)
    assert not re.search(b"script|example", b64decode(held))


@pytest.mark.parametrize("type_", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("turned", [1, 6])
def test_a_photo_does_not_tell_where_it_was_taken(type_: str, turned: int, tmp_path: Path) -> None:
    """What a camera writes into a photo reaches no student; the pixels stay, and a JPEG is turned as it was."""
    image = Image.effect_noise((60, 40), 50).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x0112] = turned
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 56.0, 0.0)})
    buffer = io.BytesIO()
    image.save(buffer, type_, lossless=True, exif=exif, comment="A secret", icc_profile=b"profile" * 9)
    decks = bank(tmp_path, ONE, map_png=buffer.getvalue())
    built(decks)
    (content,) = package(decks).values()
    before, after = (Image.open(io.BytesIO(data)) for data in (buffer.getvalue(), content))

    assert before.getexif().get_ifd(0x8825)
    assert dict(after.getexif()) == ({0x0112: turned} if type_ == "jpeg" and turned > 1 else {})
    assert not re.search(b"A camera|A secret|Exif\0\0..*GPS", content)
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert after.tobytes() == before.tobytes()


def test_all_together_have_a_limit(tmp_path: Path) -> None:
    """The sound that takes a bank beyond 200 MB is told, and so is each after it; a file named twice counts once."""
    questions = "".join(
        f"  - {{id: q{n}, question: Q{n}, audio: s{min(n, 11)}.mp3, alt: A, answer: A, themes: t}}\n" for n in range(13)
    )
    decks = bank(tmp_path, questions)
    for n in range(12):
        with (decks / f"s{n}.mp3").open("wb") as file:
            file.write(b"ID3\x04")
            file.truncate(19 * 2**20)
    found = [finding for finding in octdeck.check(decks) if finding.code == "OD258"]

    assert [finding.span.line for finding in found] == [13, 14]


class _Pictures(HTMLParser):
    """What the pictures in HTML show in words, and the text around them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert (tag, sorted(given)) == ("img", ["alt", "src"])
        self.found.append((given["src"] or "", given["alt"] or ""))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60).filter(str.strip))
def test_words_stay_words(shows: str) -> None:
    """Whatever is said of a picture, it is read back from a card as it was, and is nothing but words there."""
    medium = Medium("map", b"data", "png", (1, 1))
    written = markup.medium("a map (1).png", shows)
    html = fields.html(written, {"a map (1).png": medium})
    # In a gap two colons begin its hint, wherever they stand.
    gap = f"{{{{c1::{re.sub(':(?=:)', ': ', written)}}}}}"
    in_gap = fields.cloze(gap, {"a map (1).png": medium})

    assert _Pictures(html).found == [(medium.name, " ".join(shows.split()))]
    assert _Pictures(html).text == ""
    assert fields.files([html]) == (medium.name,)
    assert not re.search(r"\{\{|\}\}|\[sound:", html)
    assert re.fullmatch(r"\{\{c1::(?:(?!\}\}|::).)*\}\}", in_gap)
