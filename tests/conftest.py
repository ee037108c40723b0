"""Tests that need a program which pip cannot bring are skipped where it is missing, but never in CI."""

import os
import shutil

import pytest
from hypothesis import settings

# How long an example takes says more about what else the machine does.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

NEEDS = {
    "browser": ("chromium", "apt-get install chromium"),
    "editor": ("yaml-language-server", "npm install --global yaml-language-server"),
    "office": ("soffice", "apt-get install libreoffice-writer-nogui"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (program, cure) in NEEDS.items():
        if item.get_closest_marker(marker) and not shutil.which(program) and not os.environ.get("CI"):
            pytest.skip(f"{program} is not installed: {cure}")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What builds of a test remember is no matter of the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
