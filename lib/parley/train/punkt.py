"""Train Punkt's sentence parameters (Kiss & Strunk 2006) on news, and ship them as JSON.

What is shipped are abbreviations, collocations and sentence starters with what Punkt knows of their
case: facts about words, not text. Run it as ``python -m parley.train.punkt NEWSWIRE.jsonl.gz``.
"""

import gzip
import json
import re
import sys
from pathlib import Path

from nltk.tokenize.punkt import PunktParameters, PunktTrainer

from parley import paths

# Abbreviations that news is full of; a small corpus may miss some of them.
_KNOWN = (
    "mr mrs ms dr prof sen sens rep reps gov gen lt col maj capt sgt adm cmdr rev hon st jr sr "
    "u.s u.k u.n e.u u.s.s.r d.c n.y l.a inc corp co ltd vs etc e.g i.e a.m p.m jan feb mar apr "
    "jun jul aug sep sept oct nov dec mt ft pt ave blvd rd dept est al cf fig op cpl pvt amb supt "
    "atty fmr bros ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn "
    "miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo"
).split()
# Of the words that start sentences, only these are kept: names do so too, and also follow "Sen.".
_FUNCTION_WORDS = (
    "according additionally after although among another as besides both but consequently despite "
    "during earlier even finally furthermore he hence here however i if in indeed instead it just "
    "last likewise many meanwhile moreover most neither nevertheless nobody none nonetheless nor "
    "now once one others overall perhaps rather regardless separately several she similarly since "
    "so some sometimes still the then there therefore these they this those though throughout thus "
    "today under unlike we what whatever when while why yes yet you"
).split()
# Of what the corpus teaches, only shapes that are always abbreviations: u.n, d-mass. A short word
# that often ends sentences ("no.", "lad.") looks like one to Punkt's statistics.
_SHAPE = re.compile(r"[a-z](\.[a-z]{1,3})+|[dr]-[a-z.]{1,6}|[a-z]")
_NOT = {"i", "no"}


def train(texts: list[str]) -> PunktParameters:
    """Learn Punkt's parameters from plain texts."""
    trainer = PunktTrainer()
    trainer.INCLUDE_ALL_COLLOCS = False
    for text in texts:
        trainer.train(text, finalize=False, verbose=False)
    trainer.finalize_training(verbose=False)
    parameters = trainer.get_params()
    learned = {word for word in parameters.abbrev_types if _SHAPE.fullmatch(word)}
    parameters.abbrev_types = (learned | set(_KNOWN)) - _NOT
    parameters.collocations = set()  # names of photographers, in news
    return parameters


def as_json(parameters: PunktParameters) -> dict:
    """The parameters as JSON, with the orthographic context of those words alone that matter.

    Punkt asks for the case of a word only after an abbreviation or an initial, so only words that
    start sentences need it.
    """
    starters = parameters.sent_starters & set(_FUNCTION_WORDS)
    return {
        "abbrev_types": sorted(parameters.abbrev_types),
        "sent_starters": sorted(starters),
        "ortho_context": {
            word: parameters.ortho_context[word]
            for word in sorted(starters)
            if word in parameters.ortho_context
        },
    }


def main(newswire: str) -> None:
    """Train on a newswire of JSON lines with a field ``text`` and write the shipped file."""
    with gzip.open(newswire, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    paths.PUNKT.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(as_json(train(texts)), ensure_ascii=False, indent=0)
    Path(paths.PUNKT).write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
