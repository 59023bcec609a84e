"""The registry: what ships is sound; what a user writes is taken, or refused with line and cure."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parley import terms
from parley.annotate.mentions.help import add_actor, unresolved
from parley.annotate.registry import load_registry, validate
from parley.annotate.registry.files import COLUMNS
from parley.annotate.registry.matching import Trie, tokenise
from parley.annotate.registry.naming import surnames, titles_of
from parley.errors import ParleyError

from tests.annotate.conftest import REGISTRY, found, frames

SOUND = {
    "actors.csv": "actor_id,name,kind,state,blocs,sector,wikidata\n"
    "a,Aland,state,a,b@2020-01-01/,,Q1\nb,Bloc,bloc,,,,\n",
    "aliases.csv": "actor_id,alias,form,from,to,needs,note\na,Aland,name,,,,\nb,Bloc,name,,,,\n",
    "offices.csv": "actor_id,office,of,from,to\n",
    "issues.csv": "issue_id,name,description,patterns\npeace,Peace,,peace|truce\n",
    "pronouns.csv": "actor_id,pronoun\n",
}


@pytest.fixture
def folder(tmp_path):
    """A function that writes a sound registry, but for the files it is given, and its folder."""

    def written(**files: str | bytes):
        for name, text in {**SOUND, **{f"{k}.csv": v for k, v in files.items()}}.items():
            content = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(content)
        return tmp_path

    return written


def own(tmp_path, **files: str):
    """A user's own files, and nothing else."""
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_shipped_registry_is_sound():
    assert validate() == []


def test_every_un_member_and_observer_is_there_with_a_wikidata_id():
    states = REGISTRY.actors[REGISTRY.actors["kind"] == "state"]
    members = states[states["actor_id"] != "soviet-union"]
    assert len(members) == 195
    assert members["wikidata"].notna().all() and members["wikidata"].is_unique
    assert (members["state"] == members["actor_id"]).all()


def test_kinds_and_sectors_are_those_of_the_vocabulary():
    assert set(REGISTRY.actors["kind"]) <= set(terms.ACTOR_KINDS)
    assert set(REGISTRY.actors["sector"].dropna()) <= set(terms.SECTORS)


@pytest.mark.parametrize(
    ("state", "bloc"),
    [
        ("finland", "nato@2023-04-04/"),
        ("sweden", "nato@2024-03-07/"),
        ("united-kingdom", "eu@/2020-02-01"),
        ("croatia", "eu@2013-07-01/"),
        ("russia", "g8@/2014-03-24"),
        ("egypt", "brics@2024-01-01/"),
    ],
)
def test_membership_of_a_bloc_is_dated(state, bloc):
    assert bloc in REGISTRY.by_id[state].blocs.split("|")


@pytest.mark.parametrize("alias", ["us", "Us", "may", "the States", "turkey"])
def test_no_shipped_alias_swallows_a_common_word(alias):
    assert Trie.longest(REGISTRY.names, tokenise(alias).keys, 0) is None or alias == "the States"


def test_a_sound_registry_has_no_problem(folder):
    assert validate(folder()) == []


BAD = [
    ("actors", "actor_id,name,kind,state\na,Aland,state,nowhere\n", 2, "unknown state 'nowhere'"),
    ("actors", "actor_id,name,kind\na,A,state\na,B,state\n", 3, "'a' stands on line 2 already"),
    ("actors", "actor_id,name,kind\na,A,planet\n", 2, "kind 'planet'"),
    ("actors", "actor_id,name,kind\nA b,A,state\n", 2, "actor_id 'A b'"),
    ("actors", "actor_id,name,kind,wikidata\na,A,state,159\n", 2, "wikidata '159'"),
    ("actors", "actor_id,name,kind,blocs\na,A,state,x@2020-01-01/\n", 2, "unknown bloc 'x'"),
    ("aliases", "actor_id,alias\nzz,Zed\n", 2, "no actor 'zz' (orphan)"),
    ("aliases", "actor_id,alias,form\na,Zed,nick\n", 2, "form 'nick'"),
    ("aliases", "actor_id,alias,from,to\na,Zed,2022-05-01,2021-01-01\n", 2, "reversed"),
    ("aliases", "actor_id,alias,from,to\na,Zed,2022-05-01,2022-05-01\n", 2, "no day at all"),
    ("aliases", "actor_id,alias,from\na,Zed,01.05.2022\n", 2, "date '01.05.2022'"),
    ("aliases", "actor_id,alias\na,Zed\nb,Zed\n", 3, "at the same time"),
    ("offices", "actor_id,office,of\na,president,zz\n", 2, "no actor 'zz' (orphan)"),
    ("offices", "actor_id,office,of\na,President,a\n", 2, "small letters"),
    ("issues", "issue_id,name,patterns\np,Peace,(peace\n", 2, "patterns"),
    ("pronouns", "actor_id,pronoun\na,it\n", 2, "pronoun 'it'"),
]


