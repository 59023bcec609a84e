"""The one error that a user is meant to read."""


class ParleyError(Exception):
    """Something that a person can mend, said in one sentence: the file, the record, the cure.

    ``exit_code`` is what the ``parley`` command leaves with (2: bad input or parameters).

    >>> str(ParleyError("corpus/x is not a corpus: make one with `parley ingest`"))
    'corpus/x is not a corpus: make one with `parley ingest`'
    """

    def __init__(self, message: str, *, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code
