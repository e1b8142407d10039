"""Invented cases for ``safety``: what a tool for abuse must tell apart, and UK forms of personal data.

The functions are those of HateCheck (Röttger and others 2021) as a council meets them, in sentences of our
own; names and numbers are nobody's (Ofcom's and others' numbers for drama where there are any).
"""

WHO = (
    "Cllr Fettlewick",
    "the parking warden",
    "you",
    "that woman on the planning committee",
    "the lad at number nine",
)
# Function: whether it is abuse, and patterns; {who} is each of WHO in turn.
FUNCTIONS: dict[str, tuple[bool, tuple[str, ...]]] = {
    "direct threat": (True, (
        "I'm going to smash {who} in the face, see if I don't", "next time I see {who} I'll break their legs",
        "someone should burn their house down, {who} has it coming", "we will find {who} and stab {who}",
    )),
    "wish of harm": (True, ("I hope {who} gets cancer", "{who} deserves to be shot",
    "hope {who} dies in a crash")),
    "knows where you live": (True, ("we know where you live, {who}",
    "watch your back {who}, we know your car")),
    "coarse insult": (True, ("{who} is a lying bastard", "what a wanker {who} turned out",
    "{who}: total dickhead")),
    "plain insult at somebody": (True, ("you are an absolute moron", "you stupid fat cow",
    "you pathetic little worm", "he is a vile idiot")),
    "masked insult": (True, ("{who} is a tw*t", "shut your mouth you b1tch", "absolute w@nker, {who}",
    "you p r i c k", "useless c**t")),
    "go home": (True, ("go back to your own country", "send them all back",
    "they should go back where they came from, get back on your boat")),
    "mild swearing": (False, ("bloody potholes again", "this crossing is a bastard",
    "what a shitty week for buses", "sod the bins, I give up")),
    "harsh criticism": (False, (
        "{who} has been useless from start to finish and should resign",
        "the council are clowns, every one of them",
        "an utter disgrace, {who} should be ashamed", "clueless, idle and a waste of our council tax",
        "this lot could not run a bath",
        "killing our high street with parking charges", "I could strangle whoever timed these lights",
    )),
    "figure of speech": (False, ("I'd kill for a decent bus", "this heat is murder",
    "the stairs will be the death of me", "shoot me a message", "we got hammered three nil")),
    "reported abuse": (False, (
        'a man shouted "you are a stupid cow" at the nurse', "my daughter was called a slag on the bus",
        "he told me he would kill me and I rang the police",
        "she got messages saying I hope you die", "a man was jailed for telling her I will stab you",
        "kids calling each other bastards on the bus",
    )),
    "counter speech": (False, ("nobody should be called scum for asking a question",
    "stop calling people idiots", "it is not on to tell somebody to go back home")),
    "place and name": (False, (
        "a day in Scunthorpe, Penistone and Cockermouth", "Gypsy Lane and Slutshole Lane are both shut",
        "Dick Turpin drank at the Cock Inn", "Mr Cockburn runs the Rat and Parrot",
        "parked by Hoare's, near Titchfield", "rats, pigs and a dirty old cow in the field",
        "the Bitch and Hound pub",
    )),
    "number that looks masked": (False, ("A611 shut at J27, 3B bus too", "B6021 and M1 both slow",
    "call 101 or 111", "v8 engine, 4x4, 50p", "size 10s, 2 4 6 8 who do we")),
}  # fmt: skip

