"""The house keeps its floors: a module imports only from floors below its own."""

import ast
import importlib
import pkgutil
from pathlib import Path

from msgspec import Struct

PACKAGE = Path(__file__).parents[1] / "src" / "octdeck"

FLOORS = [
    {"errors", "zips"},
    {"accents", "blocks", "diagnostics", "filenames", "faults", "keys", "json_values"},
    {
        "counts",
        "moves",
        "look",
        "fonts",
        "markup",
        "grammar",
        "locales",
        "languages",
        "notetypes",
        "codes",
        "student",
        "webpage",
    }
    | {"counts", "media", "svg", "numerals", "names"},
    {
        "article",
        "words",
        "amounts",
        "days",
        "likeness",
        "cloze",
        "forms",
        "values",
        "manuscript",
        "wordlook",
        "widths",
        "syntax",
        "spaces",
        "repair",
        "plain",
        "wordwise",
        "fieldtext",
        "lock",
        "excerpt",
        "disk",
        "private",
        "beside",
    },
    {"document"},
    {"recognise", "evidence", "sourcemap", "shapes", "ooxml", "report", "sarif", "transaction"},
    {"settings", "content", "memory"} | {"regions"},
    {"picture"},
    {"questions"},
    {"schema"},
    {"validate", "bank", "fields"},
    {"deckfile"},
    {"renumbering", "prose", "notes"},
    {"renames", "support"},
    {"json_schema", "readers", "lints", "sheet", "quiz", "release", "enclosures", "shelving", "coverage"}
    | {"mediafiles"},
    {"drafts", "typesetting", "strip", "difference"},
    {"wordstrip", "wordmedia"} | {"sheetdata", "characters", "rehearsal", "proof", "difference_report"},
    {"verdict"},
    {"writers"},
    {"outputs"},
    {"released", "crew"},
    {"project", "explain"},
    {"building"},
    {"mending", "starting", "watching", "verification", "recovery", "changes"},
    {"__init__"},
    {"options", "console", "crash"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
GROWING = {"Allowance", "Place", "_Read", "_Sum"}
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def imports(path: Path) -> set[str]:
    """The rooms of octdeck that a module imports from, functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "octdeck":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("octdeck."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {
                (alias.name + ".__init__").split(".")[1] for alias in node.names if alias.name.startswith("octdeck")
            }
    return found


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_module_has_a_floor() -> None:
    """A new module must be given its place here."""
    assert {room(path) for path in PACKAGE.rglob("*.py")} == set(FLOOR)


def test_imports_go_down() -> None:
    """No module imports from its own floor or from above; within a folder, only the folder's own list does."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in imports(path):
            own_list = path.name == "__init__.py" and name == room(path)

            assert own_list or FLOOR[name] < FLOOR[room(path)], f"{path.relative_to(PACKAGE)} imports {name}"


def test_data_is_frozen() -> None:
    """No value changes once it is made, but for a few that grow while one function makes them."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "octdeck."):
        if module.name != "octdeck.__main__":
            importlib.import_module(module.name)

    kinds = [kind for kind in structs(Struct) if kind.__module__.startswith("octdeck.")]
    assert len(kinds) > 100
    assert {kind.__name__ for kind in kinds if not kind.__struct_config__.frozen} == GROWING


def structs(kind: type[Struct]) -> set[type[Struct]]:
    """The structs that are of a kind."""
    return {kind}.union(*map(structs, kind.__subclasses__()))
