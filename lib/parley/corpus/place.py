"""Where a corpus lies: a folder of this machine, or an address of an object store."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.fs as fs
from deltalake.fs import DeltaStorageHandler

from parley import paths


@dataclass(frozen=True)
class Address:
    """A corpus in an object store, as ``s3://bucket/name``; keys are taken from the environment.

    >>> str(Address("s3://news/2022") / "articles"), Address("s3://news/2022").name
    ('s3://news/2022/articles', '2022')
    """

    uri: str

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.uri.rstrip("/").rpartition("/")[2]

    def __truediv__(self, name: str) -> "Address":
        return Address(f"{self.uri.rstrip('/')}/{name}")

    def is_file(self) -> bool:
        """Whether an object lies at this very address."""
        return self._folder().get_file_info(self.name).type == fs.FileType.File

    def read_bytes(self) -> bytes:
        """What the object holds."""
        with self._folder().open_input_file(self.name) as file:
            return file.read()

    def _folder(self) -> fs.FileSystem:
        # As the tables are reached, so that one set of keys serves for all.
        return fs.PyFileSystem(DeltaStorageHandler(self.uri.rstrip("/").rpartition("/")[0]))

    def __str__(self) -> str:
        return self.uri


def place_of(corpus: object) -> Path | Address:
    """Give where a corpus lies; ``sample`` is the sample's corpus.

    >>> place_of("s3://news/2022")
    Address(uri='s3://news/2022')
    """
    if str(corpus) == "sample":
        return paths.SAMPLE_CORPUS
    return Address(str(corpus)) if "://" in str(corpus) else Path(str(corpus))
