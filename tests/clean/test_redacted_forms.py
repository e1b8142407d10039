"""Every form of personal data: what must be masked, and what only looks like it.

A probe is written ``before => after``; a trap must come through as it is.
"""

import pytest

from listening.clean.guard import Guard
from listening.clean.redact import redact

PROBES = """
e-mail
Write to jane.doe@example.org please => Write to [e-mail] please
mail JANE+bins@EXAMPLE.ORG. => mail [e-mail].
o'neil@mail.example.co.uk, thanks => [e-mail], thanks
jane @ example.org will know => [e-mail] will know
jane (at) example (dot) org => [e-mail]
jane[at]example.org => [e-mail]
it is jane dot doe at example dot org ok => it is [e-mail] ok
just use jane.doe at gmail.com => just use [e-mail]
jane_doe @ example . org => [e-mail]
it is jane.doe at example.org now => it is [e-mail] now

phone
Ring 07700 900123 after six => Ring [phone] after six
call 01632 960123 => call [phone]
(01632) 960 123 or 07700-900-456 => [phone] or [phone]
+44 7700 900123 => [phone]
+44 (0)1632 960123 => [phone]
0044 7700 900 123 => [phone]
44 7700 900123 on WhatsApp => [phone] on WhatsApp
O77OO 9OO123 => [phone]
01632 960123 ext 42 => [phone]
01632 960123/07700900456 => [phone]/[phone]
tel:07700900123. => tel:[phone].
020 7946 0123 => [phone]
Text me,07700 900123 => Text me,[phone]
07700/900123 or 07700_900_456 => [phone] or [phone]
mobile 7700 900123 => mobile [phone]
+44 (20) 7946 0123 => [phone]

postcode
Flooding at NG17 4EA again => Flooding at NG17 4… again
ng174ea has no lights => NG17 4… has no lights
SW1A 1AA and EC1A 1BB => SW1A 1… and EC1A 1…
NG17 OEA is wrong => NG17 0… is wrong
M11AA, GIR 0AA => M1 1…, GIR 0…
it is QX1 2AB here => it is QX1 2… here
NG17-4EA. => NG17 4….
it is NG17/4EA not 4EB => it is NG17 4… not 4…
ng 17 4ea please => NG17 4… please

plate
silver car FN63 ZZQ clipped me => silver car [plate] clipped me
White van AB12 CDE parked => White van [plate] parked
ab12cde drove off => [plate] drove off
seen: LN14-HGT => seen: [plate]
It was FD 21 OKE again => It was [plate] again
my car reg is ab51 abd => my car reg is [plate]
blue Corsa A123 BCD on the kerb => blue Corsa [plate] on the kerb
van reg ABC 123D => van reg [plate]
number plate XYZ 123 => number plate [plate]
Skoda, reg had VKD at the end => Skoda, reg had [plate] at the end
clamped mine, T74 VKD => clamped mine, [plate]

ni
my NI is AB 12 34 56 C => my NI is [NI number]
PR123612C => [NI number]
nino: AZ 12-34-56-A => nino: [NI number]
QQ 12 34 56 C on the form => [NI number] on the form
ab123456d => [NI number]
hh 01 02 03 d => [NI number]

nhs
his number is 943 476 5919, look it up => his number is [NHS number], look it up
the plate came off my trailer, KEZ 4471 => the plate came off my trailer, [plate]
my NHS number is 943 476 5919 => my NHS number is [NHS number]
NHS no. 9434765919 => NHS no. [NHS number]
NHS: 943-476-5919 => NHS: [NHS number]
nhs number 943 476 5870, help => nhs number [NHS number], help
(NHS 9434765919) => (NHS [NHS number])
NHS number - 943 476 5919 => NHS number - [NHS number]
my NHS number is 943 476 5918 => my NHS number is [NHS number]

bank
sort code 12-34-56 account 12345678 => [bank details]
12-34-56 12345678 => [bank details]
pay 12 34 56, 12345678 => pay [bank details]
a/c 12345678 sort code 12-34-56 => [bank details]
account number: 12345678 => [bank details]
sort-code: 123456 a/c no 12345678 => [bank details]
acct no. 1234567 => [bank details]

card
4111 1111 1111 1111 => [card number]
lamp out at 53.12345,-1.26543 => lamp out at [coordinates]
53.12345 N 1.26 W => [coordinates]
UPRN 100030123456 => [UPRN]
paid with 4111-1111-1111-1111! => paid with [card number]!
5555555555554444 => [card number]
card 378282246310005 => card [card number]
6011111111111117 => [card number]
3530111333300000. => [card number].

house
I live at 12 Acacia Avenue => I live at [number] Acacia Avenue
14a mill road has rats => [number] mill road has rats
Flat 3, 12 Rowan Court => [number] Rowan Court
No. 7 Mill Road, => [number] Mill Road,
12-16 Tanner's Row => [number] Tanner's Row
house number 9 Acacia Avenue => [number] Acacia Avenue
12, Willow Tree Lane => [number] Willow Tree Lane
the lady at number 12 said => the lady at [number] said
Acacia Avenue, number 12 => Acacia Avenue [number]
4 Parkside is empty => [number] Parkside is empty
12/14 Mill Road => [number] Mill Road
45 Beech Close => [number] Beech Close
12 May Street => [number] May Street

birth
DOB 12/03/1980 => DOB [date of birth]
date of birth: 4 June 1976 => date of birth: [date of birth]
I was born on 4th June 1976 in Larkford => I was born on [date of birth] in Larkford
my son, born 12.3.15, => my son, born [date of birth],
d.o.b. 1980-03-12 => d.o.b. [date of birth]
b. 12/03/1980 => b. [date of birth]
bday 12/03 => bday [date of birth]
1985-01-01 is my birthday => [date of birth] is my birthday

account
my insta is ann.b_22 ok => my insta is [account] ok
thanks @jane_doe => thanks [account]
.@jane.doe99 any news? => .[account] any news?
@jane@social.example.org => [account]
u/jane_doe said => [account] said
/u/Jane-Doe => [account]
see r/u_janedoe => see [account]
(@janedoe) => ([account])

name
Hi, my name is Jane Fenwick and => Hi, my name is [name] and
my name is zbigniew, hello => my name is [name], hello
Mrs Okonkwo on the corner => Mrs [name] on the corner
My neighbour Ffion keeps bees => My neighbour [name] keeps bees
our late nan, Doreen, loved it => our late nan, [name], loved it
Thanks to Dave for the lift => Thanks to [name] for the lift
RIP Tunde Adeyemi => RIP [name]
a man called Deepak Rao helped => a man called [name] helped
ask for Janet => ask for [name]
Kind regards, Moses Pendle => Kind regards, [name]
Sharon next door has rats => [name] next door has rats
Uncle Tunde is back => Uncle [name] is back
happy birthday to our gemma => happy birthday to our [name]
a bloke calling himself Gaz Wobble took it => a bloke calling himself [name] took it
Avoid Barry Pendle for a rewire => Avoid [name] for a rewire
Wayne Crumble who runs it knows => [name] who runs it knows
MR FENWICK AGAIN => MR [name] AGAIN

link
see https://twitter.com/someone/status/123?s=20 => see https://x.com/i/status/123
it's facebook.com/jane.doe. => it's [link].
https://example.org/a?utm_source=x => https://example.org/a
ask at wa.me/447700900123 => ask at [link]
(https://www.reddit.com/user/jane_doe) => ([link])
www.example.org/@jane => [link]
"""

