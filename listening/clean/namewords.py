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
    "after before during once since while though although however despite both all then now also".split()
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
        "memorial ring line class cup trophy stand stage"
    ).split()
)
# What an author, a breeder or an inventor is named for, and what is sold under a name.
WORKS = frozenset("book books novel novels poem poems album film films biography song songs invented".split())
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
