"""What stands around a listed given name that makes it a person's, or a star's, a dog's or a town's."""

import re

from listening.clean.namecues import ONE
from listening.clean.namewords import FAME, KIN, OFFICE_TALK, TRADE

WORD = re.compile(r"(?<![\w\[@#/.'’\-])[^\W\d_]{2,}(?:-[^\W\d_]{2,})?(?![\w@/])")
RUN = re.compile(rf"{ONE}(?:[ ](?:{ONE}|[A-HJ-Z](?![\w'’&])\.?|[AI]\.(?= ?[,)a-z]))){{0,2}}(?![\w\[])")
CAPITALS = re.compile(r"[A-Z]{3,}(?:-[A-Z]{2,})?(?: [A-Z]\.)?(?! [A-Z]{2,} ?(?:ROAD|STREET|LANE|CLOSE))")
MORE = re.compile(r" (\S+)")
INITIAL = re.compile(r" [A-Z]\.?$")
ROYAL = re.compile(
    r"(?i:george|edward|henry|richard|charles|james|william|mary|elizabeth|john|louis|napoleon|philip|malcolm"
    r"|robert|david) (?:[IVXR]|I+|IV|VI+)$"
)
MARKS = r"\[(?:phone|e-mail|account|bank details|card number|date of birth|NI number|NHS number|plate)\]"
PLACE = (
    r"chippy|club|legion|pub|library|bakery|shop|school|church|flats?|office|gym|car wash|market|surgery"
    r"|co-?op|spar"
    r"|post office|garage|nursery|playgroup|toddler group|bingo|bowls|yoga|pilates|slimming world|work|stall"
    r"|(?:veg|fish|fruit|cheese|cake|sweet) stall|allotments?|end house|corner|salon|school run|w\.?i\.?"
    r"|food ?bank"
    r"|cafe|centre|hospital|ward|street|road|close|lane|avenue|st|rd|ave|cl|dr|agency|bungalows?|flats"
    r"|number|no\.?|estate|team|choir"
    r"|bar|desk|reception|till|door|stables|kennels|farm|site|depot|workshop|group|knitting|upstairs"
    r"|downstairs"
    r"|college|dance|karate|boxing|rugby|cricket|darts|quiz|chapel|mosque|temple|scouts|brownies|cubs|guides"
)
KIN_BEFORE = (
    rf"(?:(?<!the )(?<!thy )(?<!Thy )\b(?:{KIN})|\bthe (?:wife|missus|mrs|hubby|husband"
    rf"|other half|kids?|lads?|twins|girls|boys|eldest|youngest))(?:'s|s)?(?:,| of| to|,? called|,? named"
    rf"|,? is| was|:)? (?:our |big |little |poor |wee |gorgeous |beautiful |lovely |dear |old |young )*$"
)
# Right before the name: surely a person.
BEFORE = re.compile(
    r"(?i:(?<![\w'])(?:tell|ask|see|remind|text|ring|rang|msg|message|messaged|dm|inbox|whatsapp|call"
    r"|phone|contact"
    r"|thank|helped?|married|poor|owd|cheers|thanks|ta|thx|thank you|thankyou|tysm|"
    r"well done|hats off to|hi|hiya|hello|hey|ey up|ay up|dear|sorry|yes|rip|r\.i\.p\.?|bless|congrats"
    r"|congratulations"
    r"|happy birthday|happy (?:[0-9]{1,3}(?:st|nd|rd|th)|anniversary)(?: birthday)?|get well soon|good luck"
    r"|(?:morning|afternoon|evening|night)|loss|attn|fao|f\.a\.o\.|c/o|tenant|driver|child|pupil|resident|"
    r"me and|me &|me or|us or|us and|him and|her and|with me,|my|your|ur|yer|our|mi|baby|lil"
    r"|mister),? (?:to )?(?:our |big |little |poor |wee |gorgeous |beautiful |lovely |dear |old |young )*$"
    r"|\b(?:leav|left|hand|g[ai]v|pass|drop|pa[iy]|return|send|sent|tak|took|br[io]ught|bring|report"
    r"|sp[eo]ak|spoke|talk"
    r"|chat|deliver|post|appl|reply|say|said|money|cash|cheque|note|word|back|wave|shout|shout ?out|thanks"
    r"|love|congrats"
    r"|married|belong|credit|signed|sold|lent|borrow)\w*[^.!?,;\n\[]{0,24} (?:to|with|wi|off|by) $"
    r"|\b(?:signed for|taken in|run|made|organised|posted|driven|found|collected|knitted|baked|written"
    r"|fixed|led) by $"
    r"|\b(?:parcels?|letters?|post|package|delivery|deliveries|cards?|meds|tablets|prescription|mail"
    r"|appointment"
    r"|messages?|flowers|present|cake|number|passport|payment|place|space|seat|lift|wheelchair|collection"
    r"|whip-?round"
    r"|looking|search(?:ing)?|ask(?:ing)?|thoughts|prayers|worried|sorry|refund|nursery|bed|card"
    r"|\]) (?:for|about|with) $"
    r"|(?<![\w'])(?:names?(?:'s| is| was)?|goes by|name of|known as|nicknamed|(?:posting|signed|registered"
    r"|listed|down) as|any(?:one|body|1) (?:know|knows|seen|remember|remembers)|ignore|calls (?:him"
    r"|her)self|calling (?:him|her)self) $"
    rf"|{KIN_BEFORE}"
    rf"|\b(?:{TRADE})(?:,| is| was|:| called)? (?:big |our )?$"
    rf"|{MARKS}[,.:;)]*(?: -|–|,)? (?:x+ )?(?:name |thanks,? |cheers,? |ta,? )$)"
    r"|(?<!the )(?<!The )(?<![\w'])(?:Big|Little|Old|Owd|Young|Lil|Mad|Fat|Tall|Auntie|Aunty|Uncle) $"
)
# Right after it: surely a person.
AFTER = re.compile(
    rf"(?i:['’]s (?:late |old |eldest |youngest |little |poor )?(?:{KIN}|funeral|wake|ashes|grave|house"
    rf"|garden|hedge|drive"
    r"|driveway|bins?|shed|front door|fence|flat|stall|birthday|wheelchair|medication|memorial)\b(?! of)"
    r"|,? (?:next door|over the road|across the road|down the road|two doors)"
    r"|,? (?:and|&) (?:me|i|my|myself|his|her|family|the kids|the family|the lads)\b(?! the)"
    r"|,? (?:if|when) (?:you|u|ur|you're|youre|your|yr) (?:see|reading|read|ar[e']|re\b|can see|get|want"
    r"|could|can|know)"
    r"|,? (?:please |pls |plz )(?:ring|call|text|message|contact|get in touch|come home)"
    r"|,? (?:get in touch|ring (?:me|your|ur|us|home|him|her)|call (?:me|home|your)|come home)\b"
    r"|,? \(?(?:aged? )?[1-9][0-9]?(?:\)|,(?! ?[0-9])| years?\b| yrs?\b| ?yo\b| today| this (?:week|sat"
    r"|sun|mon|fri))"
    r"|,? here(?:[,.!:]|$| from| again| with| and)"
    rf"|,? (?:from|at|in|on|off|of|behind|opposite|upstairs|up)(?: (?:the|our|my|no\.?|number|next|an?|his"
    rf"|her))?"
    rf"(?: [\w'’\-]+){{0,2}}? (?:{PLACE}|\[number\])(?![\w])"
    r"|,? who (?:did|does|came|fixed|runs|works|helped|found|took|lives|drives|cleans|cuts|walks|brought"
    r"|gave|looks"
    r"|looked|sat|stopped|made|used to|kindly|is collecting|has the|had the|lost)\b"
    rf"| the (?:{TRADE})\b"
    r"|,? (?:dob|d\.o\.b\.?|born)\b"
    r"| (?:passed away|passed on|passed peacefully|has died|died)\b"
    r"|['’]?s?,?(?: on| at|:| -| \(| is|\.)? ?\[(?:phone|e-mail|number|account|bank details|date of birth)\])"
)
# What only may tell a person: a name alone between commas or brackets, or doing what people do.
DOES = (
    r"(?:said|says|told|wrote|put|puts|thought|phoned|moved (?:in|out|away|to)|picked|wants|needs|rang"
    r"|knocked|waded|popped|came (?:out|round|over|down|back|and)|lives|lived|knows|reckons"
    r"|thinks|deserves?|loves|hates|works|worked|retires|retired|drops?|dropped|drove|fell|broke|collects"
    r"|cooks|knits|bakes"
    r"|makes|made me|walks|walked (?:in|home|up|out|off|the)|cried|asked|helped|offered|lent|gave (?:me|us"
    r"|him|her|my)|sold me|owes"
    r"|kept|lost (?:his|her|my|the)|found (?:my|the|our|a|his|her)|left (?:his|her|my|it|the)|took (?:my"
    r"|our|the|him|her|it)"
    r"|has (?:it|him|her|my|our|been|a|got|had|lost|the|just|moved|passed|agreed|offered|started)|had (?:a"
    r"|his|her|my)"
    r"|does (?:the|my|our|a|it|his|her|baby|all|not|hair|nails|lunches)|did (?:my|our|it|the|a|his|her)"
    r"|went (?:in|to|out|off|over|down|up|round|missing)|got (?:the|a|jumped|hit|knocked|it|him|her|my|his"
    r"|home|stuck)"
    r"|(?:is|was|isn't|wasn't|has been|will be|'ll be) (?:ok|okay|fine|poorly|ill|off|home|back home|safe"
    r"|missing|not well|only|a star"
    r"|a legend|a diamond|an angel|lovely|still|always|never|on holiday|coming|going|getting|having"
    r"|selling|collecting|organising"
    r"|doing|in hospital|in resus|in bits|in tears|upset|gutted|heartbroken|terrified|scared|crying"
    r"|pregnant|home now"
    r"|[1-9][0-9](?! ?[%a-z£])|the one|my|our|his|her|so (?:upset|kind|good|proud)|sat|stood|taking|running)"
    r"|from (?:the|our|my|down|up|over|at) [a-z]+"
    r"|would have|wouldn't have|won't be|couldn't)"
)
CALLED_OUT = re.compile(
    r", (?:you|your|ur|u|can|could|would|please|pls|plz|thank|thanks|we|i|if|stop|get|give|ring|come|bring"
    r"|move|pick)\b",
    re.IGNORECASE,
)
MAY_AFTER = re.compile(rf"(?i: {DOES}(?!\w))")
DAYS = re.compile(
    r"(?i:\b(?:mon|tues?|weds?|thurs?|fri|sat|sun)(?:day|nesday|sday|rday|urday)?s?:? ?[:\-–]? $)"
)
OTHER_DAY = re.compile(
    r"(?i:\b(?:mon|tues?|weds?|thurs?|fri|sat|sun)(?:day|nesday|sday|rday|urday)?s?:? ?[:\-–]? )(?=[A-Z\[])"
)
ITS = re.compile(
    r"(?i:(?<![\w'])(?:it['’]?s|it is|it was|was it|this is|i['’]?m|i am|who['’]?s|where['’]?s|that['’]?s"
    r"|that was|says|regards) $)"
)
ITS_AFTER = re.compile(
    r"(?i:[,.!?](?: |$|\n)| (?:here|from|at|off|again|next|with|that|who|on|wot|what|in)\b|['’]s\b|$)"
)
MARKED, COMMA = re.compile(MARKS + r"[,.:;)]* $"), re.compile(r", [a-z]")
ALONE = re.compile(r"[ ]?[,)]")
SHORT_END = re.compile(r"[\s.!x]*$")
PETS = re.compile(
    r"(?i:\b(?:dogs?|cats?|pupp(?:y|ies)|pups?|kittens?|labrador|staffie|spaniel|terrier|whippet|budgie"
    r"|parrot|tortoise|rabbit"
    r"|ferret|hamster|horse|pony|donkey|goat|hens?|seagulls?|digger|microchip(?:ped)?|collar|answers to"
    r"|duck|swan|goose|pigeon|statue"
    r"|robot|boiler|gnome|hoover)\b)"
)
PET_CUE = re.compile(
    r"(?i:\b(?:answers to|dog|cat|pup|puppy|kitten|bottle|duck|swan|marrow|gnome)(?:'s)?,? (?:called "
    r"|named )?$)"
)
LETTER = re.compile(  # "D H Lawrence", "Storm Bert"
    r"(?:(?<!\w)[A-Z]\.? ?|\b(?i:storm|hurricane|saint|st|hms|fort|mount|king|queen|prince|princess|pope"
    r"|duke|earl|sir|lord"
    r"|lady|dame)\.? )$"
)
NICKED = re.compile(rf" [\"“(']{ONE}[\"”)'] {ONE}")  # Dorothy "Dot" Fettle
COUPLE = re.compile(rf" (?:&|and|n) ({ONE})(?![\w'’])(?! {ONE})")
LINKS = re.compile(
    r"(?i:(?<![\w'])(?:of|like|as|than|called|loves?|watch(?:ing|ed)?|se+|saw|to|at|in|for|from|with|on"
    r"|about|right|wrong|and|or|by|a|an"
    r"|the|is|was|were|be|are|into|near|via|past|through|off|over|not|no|another|every|some|any|said"
    r"|drink(?:ing)?) $)"
)
NEXT = re.compile(r" ([\w']+)")
PAIRED = re.compile(rf"({ONE}) (?:&|and|n) $")
INSIDE = re.compile(r"[\w,'’)] +[A-Z][\w'’\-]* $")
ARTICLE = re.compile(r"(?<![\w'])(?i:an?|the|another|this|that|new) $")
FAMOUS, IN_OFFICE = (re.compile(rf"(?i:\b(?:{words})\b)") for words in (FAME, OFFICE_TALK))
# Small letters: the cue or what follows must be sure.
LOW_BEFORE = re.compile(
    r"(?i:(?<![\w'’])(?:my name(?:'s| is)|names?(?: is|'s)?|(?:man|woman|lad|lass|bloke|fella|guy|lady"
    r"|girl|boy|kid|chap|driver|owner|son|daughter|he'?s|she'?s|he is|she is) called|goes by|calls (?:him"
    r"|her)self|ask for|tell|ring|text|msg|message|call|contact|thanks|cheers"
    r"|ta|thank you|thankyou|thx|well done|rip|r\.i\.p\.?|our|ur|my|uncle|aunt|auntie|aunty|mister|it'?s"
    r"|its|i'?m|this is"
    r"|hi|hiya|hello|hey|ey up|sorry|dear|owd|baby|parcel for|letter for|name of|belongs? to|looking for"
    r"|me and|speak to|spoke to"
    r"|thanks to|name:?|patient|tenant|happy birthday|happy (?:[0-9]{1,3}(?:st|nd|rd"
    r"|th))(?: birthday)?) (?:to )?(?:our |big |little )?"
    rf"|{KIN_BEFORE.removesuffix('$')}|\b(?:{TRADE})(?: called| is|,)? )$"
)
LOW_AFTER = re.compile(
    rf"['’]s (?:{KIN})\b| next door| over the road| here[,.! ]| if (?:you|u|ur|your)\b"
    rf"| [b-hj-mo-qstvwz](?:\.| from| if|$)"
    rf"|,? from (?:the )?(?:{PLACE})\b|,? (?:dob|d\.o\.b|born)\b|,? \(?\[(?:phone|e-mail|date of birth"
    rf"|account|number)\]"
    r"|,? (?:[1-9][0-9]?),"
)
# A surname in small letters, by its ending: a word of talk that ends so is seldom one.
LOW_ENDING = re.compile(
    r" (?!(?:person|reason|season|lesson|poison|prison|button|cotton|carton|valley|barley|trolley|volley"
    r"|parsley"
    r"|nearby|rugby|standby|afford|unwell|farewell|plywood|medley)\b)[a-z'\-]{2,}"
    r"(?:son|ton|ley|ski|ska|wick|thwaite|ford|ham|by|well|wood|worth|shaw|bourne|croft|dale|escu|enko"
    r"|wicz|czyk|iak"
    r"|kova|eva|pour|zadeh|ullah|combe|cott|hurst|bottom|bury|smith|wright)(?![\w'\-])"
)
LOW_SURNAME = re.compile(
    r" (?P<last>[a-z]{3,}-[a-z]{3,}(?![\w'\-])|[a-z]{2,}[a-z'\-]{2,}(?=,|\.(?:\s|$)|\)|$|,? (?:\[|dob\b"
    r"|d\.o\.b|born\b|aged?\b|\(|who\b|from\b|(?:at|on) \[)))"
)
LOW_INITIAL = re.compile(r" [b-hj-mo-qstvwz]\b\.?(?= (?:if|from|was|is|here|who|at)\b|,)")
LOW_MARK = re.compile(r",? (?:\[|dob\b)")
LOW_BOTH = re.compile(r" ([a-z]{3,})\b")
LOW_OFFICE = re.compile(r"(?: [a-z'\-]+)? (?:mp|cllr|councillor)\b")
LOW_FREE = re.compile(r"(?:^|[.!?:;,(\n] ?)$")
LOW_ENDS = re.compile(r"(?:[.!?…\n] ?|[a-z] x+ |\b(?:thanks|cheers|ta|regards|love|from|xx?) )$")
