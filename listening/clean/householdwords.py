"""Words around the number of a household: which forms they may belong to, and what else is told of."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from ahocorasick_rs import AhoCorasick, Implementation

HOUSEHOLD = re.compile(
    r"\b(?:alarm|smoke|fire|chimney|break-?in|broke[n]? in|police|ambulance|burgl\w+|cctv|ring doorbell"
    r"|petition|shed|gutter\w*|trampoline|bonfire|cockerel|lodger|leylandii|conifers?|skip|scaffolding"
    r"|squatters?|on holiday|sublet|airbnb|hmo|wheelie|recycling|caddy|our (?:road|street|close|row|lane)"
    r"|this (?:road|street|close)|residents?|occupiers?|taxi|pizza|takeaway|just eat|deliveroo|driver|satnav"
    r"|sat nav|leaflets?|carers?|car keys|number plate|drive|blocked in|bathroom|drone|nan|mum|sister|brother"
    r"|squeal\w*|bang\w*|shout\w*|scream\w*|row(?:ing|s)?|rats|stink|weed|dealing|dealer|evict\w*|void"
    r"|boarded up|for sale|landlord|meter|binm[ae]n|trick or treat\w*|halloween|scarecrows?|christmas lights"
    r"|yard sale|sweets|collar|tortoise|raided|raid|old (?:lady|boy|man|dear)|viewing|sofa|tried (?:doors"
    r"|handles)|handles?|red door|blue door|milk|power|grit bin|pothole|water off|no water|no power|gas leak"
    r"|ceiling|stairwell|street ?light|lamp ?post|manhole|drains?|pothole outside)\b",
    re.IGNORECASE,
)
AGED = re.compile(
    r"\b(?:aged?|fell(?: over)?|retired|died|lost|lost (?:him|her|them)|moved(?: here| out| in)?|married"
    r"|pregnant|diagnosed|passed(?: away)?|left (?:us|school|home)|started|still (?:going|working|driving"
    r"|alive)|widowed|gone|went|licence|pension|test|baby|first|years|old|even|combined|stuck|capped|stands?"
    r"|stood|one|down|limit|limited|allowance|interest|inflation|temperature|priced?|cost|sold|sells"
    r"|half price|still (?!barks)[a-z]+s) (?:at|of|in|to|from) $",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(?:shut|closed|bought|built|opened|moved|came|lost|won|died|born|married|started|retired|left"
    r"|struck|went"
    r"|finished|demolished|knocked down|pulled down|began|sold|strike|flood|fire|snow|summer|winter|christmas"
    r"|back) (?!in )(?:[a-z'’]+ ){0,6}in $|\b(?:shut|bought|closed|opened|built|married|died|born|came"
    r"|back|moved|left"
    r"|started"
    r"|retired|strike|flood|fire|snow|summer|winter|over|down) in $"
)
MEASURED = re.compile(r"\b(?:it['’]?s|it is|it was|its|is|was|at|hit|reached) $")
WARM = re.compile(
    r"\b(?:degrees|chamber|heating|warm|cold|hot|freez\w+|boiling|outside|thermo\w+|temperature|weather"
    r"|forecast|loft"
    r"|(?:in|inside) (?:the|my|our|this) (?:house|flat|bathroom|kitchen|bedroom|office|hall|car|room"
    r"|living|shade))\b"
)
ROOM = re.compile(
    r"\b(?:rooms?|platforms?|class|classroom|hall|theatre|studio|pitch|court|bay|junction|form|unit|zone"
    r"|section|lane"
    r"|paper|level|grade|screen|exhibit|table|stage|channel) (?:[0-9]{1,3}[a-z]?(?:, not|,| not| or"
    r"| and) ){0,2}"
    r"(?:[0-9]{1,3}[a-z]?, )?$"
)
MINE = re.compile(r"\b(?:mine|ours|hers|his|theirs|yours) (?:is|was) $")
COUNTER = re.compile(
    r"\b(?:lamp ?posts?(?: number)?|columns?|tickets?|queue|raffle|pegs?|seats?|bibs?|tokens?|lockers?"
    r"|stalls?)\b",
    re.I,
)
COUNTING = re.compile(
    r"\s*(?:and|&) (?:counting|rising|falling|still|climbing|holding)\b|,? (?:now|already|so far)\b"
)
SERVICES = frozenset({"101", "105", "111", "112", "116", "118", "119", "159"})
SERVICE = re.compile(
    r"\b(?:ring|rang|call(?:ed)?|dial|phone|emergency|police|nhs|power|on to|answer\w*)\b", re.IGNORECASE
)
SPEED = re.compile(
    r"\b(?:mph|speed\w*|limit|doing|driving|rac(?:e|es|ing)|overtak\w+|coming past|fly(?:ing)?|hurtl\w+"
    r"|bombing|per cent|percent|degrees|score|won|lost|beat|goals?|votes?|degrees|raffle|bingo|ages?|aged"
    r"|years old|birthday|class of|signatures|likes|members|followers|signed|capacity|out of|priced?|each|bus"
    r"|buses|train|trains|route|appointment|queue|on hold|call centre|page|kids? from|club|crawl\w*"
    r"|e?-?bikes?|scooters?|run over|e-?mail)\b",
    re.IGNORECASE,
)

# The form: the words of which one stands right before the number.
_BEFORE = {
    "from": "at from @ in off",
    "went": "at from off to into with on as",
    "over": "at from to of between for ( ,",
    "loose": "at from off into with onto by",
    "own": (
        "at at in with ( it's its was is says just only here ours mine hers theirs yours number number's "
        "house home "
        "door address flat bin gate place terrace bungalow semi left right we're are : - = . the"
    ),
    "beside": (
        "from in to outside of opposite o/s opp blocking blocks across behind alongside beside facing between"
    ),
    "done": (
        "except from bar in to into of between for own owns bought buy buying sold rent rents raided tried "
        "emptied collected "
        "missed skipped burgled robbed did do want wants find finding needed onto odd even odds evens "
        "numbers numbers, side it's its was it odd,"
    ),
    "lives": "in live lives lived",
    "shown": (
        "to with on for side it's its is says number the marked said saying reads has had numbered no "
        "written wrote sprayed white big black red blue yellow gold a painted lid front paint"
    ),
    "street": (
        "( place terrace street st road rd avenue ave lane ln drive close crescent cres court grove gardens "
        "gdns way square row mews view rise street. st. road. rd."
    ),
    "ours": "ours mine hers theirs door right us door's wrong and or then not",
    "bin": "bin bins wheelie",
}
LEADS: dict[str, tuple[str, ...]] = {}
for _form, _words in _BEFORE.items():
    for _word in _words.split():
        LEADS[_word] = (*LEADS.get(_word, ()), _form)
# The word right after it.
NEXT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "has is was isn't wasn't hasn't keeps needs never always don't doesn't lets feeds plays lives "
            "are were have please pls plz had got and"
        ).split(),
        ("does",),
    ),
    **dict.fromkeys(
        ("not instead rather sorry no wait i actually").split(),
        ("turned",),
    ),
}
ASKED = frozenset("can could will would does did has if hi dear tell told ask asked".split())
SMALL = frozenset("beside lives bin ours turned street".split())  # forms that may hold a small number
FIND = AhoCorasick(
    [f" {lead} " for lead in "outside opposite behind blocking at from in to".split()],
    implementation=Implementation.DFA,
)
SPELT = frozenset({"from", "beside", "lives"})  # and one in words
NUMBERED = frozenset("no no. number numbers nos nos.".split())
