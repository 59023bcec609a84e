"""What a researcher needs to look: explorers, sentences behind numbers, answers in words.

``reader``, ``actors``, ``stances`` and ``words`` open an explorer on a study in JupyterLab.

Here stages are put together: tables of a study, the numbers made from them, and sentences.
"""

from parley import lazy

_WHERE = {
    "actors": "actor_explorer",
    "beside": "picking",
    "busiest": "picking",
    "coders": "coding",
    "copied_stories": "ledger",
    "each_sentence": "picking",
    "evidence_of": "evidence",
    "facts": "windows",
    "involving": "picking",
    "issues": "coding",
    "leading": "answers",
    "notable": "claims",
    "open_coding": "coding",
    "open_pair": "windows",
    "paired": "naming",
    "pick": "picking",
    "pick_like": "picking",
    "quotes_by": "picking",
    "quotes_for": "picking",
    "reader": "article_reader",
    "say_changes": "claims",
    "say_copies": "answers",
    "say_corpus": "answers",
    "say_cut": "claims",
    "say_deeds": "claims",
    "say_differences": "answers",
    "say_positions": "claims",
    "say_ranking": "answers",
    "say_same": "answers",
    "say_tone": "answers",
    "say_trust": "claims",
    "say_unresolved": "answers",
    "say_voice": "claims",
    "sentences_behind": "ledger",
    "side_by_side": "picking",
    "sizes": "windows",
    "some_sentences": "ledger",
    "stacked": "picking",
    "stances": "stance_explorer",
    "stances_of": "picking",
    "step": "windows",
    "strongest": "ledger",
    "words": "word_explorer",
}
__all__ = sorted(_WHERE)
__getattr__, __dir__ = lazy.names(__name__, _WHERE)
