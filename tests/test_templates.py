"""A teacher's own look: letterhead and templates, which can lay out everything and read nothing."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from octdeck.cli import main
from support import kinds_bank


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    kinds_bank(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def made(name: str) -> str:
    """The text of a PDF in `dist`."""
    data = (Path("dist") / name).read_bytes()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def png() -> bytes:
    """A picture of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def add(text: str) -> None:
    """Add lines to bank.yaml."""
    path = Path("decks/bank.yaml")
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_letterhead(folder: Path) -> None:
    """The school's line and its logo stand at the head of sheets and keys."""
    Path("decks/logo.png").write_bytes(png())
    add("school: The Quay School\nlogo: logo.png\n")

    result = run("build", "--to", "pdf,html")

    assert result.exit_code == 0
    for name in ("forms-quiz.pdf", "forms-key.pdf", "mixed-A.pdf"):
        assert "The Quay School" in made(name)
        assert PdfReader(Path("dist") / name).pages[0].images
    assert "data:image/png;base64," in Path("dist/forms-quiz.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        ("missing.png", "there is no file 'missing.png' in the bank's folder"),
        ("../outside.png", "there is no file '../outside.png' in the bank's folder"),
        ("bank.yaml", "the logo is not a picture that can be printed"),
        ("huge.png", "the logo is larger than 2 MB"),
    ],
)
def test_a_logo_that_is_none(folder: Path, logo: str, said: str) -> None:
    """A logo that is missing, outside the bank, too large or no picture is told at its place in bank.yaml."""
    Path("outside.png").write_bytes(png())
    Path("decks/huge.png").write_bytes(png() + bytes(3 * 2**20))
    add(f"logo: {logo}\n")

    result = run("check", "--format", "concise")

    assert result.exit_code == 1
    assert f"OD212 {said}" in result.stdout


def test_typst_template(folder: Path) -> None:
    """A Typst template lays out sheet and key from the documented data, and may build on octdeck's own files."""
    Path("own.typ").write_text(
        "#let d = json(bytes(sys.inputs.data))\n#set document(title: d.title, date: none)\n"
        "= OWN #d.kind #d.title\n#for s in d.sheets [ #for e in s.entries [ / #e.number: #e.id ] ]\n",
        encoding="utf-8",
    )

    result = run("quiz", "--template", "own.typ", "--title", "*Hello* #world")

    assert result.exit_code == 0
    assert "OWN quiz *Hello* #world" in made("quiz-A.pdf")
    assert "OWN key" in made("quiz-key.pdf")
    assert "roles" in made("quiz-A.pdf")


def test_jinja_template(folder: Path) -> None:
    """A Jinja2 template does the same for HTML; text is escaped in it as well."""
    Path("own.html.j2").write_text("<h1>{{ sheet.title }}</h1>{% for e in sheet.entries %}{{ e.id }} {% endfor %}")

    result = run("quiz", "--template", "own.html.j2", "--to", "html", "--title", "<b>")

    assert result.exit_code == 0
    assert Path("dist/quiz-A.html").read_text(encoding="utf-8").startswith("<h1>&lt;b&gt;</h1>")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("own.typ", '#set document(title: "t")\n#read("decks/bank.yaml")', "own.typ"),
        ("own.typ", '#set document(title: "t")\n#read("/etc/hostname")', "own.typ"),
        ("own.typ", "\n#nothing", "own.typ:2: unknown variable: nothing"),
        ("own.html.j2", "{% include 'decks/bank.yaml' %}", "own.html.j2: decks/bank.yaml"),
        ("own.html.j2", "{{ sheet.__class__ }}", "own.html.j2: access to attribute '__class__'"),
        ("own.html.j2", "\n{% for %}", "own.html.j2:2: "),
        ("own.html.j2", "{{ nothing }}", "own.html.j2: 'nothing' is undefined"),
    ],
)
def test_templates_reach_nothing(folder: Path, name: str, text: str, said: str) -> None:
    """A template that reads a file, climbs out of its sandbox or is wrong ends in one line; nothing is written."""
    Path(name).write_text(text, encoding="utf-8")

    result = run("quiz", "--template", name, "--to", "html" if name.endswith("j2") else "pdf")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"octdeck: {said}")
    assert "see docs/templates.md" in result.stderr
    assert not Path("dist").exists()


def test_a_template_for_another_format(folder: Path) -> None:
    """A template is for one format; with another, the message says which goes with which."""
    Path("own.typ").write_text("x", encoding="utf-8")

    result = run("quiz", "--template", "own.typ", "--to", "html")

    assert result.exit_code == 1
    assert "use '--to pdf' with a .typ file or '--to html' with a .html.j2 file" in result.stderr
