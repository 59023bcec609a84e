"""Where a corpus lies: a folder of this machine, or an address of an object store."""

from dataclasses import dataclass
from pathlib import Path

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
