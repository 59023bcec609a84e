"""What a person is called for short, and by which titles an office goes."""

import re

# Names that put the family first: "Xi Jinping" is "Xi", "Kim Jong Un" is "Kim".
FAMILY_FIRST = {"china", "taiwan", "hong-kong", "north-korea", "south-korea"}
PARTICLES = {"von", "van", "der", "den", "de", "da", "di", "del", "della", "la", "le", "bin", "al",
             "el", "ben", "ter", "dos", "du"}  # fmt: skip

# Titles that mean an office listed under another; "minister of X" is made from "X minister".
TITLES = {
    "president": ("leader",),
    "prime minister": ("premier", "pm"),
    "supreme leader": ("leader",),
    "foreign minister": ("foreign affairs minister", "minister for foreign affairs", "fm",
                         "minister of foreign affairs", "top diplomat", "chief diplomat"),
    "secretary of state": ("top diplomat",),
    "secretary-general": ("secretary general", "chief", "head", "boss"),
    "director-general": ("director general", "chief", "head", "boss"),
    "director": ("chief", "head"),
    "high representative": ("foreign policy chief", "top diplomat"),
    "spokesperson": ("spokesman", "spokeswoman"),
    "chair": ("chairman", "chairwoman", "chairperson", "head"),
    "chairperson-in-office": ("chairman", "chairwoman", "chairman-in-office", "chair"),
    "monarch": ("king", "queen"),
    "national security adviser": ("national security advisor",),
    "chief executive": ("leader", "ceo"),
    "party leader": ("leader", "chief", "boss"),
    "taoiseach": ("prime minister", "premier"),
}  # fmt: skip


def titles_of(office: str) -> tuple[str, ...]:
    """Give the titles by which an office is called, in both spellings of defence.

    >>> titles_of("defence minister")
    ('defence minister', 'minister of defence', 'defense minister', 'minister of defense')
    """
    made = [office, *TITLES.get(office, ())]
    words = office.split()
    if len(words) == 2 and words[1] == "minister" and words[0] not in ("prime", "first", "foreign"):
        made.append(f"minister of {words[0]}")
    made += [title.replace("defence", "defense") for title in made if "defence" in title]
    return tuple(dict.fromkeys(made))


def surnames(name: str, *, family_first: bool = False) -> tuple[str, ...]:
    """Give what a person of that full name is called for short; nothing for a single name.

    >>> surnames("Ursula von der Leyen"), surnames("Xi Jinping", family_first=True)
    (('von der Leyen', 'Leyen'), ('Xi',))
    """
    words = [word for word in name.split() if not re.fullmatch(r"Jr\.?|Sr\.?|[IVX]+", word)]
    if len(words) < 2:
        return ()
    if family_first:
        return (words[0],)
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    return tuple(dict.fromkeys((" ".join(words[first:]), words[-1])))
