"""Cues: the words beside which a capital is a name, and how sure each is.

What the name must be, the cue's own words in lower case (a text without them skips the rule), the rule.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

UP, LOW = "A-ZÀ-ÖØ-Þ\u0100-\u017f", "a-zß-öø-ÿ\u0100-\u017f"
ONE = rf"(?:Mc|Mac|O'|D'|Al-|El-)?[{UP}][{LOW}]+(?:-[{UP}][{LOW}]+)?"
_NAME = rf"(?P<name>{ONE}(?:[ ]{ONE}){{0,2}})(?![\w\[])"
ONE_NAME = _NAME
_INITIALS = r"(?:[A-Z](?:\.[ ]?|[ ])){0,3}"
_KIN = (
    r"neighbou?rs?|(?:next|next-)[ ]?door neighbou?rs?|son|daughter|wife|husband|partner|mum|mam|mom"
    r"|dad|mother|father|brother|sister"
    r"|friends?|mate|nan|nana|grandad|granddad|grandma|grandson|granddaughter|niece|nephew|uncle|aunt"
    r"|auntie|aunty|cousin|boyfriend"
    r"|girlfriend|fianc[eé]e?|carer|landlord|landlady|tenant|colleague|stepson|stepdaughter|ex|baby"
    r"|lad|lass|lodger|cleaner|babysitter"
)
_SOMEBODY = (
    r"man|woman|lad|lass|bloke|guy|lady|girl|boy|kid|child|person|pensioner|neighbou?r|someone"
    r"|somebody|chap|fella|teacher|driver|owner"
    r"|resident|mother|father|mum|dad|son|daughter|youth|teenager|couple|chap|worker|manager|nurse|carer"
)
_INITIALED = _NAME.replace("(?P<name>", f"(?P<name>{_INITIALS}")
_AFTERWARDS = r"next door|over the road|across the road|down the road|(?:at|from|of|in) \[number\]"
STRONG, PAIR, LISTED = "any name", "two words, or a listed name", "a listed name"
BOTH = "two words, the first listed"
_WRITTEN = (
    "pass card badge label letter envelope tag licence parcel purse wallet name collar stone it"
).split()
BESIDE = "two words, one of them listed, or a listed name"
CUES = [
    (STRONG, "my name|i am called|i'm called",
     rf"(?i:\bmy name(?:'s| is)|\bI am called|\bI'm called) {_NAME}"),
    (STRONG, "mr|mrs| ms| mx|mister| miss ",
     rf"\b(?i:Mr|Mrs|Ms|Mx|Mister)\.? {_INITIALED}|\bMiss {_INITIALED.replace('?P<name>', '?P<miss>')}"),
    (STRONG, "mr|mrs| ms| miss ",
     r"\b(?:MR|MRS|MS|MISS)\.? (?P<name>(?:[A-Z]\.? ){0,2}[A-Z][A-Z'\-]{2,})\b"),
    (STRONG, " neighbo| next| son| daughter| wife| husband| partner| mum| mam| mom| dad| mother| father"
     "| brother| sister| friend| mate| nan| grand| niece| nephew| uncle| aunt| cousin| boyf| girlf| fianc"
     "| carer| landl| tenant| colleague| step| ex | ex,| baby| lad| lass| lodger| cleaner",
     rf"\b(?i:my|our|his|her|their) (?:(?i:old|late|elderly|little|eldest|youngest|best|dear)"
     rf" )?(?i:{_KIN}),? (?:(?i:called|named) )?{_NAME}"),
    (STRONG, "called |named |name of |calling |calls ",
     rf"\b(?i:{_SOMEBODY})(?i:'s| is| was| who is|,)? (?i:called|named|by the name of) {_NAME}"
     rf"|\b(?i:call(?:s|ed|ing)? (?:him|her|them)sel(?:f|ves)) {_NAME.replace('?P<name>', '?P<self>')}"),
    (STRONG, "regards|yours|sincerely|signed|best wishes",
     rf"(?i:\b(?:kind |best |warm )?regards|\byours(?: (?:sincerely|faithfully|truly|etc))?|\bsincerely"
     rf"|\bsigned|\bbest wishes)"
     rf"(?:[,.:\-]? ?\n|[,.:]? ){_NAME}(?=[\s.!]*$)"),
    (PAIR, "i am |i'm |i’m ",
     rf"(?<!\w)I(?:'m|’m| am) {_NAME}(?=,| and | from | of |\.)"),
    (PAIR, "rip|r.i.p|rest in peace|memory of|funeral|condolences|happy |the name",
     rf"(?:\bRIP\b|\bR\.I\.P\.?|(?i:\brest in peace|\bin (?:loving )?memory of|\bfuneral (?:of|for)"
     rf"|\bcondolences to(?: the family of)?|\bin the name(?: of)?|\bhappy [0-9]{{1,3}}(?:st|nd|rd|th)"
     rf"(?: birthday)? to)),? (?:(?i:to) )?{_NAME}"),
    (LISTED, "thank|cheers|shout|well done|kudos|congrat|hats off|big up",
     rf"(?i:\b(?:many )?thanks|\bthank you|\bthankyou|\bcheers|\bshout ?out|\bwell done|\bkudos"
     rf"|\bcongrat(?:ulation)?s|\bhats off|\bbig up)(?i:,? to| goes to|,)?\s{_NAME}"),
    (LISTED, "ask for|speak |spoke |contact | call | ring | text | email | message | phone | dm | rang "
     "|called |messaged ",
     rf"(?i:\bask for|\bsp(?:eak|oke) (?:to|with)|\b(?:contact|call|ring|text|email|message|phone|dm"
     rf"|rang|called|messaged)) {_NAME}"),
    (LISTED, "next door|the road|[number]",
     rf"\b{_NAME} (?={_AFTERWARDS})"),
    (LISTED, " our | uncle | aunt| happy birthday| congrats to| bless ",
     rf"\b(?i:our|uncle|auntie|aunty|aunt|happy birthday(?: to)?(?: our)?|bless) {_NAME}"),
    (LISTED, " old | owd | ole | big | young | poor | everyone knows| everybody knows",
     rf"(?<!the )(?<!The )\b(?i:old|owd|ole|big|young|poor|(?:everyone|everybody) knows) {_NAME}"),
    (BOTH, "do not use|don't use|dont use|avoid|away from|name and shame|names and shames|renting off|rent "
           "off|rents off"
     "|renting from|bought off|bought from|hired |recommend |leave your",
     rf"\b(?i:(?:do not|don't|dont|never) use|avoid|(?:stay|keep|steer)(?: well)? (?:away|clear) (?:from"
     rf"|of)|name and shame(?: time)?[:,]?"
     rf"|rent(?:ing|s)? (?:off|from)|bought (?:off|from)|hired|recommend|leave your \w+ with) {_NAME}"),
    (BOTH, "who run|who ran|who rent|who own|who live|who coach|who work|who does|who took|who kept|who "
           "charge|who call| that runs| that rents| took my| took our| kept my| kept our| stole | nicked my"
           "| has had ",
     rf"\b{_NAME},? (?=(?i:who (?:runs?|ran|rents?|owns?|lives?|coaches|works?|does|took|kept|charges"
     rf"|calls)|that (?:runs|rents)"
     rf"|took (?:my|our)|kept (?:my|our)|stole |nicked my|has had (?:my|our|money)))"),
    (STRONG, " surname| last name| real name| full name| maiden name|goes by |addressed to |belongs to "
     "|belonging to |widow"
     "|made out to |in the name of |forename|first name|christian name|given name|holder|payee|bride|groom"
     "|deceased|his name|her name"
     "|their name|'s name|patient |name on |account name|name:|name is ",
     rf"(?i:\b(?:surname|last name|real name|full name|maiden name|account name|tenant'?s? name|name on (?:it"
     rf"|the (?:account|card|label|letter|parcel|envelope|form|pass|badge|tag))"
     rf"|forenames?|first names?|christian name|given names?|(?:account )?holder|payee|bride|groom"
     rf"|deceased)(?:'s name)?"
     rf"(?: is| was|:|,)?|(?:his|her|their|'s) name(?:'s| is| was)"
     rf"|\bgoes by(?: the name)?(?: of)?|\b(?:addressed|made out) to(?: an?)?|\bbelong(?:s|ing) to"
     rf"|\bin the name of(?: an?)?"
     rf"|\bwidow(?:er)? of|(?-i:\bpatient)|(?<!\w )\bname:) "
     rf"(?:(?i:the late|mr|mrs|miss|ms) )?{_INITIALED}"),
    (LISTED, "|".join(f"{thing} {verb} " for thing in _WRITTEN for verb in ("says", "reads", "say")),
     rf"(?i:\b(?:pass|card|badge|label|letter|envelope|tag|licence|parcel|purse|wallet|driving licence|name"
     rf"|collar|stone|it) (?:says|reads|say)),? "
     rf"[\"'“‘]?{_INITIALED}"),
    (STRONG, "grandad |grandma |granddad |grandpa |nanna |nana |granny |farmer ",
     rf"(?<!the )(?<!The )\b(?:(?i:grandad|granddad|grandma|grandpa|nanna|nana|granny(?! smith))"
     rf"|farmer) {_NAME}"),
    (LISTED, "fitter |plumber |electrician |gardener |plasterer |roofer |mechanic |handyman |joiner "
     "|childminder |hairdresser |cleaner |dog walker |builder |treasurer |secretary |chairman |milkman "
     "|driver |tenant |babysitter |nurse |carer |landlord |decorator ",
     rf"\b(?:fitter|plumber|electrician|gardener|plasterer|roofer|mechanic|handyman|joiner|childminder"
     rf"|hairdresser|cleaner|dog walker|builder|treasurer|secretary|chairman|milkman|driver|tenant|babysitter"
     rf"|nurse|carer|landlord|decorator)(?:,| is| was)? {_NAME}"),
    (PAIR, " name ",
     rf"(?:^|[,;:.\n(\-–] ?)(?i:name) {_INITIALED}"),
    (LISTED, "twins |triplets |sisters |brothers ",
     rf"(?i:\b(?:twins|triplets|sisters|brothers)),? {_NAME}"),
    (LISTED, "i am |i'm |i’m |that's me|this is |it's me| im ",
     rf"[IiTt](?<!\w[IiTt])(?:'m|’m| am|m|t's me,?|hat's me,?|his is) {_NAME}"
     rf"(?! (?:Road|Street|Lane|Close|Avenue))"),
    (LISTED, " here",
     rf"^(?:(?i:hi|hello|hiya),? (?:(?i:all|everyone),? )?)?{_NAME} here\b"),
    (BESIDE, "[phone|[e-mail|[number|[account",
     rf"(?<![\w'’\-])(?!Tel\b|Mel\b:|Mob|Phone|Email|Call|Ring|Text|Contact){_INITIALED}"
     rf"(?:'s (?:number|mobile|email|phone) is|,| on| at| -|:| /| \(|,? (?:tel|phone|mob|mobile|email|e-mail"
     rf"|call|ring|text)\.?:?)?"
     rf" (?=\[(?:phone|e-mail|number|account)\])"),
    (PAIR, "[date of|[ni num|[nhs",
     rf"(?<![\w'’\-]){_INITIALED}(?:,| /| -|:|;| \(|\.)?(?: (?i:his|her|my|the|dob|d\.o\.b\.?|born|NI|nino"
     rf"|NHS|no|number|num|is|was|date of birth|NINO)[.:]?){{0,3}}"
     rf" (?=\[(?:date of birth|NI number|NHS number)\])"),
    (PAIR, " today| years old| yrs old",
     rf"(?<![\w'’\-]){_NAME},? (?:is )?[1-9][0-9]? (?=today|years old|yrs old)"),
]  # fmt: skip