# Kind: texts in which <...> is personal data; what stands outside must stay.
FORMS: dict[str, tuple[str, ...]] = {
    "e-mail": (
        "write to <j.fettlewick@example.org>", "<ann+bins@mail.example.co.uk> please",
        "it's <ann at gmail.com>", "<ann (at) example (dot) org>",
        "mail <ANN@EXAMPLE.ORG>!", "<o'ann_2@example.com>, ta",
    ),
    "phone": (
        "ring <07700 900123>", "<01632 960123> after six", "<+44 7700 900 456>", "<(01632) 960-123>",
        "<0044 7700 900123>", "<07700900123>, ask for us",
        "call <020 7946 0018>", "<0161 496 0123>", "<O7700 900123>", "<44 7700 900123> on there",
        "landline <960123> after six",
    ),
    "plate": ("white van <AB12 CDE>", "<ab12cde> parked there", "old Ford <A123 BCD>", "reg <ABC 123D>",
    "silver car <FN63 ZZQ> again", "plate <AB51ABC>",
    "reg started <GV19>", "the grey Passat <gv 19 wxt>", "my Anglia, <TRB 411>, at the rally",
    "plate ends <VKO> or <VKD>", "<P88 ANN> is parked across two bays again"),
    "NI number": ("NI <AB 12 34 56 C>", "<QQ123456C>", "my nino is <JG 10 37 59 A>",
    "<ab123456d> on the form", "NINO <SB1O3456A>", "my ni is <TC 214 609 B>"),
    "NHS number": ("NHS number <943 476 5919>", "my nhs no is <9434765919>", "NHS: <450 557 7104>",
    "the NHS number they typed, <943 476 5912>, is not mine", "patient <943 476 5919> on the label"),
    "bank": ("sort code <12-34-56> account <12345678>", "<12-34-56 12345678>",
    "a/c <12345678> s/c <12-34-56>", "<GB29 NWBK 6016 1331 9268 19>",
    "pay <20 - 11 - 47> <33419026>", "account <33419026> sort <20.11.47>",
    "IBAN <LT60 1010 0123 4567 8901> is theirs"),
    "card": ("card <4111 1111 1111 1111>", "<5105105105105100>", "<3782 822463 10005>",
    "visa <4111 1111 1111 1112> exp <09/29>"),
    "birth": ("born <12/03/1960>", "dob <1.2.85>", "date of birth: <3 May 1971>", "bday <12/3/80>",
    "she was born on <7 June 2012>",
    "dob <030562>", "date of birth as <3 March 1962>", "born <Boxing Day 1951>",
    "twins, both <4/5/2019>, for the nursery"),
    "house": (
        "I live at <14> Mill Road", "<Flat 3, 27> Acacia Avenue", "<6> Wicket Close, bring a van",
        "at <12a> Church Street", "<41> Bourne Avenue is empty", "<101-103> High Street",
        "from <number 12>, Mill Road",
        "the couple at <17> feed the rats", "flat <d>, over the bakery", "outside <number eleven>",
        "<Number 8>'s hedge",
        "<6> The Paddocks", "parcel meant for <31> not <13>",
        "damp at <4>, <6> and <19>", "<52> fennimore road",
    ),
    "account": ("ask <@ann_2024>", "<u/ann_b> said so", "my insta is <ann.b_22>",
    "see <@ann@social.example>", "snap me <ann_b99>", "<ann.b_22> on tiktok"),
    "postcode": ("flooding at NG17 4<EA>", "ng174<ea> too", "S44 5<XY> please", "EC1A 1<BB>", "NG17 4<EA>!"),
    "coordinates": ("lamp at <53.12345, -1.26543>", "grid <SK 49234 58123>", "UPRN <100030123456>",
    "<N 53° 07.418 W 001° 15.912>", "w3w <///lamp.post.cheese>"),
}  # fmt: skip
TRAPS = (
    "call 101 or 111", "NG17 needs buses", "Junction 27 of the M1", "the A611 at 7.30",
    "it cost £1,250.50 and 2,000 people came", "planning ref 2026/0123/FUL", "order 12345678",
    "2-0 to the Stags", "top 10 streets", "the 3B and the number 12 bus", "100 Acre Lane",
    "3 May 2026 meeting at 18:30", "the NHS was born on 5 July 1948", "@AshfieldDC fix it", "doors @7pm",
    "ISBN 0 7475 3269 9", "6 Wards, 35 councillors", "school of 420 pupils", "24/7 and 9 to 5",
    "Band D went up 4.9%", "20 Mill Road houses flooded", "model LS14 TRX mower", "20mph zone on Mill Road",
    "age 14 to 16 only", "a 1960s block with 48 flats", "5 stars", "grade 2 listed", "20 May to 3 June",
    "v2.10.4 of the app", "1 in 4", "0-60 in 5 seconds", "Route 12 at Church Street stop",
    "number one priority", "we were number 14 in the queue", "gates at 3, kick off at 4",
    "still at 30 degrees at ten", "she left school at 15", "ring the council on 01632 960500",
    "0300 500 8080 is highways", "a flat 5 pound fee", "Peugeot 208, 67 plate, one owner", "my 15 reg Fiesta",
    "paid on 12-03-26, invoice 12345678", "bus pass 12 months",
    "27 houses down our road", "a 20 minute drive", "4 The win", "NHS leaflet 943 476 5918",
    "facebook.com on 3 phones", "M1 J28 and the A38", "posted at 14 yesterday", "house 3 kids",
    "the 2026 twins' club, 4 May 2026",
)  # fmt: skip
# Kind of name: people of several origins; each is put into every one of CUED.
NAMES: dict[str, tuple[str, ...]] = {
    "British": ("Janet Fettlewick", "Wayne Crumble", "Derek Plumthistle", "Sharon Oddpenny"),
    "Welsh, Scottish, Irish": ("Ffion Penllyn", "Angus Mac Tavishton", "Siobhan O'Dreary", "Rhodri Llanfach"),
    "South Asian": ("Deepak Rampuri", "Ayesha Malikpuri", "Harpreet Singhera", "Imran Qadirson"),
    "Polish, Romanian": ("Zbigniew Kowalnik", "Agnieszka Nowaczka", "Ionut Popesculet", "Basia Wielkowa"),
    "African, Caribbean": ("Tunde Adeyemiola", "Chioma Okaforo", "Moses Pendlebrook", "Kwame Asantewo"),
    "given name alone": ("Trev", "Gemma", "Ola", "Mohammed"),
    "lower case": ("kev bramblethwick", "sandra grimbleby", "jen", "darren plumley"),
}  # fmt: skip
CUED = (
    "my name is {0} and I live here", "thanks to {0} for the lift", "RIP {0}", "a man called {0} came round",
    "my neighbour {0} has no water",
    "ask for {0} at the desk", "happy birthday to our {0}", "avoid {0}, a cowboy",
    "everyone knows {0} took it", "it was {0} again", "{0} who runs the club said no", "saw {0} in town",
)  # fmt: skip
NAMELESS = (
    "Jack Frost was out early", "Robin Hood Way is shut", "Gordon Bennett, what a mess",
    "thanks to Tesco for the trees", "RIP Woolworths", "our Christmas lights", "avoid Mansfield Road today",
    "our Labour friends", "ask for Kirkby library", "thanks to Highways", "our May market",
    "a pub called The Bell", "Miss the old baths", "my neighbour Monday to Friday", "call Sutton depot",
    "Rolls Royce who own the site",
    "Severn Trent who run it", "avoid King Street who knows why", "Happy birthday NHS", "our Ashfield",
    "Bless them all", "hired Balfour Beatty for it",
    "a Ted Baker coat", "Charlie Brown's did the tyres", "Victor Hugo's book",
    "a George Foreman grill", "Jack Daniel's is dear",
    "Christian Aid week", "Mrs Beeton's trifle",
    "Headteacher Mr Plumthistle has banned trainers", "the mrs turns forty",
    "PC Janet Fettlewick called", "G. K. Chesterton said so",
    "plan B. Then nothing", "Band D. Council tax", "the U.S. Then what",
)  # fmt: skip
OFFICES = (
    "Cllr {0}", "Councillor {0}", "{0} MP", "Mayor {0}", "the Lord Mayor", "the leader of the council",
    "the chief executive", "the head teacher", "the ward councillor", "the police and crime commissioner",
    "the planning officer", "the cabinet member for housing", "the returning officer", "the parish clerk",
    "the town clerk", "the PCSO", "the caretaker", "the chair of planning",
)  # fmt: skip
