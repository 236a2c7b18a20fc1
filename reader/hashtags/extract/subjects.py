"""
Subjects that newspapers keep a page for, and in which other words a text may speak of them.

Written by hand; imports nothing of ours but how plurals go. A line is one or more subjects, divided
by semicolons; the first name of each is its hashtag. A plural with -s needs no entry of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.hashtags.naming import singular

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

_ENGLISH = """
abortion = abortion rights, abortion ban, anti-abortion, pro-choice; academic freedom
affirmative action; ageing = aging population; agriculture = farming, farmers
air pollution = smog, air quality; airlines = airline; airport security; air strikes = airstrike
alternative medicine = homeopathy; animal rights; animal welfare = animal cruelty, animal abuse
anti-Semitism = antisemitism, anti-semitic, antisemitic; antitrust = monopoly, antitrust law
archaeology = archaeologist; art; artificial intelligence; arms control = nuclear treaty
arms trade = arms sales, arms deal; arson; assassination = assassinated
assault weapons = assault rifle, assault weapons ban; assisted dying = euthanasia, assisted suicide
asylum = asylum seeker, asylum claim; astronomy = astronomer; auto industry = carmaker, automaker
bail reform; bailout; banking = banks; bankruptcy = bankrupt; baseball; basketball; biodiversity
biotechnology = biotech; birth control = contraception; birthright citizenship
black voters = african-american voters; blackouts = blackout, power outage, power cut
border security = border wall, border control, southern border; books; boxing; breast cancer
bribery = bribe; budget = budget cuts, budget deficit, federal budget; bullying = cyberbullying
campaign finance = campaign donation; cancer
cannabis = marijuana, legal marijuana, medical marijuana
capital punishment = death penalty, death row; carbon tax; car bombing = car bomb
carbon emissions = greenhouse gas, emissions; drug cartels = cartel; casualties
censorship = censored; central banks = central bank, monetary policy
chemical weapons = chemical attack, sarin, nerve agent; child abuse; child care = childcare
child sexual abuse = child sex abuse, clergy abuse, paedophile; Christianity = christian
citizenship; civil rights = civil rights movement; civil war; civil liberties
climate change = global warming, climate crisis, climate action; coal = coal mining, coal mine
college admissions = admissions scandal; college sports; conspiracy theories = conspiracy theory
constitution = constitutional amendment; consumer protection; copyright = intellectual property
coronavirus = covid-19, covid, novel coronavirus, new coronavirus
corporate tax = corporate tax rate; corruption = graft, anti-corruption
counter-terrorism = counterterrorism; coup = coup attempt, attempted coup; court-packing
crime = crime rate, violent crime
criminal justice = criminal justice reform, prison reform, sentencing reform; cricket
cryptocurrency = bitcoin, crypto; cyber security = cybersecurity, cyber attack, cyberattack
cycling = cyclist; dams = dam; data privacy = privacy, personal data, data protection; data breach
debt = national debt, federal debt; defamation = libel, slander
defence spending = defense spending, military spending, military budget; deforestation
deportation = deported, deport; disability = disabled people, disabilities
disinformation = misinformation, fake news; discrimination; diplomacy = diplomatic; divorce
DNA = dna testing, dna profile; dogs = dog; domestic violence = domestic abuse
doping = performance-enhancing drug, anti-doping; drones = drone; drone strikes = drone strike
drought; drug prices = prescription drug, drug pricing, drug price
drug trafficking = drug smuggling, drug trade; drugs = drug
early voting = absentee ballot, mail-in voting, vote by mail; earthquake = quake
economic growth = economy, gdp; economic inequality = inequality, income inequality, wealth gap
economic stimulus = stimulus package, stimulus bill, stimulus; education = school
elder care = elderly care, care home; elections = election; election fraud = voter fraud
election interference = russian interference, election meddling; electoral college
electric cars = electric vehicle, electric car
emergency powers = national emergency, state of emergency
emergency departments = emergency department, emergency room
endangered species = poaching, wildlife; energy policy; environment = environmental protection
equal pay = pay gap, gender pay gap; espionage = spying, spies; ethnic cleansing
evacuation = evacuated; executive orders = executive order; executive privilege; exports
extradition = extradited; extremism = extremist; famine = hunger, starvation; far right = far-right
fashion; federal judges = judicial nominee; feminism = feminist; film = films, movie, box office
financial crisis; fishing; flooding = flood; food safety
football = soccer, footballer; foreign aid; foreign investment = foreign direct investment
foreign policy; forest fires = wildfire, bushfire; fracking; fraud = defrauded
free speech = freedom of speech, freedom of expression
free trade = free trade agreement, free-trade; free trade zones = free trade zone, ftz
fuel prices = gas prices, petrol price; gambling = casino; gangs = gang
gas = natural gas, gas supply; gay marriage = same-sex marriage, marriage equality
gay rights = lgbt rights, lgbtq; gender equality = women's rights; genetics = gene editing, genome
genocide; gerrymandering = redistricting; global economy = world economy
globalisation = globalization; gold; golf; government shutdown = shutdown; Green New Deal
gun control = gun laws, gun law, gun reform, gun legislation, background checks; gun rights
gun violence = mass shooting, gunman; shooting; hacking = hacker, hackers, hacked; hate crime
hate speech; health care = healthcare, health-care, health care reform
health insurance = obamacare repeal; Holocaust; homelessness = homeless; horse racing
hostage-taking = hostages, hostage; hospitals = hospital; House elections
housing = affordable housing, housing crisis; housing market = house prices, property prices
human rights; human trafficking = sex trafficking, trafficking
humanitarian aid = humanitarian crisis; hurricane; hydropower; identity politics; identity theft
illegal immigration = illegal immigrant, undocumented immigrant
immigration = immigrant, immigration policy, immigration reform, migrants
impeachment = impeach, impeached; impeachment inquiry; impeachment trial; imports
incarceration = mass incarceration; independence = independence referendum
indigenous people = native american, aboriginal; infrastructure = infrastructure plan
inflation = consumer prices; insider trading; insurgency = insurgent, rebels
interest rates = interest rate, rate hike, rate cut, interest rate hike
internet freedom = internet censorship; investment; IPO = initial public offering; iron ore
Islam = muslims, islamic; Islamophobia = anti-muslim; jihadists = jihadist, islamist; jobless claims
jobs = job creation, job losses, layoffs; journalism; judicial independence = judiciary
kidnapping = kidnapped, abducted, abduction; labour rights = labor rights, workers' rights
landmines = land mine; landslide = mudslide; law enforcement; leaks = leaked, leak, whistleblower
lobbying = lobbyist; looting; low pay = minimum wage; malaria
mafia = organised crime, organized crime; manslaughter; manufacturing = manufacturer, factories
mass graves = mass grave; masks = face mask; measles
media = news media, mainstream media, press freedom, freedom of the press; Medicaid
medical negligence = malpractice, medical malpractice; medical research = clinical trial; Medicare
Medicare for All = single-payer; mental health = mental illness
mergers = merger, takeover, acquisition; meteorology = meteorologist; Me Too = metoo; middle class
midterm elections = midterms, midterm election, midterm; migrant caravan = caravan, caravans
migration = refugee crisis, migration crisis; military exercises = military drill, war games
mining = miners; missile defence = missile defense, missile shield
missile tests = missile test, ballistic missile, missile launch
missing people = missing person, disappeared; monarchy = royal family; money laundering
murder = murdered, homicide; museums = museum; music = album, singer, concert; national security
nationalism = nationalist, economic nationalism; natural disasters; neo-Nazis = neo-nazi
net neutrality; nondisclosure agreements = nondisclosure agreement
nuclear power = nuclear plant, nuclear energy
nuclear weapons = nuclear weapon, nuclear programme, nuclear program, nuclear test
nuclear deal = iran deal; nursing homes = nursing home; nutrition = diet; obesity
obstruction of justice = obstruction; oil = crude oil, crude; oil prices = oil price, crude prices
oil pipeline = pipeline; Olympics = olympic, olympic games; one-China policy
online shopping = e-commerce; opinion polls = opinion poll
opioids = opioid crisis, opioid epidemic, opioid; Oscars = academy awards; pandemic = epidemic
paid leave = parental leave, maternity leave; pardons = pardon, presidential pardon
parliamentary elections = parliamentary election, legislative election, general election
peace talks = peace process, peace negotiations; peacekeeping = peacekeepers, peacekeeping mission
pensions = pension, retirement; pesticides; pharmaceuticals = pharmaceutical, drugmaker
philanthropy; piracy = pirates; plane crash = plane crashed, air crash
plastic = plastic waste, microplastics; poaching; poetry = poet; police = policing
police brutality = police shooting, police violence; political correctness; polls = poll numbers
Pope; populism = populist; pornography = porn; poverty
presidential debate = democratic debate, debate stage
presidential election = presidential race, presidential campaign
presidential primary = democratic primary, primaries; prisons = prison, jail
prisoner swap = prisoner exchange; privatisation = privatization; propaganda
prostitution = sex work, sex worker; protectionism
protests = protest, protesters, demonstration, demonstrators; public health
public transport = subway, metro; quarantine; racism = racist
racial disparities = racial inequality; radicalisation = radicalization
railways = railway, high-speed rail; rape; recession = economic downturn; recall = product recall
red tape = deregulation, regulation; referendum; refugees = refugee
religious freedom = religious liberty; renewable energy = solar power, wind power, clean energy
reparations; riots = riot, rioting; robots = robot, automation; rugby; rule of law
sanctions = economic sanctions; sanctuary cities = sanctuary city; satellite
school choice = charter school, voucher; school shooting; science = scientists
science fiction = sci-fi; security = security forces; segregation
self-driving cars = self-driving, driverless; separatism = separatist, secession; sex education
sexism = misogyny; sexual assault = sexually assaulted; sexual harassment = sexual misconduct
shipping; slavery; small business = small businesses; smartphones = smartphone
smoking = tobacco, cigarettes; social distancing; social media; social security
socialism = socialist, democratic socialist; solar eclipse = eclipse
space exploration = space mission, spacecraft, astronaut; space shuttle = shuttle; special election
sports; start-ups = startup, start-up; state elections; statehood; steel tariffs; stem cells
stock market = stock markets, global stocks; strike = walkout, strikes; students = student
student loans = student debt, tuition; suicide; suicide bombing = suicide bomber
super PACs = super pac; supply chain; surrogacy; surveillance = wiretap, wiretapping, eavesdropping
swine flu; tariffs = tariff; tax; tax cuts = tax cut; tax evasion = tax fraud, tax avoidance
tax reform = tax overhaul; tax returns = tax return; tax breaks = tax incentives; teachers = teacher
technology = tech companies, big tech; teenagers = teenager; television; tennis; term limits
terrorism = terrorist, terror attack; theatre = theater; torture; tourism = tourist
trade = trade deal, trade agreement, trade talks, trade policy; trade deficit
trade unions = labor union, trade union; trade war; transgender rights = transgender
travel ban = muslim ban, entry ban; treason; tropical cyclones = cyclone, typhoon, tropical cyclone
tuberculosis; undocumented immigrants
unemployment = jobless, unemployment rate, unemployment benefits; universities = university, campus
uranium; urban planning; vaccination = vaccine, immunisation, immunization; veterans = veteran
video games = video game, gaming; visas = visa, work permit; voter ID = voter id laws
voter registration; voter suppression = voting restrictions; voting rights
volcano = volcanic eruption; wages = wage; war crimes = war crime; warships; waste; recycling
water = drinking water; welfare = food stamps; whales
white nationalism = white supremacy, white supremacist, white nationalist; witnesses = witness
women in politics; women's march; workplace safety; World Cup; youth unemployment; zoning
"""


def _read(entries: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """List by its first word every way to speak of a subject, longer ones before shorter."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in re.split(r"[;\n]", entries):
        name, _, others = entry.partition(" = ")
        if name.strip():
            for form in (name, *filter(None, others.split(","))):
                words = tuple(plain_words(form))
                by_first.setdefault(words[0], []).append((words, name.strip()))
    for forms in by_first.values():
        forms.sort(key=lambda pair: (-len(pair[0]), pair))
    return by_first