@pytest.mark.parametrize(("file", "text", "line", "fault"), BAD, ids=[case[3] for case in BAD])
def test_a_fault_is_told_with_file_line_and_cure(folder, file, text, line, fault):
    told = [p for p in validate(folder(**{file: text})) if f"{file}.csv, line {line}:" in p]
    assert any(fault in problem for problem in told)
    assert all(";" in problem for problem in told)  # the cure follows


UNREADABLE = [
    (b"actor_id;name;kind\na;A;state\n", "separated by semicolons"),
    (b"actor_id\tname\tkind\n", "separated by tabs"),
    (b"id,name,kind\n", "no column 'actor_id'"),
    (b"actor_id,name,kind\na,Al\xe5nd,state\n", "line 2: not UTF-8"),
    (b"actor_id,name,kind\na,A,state,one,more\n", "5 cells under 3 headings"),
    (b'actor_id,name,kind\na,"A,state\n', "quotation mark"),
]


@pytest.mark.parametrize(("content", "fault"), UNREADABLE, ids=[f for _, f in UNREADABLE])
def test_an_unreadable_file_is_refused(folder, content, fault):
    with pytest.raises(ParleyError, match=re.escape(fault)) as caught:
        validate(folder(actors=content))
    assert "actors.csv" in str(caught.value)


def test_a_byte_order_mark_is_a_problem_in_what_ships_and_none_in_a_users_file(folder, tmp_path):
    marked = b"\xef\xbb\xbf" + SOUND["actors.csv"].encode()
    assert any("byte-order mark" in problem for problem in validate(folder(actors=marked)))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "actors.csv").write_bytes(b"\xef\xbb\xbfactor_id,name,kind\nzed,Zed Corp,company\n")
    assert "zed" in load_registry(overlay=mine).by_id


def test_a_missing_file_is_told(tmp_path):
    assert validate(tmp_path) == [f"{file} is missing: restore it" for file in COLUMNS]


def test_a_users_actor_is_laid_over_and_found_by_its_name(tmp_path):
    mine = own(tmp_path, actors="actor_id,name,kind\nflurble,Flurble Group,company\n")
    registry = load_registry(overlay=mine)
    assert found("The Flurble Group grew.", registry=registry) == [("Flurble Group", "flurble")]
    assert registry.digest != REGISTRY.digest


def test_a_users_row_replaces_the_shipped_one_of_the_same_id(tmp_path):
    mine = own(tmp_path, actors="actor_id,name,kind,state\nnato,The Pact,organisation,\n")
    registry = load_registry(overlay=mine)
    assert registry.by_id["nato"].name == "The Pact"
    assert len(registry.actors) == len(REGISTRY.actors)


def test_a_users_alias_is_preferred(tmp_path):
    mine = own(
        tmp_path,
        actors="actor_id,name,kind\nmy-club,Moscow Club,organisation\n",
        aliases="actor_id,alias\nmy-club,Moscow\n",
    )
    made = found("Moscow won again.", registry=load_registry(overlay=mine))
    assert made == [("Moscow", "my-club")]


