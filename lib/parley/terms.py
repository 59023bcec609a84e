"""The closed vocabularies. A word that a table may hold stands here, once."""

LANGUAGE = "en"  # the one that is annotated; others are set aside as such

# How an answer begins that is none; a report gathers them.
TOO_FEW_TO_SAY = "Too few articles to say "
NO_DIFFERENCE = "No difference beyond chance "

ACTOR_KINDS = (
    "person",
    "state",
    "territory",
    "organisation",  # international organisations and alliances
    "bloc",
    "party",
    "armed_group",
    "outlet",
    "company",
    "body",  # a part of a state: ministry, parliament, army, court
    "group",  # a people, or a class of people
)
SECTORS = (
    "executive",
    "legislature",
    "judiciary",
    "military",
    "intelligence",
    "party",
    "media",
    "business",
    "civil_society",
    "armed_group",
    "international",
    "other",
)

# Roll-up levels of a count, from the finest to the coarsest.
LEVELS = ("actor", "person", "organisation", "state", "bloc")

MENTION_FORMS = (
    "name",
    "alias",
    "demonym",
    "metonym",
    "office",
    "nominal",
    "pronoun",
)
# What the encoder's mention head can say, in the field's usual grouping.
MENTION_KINDS = ("person", "organisation", "location", "norp", "facility", "other")

PARTS = ("title", "subhead", "body")

# `voice` is this, or the number of the quote that it stands in; and the holder of a position that
# the outlet itself takes.
OUTLET_VOICE = "outlet"

QUOTE_KINDS = ("direct", "indirect", "mixed")
CUE_CLASSES = ("neutral", "assertive", "distancing", "admitting", "directive", "commissive")
SOURCE_CLASSES = (
    "named official",
    "unnamed official",
    "institution",  # a state, ministry or organisation speaking as such
    "expert",
    "witness",
    "document",
    "media",
    "other",
)

STANCES = ("favor", "against", "none")  # SemEval-2016 task 6
OPPOSITE = {"favor": "against", "against": "favor"}
SENTIMENTS = ("negative", "neutral", "positive")
TARGET_KINDS = ("actor", "issue")

# PLOVER root codes as annotated by Hu et al. 2024 (CONCEDE and RETREAT are one code, YIELD), with
# their quad class.
EVENTS = {
    "AGREE": "verbal cooperation",
    "CONSULT": "verbal cooperation",
    "SUPPORT": "verbal cooperation",
    "COOPERATE": "material cooperation",
    "AID": "material cooperation",
    "YIELD": "material cooperation",
    "REQUEST": "verbal conflict",
    "ACCUSE": "verbal conflict",
    "REJECT": "verbal conflict",
    "THREATEN": "verbal conflict",
    "PROTEST": "material conflict",
    "SANCTION": "material conflict",
    "MOBILIZE": "material conflict",
    "COERCE": "material conflict",
    "ASSAULT": "material conflict",
}
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
