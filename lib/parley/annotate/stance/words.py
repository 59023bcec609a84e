"""The small words that the grammar of positions turns on."""

_ = str.split

BE = frozenset(_("be is are was were been being am 's 're isn't aren't wasn't weren't"))
HAVE = frozenset(_("have has had having haven't hasn't hadn't"))
DO = frozenset(_("do does did don't doesn't didn't"))
DEONTIC = frozenset(_("must should ought shall mustn't shouldn't"))
MODAL = DEONTIC | frozenset(
    _("will would can could may might won't wouldn't can't couldn't cannot 'll 'd")
)
HEDGES = frozenset(_("may might could possibly perhaps reportedly likely considering mulling"))
NOUN_LINKS = frozenset(_("for of from on by against"))
MAYBE = frozenset(_("may might could"))
FUTURE = frozenset(_("will would shall 'll"))
NEGATORS = frozenset(
    _(
        "not no nobody never neither nor without hardly scarcely n't don't doesn't didn't won't"
        " wouldn't can't cannot couldn't isn't aren't wasn't weren't haven't hasn't hadn't mustn't"
        " shouldn't"
    )
)
FINITE_AFTER = BE | HAVE | DO | MODAL
ADVERBS = frozenset(
    _(
        "also again already still now then longer today yesterday always ever long strongly sharply"
        " often just even only both openly publicly later soon first once further more most on"
        " overnight early late last next earlier nearby abroad together twice away"
        " monday tuesday wednesday thursday friday saturday sunday repeatedly firmly immediately"
    )
)
CLOSERS = frozenset(
    _("; : — – ( ) while although though whereas because since when but despite where")
)
SEQUELS = frozenset(_("after before following ahead amid during"))
CONDITIONS = frozenset(_("if unless until whether lest unclear"))
RELATIVES = frozenset(_("who which whose whom"))
INSTEAD = frozenset((("rather", "than"), ("instead", "of")))
FIRST = frozenset(_("we i"))
SUBJECTS = frozenset(_("we they i you who which people"))
SAME = frozenset(_("it they he she"))
DETERMINERS = frozenset(
    _(
        "the a an its his her their our my your no any more further such of for in with 's this"
        " that these those new some all clear full strong tough tougher fresh growing public"
        " continued possible military economic international"
    )
)
ARTICLES = frozenset(_("the a an its his her their our any no these those this that of"))
PREPOSITIONS = frozenset(
    _(
        "of to for on against at upon toward towards over about with from by in into near under"
        " across between among within through outside inside during after before amid since as"
        " around behind beyond like than via regarding concerning throughout"
    )
)
# After these an actor is a place or a bystander, not the target of what governs it.
ASIDE = frozenset(
    _("in at near into across between among within through outside inside during after before amid"
      " with from by as around like than via under since")
)  # fmt: skip
PLACES = frozenset(_("in at near into across within inside outside around"))
# Whom an actor describes without being them: "critics of", "a member of", "Germany's newspapers".
FOLLOWERS = frozenset(
    _(
        "critic critics opponent opponents supporter supporters victim victims member members rival"
        " rivals enemy enemies neighbour neighbours neighbor neighbors fan fans foe foes backers"
    )
)
RELATIONS = frozenset(
    _(
        "critic detractor opponent enemy foe adversary supporter ally advocate champion defender"
        " admirer fan friend backer proponent partner believer"
    )
)
# What is no longer so: "once a critic of".
TURNED = frozenset(_("once former formerly ex erstwhile onetime one-time"))
# Who is released, where a release is no publication.
FREED = frozenset(
    _(
        "hostage hostages prisoner prisoners detainee detainees captive captives inmates journalist"
        " journalists activist activists soldiers citizens fishermen sailors crew them him her"
        " students protesters aid funds"
    )
)
# What ends something also strikes an actor that it governs.
STOPS = frozenset(
    _(
        "stop halt block prevent thwart foil obstruct hinder undermine derail ban forbid restrict"
        " curb combat counter fight deter tackle torpedo abandon limit disrupt impede quit"
    )
) | {
    "walk away from",
    "walk out of",
    "back away from",
    "give up on",
    "do away with",
    "root out",
    "shut down",
    "put a stop to",
    "put an end to",
    "cut off",
}
# Deeds that are done to somebody and not to an issue; to attack a plan is to oppose it.
BLOWS = frozenset(("ASSAULT", "COERCE"))
# What ends a report: ", he said". What is mocked or charged is only the word of him who does so.
# Said of what has broken away from a state, or wants to.
LEFT = frozenset(_("breakaway separatist secessionist region regions republic republics enclave"))
DISPUTED = frozenset(_("charged charges mocked mocks joked jokes quipped claimed alleged alleges"))
ATTRIBUTES = DISPUTED | frozenset(_("said says added told reported announced argued insisted"))
# What a warning threatens with.
MENACES = frozenset(
    _(
        "not against consequences sanctions retaliation response price cost costs strikes force"
        " stop punishment reprisals penalties revenge"
    )
)
PENALTIES = frozenset(_("sanctions trade-tariffs"))  # issues that are threatened, not feared
# What carries an issue that describes it: to oppose a "sanctions bill" is to oppose sanctions.
POLICIES = frozenset(
    _(
        "accord accords agreement agreements amendment articles bill bills campaign deal"
        " deals economy flights funding hike hikes inquiry law laws legislation mandate"
        " mandates measure measures operation operations package pact plan plans policies"
        " policy proceedings program programme programmes programs proposal proposals"
        " referendum reform reforms regime relief resolution resolutions restrictions rights"
        " rules solution state strategy strikes system systems talks threat treaty"
    )
)
SIGNED = frozenset(_("sign reach finalise finalize"))  # deeds that bind both sides
PERSONS = frozenset(_("migration terrorism drug-trade"))  # issues that are people also
# Issues, and contraries, that are deeds: whose airstrikes or annexation it is is for them.
OWN_DEEDS = frozenset(
    (("military-action", False), ("territorial-integrity", True), ("trade-tariffs", False))
)
UNDONE = frozenset(
    _("possible potential likely planned threatened future feared alleged any no new further")
)
# Before an infinitive these say that something can be done, or has to be, and not that it is.
POWERS = frozenset(
    _(
        "ability authority chance duty obligation obligations opportunity option power powers right"
        " way"
    )
)
OR_THAT = frozenset(_("recognise recognize appreciate fear regret"))
PACTS = frozenset(
    _("agreement agreements deal deals pact treaty accord memorandum contract truce ceasefire")
)
OTHERS = frozenset(
    _(
        "newspaper newspapers media protester protesters demonstrators residents analysts experts"
        " citizens opposition critics activists students fans voters workers refugees migrants"
    )
)
# What an office is called with, beside `AGENTS`: "Hungary's foreign minister NAME".
OFFICE = frozenset(
    _(
        "prime foreign defence defense interior finance supreme vice deputy acting former first"
        " secretary-general general national security adviser advisor commander king crown prince"
        " speaker director state energy trade justice opposition then counterpart"
    )
)
OWN = frozenset(("its", "their", "his", "her", "all"))
# What several do with one another, and not merely alike.
TOGETHER = frozenset(
    _(
        "agree agreed agreement meet met meeting talks talked discuss discussed negotiate"
        " negotiated sign signed summit between among together clash clashed"
        " fight fought war joint jointly"
    )
)
MASSING = frozenset(
    _("mass massed massing amassed mobilised mobilized deployed deploys deploy stationed")
)
# After these it is no subject either, unless a noun for people stands before ("officials from").
NO_SUBJECT = ASIDE | frozenset(_("on to for about against over toward towards of"))
AGENTS = frozenset(
    _(
        "official officials minister ministers ministry government governments president leader"
        " leaders leadership spokesman spokeswoman spokesperson spokespeople ambassador ambassadors"
        " envoy envoys diplomat diplomats lawmaker lawmakers senator senators parliament troops"
        " forces army military soldiers police authorities administration delegation negotiator"
        " negotiators chief secretary chancellor premier regime side embassy court general"
        " commander commanders navy warplanes jets air-force congress senate cabinet king queen"
        " head heads representatives representative members adviser advisers advisor"
        " drone drones missile missiles rocket rockets aircraft ship ships vessel vessels"
        " coastguard office administrators"
        " fighters militants gunmen rebels guerrillas prosecutor prosecutors judge judges regulator"
        " regulators agents mps legislature assembly warship warships helicopter helicopters"
    )
)
FUNCTION = frozenset(
    _(
        "the a an this that these those its his her their our my your it they he she we i you and"
        " or , . ' \" “ ” ’ ‘ there to of so both also not no"
    )
) | ADVERBS | FINITE_AFTER | PREPOSITIONS | NEGATORS  # fmt: skip
# What helps him to whom it is sent.
GIFTS = frozenset(
    _(
        "aid assistance help relief weapons weaponry arms ammunition missiles tanks jets artillery"
        " loan loans grant grants funds funding money million billion supplies food medicine"
        " medicines vaccines doses equipment teams rescuers doctors medics generators fuel grain"
        " radars radar jet vehicles boats carriers launchers drones shells rifles howitzers"
        " batteries submarines warships trucks machinery subsidies scholarships donation credit"
        " wheat rice systems interceptors shelters tents tonnes tons aircraft helicopters hospitals"
    )
)
MUTUAL = frozenset(
    [*_("allies friends partners enemies rivals foes adversaries brothers"), "at war"]
)
# What kills for whom it belongs to: "Russian shelling killed two".
STRIKES = frozenset(
    _("airstrike airstrikes strike strikes attack attacks raid raids shelling bombing bombardment")
)
# By what somebody comes to an office, or stays in it: to oppose it is to oppose him.
RISE = frozenset(
    _("nomination appointment candidacy confirmation re-election reelection presidency premiership")
)
# Private people, whom their nationality only describes.
PRIVATE = frozenset(
    _(
        "national nationals citizen tourist tourists settler settlers student teenager teenagers"
        " man men woman women couple child children families civilian civilians worker player"
        " players singer actor businessman businessmen immigrants visitors passengers crew"
        " company companies firm firms flagged tanker tankers criminals convicts inmates suspects"
    )
)
# Whose object is a thing: an actor that stands after one only owns it.
THINGS = frozenset(
    _(
        "approve ratify greenlight uphold veto seek exploit overrule introduce celebrate ensure"
        " mediate broker join expand extend"
    )
) | {"vote for", "strike down", "look for", "abide by"}
# What decides a match or an election as well; it says something of an actor where it is wanted.
WON = frozenset(_("defeat crush vanquish unseat"))
# What is done to whom it is said to be of.
SUFFERED = frozenset(_("invasion occupation annexation murder assassination persecution"))
# Verbs that reach whom they benefit through a preposition: "funded a hospital for Mali".
HANDS = frozenset(
    _(
        "give hand lend offer promise pledge send grant donate provide supply equip award gift"
        " deliver"
    )
)  # and through none, whom they benefit: "gave Mali two radars"
GIVES = frozenset(_("fund finance give provide send deliver supply lend donate grant protest"))
# What may stand between the members of a list of names, with their offices.
JOINING = AGENTS | OFFICE | ARTICLES | frozenset(_(", and or & - ' \" ( ) both well as"))
# What a deed is called when it is taken up again: who condemns it condemns whose it was.
MOVES = frozenset(
    _(
        "move step decision act action actions ruling measure measures remark remarks comment"
        " comments gesture policy policies law vote strike strikes airstrike airstrikes attack"
        " attacks raid raids assault bombing bombardment shelling invasion offensive annexation"
        " occupation incursion blockade crackdown aggression killing killings speech statement"
        " visit announcement choice veto withdrawal threat threats refusal failure"
        " deployment launch test tests response handling treatment conduct behaviour behavior"
        " condemnation pledge offer recognition apology idea proposal article letter interview"
    )
)
# What says for or against what somebody is who votes on it, signs or blocks it.
DOCUMENTS = frozenset(
    _(
        "resolution resolutions bill bills statement motion amendment proposal law legislation"
        " measure measures declaration petition letter draft text decree treaty agreement deal"
    )
)
# With these a deed has somebody else do the next: ", prompting Spain to ban".
PROMPTS = frozenset(_("prompting leading forcing pushing spurring driving causing provoking"))
NUMBERS = frozenset(
    _("one two three four five six seven eight nine ten twelve dozen dozens hundreds thousands")
)
