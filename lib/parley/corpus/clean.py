"""Raw text becomes clean text: sound Unicode, one space, paragraphs by exactly one blank line."""

import re
import unicodedata

import ftfy

# Curly quotes stay curly: which way a mark looks helps to tell where a quotation ends.
_FTFY = ftfy.TextFixerConfig(uncurl_quotes=False, fix_line_breaks=True, explain=False)
_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def clean(raw: str) -> str:
    """Mend Unicode (ftfy), drop control characters, normalise spaces and paragraphs.

    Where blank lines part the paragraphs, single line breaks inside them are wrapping and become
    spaces; where there are none, every line is a paragraph.

    >>> clean("He said â€œnoâ€\\x9d .\\n\\n\\n Then he\\nleft. ")
    'He said “no” .\\n\\nThen he left.'
    """
    text = ftfy.fix_text(raw, _FTFY)
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    text = _SPACES.sub(" ", text.replace("\u2028", "\n").replace("\u2029", "\n\n"))
    lines = [line.strip() for line in text.split("\n")]
    blocks = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    wrapped = len(blocks) > 1 and _is_wrapped(blocks)
    paragraphs = (
        [b.replace("\n", " ") for b in blocks] if wrapped else "\n".join(blocks).split("\n")
    )
    return "\n\n".join(p for p in paragraphs if p)


def _is_wrapped(blocks: list[str]) -> bool:
    """Whether single breaks are wrapping: most of them then stand in the middle of a sentence."""
    inner = [line for block in blocks for line in block.split("\n")[:-1]]
    return bool(inner) and sum(line[-1:] not in '.!?”":' for line in inner) > len(inner) / 2


def with_title(text: str, title: str | None) -> str:
    """The text with its title as the first paragraph, unless it stands there already."""
    if not title:
        return text
    first = text.split("\n\n", 1)[0]
    same = first.casefold().strip(" .") == title.casefold().strip(" .")
    return text if same else f"{title}\n\n{text}"
