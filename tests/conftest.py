"""Tests that need a program which pip cannot bring are skipped where it is missing, but never in CI."""

import os
import shutil

import pytest

NEEDS = {
    "browser": ("chromium", "apt-get install chromium"),
    "office": ("soffice", "apt-get install libreoffice-writer-nogui"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (program, cure) in NEEDS.items():
        if item.get_closest_marker(marker) and not shutil.which(program) and not os.environ.get("CI"):
            pytest.skip(f"{program} is not installed: {cure}")
