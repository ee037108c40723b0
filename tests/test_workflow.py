"""octdeck in other people's work: as a hook of pre-commit, and as an action on a code host.

Both install octdeck from a copy of its own repository, as they do elsewhere; what octdeck needs is taken from the
environment of the tests, so that nothing is fetched.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import ROOT, edit, kinds_bank

OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "false",  # means true: pip takes it for the value of what is negated
    "PYTHONPATH": sysconfig.get_path("purelib"),
    "PYTHONDONTWRITEBYTECODE": "1",
}
PUBLISHED = ("src", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml")


def published(folder: Path) -> Path:
    """What others get of this repository."""
    folder.mkdir()
    for name in PUBLISHED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


def committed(folder: Path) -> str:
    """Put a folder under version control; the name of its commit."""
    git = ["git", "-C", str(folder), "-c", "user.name=Tests", "-c", "user.email=tests@example.org"]
    for command in (["init", "-q"], ["add", "--force", "."], ["commit", "-q", "-m", "All"]):
        subprocess.run([*git, *command], check=True)
    return subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


def test_the_hook(tmp_path: Path) -> None:
    """pre-commit installs the hook and runs it: a sound bank passes, a mistake stops the commit, at its line."""
    source = published(tmp_path / "octdeck")
    hook = {"id": "octdeck-check", "args": ["decks", "--format", "concise"]}
    config = {"repos": [{"repo": str(source), "rev": committed(source), "hooks": [hook]}]}
    project = tmp_path / "project"
    project.mkdir()
    decks = kinds_bank(project)
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    committed(project)
    environment = {**os.environ, **OFFLINE, "PRE_COMMIT_HOME": str(tmp_path / "home")}

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)

    sound = run()
    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert re.search(r"octdeck check\.+Passed", sound.stdout)

    (decks / "bad.yaml").write_text("deck: D\nquestions: x\n", encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=project, check=True)
    stopped = run()
    assert stopped.returncode == 1
    assert f"{Path('decks', 'bad.yaml')}:2:12: OD104 " in stopped.stdout


ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a runner in which the action's first step has installed octdeck."""
    folder = tmp_path_factory.mktemp("runner")
    venv.create(folder / "python", symlinks=True)
    programs = folder / "python" / ("Scripts" if os.name == "nt" else "bin")
    environment = {
        **os.environ,
        **OFFLINE,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_ACTION_PATH": str(published(folder / "octdeck")),
    }
    result = step("Install octdeck", folder, environment)
    assert result.returncode == 0, result.stdout + result.stderr
    assert (programs / "octdeck").exists()
    return environment


def step(name: str, folder: Path, environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action in `folder` as a runner does."""
    given = {key: str(about["default"]) for key, about in ACTION["inputs"].items()} | inputs
    values = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
        for key, value in STEPS[name].get("env", {}).items()
    }
    assert STEPS[name]["shell"] == "bash"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]],
        cwd=folder, env=environment | values, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_installation_is_whole(runner: dict[str, str], tmp_path: Path) -> None:
    """What is installed has all that it needs: a new bank made by it is sound and builds."""
    for args in (["new", "bank"], ["check", "bank", "--strict"], ["build", "bank", "--to", "anki,pdf,html,docx"]):
        command = [shutil.which("python", path=runner["PATH"]) or "python", "-m", "octdeck", *args]
        result = subprocess.run(command, cwd=tmp_path, env=runner, capture_output=True, text=True, check=False)

        assert result.returncode == 0, result.stderr


def test_the_action_checks(runner: dict[str, str], tmp_path: Path) -> None:
    """A sound bank passes; a mistake becomes an annotation at its line, and stops the run."""
    decks = kinds_bank(tmp_path)
    assert step("Check", tmp_path, runner).returncode == 0

    edit(decks / "bank.yaml", "seed: 7", "seed: seven")
    result = step("Check", tmp_path, runner)

    assert result.returncode == 1
    assert result.stdout.startswith("::error title=octdeck OD104,file=decks/bank.yaml,line=15,")


def test_the_action_is_strict_if_told(runner: dict[str, str], tmp_path: Path) -> None:
    """A warning is an annotation, too, and stops the run only with `strict`."""
    decks = kinds_bank(tmp_path)
    (decks / "spaces.yaml").write_text("deck: 'D '\nquestions: []\n", encoding="utf-8")

    lenient, strict = step("Check", tmp_path, runner), step("Check", tmp_path, runner, strict="true")

    assert "::warning title=octdeck OD114,file=decks/spaces.yaml,line=1," in lenient.stdout
    assert (lenient.returncode, strict.returncode) == (0, 1)


def test_the_action_builds(runner: dict[str, str], tmp_path: Path) -> None:
    """The build writes what it is told to where it is told to, whatever the folders are called."""
    name = "-my bank; $(touch spoilt)"
    kinds_bank(tmp_path).rename(tmp_path / name)

    result = step("Build", tmp_path, runner, bank=name, out="a & b", formats="anki")

    assert result.returncode == 0, result.stderr
    assert "kinds.apkg" in [path.name for path in (tmp_path / "a & b").iterdir()]
    assert not (tmp_path / "spoilt").exists()


def test_the_action_builds_on_push_only() -> None:
    """A pull request is checked, and not built; no step puts what others write into its script."""
    assert STEPS["Build"]["if"] == "github.event_name == 'push'"
    assert "if" not in STEPS["Check"]
    assert not [name for name, step in STEPS.items() if "${{" in step["run"]]


def test_the_document_has_the_inputs() -> None:
    """docs/workflow.md lists the action's inputs as they are, and its examples name what there is."""
    document = (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8")
    hooks, workflow = (yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", document, re.DOTALL))
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert [used["id"] for used in hooks["repos"][0]["hooks"]] == [hook["id"]]
    (used,) = [step for step in workflow["jobs"]["octdeck"]["steps"] if "octdeck@" in step["uses"]]
    assert set(used["with"]) <= set(ACTION["inputs"])
    for name, about in ACTION["inputs"].items():
        says = about["description"][0].lower() + about["description"][1:-1]

        assert f"| `{name}` | {says}; `{about['default']}` by default |" in document.replace(
            "`octdeck build --to`", "octdeck build --to"
        )
