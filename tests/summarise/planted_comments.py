"""Invented comments on five invented matters, each list a theme; sets of 20 to 30 are drawn from them."""

import random
from datetime import UTC, datetime, timedelta

import pandas as pd
from small import frame, post

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
MATTERS: dict[str, dict[str, list[str]]] = {
    "car park": {
        "cost": [
            "£2 for half an hour is far too much to charge.",
            "Why should we pay £2 to nip in for a loaf?",
            "Two pounds! The price has doubled since spring.",
            "I can't afford the new charges on top of everything else.",
            "Free parking for the first hour was fair, these charges are not.",
            "The new price is daylight robbery.",
            "It costs more to park than my sandwich did.",
        ],
        "machine": [
            "The ticket machine only takes cards now.",
            "Machine was broken again so I got a fine.",
            "Neither ticket machine works in the rain.",
            "Queue of ten people at the one working machine.",
            "Old folk can't use that card machine.",
            "Ticket machine swallowed my coins and gave me nothing.",
            "The app wouldn't load and the machine was out of order.",
        ],
        "trade": [
            "This will kill the shops that are left.",
            "Shoppers will simply drive to the retail park.",
            "My customers already say they won't come into town.",
            "Another nail in the coffin for local shops.",
            "Good luck to the traders, nobody will shop here.",
            "Takings in our shop are down by a third.",
            "People will shop somewhere else, simple.",
        ],
        "spaces": [
            "For once I found a space on market day.",
            "Easier to get a space since the charges came in.",
            "At least the commuters don't hog every space now.",
            "There were free spaces at ten o'clock, unheard of.",
            "Spaces turn over quicker, I'm in favour.",
            "Found a space first time, so it does work.",
        ],
    },
    "playground": {
        "swings": [
            "Both swings have been off their chains since June.",
            "When are the swings coming back?",
            "My daughter cries because the swings are gone.",
            "Still no swings. How hard can it be to hang a swing?",
            "The baby swing is cracked right across the seat.",
            "One swing for the whole estate, and it squeaks.",
        ],
        "glass": [
            "Broken glass all over the soft surface again.",
            "I pick up glass before I let mine play.",
            "Bottles smashed by the slide every Saturday night.",
            "My lad cut his knee on glass under the slide.",
            "Beer bottles and glass everywhere this morning.",
            "The caretaker can't keep up with the broken bottles.",
        ],
        "teenagers": [
            "Teenagers sit in there drinking until midnight.",
            "Older kids take it over after dark and shout at everybody.",
            "Gang of teenagers on the climbing frame, mums leave.",
            "The teenagers have nowhere else to go, to be fair.",
            "Youths drinking in there, I won't walk past at night.",
            "Get a youth club for the teenagers and the park would be fine.",
        ],
        "thanks": [
            "Thank you to the friends group for painting the fence.",
            "Thanks to whoever planted the bulbs, they look lovely.",
            "Brilliant job on the new fence, thank you.",
            "The volunteers deserve a medal, thank you all.",
            "Lovely to see the fence painted, well done.",
            "Big thanks to the volunteers who weeded the beds.",
        ],
    },
    "library": {
        "hours": [
            "Closing at four is no use to anyone who works.",
            "Opening hours are hopeless if you have a job.",
            "Shut on Wednesdays now, I had a wasted walk.",
            "Why not open later one evening a week?",
            "It is never open when I finish work.",
            "Could the opening hours include Sunday?",
            "Half the week it is closed now.",
        ],
        "children": [
            "Story time is the highlight of my toddler's week.",
            "My two love the children's corner.",
            "Rhyme time was packed, they need a second session.",
            "Where else can you take toddlers for nothing?",
            "The reading challenge kept my kids going all summer.",
            "Please keep story time, the kids adore it.",
        ],
        "computers": [
            "The computers take ten minutes to log on.",
            "Only two computers work and there is always a queue.",
            "I need the computers to apply for jobs.",
            "Printer jammed and no one could log on to the computers.",
            "Wifi drops every few minutes by the computers.",
            "Forty pence a page for the printer!",
        ],
        "building": [
            "The roof leaks on the crime shelf.",
            "Buckets under the roof again when it rained.",
            "It was freezing in there, the heating is off.",
            "Heating broken so we sat with coats on.",
            "The old building needs a new roof before winter.",
            "Cold and damp inside, rain coming through the ceiling.",
        ],
    },
    "bus": {
        "late": [
            "The 14 was twenty minutes late this morning.",
            "Late again. I have stopped telling my boss.",
            "Waited forty minutes for a bus that never came.",
            "Two didn't turn up and the third was late.",
            "The screen says due and then it just vanishes.",
            "Stood waiting in the rain, no bus, no message.",
            "It's late every single day this week.",
        ],
        "evening": [
            "No bus after seven means no evening shift for me.",
            "How do nurses get home when the last bus is at seven?",
            "We need an evening bus, taxis are fifteen pounds.",
            "Last bus home leaves before the film finishes.",
            "Cutting the evening buses strands anyone without a car.",
            "My shift ends at eight and the last bus has gone.",
        ],
        "drivers": [
            "Driver waited while I ran, what a star.",
            "The drivers are always cheerful, credit to them.",
            "Lovely driver helped my mum with her frame.",
            "Thank the driver for me, he was so patient.",
            "Kindest driver on the morning run.",
            "Always a smile from the drivers on this route.",
        ],
        "crowded": [
            "Packed to the doors by the second stop.",
            "School kids fill it and nobody else can get on.",
            "Standing all the way, it was crammed.",
            "It drove past us because it was full.",
            "Why a small bus on the busiest run? It's always full.",
            "No room for a pram, it is that packed.",
        ],
    },
    "new homes": {
        "doctors": [
            "You can't get a doctor's appointment as it is.",
            "Where is the new surgery for all these people?",
            "Three weeks to see a doctor already.",
            "The surgery stopped taking patients last year.",
            "No dentist, no doctor, but hundreds more houses.",
            "Build a surgery first, then houses.",
        ],
        "traffic": [
            "That junction is at a standstill every morning.",
            "Two hundred more cars on a lane with no pavement.",
            "The traffic through the village is bad enough.",
            "Queues back to the roundabout at half eight already.",
            "One road in and one out, think of the traffic.",
            "More cars at that junction will get somebody killed.",
        ],
        "needed": [
            "My children can't afford to live where they grew up.",
            "Young families need somewhere to live.",
            "We need affordable homes, I'm all for it.",
            "Everyone wants homes, just not near them. Build them.",
            "If they are affordable then my son might get one.",
            "Homes for young people at last, I support this.",
        ],
        "wildlife": [
            "Skylarks nest in that field.",
            "The hedges there are full of birds.",
            "Once the field is gone it's gone, wildlife and all.",
            "We see deer and hares in that field every morning.",
            "Ancient hedge ripped out in a day, disgusting.",
            "Where will the wildlife go?",
        ],
    },
}
STRAYS = [
    "First I have heard of it.",
    "Typical.",
    "Has anyone got a link to the plan?",
    "My dog likes it either way.",
    "They did the same in the next town, look how that ended.",
    "Watch this space.",
    "I read about this in the paper.",
    "Somebody had a word with my neighbour about it.",
    "There was a meeting, hardly anyone went.",
    "It used to be a cinema, you know.",
]


def planted(matter: str, seed: int, whole: bool = False) -> tuple[pd.DataFrame, list[str]]:
    """20 to 30 comments on a matter (``whole``: all there are), and each one's theme; "" for a stray."""
    chance = random.Random(f"{matter} {seed}")
    rows = [
        (text, theme)
        for theme, texts in MATTERS[matter].items()
        for text in chance.sample(texts, len(texts) if whole else chance.randint(4, 6))
    ]
    rows += [(text, "") for text in chance.sample(STRAYS, chance.randint(3, 5))]
    chance.shuffle(rows)
    posts = [post(f"{matter}{n}", AT + timedelta(minutes=n), text=text) for n, (text, _) in enumerate(rows)]
    return frame(*posts), [theme for _, theme in rows]