@pytest.mark.parametrize("word", ["us", "may", "May", "will"])
def test_a_users_alias_that_is_a_common_word_is_refused(tmp_path, word):
    mine = own(tmp_path, aliases=f"actor_id,alias\nunited-states,{word}\n")
    with pytest.raises(ParleyError, match=f"line 2: alias '{word}' is a common word"):
        load_registry(overlay=mine)


def test_a_common_word_is_taken_with_what_it_needs(tmp_path):
    mine = own(tmp_path, aliases="actor_id,alias,needs\ntheresa-may,May,Downing Street|Brexit\n")
    assert load_registry(overlay=mine)


def test_an_overlay_that_is_no_folder_is_told(tmp_path):
    with pytest.raises(ParleyError, match="is not a folder"):
        load_registry(overlay=tmp_path / "absent")


def test_add_actor_writes_rows_that_are_found(tmp_path):
    known = {"state": "slovenia", "office": "Flurble Minister", "of": "slovenia"}
    aliases = ["Zhan Flurble"]
    made = add_actor(tmp_path / "c", name="Žan Flurble", kind="person", aliases=aliases, **known)
    assert made == "zan-flurble"
    add_actor(tmp_path / "c", name="Bo Flurble", kind="person", state="slovenia")
    registry = load_registry(overlay=tmp_path / "c")
    assert found("Zhan Flurble met Bo Flurble.", registry=registry) == [
        ("Zhan Flurble", "zan-flurble"),
        ("Bo Flurble", "bo-flurble"),
    ]
    assert ("Slovenian flurble minister", "zan-flurble") in found(
        "The Slovenian flurble minister left.", registry=registry
    )


def test_add_actor_leaves_the_files_as_they_were_where_it_fails(tmp_path):
    add_actor(tmp_path, name="Bo Flurble", kind="person")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ParleyError, match="unknown state"):
        add_actor(tmp_path, name="Jo Flurble", kind="person", state="atlantis")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_add_actor_names_the_kinds_where_it_is_given_another(tmp_path):
    with pytest.raises(ParleyError, match="called people: person, state"):
        add_actor(tmp_path / "c", name="Jo Flurble", kind="people")
    assert not (tmp_path / "c").exists()


def test_unresolved_ranks_names_with_contexts_and_a_guess():
    from parley.annotate.mentions import find_mentions

    text = "Emanuel Macrone spoke.\nKate Flurble sang. Kate Flurble danced."
    articles, sentences = frames(text)
    named = {"a": [(0, 15, "person", 0.9)]}
    rows = find_mentions(articles, sentences, registry=REGISTRY, encoder_mentions=named)
    shown = unresolved(rows, articles, registry=REGISTRY)
    assert shown["surface"].tolist()[0] == "Kate Flurble"
    assert shown["n"].tolist()[0] == 2
    assert "danced" in " ".join(shown["contexts"].iloc[0])
    guesses = dict(zip(shown["surface"], shown["guess"], strict=True))
    assert guesses["Emanuel Macrone"] == "emmanuel-macron"


def test_surnames_and_titles():
    assert surnames("George W. Bush") == ("Bush",)
    assert surnames("Frederik X") == () or "X" not in surnames("King Frederik X")
    assert surnames("Pelé") == ()
    assert "secretary general" in titles_of("secretary-general")


@settings(max_examples=100)
@given(st.lists(st.text("ab .'’-É", min_size=1, max_size=6), max_size=6), st.text("ab .'’-É"))
def test_the_trie_finds_the_longest_phrase_at_each_place(phrases, text):
    """Against a plain search over lists of tokens."""
    trie, tokens = Trie.of((phrase, phrase) for phrase in phrases), tokenise(text)
    known = {tuple(tokenise(phrase).keys) for phrase in phrases} - {()}
    expected, at = [], 0
    while at < len(tokens.keys):
        ends = [n for n in range(len(tokens.keys), at, -1) if tuple(tokens.keys[at:n]) in known]
        if ends:
            expected.append((at, ends[0]))
        at = ends[0] if ends else at + 1
    assert [match[:2] for match in trie.matches(tokens)] == expected
