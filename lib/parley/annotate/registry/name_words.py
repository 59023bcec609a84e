"""Words that tell what a capitalised name is beside them: closed lists, each used by one rule."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Capitalised words that stand beside a state's name without making one longer name with it.
TITLES = _words(
    """
    President Presidents Prime Minister Ministers Premier Chancellor King Queen Prince Princess
    Crown Emir Sultan Sheikh Ayatollah Supreme Leader Foreign Defence Defense Interior Finance
    Home Health Trade Energy Justice Economy Economic Agriculture Education Transport Labor Labour
    Commerce Treasury Deputy Vice First Former Acting Ambassador Ambassadors Embassy Consulate
    Consul Army Navy Air Armed Ground Special Forces Force Military Police Parliament Senate House
    Congress Cabinet Government Ministry Department Attorney Secretary General Gen Lt Col Maj Adm
    Admiral Captain Cpt Sgt Sen Senator Senators Rep Representative Representatives Gov Governor
    Mayor Chief Chairman Chairwoman Chair Head Commander Spokesman Spokeswoman Spokesperson Envoy
    Republican Republicans Democrat Democrats Democratic Opposition PM FM MP MPs Lady Lord Dr Mr
    Mrs Ms Sir Dame Judge National Federal State States Central Security Intelligence Border Coast
    Marine Marines Civil High Constitutional Court Pope Archbishop Cardinal Bishop Imam Rabbi
    Professor Prof Director Adviser Advisor Speaker Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday January February March April May June July August September October November
    December Today Jan Feb Aug Sept Oct Nov Dec Capital Olympic Olympics Cyber Space Strategic
    Nuclear Digital Climate Water Culture Sports Tourism I It He She They We You The A An In On At
    As And But Or If When While After Before For From To With By Of That This These Those Its His
    Her Their Our My What Who Why How Where Not No Yes So Then There EU US UN UK NATO
    """
)
# What these are the last word of is a name of its own, whatever people it is called after.
HEADS = _words(
    """
    Airlines Airways Airline Bank Bancorp University College School Academy Institute Museum
    Library Hospital Church Cathedral Open Cup Masters Championship Championships Olympics Grand
    Prix League Association Society Union Foundation Federation Club Times Post Journal News Daily
    Herald Tribune Express Magazine Television TV Radio Theatre Theater Orchestra Opera Ballet
    Festival Awards Award Idol Street Road Avenue Square Park Hotel Ocean Sea Gulf Bay River Lake
    Mountain Mountains Island Islands Peninsula Desert Canal Strait Channel Inc Corp Corporation
    Ltd LLC plc Group Holdings Steel Oil Gas Petroleum Motors Telecom Mobile Media Pictures
    Studios Records Press Review Center Centre Committee Commission Railways Railway Rail Cross
    Legion Kennel Stock Exchange Heart Cancer Medical Bar Psychological Psychiatric Pharmacists
    Nurses Revolution War Tech Bulldogs Redskins Nationals Patriots Films Wizards Capitals Hilton
    """
)
# The same after a people's name, which otherwise says whose the named thing is.
PEOPLES_HEADS = _words(
    """
    Airlines Airways Bank University College Academy Museum Library Church Open Cup Masters
    Championship Championships Prix League Association Society Foundation Club Times Post Journal
    News Daily Herald Tribune Express Magazine Television TV Radio Orchestra Opera Ballet Festival
    Award Awards Idol Street Road Avenue Square Hotel Ocean Sea Gulf Bay River Lake Mountains
    Island Islands Peninsula Channel Revolution War Hilton Registry Legion Kennel Heart Cancer
    Medical Psychological Psychiatric
    """
)
# "X of NAME" with these is a name of its own ("Bank of America").
OF_HEADS = _words(
    """
    Bank University Church Museum Institute Association Society College Voice Gulf Sea Bay Miss
    Cathedral Tower Duke Duchess Earl Prince Princess Bishop Archbishop Archdiocese Diocese
    Journal Times Club Academy Library School Hospital Daughters Sons Boy Girl Communications Boys
    Girls Scouts Treaty Battle Siege Port
    """
)
# Before a state's name they leave it that state's ("Eastern Ukraine").
DIRECTIONS = _words(
    """
    North South East West Northern Southern Eastern Western Central Northwest Northeast Southwest
    Southeast Northwestern Northeastern Southwestern Southeastern Post Modern Greater Upper Lower
    Soviet Occupied Mother Neighboring Neighbouring Rural Mainland Nationalist Communist Nazi
    Imperial
    """
)
# Nouns that mean the government even where a place follows: "the government in Moscow".
RULERS = _words(
    """
    government authorities regime administration leadership cabinet parliament ministry
    """
)
# With these near, "to" and "from" make a capital a place.
MOTION = _words(
    """
    flew fly flying flight flights trip trips visit visits visited visiting travel travels
    travelled traveled traveling travelling went go goes going arrived arrive arrives return
    returns returned came come moved move moving train trains bus buses journey drive drove road
    roads headed advance advanced advancing miles kilometres kilometers km mile kilometer
    kilometre far away route way sent dispatched invited invitation rushed brought taken fled flee
    """
)
# "the outskirts of Kyiv": a place.
AREA = _words(
    """
    west east north south outskirts suburb suburbs city mayor capital streets street region centre
    center part parts district districts airport outside area areas neighbourhood neighborhood
    town northwest northeast southwest southeast residents people siege battle fall capture
    university archbishop skies metropolis middle heart
    """
)
# "the Kyiv metro": a place.
LOCAL = _words(
    """
    airport region suburb suburbs mayor hospital hotel apartment metro station bureau street
    streets residents resident university museum theatre theater stadium club restaurant court
    neighbourhood neighborhood home flat office offices subway police prison jail church skyline
    time correspondent cathedral area district studio headquarters conference meeting summit
    marathon zoo park born native protests protest
    """
)
# Verbs of one who acts, and the auxiliaries that may stand before them.
ACTS = _words(
    """
    said says wants wanted denies denied accuses accused insists insisted warns warned vowed vows
    refuses refused rejects rejected urges urged demands demanded agreed agrees hopes hoped
    expects expected fears feared believes believed considers considered plans planned seeks
    sought claims claimed blames blamed summoned expelled recalled imposed imposes announced
    announces responded responds backed backs supports supported condemned condemns argues argued
    sees views regards maintains maintained threatened threatens pledged pledges signalled
    signaled signals retaliated recognises recognizes recognised recognized opposes opposed
    declared declares suspended approved blocked offered offers promised criticised criticized
    called calls is has had would will could may might must should can also never long not already
    and
    """
)
# What a government has, and a city has not.
POLICY = _words(
    """
    decision stance policy policies position ally allies government ambassador foreign claim
    claims demand demands refusal support intentions intention invasion war nuclear military
    influence interests interest actions action aggression role relations relationship ties threat
    threats offer proposal proposals response reaction sanctions willingness control rule rulers
    leaders leadership message objections views plan plans efforts opposition approach commitment
    rejection request requests strategy narrative forces troops army security territorial
    sovereignty envoy representative hand economic diplomatic top right
    """
)
# What states have between them.
TIES = _words(
    """
    talks relations ties tensions tension agreement deal relationship cooperation dialogue
    conflict rivalry standoff dispute war negotiations rift alliance row trust confrontation
    contacts between
    """
)
# Auxiliaries: alone they do not make a city act.
WEAK = _words(
    """
    is has had would will could may might must should can also long and not
    """
)
# After these a capital is a place.
LOCATIVE = _words(
    """
    in near outside around inside at across throughout via within over above into leaving left
    visiting visited
    """
)
# Words of which two in a hundred make an article one on sport.
SPORT = _words(
    """
    match matches coach team teams goal goals striker midfielder defender goalkeeper tournament
    season squad league cup wicket wickets innings batsman bowler try tries penalty semi-final
    semifinal final quarter-final qualifier qualifying fixture kick-off halftime half-time scored
    scorer champion champions rugby football cricket tennis soccer hockey basketball medal medals
    race player players captain stadium fans win wins defeat round tour seed ranked
    """
)
# Words of which two in a sentence, or one and a score, make it one on a game.
GAME = _words(
    """
    match matches coach striker midfielder defender goalkeeper wicket wickets innings batsman bowler
    semi-final semifinal semifinals quarter-final quarterfinal quarterfinals qualifier qualifiers
    halftime half-time kick-off scorer rugby football cricket tennis soccer hockey basketball
    medal medals tournament championship championships cup olympics scored
    """
)
WON = _words("beat beats defeated defeats drew lost thrashed overcame")
# Before a surname in polite papers.
HONORIFICS = _words(
    """
    Mr Mrs Ms Miss Sir Dame Dr Prof Professor Lord Lady
    """
)
# Offices and honorifics that stand before a surname.
RANKS = HONORIFICS | _words(
    """
    President Premier Chancellor Minister Secretary Senator Sen Rep Governor Gov General Gen Judge
    Justice Ambassador Speaker King Queen Prince Princess Pope Congressman Congresswoman Mayor Col
    Adm Admiral Representative Candidate Colonel Ayatollah Sheikh Emir Crown Commissioner
    Spokesman Spokeswoman
    """
)
# After "chief" these make another office of it.
CHIEF_OF = _words(
    """
    executive health economist justice negotiator prosecutor scientist financial operating medical
    whip spokesman spokeswoman correspondent inspector technology counsel strategist diplomat
    minister rabbi information investment legal political security
    """
)
NOT_NOW = _words(
    """
    former ex then next future late acting deputy vice first assistant onetime outgoing
    """
)
# Nouns of somebody unnamed, of whom a pronoun after them may speak.
PERSON_NOUNS = _words(
    """
    official diplomat spokesman spokeswoman spokesperson man woman officer aide analyst expert
    professor lawyer resident soldier adviser advisor journalist reporter student teacher doctor
    driver boy girl victim suspect witness judge prosecutor activist leader commander general
    senator minister president chairman director executive manager worker employee mother father
    son daughter wife husband friend neighbour neighbor player coach actor actress singer author
    writer researcher scientist economist attorney candidate voter priest pope bishop king queen
    prince princess patient person teenager child candidate critic source
    """
)
PREPOSITIONS = _words(
    """
    of with by to for from against about on in at into over under after before between among
    through without within toward towards upon following during since
    """
)
SPEECH = _words(
    """
    said says say told tells added adds warned warns insisted insists noted notes stressed explained
    argued argues claimed claims stated states announced continued asked replied wrote tweeted
    admitted acknowledged declared commented emphasised emphasized underlined reiterated urged
    """
)
# What stands after a name that only says which one: "the Trump presidency", "the Iran deal".
MODIFIED = _words(
    """
    administration presidency campaign era years camp team family rally rallies nomination
    impeachment inauguration cabinet memo tapes agreement deal accord pact war crisis
    policy strategy talks treaty negotiations sanctions supporters supporter voters voter
    allies ally aides aide adviser advisers officials official donors surrogates veto tweet tweets
    trial investigation probe doctrine plan speech nuclear
    """
)
ARMED = _words("soldiers troops army military police security armed servicemen")
# What "the X" may mean: kinds of actor, "~word" for a word of its name.
COMMON_NOUNS: dict[str, set[str]] = {
    "alliance": {"alliance"},
    "bloc": {"bloc"},
    "country": {"@state"},
    "nation": {"@state"},
    "kingdom": {"~kingdom", "~saudi"},
    "territory": {"territory"},
    "enclave": {"~gaza", "~nagorno-karabakh"},
    "strip": {"~gaza"},
    "ministry": {"~ministry"},
    "party": {"party"},
    "militants": {"armed_group"},
    "rebels": {"armed_group"},
    "group": {"armed_group"},
    "militia": {"armed_group"},
    "union": {"~union"},
    "commission": {"~commission"},
    "council": {"~council"},
    "agency": {"~agency"},
    "department": {"~department"},
    "court": {"~court"},
    "organisation": {"organisation"},
    "organization": {"organisation"},
    "company": {"company"},
    "newspaper": {"outlet"},
}
