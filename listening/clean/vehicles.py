"""Vehicles: the words beside which a number is a plate, and short words that are none."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from ahocorasick_rs import AhoCorasick, Implementation

MAKES = (
    "bmw audi ford transit corsa golf fiesta focus astra clio polo mercedes merc vauxhall nissan toyota "
    "honda peugeot renault citroen citroën skoda kia hyundai tesla qashqai micra insignia passat jeep hilux "
    "sprinter vivaro berlingo kangoo trafic zafira mondeo escort cortina capri sierra anglia granada morris "
    "marina metro rover triumph daimler jaguar jag bentley rolls royce volvo saab ibiza leon fabia octavia "
    "superb yaris aygo auris corolla prius civic jazz crv picanto ceed sportage niro tucson i10 i20 i30 "
    "landrover rangerover juke navara mazda suzuki vitara jimny subaru forester mitsubishi outlander"
    " l200 lexus porsche ferrari "
    "lamborghini maserati alfa fiat panda punto ducato mini cooper dacia duster sandero mg mgb mgf twingo "
    "megane scenic captur kadjar picasso xsara saxo beetle tiguan touran touareg sharan caddy volkswagen vw "
    "iveco daf scania luton defender freelander discovery evoque vogue yamaha kawasaki ducati vespa harley "
    "allegro mokka meriva agila antara kuga puma ecosport hearse limousine limo campervan camper motorhome "
    "moped motorbike scooter tractor quad minibus lorry hgv truck pickup van car caravan trailer hatchback "
    "saloon convertible suv cab taxi"
).split()
_KINDS = (
    "cars vans vehicle vehicles reg regs registration registered plate plates vrm driver driving drives "
    "drove parked 4x4 trucks lorries jeeps taxis dashcam clipped mot clamped clampers clamping clamp towed "
    "tailgating tailgated overtook overtaking undertook undertaking untaxed sorn windscreen bumper"
    " moped mopeds "
    "motorbikes bikers zigzags wheelies loader chauffeur zafiras impounded parking bay bays"
).split()
_NAMED = "|".join(re.escape(word) for word in sorted({*MAKES, *_KINDS}, key=len, reverse=True))
VEHICLE = re.compile(
    rf"\b(?:{_NAMED}|range rover|land rover|fly[ \-]?tipp\w{{0,5}}|hit and run|number ?plates?)\b",
    re.IGNORECASE,
)
REG = re.compile(r"\b(?:regs?|registration|plates?|number ?plates?|vrm)\b", re.IGNORECASE)
GATE = AhoCorasick(sorted(MAKES), implementation=Implementation.DFA)
OTHER_CODE = re.compile(
    r"\b(?:flight|model|part|serial|ref(?:erence)?|code|version|postcode|product|batch"
    r"|size)\W{0,3}(?:no|number)?\W{0,3}$",
    re.IGNORECASE,
)
WORDS = frozenset(
    (
        "ADD AGE AGO AID AIM AIR ALE ALL AND ANT ANY APP ARE ARM ART ASK ATE BAD BAG BAN BAR BED BEE BET "
        "BIG BIN BIT BOX BOY BUS BUT BUY CAN CAP CAR CAT CUP CUT DAD DAY DIE DID DIG DOG DRY DUE EAR EAT "
        "EGG END ERA EVE EYE FAN FAR FED FEE FEW FIT FIX FLU FLY FOR FUN GAP GAS GET GOD GOT GUN GUY GYM "
        "HAD HAM HAS HAT HER HEY HIM HIS HIT HOT HOW ICE ILL ITS JAB JAM JOB JOY KEY KID KIT LAD LAW LAY "
        "LEG LET LID LIE LIT LOG LOT LOW MAD MAN MAP MAY MEN MET MIX MOB MOM MOT MPH MUD MUG MUM NEW NET "
        "NIL NOR NOT NOW NUT ODD OFF OIL OLD ONE OUR OUT OWE OWN PAN PAY PEN PER PET PIE PIN PIT POT PRO "
        "PUB PUT RAN RAT RAW RED RIP ROW RUN SAD SAT SAW SAY SEA SEE SET SHE SIT SIX SKY SON SUE SUM SUN "
        "TAX TEA TEN THE TIE TIN TIP TOE TON TOO TOP TOY TRY TWO USE VAN VAT VET WAR WAS WAY WEB WET WHO "
        "WHY WIN WON YES YET YOU ZOO JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC GMT BST KMH MIN SEC HRS "
        "YRS PPL PCM COS CUZ HRS LBS GBP EST ISH PTS BBC ITV NHS USA MPS PCS TVS ETC VIA TIL WAN OWT NOWT "
        "TWA"
    ).split()
)
# What a model is called, or its engine.
TRIMS = frozenset(
    (
        "GTI TDI HDI CDI TFSI TSI DCI GLS GLX XLT SRI CDX VTS VTR VXR HSE SXI CDTI DCI BHP MPG RST SDI TDCI "
        "GSI GTE GTD GSR MPV SUV CUP AMG CLK SLK CLS GLA GLC GLE TTS VRS PHEV HEV ABS AWD FWD RWD LTD LWB "
        "SWB ZTS TDV STR XRI GLI GTV GTS EVO WRX STI HGV PSV LGV TON CWT KWH PLY BAR PSI VED DPF EGR CAZ "
        "NCT RAC DVLA AAA RTC RTA"
    ).split()
)
PAIRS = frozenset(
    (
        "AM AN AS AT BE BY DO ED EU EX GO HE IF IN IS IT ME MR MY NO OF OH OK ON OR PM SO TO TV UK UP US VS "
        "WE"
    ).split()
)

# Two letters before a number in what a model is called.
MODELS = frozenset("XC CX MX EX UX NX RX GX LX ID GT RS EV GL DS MG TT CR HR BR SQ RAV EQ".split())


def no_word(letters: str) -> bool:
    """Whether three capitals can be no word of English: no vowel, or a Q without its U."""
    return letters not in WORDS and (not set(letters) & set("AEIOUY") or "Q" in letters.replace("QU", ""))