def plain_words(text: str) -> list[str]:
    """Part a text into what subjects are compared by: small words in the singular."""
    return [singular(word) for word in WORD.findall(text.lower())]


@dataclass(slots=True)
class Sighting:
    count: int
    # The place of the first mention, counted in words.
    first: int


def subjects_in(text: str) -> dict[str, Sighting]:
    """
    Find the subjects of which a text speaks; the longest form at each place counts.

    A single word inside a name is none: `Kenneth Job`, `Daily Miner`.
    """
    found: dict[str, Sighting] = {}
    written = WORD.findall(text)
    words = [singular(word.lower()) for word in written]
    capitals = [word[0].isupper() for word in written] + [False]
    place, size = 0, len(words)
    while place < size:
        step = 1
        for form, name in FORMS.get(words[place], ()):
            step = len(form)
            if (
                step == 1
                and capitals[place]
                and (
                    capitals[place + 1]
                    or capitals[place - 1]
                    or words[place + 1 : place + 2] == ["of"]
                )
            ):
                continue
            if step == 1 or tuple(words[place : place + step]) == form:
                sighting = found.get(name)
                if sighting is None:
                    found[name] = Sighting(1, place)
                else:
                    sighting.count += 1
                break
        else:
            step = 1
        place += step
    return found


FORMS = _read(_ENGLISH)
SUBJECT_OF = {form: name for forms in FORMS.values() for form, name in forms}
NAMES = {tuple(plain_words(name)): name for name in SUBJECT_OF.values()}