TRAPS = """
e-mail
Meet @ the market at 10
Score was 2 @ half time
see you at the dot on the map
details at haverdale.gov.uk
look at gmail, it is down
five at ten pounds each

phone
Call 101, or 999, or 111
£01632960 and £07700900
planning ref 0123456789
ISBN 0 7475 3269 9
grid ref 1234 5678
2.0770090012 metres
between 0900 and 1700 on 01.02.2026 10:30
2019 2020 2021 2022
1,077,009,001
order no 0163296012

postcode
NG17 needs more buses
Junction 27 of the M1 1st exit
the B6021 and A38
E1 5ft deep
NG17 4 is the sector
ISO 9001 2AB
M1 our road

plate
batch QQ12 IOZ of paint
on 20 May we met
NG17 AND NG15 FLOODED
in 19 the bus came
A611 car park
model LS14 TRX mower
flight EZ19 ABC
IT 21 DAY TRIAL
M1 J27 crash
B600 the usual

ni
at 10 20 30 a week
ref AB1234567
BG123612A
GB 12 34 56 A
12 34 56 78
AB 12 34 56 Z

nhs
943 476 5918
NHS waiting list 1234567890
the NHS has 1200 beds
NHS leaflet 943 476 5918
NHS 111
NHS England 2024 2025

bank
12-10-26 at 12.30
the account of 2024
account for 1,234,567 pounds
11/22/33
a/c broken in room 12
scores 12-34-56

card
4111 1111 1111 1112
1234567890123456
£4111111111111111
2026 2027 2028 2029
ref 9111111111111111
0000 0000 0000 0000

house
top 10 Mill Road moans
the bus 12 Mill Road stop
100 Acre Lane is shut
5 Mill Road residents wrote
M1 J27, A611 Mill Road
on 3/11 Mill Road closed
£12 Mill Road
at 7.30 Mill Road
2-0 Mill Road
14 June Mill Road closes
junction 27 Mill Road
gullies on Mill Road blocked 14 days
2026 Mill Road scheme
the number 12 bus
Band D Mill Road
20 Mill Road houses flooded

birth
the NHS was born on 5 July 1948
the council was born on 1/4/1974
Cllr Morwenna Tarrant, born 12 March 1960
meeting on 12/03/2026
Happy birthday to all at 12
born to run
the park b. 12

account
doors @7pm
2 @ £3 each
thank you @HaverdaleDC
@NorthshireCouncil fix it
@HaverdalePolice @PiersOakhangerMP
and/or, n/a, 24/7, w/c 12 May
kids@play area

name
Janet Fettlewick MP came
avoid Mansfield Road today
Severn Trent who run it
our Christmas lights, our may fair
facebook is down
Cllr Morwenna Tarrant replied
Thanks to Morwenna Tarrant for coming
Mr Oakhanger raised it
thanks to Haverdale District Council
Thanks to Larkford Primary School
RIP Larkford market
RIP Woolworths
Miss Stenby so much
Miss the market
My neighbour I think parks there
My son Monday to Friday
call Larkford library
speak to Highways
our friends Labour will lose
Mr Straw's House is open
my mum The Queen fan
Thanks to Tesco for the trees
My Neighbour Keeps Parking On The Kerb
Thanks Stenby North
Harris Drive next door

link
https://www.gov.uk/users/x
https://example.org/news/12345678901
https://example.org/a_(b)
yes.no and etc.
https://x.com/i/status/1234567890123456789
http://127.0.0.1:8000/x
"""


def lines(block: str) -> list[tuple[str, str]]:
    groups = (part.splitlines() for part in block.strip().split("\n\n"))
    return [(form, line) for form, *rest in groups for line in rest]


@pytest.mark.parametrize(("form", "probe"), lines(PROBES), ids=lambda v: v)
def test_a_planted_form_is_masked_and_the_rest_stays(form: str, probe: str, protected: Guard) -> None:
    before, after = probe.split(" => ")
    assert redact(before, protected) == after


@pytest.mark.parametrize(("form", "trap"), lines(TRAPS), ids=lambda v: v)
def test_what_only_looks_like_it_stays(form: str, trap: str, protected: Guard) -> None:
    assert redact(trap, protected) == trap


def test_every_form_has_six_probes_and_six_traps() -> None:
    for block in (PROBES, TRAPS):
        counted = [form for form, _ in lines(block)]
        assert {form: counted.count(form) for form in counted if counted.count(form) < 6} == {}
