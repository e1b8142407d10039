"""Words beside which, or as which, a capital is no private person's name."""

# ruff: noqa: SIM905 - a list of words reads best as words

ROYAL = frozenset("king queen prince princess saint st pope duke lord lady jesus".split())
LABELS = frozenset(
    (
        "plan vitamin band option grade class type group team hepatitis block section part appendix unit "
        "route junction exit category schedule building plot point side level zone bus tier hall wing ward "
        "year set pool gate platform bay lot form page item stage phase key note model series vol volume "
        "site map step lane room floor door number no version exhibit"
    ).split()
)
STARTERS = frozenset(
    "sorry sadly unfortunately please thanks yes no well ok so but and not why what when where who how "
    "this that it he she they we "
    "you i the a there here in on at to is anyone can could would does did has have fantastic great "
    "brilliant anyway "
    "however surname name address dob tel email after before during once since while though although "
    "however despite both all then now also".split()
)
SHORT = frozenset(
    "us uk un eu dc ps nb rip am pm bbc fc ad bc la ny ii tv ie eg qc kc mp gp pc st vip ni us".split()
)
# Names that are words too: they count as listed beside a cue where a surname follows.
WORDLIKE = frozenset(
    (
        "violet ivy grace hope faith joy may rose daisy lily mark will bill frank dawn carol holly heather "
        "olive pearl ruby amber jade penny sandy rich ray guy dean eve hazel iris poppy april june august "
        "grant miles cliff bob rob nick jack harry christian chase summer autumn sunny crystal angel "
        "destiny precious blessing gift prince patience charity mercy comfort bonnie rusty pat sue jean "
        "scarlett ginger myrtle fern bryony marigold clay drew art gene"
    ).split()
)
KINDS = frozenset(
    (
        "street st road rd avenue ave lane drive close court crescent grove gardens terrace way walk hill "
        "rise row mews square park estate green farm school academy primary college church chapel hospital "
        "surgery centre center library hall pub arms inn hotel house shop stores bakery butchers garage "
        "cafe fc afc rfc cc club society trust council ltd plc group association charity band choir ward "
        "parish day bridge pond wood woods lake reservoir dam station motors cars taxis travel coaches "
        "construction homes builders fish bar chippy salon cars hospice foundation cottage cottages villa "
        "villas lodge manor bungalow barn barns project programme award awards prize monument statue "
        "memorial ring line class cup trophy stand stage bank top bottom corner path trail brook junction "
        "island "
        "roundabout viaduct quarry colliery pit tip meadow meadows orchard place view mount croft copse "
        "spinney "
        "fields gate ginnel jitty twitchel lock canal roofing plumbing landscapes landscaping electrical "
        "electrics autos tyres joinery plastering paving scaffolding removals flooring kitchens windows "
        "lettings estates solicitors opticians dental funerals florist florists bakers barbers hair beauty "
        "kennels cattery motor company furniture carpets catering foods deli diner bistro tearoom tearooms "
        "brewery taproom "
        "gym fitness dance nurseries nursery league united rovers athletic town city services pool baths "
        "leisure stadium arena rec pavilion gallery lounge suite clinic practice medical "
        "health sports complex stop site industrial business retail shopping playground allotments cemetery "
        "crematorium day night show festival fair fayre carnival"
    ).split()
)
# What an author, a breeder or an inventor is named for, and what is sold under a name.
WORKS = frozenset(
    "ark book books novel novels poem poems album film films biography song songs invented".split()
)
TRADES = frozenset(
    (
        "burger burgers kebab kebabs rice sauce pies butty butties catering crisps beans chips tyres taxis "
        "chippy cafe diner deli bakery butchers barbers cabin mince bread sweets pizza pizzas curry "
        "noodles autos tattoos carpets hardware"
    ).split()
)
VARIETY = ("variety ", "varieties ", "cultivar ", "apple ", "pear ", "plum ", "rose ", "tomato ")
# Before initials and a surname: whose they are.
ROLES = frozenset(
    "landlord landlady tenant neighbour treasurer secretary resident applicant owner carer".split()
)
# Where these are told, whole names without a cue are those of the famous.
FAME = (
    "plaques?|statues?|murals?|biograph(?:y|ies)|autobiography|memoirs?|born here|composers?|composed"
    "|novel(?:s|ist)?"
    "|poets?|poems?|playwright|sculptor|paint(?:er|ings?)|films?|movies?|albums?|gigs?|concerts?|on tour"
    "|on telly|on the telly|on tv"
    "|documentary|podcast|presenters?|singers?|songs?|sings?|sang|guitar(?:ist)?|drummer|on bass|actor"
    "|actress"
    "|acting|comedian|comedy|celebrit(?:y|ies)|impersonator|tribute (?:act|band|night)|karaoke"
    "|fan of|mad for|mad about|historical|historic|heritage|museum|exhibition|theatre|panto(?:mime)?"
    "|prime minister|president|government|westminster|downing street|manifesto|chancellor|author"
    "|books? by|quotes?|invented|inventor|explorer|artist|centur(?:y|ies)|(?:1[0-8])[0-9]{2}s?"
    "|striker|midfield(?:er)?|goalie|goalkeeper|winger|defender|signed for (?!by)|scored|goals?|hat[- ]trick"
    "|wickets?|innings|bowled|batsman|test match|world cup|euros|fa cup|olympics?|wimbledon|premier league"
    "|champions?"
    "|championship|england|stags|notts county|leicester|man u(?:td)?|arsenal|liverpool|spurs|derby county"
    "|wouldn't get a game|boxing|boxer|darts|snooker|f1|formula one|strictly|x factor|bake off|bbc|itv"
    "|netflix|channel [45]"
    "|emmerdale|corrie|coronation street|eastenders|only fools|doctor who|dr who|star wars|marvel|disney"
    "|pixar"
    "|characters?|cartoon|novels?|tale|fairy|nursery rhyme|miner poet|luddites?"
    "|victorian|tudor|georgian|edwardian|medieval|soundtrack|lyrics|vinyl|charts|no\\.? ?1 hit"
)
# Who is told of by a first name alone beside these may hold an office.
OFFICE_TALK = (
    "council(?:s|'s)?|councillors?|cllrs?|mps?|vot(?:e|ed|es|ing)|elections?|labour|tory|tories|reform"
    "|independents?"
    "|conservatives?|lib dems?|ukip|brexit|leader|leadership|parliament|westminster|politicians?|mayor"
    "|party|manifesto"
)
# Who belongs to somebody: "Leanne's mum", "the nan of Kayden".
KIN = (
    "mums?|mams?|moms?|dads?|nans?|nanas?|nannan|gran|granny|grandma|grandad|granddad|mother|father"
    "|parents?|lads?|lass|lasses|sons?"
    "|daughters?|wife|husband|hubby|partner|missus|bloke|fella|boyfriend|girlfriend|fianc[eé]e?|sisters?"
    "|brothers?"
    "|kids|children|famil(?:y|ies)|aunt(?:ie|y)?|uncle|cousins?|n[ei]{2}ce|nephew|grandsons?"
    "|granddaughters?|widow(?:er)?|carers?"
    "|neighbou?rs?|step(?:dad|mum|son|daughter)|mates?|best mate|relatives?|godson|goddaughter|twins?|baby"
    "|boy|girl"
)
# Who does what for people.
TRADE = (
    "coach|skipper|childminder|instructor|driver|postie|postman|postwoman|milkman|window cleaner|cleaner"
    "|lollipop (?:lady|man)"
    "|barber|hairdresser|landlord|landlady|scaffolder|tiler|painter|glazier|locksmith|chimney sweep"
    "|chiropodist|tutor|referee"
    "|dinner lady|teaching assistant|key worker|keyworker|social worker|support worker|health visitor"
    "|midwife|receptionist|barmaid|barman"
    "|shopkeeper|volunteer|organiser|lodger|rider|apprentice|foreman|boss|fitter|plumber|electrician"
    "|sparky|gardener|plasterer"
    "|roofer|mechanic|handyman|joiner|chippy|builder|treasurer|secretary|chairman|tenant|babysitter|nurse"
    "|carer|decorator"
    "|dog walker|groomer|window man|scrap man|coalman|paper lad|paper girl|conductor|steward|usher"
    "|crossing lady|caller|owner"
    "|customer|patient|pupil|student|passenger|cyclist|reader|housekeeper|dentist|hygienist|physio"
    "|beautician|nail tech|seamstress"
    "|piano teacher|swimming teacher|dance teacher|music teacher|teacher|manageress|supervisor"
    "|porter|sister"
)
# Of the names that are words, those that a sure cue makes a person by themselves ("ask for Mark").
ALONE = frozenset(
    "mark pat bill rose ivy grace pearl ruby hazel dawn iris joy olive holly heather penny lily daisy "
    "poppy rob "
    "amber jade bob nick jean sue".split()
)
# Makes and goods that a capital tells of as well.
THINGS = frozenset(
    (
        "skoda seat kia hyundai mazda suzuki mini jaguar land range rover lexus citroen dacia saab subaru "
        "mitsubishi "
        "porsche ferrari yamaha kawasaki triumph ducati transit berlingo astra corsa fiesta focus golf "
        "polo clio "
        "passat qashqai juke micra yaris vivaro sprinter vauxhall iphone samsung nokia huawei hp dell "
        "bosch hotpoint "
        "zanussi whirlpool worcester vaillant baxi shark karcher makita dewalt yale carrera "
        "landlord landlady tenant treasurer secretary resident residents neighbour owner carer concerned "
        "disgusted "
        "anonymous worried angry parent parents driver chair chairman chairperson clerk admin mods moderator "
        "raleigh trek halfords nike adidas puma barbour superdry primark"
    ).split()
)
# Kinds that are deeds or times in small letters: "Gemma Fettle stop it".
DEEDS = frozenset(
    "stop day night show class line ring stand stage tip view place top bottom corner way walk rise row "
    "close drive "
    "bar fish bridge project order cup award prize site pit road street lane house garage".split()
)
