"""Cues of a household: how a bare number stands in a sentence when it means those who live there.

Each pattern ends in a number or a short row of them, ``row``; what follows must let a sentence go on
without a thing that is counted ("the lads from 33 were", never "the lads from 33 clubs"). All are for
a text in small letters: to ignore case costs three times as much.
"""

import re

from listening.clean.doorcues import IN_WORDS, NOT_HOMES

_ONE = rf"(?:[0-9]{{1,3}}[a-fA-F½]?(?!\w)|(?!one\b)(?:{IN_WORDS})\b)"
_JOIN = r"(?:, ?(?:and |or )?| ?& ?| and | or | to | through to | not (?:from )?| and then | then | ?/ ?)"
ROW = rf"(?P<row>{_ONE}(?:{_JOIN}(?:at |no\.? ?(?=[0-9])|number )?{_ONE}){{0,5}})"
EACH = re.compile(_ONE, re.IGNORECASE)
SPELT = re.compile(rf"(?!one\b){IN_WORDS}\b")
STOP = rf"(?![\w%£$€°]|[.:,][0-9]|[\-–/][0-9A-Za-z]|['’](?!s\b)){NOT_HOMES}"
_GOES_ON = (
    r"has|have|had|having|is|are|am|was|were|who|whose|and|or|but|so|because|cos|again|please|pls|plz|keeps?"
    r"|kept"
    "|never|always|still|up|down|across|over|last|this|since|if|when|while|will|won't|wont|can|can't|cant"
    "|could|couldn't|said|says|got|gets|gone|did|didn't|didnt|do|does|doesn't|doesnt|they|they've|they're|he"
    "|she|we|i|i'm|im|it|it's|its|there|there's|theres|where|which|that|not|upwards|hope|just|they're|you"
    "|your|my|our|their|his|her|the|a|on|in|with|for|from|by|as|then|now|also|thinks?|thought|shows?|caught"
    "|saw|seen|heard|took|left|put|turn|stop|let|lets|feeds?|needs?|wants?|would|who's|whos|yesterday|early"
    "|thanks|ta|cheers|x+|xx"
    r"|every|all|opposite|before|after|until|too|instead|both|no|one|late|early|tonight|mate|duck|love|asap"
    r"|anyone|someone|full stop|question mark|comma|exclamation|found|nicked|stolen|\w+ed"
)
TAIL = rf"(?=\s*(?:$|[.,;:!?)\"\n\[😀-🙏🌀-🗿🚀-🛿-]|['’]s\b|(?:{_GOES_ON})\b))"
END = STOP + TAIL
ENDS = re.compile(rf"{ROW}{END}")
# A number that may be one, quickly found: nothing that it counts stands after it.
NUMBER = re.compile(
    rf"[0-9](?<![^\s(@#\"“].)[0-9]{{0,2}}(?=s\b|[a-fA-F½]?(?!\w)(?:['’]s|{STOP}(?:{TAIL}|(?= (?:to|through"
    rf"|turn|stop|move|take|bring"
    r"|empty|instead|rather|sorry|wait|actually|isn't|wasn't|hasn't|don't|plays|lives|upper|lower|ground|top"
    r"|first|second|third|feeds|about|keep|got|still|you)\b| ?[&/:\-–]))))"
)
_SURE = (
    r"(?:lad(?:y|ies|s)?|lass(?:es)?|wom[ae]n|blokes?|couples?|chaps?|fella|famil(?:y|ies)|folks?|lot"
    r"|neighbou?rs?|tenants?|lodgers?|owners?|landlords?|residents?|occupiers?|occupants?|gent|gentleman"
    r"|widow(?:er)?|idiots?|nutters?|dealers?|druggies|them|those|someone|somebody|whoever|muppets?|clowns?"
    r"|cockerel|hens|chickens|hedge|fence|trees?|shed|extension|gutter|skip|cctv|cameras?|doorbell|bell|alarm"
    r"|smoke|fire|music|noise|racket|part(?:y|ies)|barking|smell|stink|rats?|bonfires?|break-?ins?|break in"
    r"|burglary|leak|damp|mould|drains?|gate|bins?|builders?|scaffold\w*|drone|gardens?|weed|cannabis"
    r"|shouting|screaming|police|ambulance|fire brigade|students|house|flat|bungalow|us)"
)
_MAYBE = (
    r"(?:m[ae]n|girls?|boys?|guys?|pensioner|person|people|us|we|friend|mate|nan|nanna|mum|dad|gran|grandad"
    r"|auntie|aunt|uncle|sister|brother|cousin|son|daughter|carer|postie|dogs?|cats?|him|her|me|i|delivery"
    r"|parcels?|letters?|post|keys?|row|everyone|everybody|anyone|anybody|kids|[a-z]{3,12} (?:here|again)"
    r"|it['’]?s [a-z]{3,12}|[a-z]{3,12}['’]s|its [a-z]{3,12})"
)
_BESIDES = (
    r"(?:who['’]?s|who is|who are|who lives?|that|living|is|are|was|were|over|up|down|round|next door"
    r"|opposite|all day|all night|all|both|still|back|here|there|going off|going|blaring|barking|crying"
    r"|coming|on|again|in|out|today|tonight|yesterday)"
)
# People, animals, noises "at" or "from" a number.
FROM = re.compile(
    rf"\b(?:(?P<sure>{_SURE}|(?:mrs?|ms|miss|mister|old|auntie|uncle"
    rf"|nanny) [a-z'’\-]{{2,16}}(?: [a-z'’\-]{{2,16}})?)|{_MAYBE})(?: {_BESIDES}){{0,3}} (?P<by>at|from|@|in"
    rf"|off) (?:no\.? ?|number )?{ROW}{END}"
)
# Callers, posts and thieves go there.
WENT = re.compile(
    r"\b(?:(?P<sure>collect(?:ed|ion)?|pick(?:ed)?(?: it| them)? up|pop(?:ped)? (?:round|over)"
    r"|call(?:ed)? round|knock(?:ed)?|drop(?:ped)?(?: it| them)? (?:off|round)|ring)|call(?:ed|s)?(?: in"
    r"| round)?|collect(?:ed)?|pick(?:ed)?(?: it)? up|pop(?:ped)?(?: round| over| in| it)?|come|came|go|goes"
    r"|went|gone|run|ran|drop(?:ped)?(?: off| it off| it)?|left(?: it| them)?|deliver(?:ed)?(?: it)?"
    r"|post(?:ed)?(?: it)?|send|sent|keeps? coming|keep going|got(?: in)?|stay(?:s|ing|ed)?|bide|ring|rang"
    r"|knock(?:ed|ing)?|try|tried|message|note|dear|belongs?|return(?:ed)?|take|taken|took"
    r"|get (?:an )?ambulance|ambulance|in|round|over|off|heard|next door|nick(?:ed|ing)|pinch(?:ed|ing)?"
    r"|stole|stolen|bottles?|plants?|pots?|milk|house) "
    rf"(?P<by>at|from|to|into|with|on|off|as|round to|over to|round at) (?:no\.? ?|number )?{ROW}{END}"
)
# Right beside it.
PLACE = re.compile(
    r"\b(?P<by>outside(?: of)?|opposite|o/s|opp|blocking|block(?:s|ed)? in|blocks|right across|parked across"
    r"|across from|over from|over the road from|adjacent to|adj to|next to|next door to|behind|in front of"
    r"|alongside|beside|facing|(?P<span>between)|(?:top|side|back|front|end|bottom|rear) of) "
    rf"(?:no\.? ?|number )?{ROW}{END}"
)
# Over fences.
OVER = re.compile(
    rf"\b(?:gardens?|fences?|hedges?|drives?|doors?|houses|homes|bungalows|flats|neighbou?rs?|residents|backs"
    rf"|bins?|us|we|post|parcel|letters?|mail|both) (?P<by>at|of|for|to|between|from|,|\() ?(?:nos?\.? ?"
    rf"|numbers? )?{ROW}{END}"
)
# Those who live in it.
LIVES_IN = re.compile(
    r"(?:\b(?:(?<!one )(?<!every )(?<![0-9] )(?:person|people|folk|lady|bloke|lad|lads|man|woman|chap|family"
    r"|couple|girl|neighbou?rs?|tenants?|lodger|students|them|they|someone|somebody|anyone|nan|mum|dad|gran"
    r"|grandad|sister|brother|we|i)(?: (?:who|that|is|are|was|used to|have|has|['’]ve))*(?: (?:lives?|living"
    r"|lived|moved|moving|been))?|whoever(?:['’]?s| is| are| lives?)?|who['’]?s|who|lives?|lived|living"
    r"|moved(?: back)?|moving|bought|rents?|renting|anybody|anyone) in (?:no\.? ?|number )?|\b(?:live|lives"
    r"|lived) (?=[0-9]{1,3}[a-f]? (?:upper|lower|ground|top|first|second|third) floor))"
    rf"{ROW}(?:{END}|(?= \w+ floor))"
)
_THINGS = (
    r"(?:drive(?:way)?|gutter(?:s|ing)?|hedges?|bins?|dogs?|cats?|gardens?|fences?|trees?|roof|chimney|gate"
    r"|door|wall|shed|car|van|caravan|trampoline|alarm|lights?|extension|conifers?|leylandii|front|back|post"
    r"|parcels?|kids|lad|son|daughter|tenants?|lodger|skip|drains?|pipe|boiler|windows?|curtains|cockerel"
    r"|chickens|bonfire|washing|doorbell|camera|cctv|tv|telly|letter ?box|porch|path|patio|decking|wheelie)\b"
)
OWNS = re.compile(rf"(?<![\w£$€.,:/\-'’])(?P<row>[0-9]{{1,3}}[a-fA-F]?)(?=['’]?s (?:\w+ )?{_THINGS})")
# "58 has had complaints", "33 and 35 were both burgled": one house, told in the singular.
DOES = re.compile(
    r"(?:^|[.!?\n,;:(] ?|\b(?:and|but|so|cos|because|that|think|know|fact|hear|heard|reckon|say|only|even|now"
    r"|hi|hello|dear|as|while"
    r"|when) )(?P<row>[0-9]{1,3}[a-fA-F]?(?: and (?:no\.? ?)?[0-9]{1,3}[a-fA-F]?(?= (?:both|are|were"
    r"|have) ))?) (?:(?:has|is|was|isn't|wasn't|hasn't|keeps|needs|never|always|don't|doesn't|lets|feeds"
    r"|plays|lives) (?!(?:plenty|enough|too|the(?! (?:one|\w+ (?:door|house|gate))\b)|a (?:lot|joke|good|bad"
    r"|nice|lovely|great|fair|small|long"
    r"|reasonable|sensible)|more|less|fine for|about|over|under|my|our limit|not (?:enough|old|young|a lot"
    r"|bad|much|that|many)|now|what|how|when|where|why|quite|really|just|only|closed|shut|late|cancelled"
    r"|running|due|coming|full|pretty|very|way|fast|slow|safer|no age|young|old|old enough|a big|a huge|worse"
    r"|better)\b)|(?:are|were|have) both |(?:please|pls|plz) (?=(?:take|stop|turn|move|bring|keep|can|your"
    r"|could|tell|put|get)\b)|(?:had|got) (?=(?:theirs|their|burgled|broken|flooded|emptied|missed|new|a new"
    r"|leaflets?)\b))",
    re.MULTILINE,
)
ASKED = re.compile(
    r"\b(?:can|could|will|would|does|did|has|if|hi|dear|tell|told|ask"
    r"|asked) (?P<row>[0-9]{1,3}[a-fA-F]?(?: (?:and|or) [0-9]{1,3}[a-fA-F]?)?)(?= (?:please|pls|turn|stop"
    r"|move|keep|take|bring|not|got|have|about|if|to|in\?|empty|still|let|you|your)\b|, (?:they|he|she"
    r"|your|you|please"
    r"|can|could|if|we|stop)\b)"
)
# Whose it is: "my mum's is 112", "ours (27)", "end terrace, 61".
OWN = re.compile(
    r"(?:(?<!next )\b(?:ours|mine|hers|theirs|yours|(?:my|our|his|her|their|the) (?:house number|door number"
    r"|house|home|door|address|number|flat|bin|gate)(?:['’]s)?|(?:mum|nan|dad|gran|grandad|nanna|sister"
    r"|brother|son"
    r"|daughter|neighbour)['’]?s(?: house| place| is)|end terrace|bungalow|semi|end house|last house"
    r"|corner house|(?:on|to) (?:the|my|our|your) (?:left|right)|front door|house)(?:,? (?:is|was|at|it's|its"
    r"|live at|(?:is )?the one with|says|just|only|here)){0,3}(?:,? |: ?| ?\(| ?- ?| ?= ?|\.{2,3} ?)"
    r"|\b(?P<at>we['’]?re|we are|i['’]?m|i am|im) (?:over |up |down |just )?(?:at|in|@) |\bwe(?:['’]?re"
    r"| are) (?:only |just )?|\b(?P<stay>stay(?:s|ing)?|bide) at |\b(?:he|she|they)['’]?(?:s|re) (?:at|in) "
    r"|^at )"
    rf"(?:the |no\.? ?|number )?{ROW}{END}",
    re.MULTILINE,
)
# On a bin, a gatepost, a parcel.
SHOWN = re.compile(
    r"\b(?<!next )(?:bin|bins|wheelie|wheelies|parcel|parcels|label|letter|card|envelope|gate ?post|gate|door"
    r"|recycling|caddy|package|box|note|address|it|sign|satnav|sat nav)(?: \w+){0,3}?[ ,:](?:marked|says|said"
    r"|saying|reads"
    r"|with|has|had|number(?:ed)?|no\.?|for|addressed to|painted|written|wrote|sprayed|is|it's|its|a (?:white"
    r"|big|black|red|blue|yellow|gold))"
    rf"(?: (?:a|an|the|on|it|is|in|big|white|black|red|blue|yellow|gold|number|no\.?|painted|sprayed|side|lid"
    rf"|front|says|paint)){{0,4}} {ROW}{END}"
)
BIN = re.compile(
    rf"\b(?:wheelie bins?|wheelie|(?:blue|brown|black|green|grey|red) bins?|bin number|bin no\.?) {ROW}{END}"
)
# "Only ours and 6 and 8 left", "wrong 24".
WITH_OURS = re.compile(
    rf"\b(?:ours|mine|hers|theirs|next ?door(?:'s)?|wrong|the right)(?: and| or| then|,|,? not)? (?:at "
    rf"|no\.? ?|number )?{ROW}{END}"
)
# What is done to it or asked of it: "police raided 31", "big thanks to 31", "you want 31".
DONE = re.compile(
    r"\b(?P<verb>(?P<sure>raided|(?:big |many )?(?:thanks?|thank you|ta|cheers|shout out|hats off) to"
    r"|belongs to|(?:moved|dealing|evicted|coming|came|went|seen coming) out of|in between|backs? on to)"
    r"|except(?: for)?|apart from|bar|owns?|bought|buy(?:ing)?|sold|rents?|raided|tried|emptied|collected"
    r"|missed|skipped|burgled|robbed|did"
    r"|do|wants?|look for|looking for|find|finding|needed|in|into|(?:thanks?|thank you|ta|cheers|shout out"
    r"|hats off|love|message|note|next|hi|hello|belongs?|back(?:s|ing)?(?: on| onto)?|go|went|come|came"
    r"|went round|sent|moved|delivered|taken|took it) (?:on)?to|back(?:s|ing)? onto|(?:moved|coming|came|come"
    r"|dealing|moving|carried|thrown|evicted|selling|running) out of|(?:post|letters?|parcels?|bills?|pizza"
    r"|takeaway|carers?|nurse|taxi|delivery|meant|addressed|bins?|package|key|keys|ambulance|tenants?|notice"
    r"|complaint|mail|order) (?:for|to|of)|(?:odd|even)s?(?: numbers| side)?,?|(?:it was|it's|is it|was it"
    r"|its)) "
    rf"(?:no\.? ?|number )?{ROW}{END}"
)
# Any word that places, where homes are spoken of.
LOOSE = re.compile(
    rf"\b[a-z'’\"”]{{3,}},? (?P<by>at|from|off|into|with|by|onto) (?:no\.? ?|number )?{ROW}{END}"
)
# Called upon: "61: your cat is in our shed".
CALLED = re.compile(
    r"(?:^|\n)(?:no\.? ?|number )?(?P<row>[0-9]{1,3}[a-f]?(?:(?:, ?| ?& ?"
    r"| and )[0-9]{1,3}[a-f]?)*)(?: ?[:\-–] |, )(?=(?:your|you|please|pls|can|could|stop|bins?|turn|whoever"
    r"|who|the|we)\b)"
)
HASH = re.compile(rf"(?<![\w&])#{ROW}{END}")
# "It's 14 not 41".
TURNED = re.compile(
    r"(?<![\w£$€.,:/\-])(?P<row>(?P<one>[0-9]{1,3}[a-f]?)(?:,? (?:and )?not (?:at |no\.? ?|number )?"
    r"|,? (?:instead of|rather than|sorry not|no sorry|no wait|wait no|sorry|i mean|i meant"
    r"|actually) )(?P<two>[0-9]{1,3}[a-f]?))"
    rf"{END}"
)
# The street first: "outram street 23, brown door".
STREET = re.compile(
    r"\b[A-Za-z'’]{3,16} (?:street|st|road|rd|avenue|ave|lane|ln|drive|close|crescent|cres|court|grove"
    r"|terrace|gardens|gdns|way|place|square|row|mews|view|rise)(?P<gap>,? |\.{2,3} ?|\.? ?\(| ?- ?|: ?)"
    rf"(?:house |at )?(?:no\.? ?|number )?{ROW}{STOP}(?=\s*(?:$|[.;!?)\n]|, ))"
)
