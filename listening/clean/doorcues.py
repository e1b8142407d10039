"""Cues of a door: what leads to the number of a house, and what says that it counts something else."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

# "Coming in at number 4": a rank; "moved in at number 4" is none.
RANK = re.compile(r"\b(?:com(?:es?|ing)|came|straight|back|new) in $", re.IGNORECASE)
VOLUME = re.compile(r"\b(?:vol(?:ume)?|issue|series|part|book|chapter|bus|tram|route)\b", re.IGNORECASE)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
IN_WORDS = (
    rf"(?:(?:{_TENS})(?:[- ]?(?:{_ONES}))?|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve"
    rf"|(?:{_ONES})|a hundred(?: and (?:{_ONES}|ten|(?:{_TENS})(?:[- ](?:{_ONES}))?))?)"
)
_FIGURE = r"[0-9]{1,3}(?:[ ]?[a-fA-F](?![\w']))?"
ONE = rf"(?:{_FIGURE}|{IN_WORDS}\b)"
_JOIN = (
    r"(?:,? (?:and|or|&|to|then|instead of|not|rather than) (?:at |number |no\.? ?)?|, (?=[0-9])"
    r"|[\-–&/](?=[0-9]))"
)
_ROW = rf"{ONE}(?:{_JOIN}{ONE}){{0,5}}"
_STOP = r"(?![\w%£$€°]|[.:,][0-9]|[\-–/][0-9A-Za-z]|['’](?!s\b))"
# It counts, or tells a time or an age.
NOT_HOMES = (
    r"(?!,? ?(?:bus(?:es)?|trams?|trains?|route|service|am|pm|a\.m|p\.m|o'?clock|oclock|mph|km|kmh|degrees"
    r"|years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|miles?|metres?|ft|feet|foot|quid|pounds?"
    r"|pence|percent|per|each|times|people|percent|points?|on the (?:list|back|column|(?:lamp ?)?post)"
    r"|in the (?:morning|afternoon|evening|charts?|league|world|country|queue)|at night|tonight|tomorrow"
    r"|today|sharp|til|till|until|onwards|prompt|ish|for (?:the )?(?:stags|forest|county|town|england)"
    r"|priority|issue|reason|rule|complaint|fan|fans|hit|seed|shirt|spot|choice|problem|concern"
    r"|question(?! mark)"
    r"|cause|enemy|suspect|song|single|album|best|worst|most|will go|goes|every|or so|odd|plus|more|less"
    r"|colliery|pit|shaft|platform|pitch|court|tee|dock|furnace|in favour|against|votes?|goals?|runs?"
    r"|wickets?|nil|all)\b)"
)
HOMES = re.compile(
    r"\b(?:neighbou?rs?|next ?door|door|doors|parcel|parcels|evri|hermes|dpd|yodel|amazon|delivered|delivery"
    r"|courier|post|postie|postman|letters?|mail|landlord|landlady|tenants?|damp|mould|flooded|flooding out"
    r"|live|lives|lived|living|moved|moving|estate|cul-?de-?sac|bungalow|cottage|semi|terrace|gardens?"
    r"|hedges?"
    r"|fences?|drive|driveway|extension|loft|wheelie|bins?|my house|our house|her house|his house|their house"
    r"|house|houses|lights? (?:are |is )?(?:out|off)|dog|barking|cats?|noise|party|music|rent|rented|flat"
    r"|flats|plot|corner|gate|wall|roof|chimney|curtains|knock\w{0,3}|doorbell|keys?|new build|overgrown"
    r"|knotweed"
    r"|rubbish|couple|lady|bloke|folk|family|address|ours|opposite|doorstep|gas bill|meter|water main|leak"
    r"|power|electric|washing|kitchen|bathroom|heating|boiler|council house|row|end house|scaffold\w*|skip"
    r"|caravan|widow|widower|nicked|burgled|broken into|converters?)\b",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"\b(?:bus|buses|tram|trams|route|charts|played|striker|keeper|squad|shirt|raffle|lottery|bonus ball"
    r"|downing|play(?:s|ing) (?:for|at|in|left|right|against)|world|midfield\w*|player|quarter-final|premier"
    r"|top of the league|agenda"
    r"|top (?:three|five|ten|[0-9]{1,3})|on the (?:waiting |housing )?list|waiting list|ranked|rankings?)\b",
    re.IGNORECASE,
)
# "at number 12", "number 14's dog", "numbers 7 and 9"; not "bus number 12", "the number 12", "peg number 4".
NUMBERED = re.compile(
    rf"(?P<lead>(?:^|[.!?;:,(\n\-–\"“]\s?|\b(?:(?P<sure>at|outside|opposite|lives? at|living at|from|by"
    rf"|behind"
    rf"|near|beside|next to|against|(?:resident|tenant|occupier|owner)s? (?:of|at)"
    r"|(?:cellar|loft|attic|gardens?|drains?|roof|chimney|gate|doorstep|drive|steps|back|front|side) of"
    r"|(?:cards?|flowers|donations|cakes?|eggs|forms|replies|returns|entries|clothes|keys|offers|tins"
    r"|cash) to"
    r"|house|door|flat"
    rf"|bungalow|flats|houses|home)|to|of|and|or|for"
    rf"|(?P<mine>(?:mine|ours|hers|his|house|address|we|they|i|it) (?:is|are|am)|it's|its|we're|i'm|im)|in"
    rf"|with|that|but|so|only|our|my|both|old|saw|told|think|because|cos) ))"
    rf"(?P<word>(?:house |door |flat )?(?:numbers?|nos?\.|nos?(?= ?[0-9])|nr\.?) ?)(?!10\b(?!['’]s| "
    rf"(?:and|or|who|has|had))|one (?:of|thing|in|is to|on the))(?P<row>{_ROW}){_STOP}{NOT_HOMES}",
    re.IGNORECASE | re.MULTILINE,
)
_WHO = (
    r"(?:lady|woman|man|bloke|lad|lads|lass|girl|boy|couple|chap|fella|guy|family|folks?|people|lot"
    r"|somebody|someone|neighbou?rs?|tenants?|students|owner|owners|landlord|residents?|pensioner|gent"
    r"|gentleman|widow|idiot"
    r"|nutter|dealer|dealers|kids|druggies|cat|dog|dogs|hedge|fence|extension|skip|alarm|party|damp|mould"
    r"|conservatory|dormer|conversion|gutter(?:ing|s)?|shed|wall|porch|conifers?|leylandii|decking|balcony"
    r"|outhouse"
    r"|leak|drains?|bins?|roof|chimney|gate|garden|trees?|caravan|house|bungalow|flat|door|building work"
    r"|scaffolding|parties|works)"
)
AT = re.compile(
    rf"(?P<lead>\b(?:(?P<lives>who['’]?s|who is|whoever(?:['’]?s| is| lives| are)?|anyone|(?:i|we|she|he"
    rf"|they|who|that|and|still|mum|dad|nan"
    rf"|nana|gran|grandad|parents|mother|father|sister|brother|daughter|son|actually|also|lad)"
    rf" (?:all |both |only |just |now |still |also )?(?:live|lived|am living|reside)|lives|living|residing"
    rf"|resident)|(?P<who>{_WHO})|(?P<put>left|delivered|dropped(?: off)?|handed in|posted|put|signed for"
    rf"|parcel|post|collect(?:ed)?|collection|pick(?:ed)? (?:it )?up|knock|tulips|flowers|card|call)"
    rf"|(?P<still>still|him|her|them|now|here|me|i'm|im|we're|is|are|was|be|mine|ours|hers|both|over|up"
    rf"|down)) at )(?P<row>{_ROW}){_STOP}{NOT_HOMES}",
    re.IGNORECASE,
)
# What stands at a house and keeps no hours, and what is said of it: "the fence at 11 came down".
FIXED = frozenset(
    "hedge fence extension conservatory dormer conversion gutter guttering gutters shed wall porch conifer "
    "conifers"
    " leylandii decking balcony outhouse roof chimney tree trees caravan scaffolding drain drains gate "
    "garden house"
    " bungalow damp mould leak".split()
)
PEOPLE = frozenset(
    "lady woman man bloke couple chap fella family neighbour neighbours neighbor tenant tenants owner "
    "landlord"
    " resident residents pensioner gent gentleman widow idiot nutter dealer dealers students"
    " somebody someone caravan".split()
)
STANDS = re.compile(
    r"(?:,? (?:that|which|who) |,? its |,? it's | )(?!(?:this|as|plus|yes|sharp|his|minutes|hours|days"
    r"|times|us|opens?|opened|closes?|closed|shuts?|starts?|locks|locked|lives"
    r"|(?:is|are|was|were) (?:on (?!the)|supposed|due|coming|(?-i:[A-Z])))\b)"
    r"(?:is|are|was|were|has|have|had|been|need|wants?|came|went|fell|still|must|keeps?|[a-z]{3,12}(?:s|ed"
    r"|ing))\b",
    re.IGNORECASE,
)
# What is said of those who live there: "the couple at 9 have a cockerel".
KEEPS = re.compile(r" (?:have|has|had|keeps?|kept|lets?|feeds?|won't|never|always)\b", re.IGNORECASE)
# The street told after the number: "we're number 18 on Cobden Street".
ON_STREET = re.compile(
    r",? (?:on|in|of|down|up) (?:(?:[A-Z][\w']+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close"
    r"|Crescent|Court|Grove|Terrace)|(?:our|this) (?:street|road|lane|close|row))\b"
)
# What may stand before "at", by its last word.
AT_LAST = re.compile(
    rf"\b(?:who['’]?s|whoever(?:['’]?s)?|is|anyone|lived?|lives|living|reside|residing|resident|{_WHO}"
    rf"|work|left|delivered"
    rf"|dropped"
    r"|off|in|posted|put|for|parcel|post|collect(?:ed)?|collection|up|pick(?:ed)?|knock|tulips|flowers"
    r"|card|call"
    r"|still|him|her|them|now|here|me|i'm|im|we're|are|was|be|mine|ours|hers|both|over|down) at $",
    re.IGNORECASE,
)
POSTED = re.compile(
    r"\b(?:parcel|package|evri|hermes|dpd|yodel|amazon|royal mail|courier|deliver(?:y|ed|s|ing)?|post|postie"
    r"|letter|card|flowers|tulips|bin|bins|note says)\b",
    re.I,
)
MINE = re.compile(
    rf"(?P<lead>\b(?:hers|mine|ours|theirs|his|yours|address|house) (?:is |was )(?:only |just |actually )?)"
    rf"(?P<row>{_FIGURE}){_STOP}{NOT_HOMES}",
    re.IGNORECASE,
)
MAILED = re.compile(
    r"\b(?:post|postie|postman|parcels?|letters?|mail|bill|bills|delivery|delivered|evri|courier|address"
    r"|wrong house|wrong door|next ?doors?)\b",
    re.I,
)
FLAT = re.compile(
    r"(?P<lead>(?<!a )(?<!\w)(?:flat|apartment|apt|bungalow)(?:(?: above| below| upstairs"
    r"| downstairs)?, (?=[0-9]{1,3}[a-f]\b)|\.? )(?:no\.? ?|number |nr\.? ?|is (?=(?-i:[A-H]"
    r"|[0-9]{1,3}[A-Ha-h]?)[,.;]))?)"
    r"(?P<row>[0-9]{1,3}[a-zA-Z]?(?:(?: and | & |, | or )[0-9]{1,3}[a-zA-Z]?\b){0,3}"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=,| (?-i:[A-Z])|\s?[.;!?)]|$"
    r"| (?:at|in|on|of|is|has|above)\b)"
    r"|[a-h](?=\s?(?:[,.;:!?)\n]|$|['’]s|at |in |on |is |has |above |below |upstairs ))|(?-i:[A-H])\b)"
    r"(?![\w%£]|[.:][0-9]|,[0-9](?![0-9]{0,2}[a-z]? (?-i:[A-Z]))|['’](?!s\b)| ?(?:rate|fee|inch|inches|quid"
    r"|pounds?|p\b|percent|per|metres?|pack"
    r"|packs|bed|beds|tyres?|bottles?|screen|white|caps?|miles?|hours?|minutes?|years?|months?|weeks?|days?"
    r"|string|key|major|minor|-(?! ?(?-i:[A-Z]))))",
    re.IGNORECASE,
)
HOUSE = re.compile(
    rf"(?P<lead>\b(?:(?:house|door) (?:number|no\.?|nr\.?)(?: is|['’]?s|:|=|,)? ?"
    rf"|(?:at|in|of|outside|opposite|by|from|to) house ))(?P<row>{_ROW}){_STOP}{NOT_HOMES}",
    re.IGNORECASE,
)
# "4 The Hollies": a house among a few that share a name.
NAMED = re.compile(
    r"(?P<lead>(?:^|[,;:(/] ?|\b(?:at|to|from|of|outside|opposite|by|live|near|is|in|no\.?|number) ))"
    r"(?P<row>[0-9]{1,3}[a-f]?),? "
    r"(?=(?i:the) (?:[A-Z][a-z]+ )?(?i:hollies|paddocks?|green(?! part)|crescent|avenue|close|mount|drive"
    r"|orchards?|meadows?|limes|poplars|willows|elms|beeches|laurels|firs|oaks|chestnuts|cedars|crofts?|oval"
    r"|square|grove|lane|row|spinney|coppice|copse|glade|rise|ridgeway|dale|dell|mews|cottages|maltings"
    r"|granary|stables|courtyard|gables|birches|pines|larches|rowans|maples|hawthorns|sycamores|acres?|nook"
    r"|pastures|twitchell|broadway|fairways?|lawns|hallows|bungalows|woodlands|cloisters|glebe|leas?|link"
    r"|oaklands|old \w+|shires|forge|park|pines|terrace|walk|wharf|yews|heath|hawthorn|leys|beeches|vines"
    r"|brambles|ashes)\b)",
    re.MULTILINE,
)
# "33, NG15 6…": right before a postcode that was a whole one.
CODED = re.compile(
    rf"(?P<lead>(?:^|[\s,(])(?<!(?i:aged) )(?<!(?i:age) )(?<!(?i:am) )(?<!i'm )(?<!is ))(?:(?:no\.?|number"
    rf"|nr\.?) ?)?(?P<row>{_FIGURE})"
    rf"(?=[, \n]{{1,2}}[A-Z]{{1,2}}[0-9][0-9A-Z]? [0-9]…)",
    re.MULTILINE,
)
# "parcel meant for 44", "bins outside 12 and 14".
SENT = re.compile(
    rf"(?P<lead>\b(?:deliver(?:ed|y|ing)?|go|goes|went|gone|take|taken|took|came|come|sent|belongs?|meant"
    rf"|intended|post(?:ed)?|parcels?|packages?|letters?|mail|left|handed|signed for) "
    rf"(?:it |them |this |that |in )?(?:to|for|with|by|next door to) )(?P<row>{_ROW}){_STOP}"
    r"(?=\s*(?:[,.;:!?)]|$|\b(?:not|instead|and|but|again|who|has|had|so|which|because|cos|yesterday"
    r"|when|left"
    r"|thanks|please|pls|opposite|by mistake|down|up|across|over)\b))",
    re.IGNORECASE,
)
BESIDE = re.compile(
    rf"(?P<lead>\b(?:outside|opposite|in front of|(?P<sure>next door to|(?:resident|tenant|landlord|occupier"
    rf"|owner)s? of)|next to"
    r"|behind|(?:back|front|rear|side|garden|end|drive|gate|roof|window|fence|hedge|wall|bins?) of) )"
    rf"(?P<row>{_ROW}){_STOP}{NOT_HOMES}"
    r"(?=\s*(?:[,.;:!?)]|$|\b(?:not|and|but|again|who|has|had|have|is|was|were|are|so|which|because|cos"
    r"|yesterday|when|please|pls|there|full|all|needs?|won['’]?t|with|since|on|i|we|he|she|they|this|last"
    r"|at|in)\b))",
    re.IGNORECASE,
)
# Painted on a door or bin: "our front door with 26 on it".
PAINTED = re.compile(
    rf"(?P<lead>\b(?:with|got|has|have|says|saying|marked|reads|numbered) (?:a |the number |number |no\.? )?)"
    rf"(?P<row>{_FIGURE})"
    r"(?= (?:on (?:it|them|the (?:side|lid|front|door|gate|back|wall|bin))|painted|written|stuck on|sprayed"
    r"|daubed|in (?:white|black|red|gold|big|paint)))",
    re.IGNORECASE,
)
# "We are 129, not [number] Mansfield Road", and the town between a street and its number.
NOT_THAT = re.compile(
    r"(?<![\w£$€.,:/\-])[0-9]{1,3}[a-f]?(?=,? (?:not|or|instead of|rather than) \[number\])"
    r"|(?<=\[number\])(?P<not>,? (?:not(?: at| from| to| for)?|instead of|rather than|(?P<mine>(?:(?:and"
    r"|but) )?(?:i['’]?m|i am"
    r"|we['’]?re|we are|(?:mine|ours|hers|his) is)(?: at)?)) )[0-9]{1,3}[a-f]?(?![\w.:/%£\-])"
    r"(?! (?:years?|now|and still)\b)",
    re.IGNORECASE,
)
BEYOND = re.compile(
    r"(?P<lead>\b(?i:street|st|road|rd|avenue|ave|lane|drive|close|crescent|court|grove|terrace|way"
    r"|gardens)\b,?(?: [A-Z][a-z]+){1,2},? )"
    rf"(?i:no\.?|number) ?(?P<row>{_FIGURE})(?![\w%:/\-]|\.[0-9])"
)
