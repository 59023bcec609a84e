"""Raw text becomes clean text: sound Unicode, one space, paragraphs by exactly one blank line.

Mojibake is left as it is, for `repair` to mend on record.
"""

import re
import unicodedata

import ftfy

# Curly quotes stay curly: which way a mark looks helps to tell where a quotation ends.
_FULL = ftfy.TextFixerConfig(uncurl_quotes=False, explain=False)
# What is not to be touched where mojibake is: its bytes stand as control codes and odd spaces.
_GENTLE = _FULL._replace(fix_encoding=False, fix_line_breaks=False, fix_c1_controls=False)
_SPACES = re.compile(r"[^\S\n]+")
_PLAIN_SPACES = re.compile(r"[ \t\x0b\x0c]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BREAKS = re.compile(r"\r\n|[\r\u2028]")
_MARKUP = re.compile(r"</(?:p|div|span|a|b|i|em|strong|li)>|<(?:p|br ?/?)>", re.IGNORECASE)


def clean(raw: str) -> str:
    """Mend Unicode (ftfy), drop control characters, normalise spaces and paragraphs.

    Where blank lines part the paragraphs, single line breaks inside them are wrapping and become
    spaces; where there are none, every line is a paragraph. Markup becomes the text that it marks.

    >>> clean("He said no&hellip;\\n\\n\\n Then  he\\nleft. ")
    'He said no…\\n\\nThen he left.'
    """
    if len(_MARKUP.findall(raw)) > 1:
        from parley.corpus.page import text_of_markup

        raw = text_of_markup(raw)
    text = _BREAKS.sub("\n", raw.replace("\u2029", "\n\n"))
    lines = [_clean_or_left(line) for line in text.split("\n")]
    blocks = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    wrapped = len(blocks) > 1 and _is_wrapped(blocks)
    paragraphs = (
        [b.replace("\n", " ") for b in blocks] if wrapped else "\n".join(blocks).split("\n")
    )
    return "\n\n".join(p for p in paragraphs if p)


def clean_line(line: str) -> str:
    """One line with sound Unicode and single spaces, mojibake mended.

    >>> clean_line("He said â€œnoâ€\\x9d.")
    'He said “no”.'
    """
    return _one_line(ftfy.fix_text(line, _FULL))


def clean_name(raw: str | None) -> str | None:
    """A title's or an outlet's name on one line; None where there is none."""
    return (_one_line(clean(raw)) or None) if raw else None


def is_mojibake(line: str) -> bool:
    """Whether a line was read in another encoding than it was written in.

    >>> is_mojibake("â€œNoâ€\\x9d"), is_mojibake("“No” – señor")
    (True, False)
    """
    return ftfy.fix_encoding(line) != line


def _clean_or_left(line: str) -> str:
    if line.isascii() and "&" not in line:
        return _one_line(line)
    gentle = ftfy.fix_text(line, _GENTLE)
    if is_mojibake(gentle):
        return _PLAIN_SPACES.sub(" ", gentle.replace("\n", " ")).strip(" ")
    return clean_line(gentle)


def _one_line(text: str) -> str:
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()


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
