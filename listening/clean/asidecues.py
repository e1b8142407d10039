"""Cues of an aside: how the number of a house is told in passing, and what is spoken of around it."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from listening.clean.householdcues import END

FIGURE = r"[0-9]{1,3}[a-fA-F]?(?!\w)"
ONE = rf"(?P<row>{FIGURE})"
EACH = re.compile(FIGURE)
# At the end of what is said, by name: ", Dave at 31".
SIGNED = re.compile(
    r"(?:^|[,.!?:)\n\-–😀-🙏🌀-🗿] ?"
    r"|\b(?:from|love|ask|thanks|cheers|see|ring|text|call|message|and|x+|say|tell"
    r"|told|says) )(?P<who>[A-Z][a-z'’\-]{1,14}(?: (?:and|&) [A-Z][a-z'’\-]{1,14})?) at (?:no\.? ?|number )?"
    rf"{ONE}(?=\s*(?:$|[.!?\n)]|[xX]+\b))"
)
NO_WHO = frozenset(
    (
        "still all look not only even just up down aged age now then dead gone out back here there home him"
        " her them us me is was be are were am i he she it we they you or nor died retired married worked"
        " working works driving open opens closed closes start starts finish shut sold priced stuck capped"
        " looking being having living and starting standing currently roughly limit speed temperature"
    ).split()
)
# Whoever makes a noise from an hour on: "barking from 5am at 27".
# What is kept or was tried there: "no answer at 11 so I have your parcel", and who sends love.
KEPT = re.compile(
    r"\b(?:no answer(?= at (?:no\.? ?|number )?[0-9]{1,3}[a-f]? so\b)|parcels?(?:['’]s| is"
    r"| are)?(?: for (?:you|him|her|us|them))?|package(?: is)?"
    r"|from (?:us|all|everyone|all of us"
    rf"|the (?:family|gang|lot|kids|people))) at (?:no\.? ?|number )?{ONE}(?=\s*(?:$|[.!?,]|(?:so|thanks"
    rf"|thank|love|please"
    r"|pls|if|when|xx?)\b))",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\b(?:bark\w*|music|hammer\w*|drill\w*|bang\w*|shout\w*|scream\w*|noise|racket|party|parties|partying"
    r"|row"
    r"|rowing|alarm|cockerel|bonfires?|crying|singing|drums?|karaoke|fireworks|strimmer|mower|mowing|howling"
    r"|building work|dogs?|kids|telly|screeching|revving|grinding|sawing)\b[^.!?\n]{0,24}? (?:from|since"
    r"|until"
    r"|till?|at|past|gone|by|before|after) (?:(?:half|quarter) (?:past|to) )?(?:[0-9]{1,2}(?:[.:][0-9]{2})?"
    r" ?(?:am|pm)?|midnight|midday|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|dawn|dusk)"
    r"(?: in the (?:morning|afternoon|evening)| at night|ish|(?: every| each| last)? (?:morning|night"
    r"|day)s?)?"
    rf" (?:at|from) {ONE}(?:{END}|(?= ?$))",
    re.IGNORECASE,
)
# Set against a masked one: "Not 25, they got theirs".
AGAINST = re.compile(
    r"(?:^|[.!?;:,(\n…\-–] ?|\b(?:but|and|yet|though|just|only|why) )not (?:at |for |from |to |no\.? ?"
    r"|number )?"
    rf"{ONE}(?=\s*(?:$|[.!?;)\n]|, ?(?:they|he|she|who|we|that|thats|that's|it|oh|even|just|mind|nor|or|not"
    r"|though|obviously|somehow|funnily|as|only)\b| though\b| obviously\b| mind\b))",
    re.IGNORECASE,
)
# What was done at the next one: "33 got done. 35 got done."
DONE = re.compile(
    rf"(?:^|[.!?,;\n] ?){ONE}(?= (?:all |both |have |has |had |got |get |gets |was |were |did "
    rf"|always ){{1,2}}"
    r"(?:the same|emptied|collected|missed|flooded|done|delivered|theirs|swept|gritted|cleared|skipped|fine"
    r"|ok|nothing|one|new)\b)",
    re.IGNORECASE,
)
# As far as it went: "resurfaced the road as far as 99".
WORKS = re.compile(
    r"\b(?:resurfac\w+|tarmac\w*|relaid|laid|gritt?\w*|swept|sweep\w*|plough\w*|dug up|digging|patched"
    r"|painted"
    r"|collected|emptied|delivered|leaflets?|leafleted|fib(?:re|er)|broadband|kerbs?|pavements?|yellow lines"
    r"|lines|cones?|flooded|floods?|flooding|water came|power|lights|hedges?|road closed|dropped|bins"
    r"|binm[ae]n"
    r"|postie|post(?:man)?|numbers|street)\b[^.!?\n]{0,30}? (?:as far as|up to|down to|right to|along to"
    r"|stopped at"
    r"|only to|from|just past|just before|stops at|got to|gets to|reached|ends at|ended at|starts at"
    r"|start at) "
    rf"(?:no\.? ?|number )?(?P<row>{FIGURE}(?: (?:to|down to|up to|through to) {FIGURE})?){END}",
    re.IGNORECASE,
)
# In a block of flats: "I can hear Graham in 8".
BLOCK = re.compile(
    r"\b(?:i['’]?m|we['’]?re|hear|hears|heard|smell|above|below|under|upstairs|downstairs|the (?:girl|lad"
    r"|bloke|man|woman|lady|couple"
    r"|guy|lass|family|lot|people|telly|baby|kids?|dog|music|noise|leak|damp|chap)|him|her|them|those"
    r"|whoever(?:['’]s)?"
    rf"|who['’]?s)(?: [A-Za-z]{{2,12}}){{0,3}}? in (?:no\.? ?|number )?{ONE}"
    r"(?! (?:the|a|an|minutes?|mins?|weeks?|hours?|days?|years?|months?|of|or|to|per|out|seconds?|miles?"
    r"|stages?"
    r"|parts?|words?|languages|goes|different|other|more|places|rooms|flats|blocks|houses|homes|people)\b"
    r"|[\w%£]"
    r"|[.:,/\-][0-9])",
    re.IGNORECASE,
)
# "Its 7, brown door"; "mum's at 3, the end house".
DOOR = re.compile(
    r"(?:^|[,.(\n] ?|\b(?:(?:is|i['’]?m|am|['’]re|are|['’]s|live|lives|living|me|us|mum|nan|dad|knock|left"
    r"|still) at|is|it['’]?s|i['’]?m|we['’]?re|number|no\.?|to|house|mine|ours|hers|address"
    r"|door) )"
    rf"{ONE}(?=[,.]? ?[(\-–]? ?(?:the |with (?:the|a) |it['’]?s (?:the|a) |it has a "
    rf"|got a )?(?:one with (?:the|a) )?"
    r"(?:(?:dark|light|bright|big|little|old|new) )?(?:red|blue|green|white|black|brown|yellow|grey|gray"
    r"|pink|purple"
    r"|orange|cream|end|corner) (?:front )?(?:door|gate|house|bungalow|garage)\b)",
    re.IGNORECASE,
)
# One house, in brackets or not: "the house with the boat (55)", "next door (31)".
BRACKET = re.compile(
    r"\b(?:(?<!the )house|bungalow|semi|cottage|next ?door|end one|corner one|detached|property|new build"
    r"|opposite"
    r"|(?:the|my|our|his|her|their|that|this|green|white|corner|end|empty|council|student) (?:house|flat"
    r"|place|garden"
    rf"|drive|hedge|fence|extension|door))(?:['’]s)?(?: (?:with|on|by"
    rf"|near) [a-z ]{{3,24}}?)? ?\((?:no\.? ?|number )?{ONE}(?=\)\s*(?:$|[.,;!?]|(?:is|are|was|has|had"
    rf"|have|who|needs?|got|and"
    r"|keeps?|wants?|smokes|plays|never|always|still|next|opposite|with|again|on|at|in)\b))",
    re.IGNORECASE,
)
# "45 put the complaint in, not us", "it was 52 that rang the council".
DID = re.compile(
    r"(?:^|[.!?;:,(\n] ?|\b(?P<was>it was|its|it['’]s|was it) |\b(?:both|and|but|so|cos|because|that|think"
    r"|reckon|know"
    rf"|turns out|apparently|only|said|heard|if|when|bet"
    rf"|guess) ){ONE}(?= (?:and (?:no\.? ?)?[0-9]{{1,3}} )?(?P<who>that"
    r" |who )?(?:put (?:the|a|in|up)|told|rang|phoned|called the|reported|complained|moaned|grassed"
    r"|objected|signed|said"
    r"|says|thinks|reckons|wants|won['’]?t|refused|refuses|asked|emailed|wrote|started it|took|dumped|got"
    r"|did it|did"
    r"|didn['’]?t|lets|let|never|always|knocked|left)\b)",
    re.IGNORECASE,
)
FEUD = re.compile(
    r"\b(?:not us|not me|not ours?|next ?doors?|neighbou?rs?|complain\w*|complaints?|landlord|extension"
    r"|scaffold\w*"
    r"|fences?|hedges?|wind chimes?|our (?:road|street|row|close)|bins? out|parcels?|wheelie|noise team"
    r"|environmental"
    r" health|housing)\b",
    re.IGNORECASE,
)
MANY = re.compile(
    r"\b(?:people|residents|votes?|voted|of (?:us|them|you)|out of|petition|signatures|responses|replies"
    r"|members|objections"
    r"|letters|comments|survey|poll|replied|attended|councillors|households|homes|houses|drivers|pupils"
    r"|likes|turned up"
    r"|consult\w*|per ?cent|in favour|against)\b",
    re.IGNORECASE,
)
FLATS = re.compile(
    r"\b(?:flats?|apartments?|block|landing|stairwell|hmo|bedsits?|maisonettes?|wardens?)\b", re.I
)
CONTACT = re.compile(
    r"\b(?:give (?:us|me) a (?:shout|ring|knock|bell)|street party|anyone (?:wants?|needs?|fancies)|booked"
    r"|let me know"
    r"|see you (?:there|all)|pop round|pop in|message me|text me|ring me|knock)\b",
    re.I,
)
STREETS = re.compile(
    r"\b(?:road|street|avenue|close|lane|crescent|row|drive|kerbs?|pavement|lights|gritt?\w*|bins?"
    r"|binm[ae]n|swept|sweep\w*|resurf\w+"
    r"|plough\w*|tarmac\w*|fibre|leaflets?)\b",
    re.I,
)
OTHER = re.compile(
    r"\b(?:mph|speed\w*|limit|per ?cent|degrees|votes?|signatures|score\w*|goals?|bus|route|tram|junction"
    r"|page"
    r"|chapter|appointments?|queue|aged?|ages|birthday|years|numbers? [0-9]+ to|budget|tax|price\w*"
    r"|cost\w*|raffle"
    r"|level|stage|phase|class|room|platform|pitch|hall|peg|stall|locker|column)\b",
    re.IGNORECASE,
)
