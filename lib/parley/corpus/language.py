"""Which language a text is in: English is annotated, others are set aside as such."""

from functools import cache

from parley import terms

# Below this many letters a guess is no better than the outlet's usual language.
_LEAST_LETTERS = 40
_READ = 1500


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language, by langid (Lui & Baldwin 2012), without a network.

    >>> detect_language("Die Gespräche in Genf endeten am Montag ohne Ergebnis, wie es hieß.")
    'de'
    """
    head = text[:_READ]
    if sum(map(str.isalpha, head)) < _LEAST_LETTERS:
        return terms.LANGUAGE
    code, probability = _identifier().classify(head)
    return code if probability > 0.9 else terms.LANGUAGE
