"""First names alone, in capitals or small letters, where what stands around them tells of a person."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.clean import names
from listening.clean.guard import Guard
from listening.clean.redact import redact

MASKED = """
anyone know Lukasz who mends fences => anyone know [name] who mends fences
Parveen's lad dug us out => [name]'s lad dug us out
a parcel for Wojtek came here => a parcel for [name] came here
leave it with Mandy behind the bar => leave it with [name] behind the bar
It's Magda here with the cakes => It's [name] here with the cakes
the caretaker, Stan, has gone home => the caretaker, [name], has gone home
nobody warned Ron. Doreen fell on the ice => nobody warned Ron. [name] fell on the ice
Ask for Big Nige at the gate => Ask for [name] at the gate
message me or Julie for tickets => message me or [name] for tickets
the lady next door (Pauline) has it => the lady next door ([name]) has it
Janet, your purse is here => [name], your purse is here
Mon Hilary, Tues Abdul, Fri nobody => Mon [name], Tues [name], Fri nobody
Ellie P dropped out => [name] dropped out
DO NOT LET TO MIHAI D. again => DO NOT LET TO [name] again
RIP Dennis "Den" Fettlewick, milkman => RIP [name], milkman
Siobhán from the library rang => [name] from the library rang
bank is 12-34-56 12345678, M Fettlewick => bank is [bank details], [name]
Forename: Fatmata. Address to follow => Forename: [name]. Address to follow
Norman, 82, is still out => [name], 82, is still out
ask for Mark at the desk => ask for [name] at the desk
thanks shaz ur a star => thanks [name] ur a star
its karen from the chippy => its [name] from the chippy
our tracey's purse is gone => our [name]'s purse is gone
name darren plumley, dob 1/2/80 => name [name], dob [date of birth]
please reply soon. tracey => please reply soon. [name]
kayleigh b if you see this ring => [name] if you see this ring
""".strip().splitlines()


@pytest.mark.parametrize("probe", MASKED)
def test_a_first_name_is_masked_where_it_is_surely_a_persons(probe: str, protected: Guard) -> None:
    said, kept = probe.split(" => ")
    assert redact(said, protected) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Eric Coates was born here and all he gets is a plaque", "Daisy Bank path is under water",
        "There's a duck in the underpass. Kevin.", "Dave's gone, Quest's gone, only Gems TV left",
        "a manhole that clangs like Big Ben", "our carol singing was off key", "message Bev's Blooms",
        "our Noah's ark play set", "my Henry hoover packed in", "Jack and Jill went up the hill",
        "Kelly Homes are building forty", "the Thomas Fettlewick does a pie on Thursdays",
        "Nigel was at the Legion with the party leader", "Sister in Mansfield Stephen got her band cut",
        "Will the bins be emptied, May is too late", "Thanks Will do", "Rose, 12 stems for a fiver",
        "it belongs to a Skoda on the kerb", "Regards, Landlord", "answers to Mrs Biscuit, tortoiseshell",
        "a digger called trevor", "Nana's house smelt of mint", "he is such a Karen",
        "D H Lawrence wrote about all round here", "Keir said growth, I see a pothole in the manifesto",
        "Harvey Fettlewick pool is dear", "DON'T PARK THERE", "st mary magdalene rang its bells",
        "nine repeats of Vera", "Sunday roast at the Robin", "the Old George is shut",
    ],
)  # fmt: skip
def test_the_famous_places_brands_and_beasts_stay(said: str, protected: Guard) -> None:
    assert redact(said, protected) == said


PIECES = [
    "Dave", "dave", "Big", "Mon", "and", "(", ")", ",", ".", "'s mum", "our", "it's", "A.", "P", "Jones",
    "[name]", "[phone]", "thanks", "from the", "chippy", "who did", "\n", "Rose", "MIHAI", '"Dot"', "42,",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_masking_names_twice_changes_nothing(protected: Guard, pieces: list[str]) -> None:
    once = names.masked(" ".join(pieces), protected)
    assert names.masked(once, protected) == once


@pytest.mark.parametrize(
    "part", ["Dave ", "Dave and ", "(Dave) ", "it's Dave, ", "Mon Dave ", "dave jones, ", "A. Dave, [phone] "]
)
def test_many_names_cost_time_in_proportion(part: str, protected: Guard) -> None:
    def took(times: int) -> float:
        start = time.process_time()
        names.masked(part * times, protected)
        return time.process_time() - start

    took(20)
    short, long = min(took(100) for _ in range(3)), min(took(400) for _ in range(2))
    assert long < 12 * short + 0.02
