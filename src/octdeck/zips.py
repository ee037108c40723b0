"""A zip file that tells neither when nor on which system it was made, so that the same contents are the same bytes."""

from zipfile import ZipFile, ZipInfo


def entry(name: str) -> ZipInfo:
    """A new entry, with the earliest date that a zip can have."""
    return ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def neutral(package: ZipFile) -> None:
    """Make the entries of a package, before it is closed, such as are made on Linux and anybody may read."""
    for info in package.infolist():
        info.create_system = 3
        info.external_attr = 0o644 << 16
