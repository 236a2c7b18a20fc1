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
5G; abortion = abortion rights, abortion ban, anti-abortion, pro-choice; academic freedom
affirmative action; ageing = aging population; agriculture = farming, farmers
air pollution = smog, air quality; air strikes = airstrike; aircraft carriers = aircraft carrier
airlines = airline; airport security; alternative medicine = homeopathy; animal rights
animal welfare = animal cruelty, animal abuse; annexation = annexed
anti-Semitism = antisemitism, anti-semitic, antisemitic; antibiotics = antibiotic
antibodies = antibody; antitrust = monopoly, antitrust law; archaeology = archaeologist
architecture = architect; arms control = nuclear treaty; arms embargo
arms trade = arms sales, arms deal; arson; artificial intelligence; assassination = assassinated
assault weapons = assault rifle, assault weapons ban; assisted dying = euthanasia, assisted suicide
asteroid; astronomy = astronomer; asylum = asylum seeker, asylum claim; austerity; autism
auto industry = carmaker, automaker; avalanche; bail reform; bailout
ballot measures = ballot measure, ballot initiative; banking = banks; bankruptcy = bankrupt
baseball; basketball; beef; bees; biodiversity; biotechnology = biotech
birth control = contraception; birthright citizenship; black voters = african-american voters
blackouts = blackout, power outage, power cut; body cameras = body camera
border security = border wall, border control, southern border; boxing; breast cancer
bribery = bribe; broadband; Buddhism = buddhist
budget = budget cuts, budget deficit, federal budget; bullying = cyberbullying; burglary = burglar
cabinet reshuffle; campaign ads = campaign ad, attack ad; campaign finance = campaign donation
cancer; cannabis = marijuana, legal marijuana, medical marijuana
capital punishment = death penalty, death row; car bombing = car bomb
carbon emissions = greenhouse gas, emissions; carbon tax; casualties; Catholic Church
caucuses = caucus; ceasefire = truce, cease-fire; censorship = censored; census
central banks = central bank, monetary policy
chemical weapons = chemical attack, sarin, nerve agent; chess; child abuse; child care = childcare
child labour = child labor; child marriage; child poverty
child sexual abuse = child sex abuse, clergy abuse, paedophile; cholera; Christianity = christian
citizenship; civil liberties; civil rights = civil rights movement; civil war
classified information = classified document; clean water
climate change = global warming, climate crisis, climate action; cloud computing
coal = coal mining, coal mine; Cold War; college admissions = admissions scandal; college sports
competition law; Confederate monuments = confederate statue
confidence vote = no-confidence vote, vote of no confidence
confirmation hearing = confirmation process; conservatism; conspiracy theories = conspiracy theory
constitution = constitutional amendment; consumer protection; contact tracing
copyright = intellectual property; coronavirus = covid-19, covid, novel coronavirus, new coronavirus
coronavirus testing = testing kit; corporate governance; corporate tax = corporate tax rate
corruption = graft, anti-corruption; cosmetics; counter-terrorism = counterterrorism
coup = coup attempt, attempted coup; court-packing; cricket; crime = crime rate, violent crime
criminal justice = criminal justice reform, prison reform, sentencing reform
cryptocurrency = bitcoin, crypto; cultural heritage = heritage site; customs union
cyber security = cybersecurity, cyber attack, cyberattack; cycling = cyclist
DACA = dreamers, deferred action; dairy = milk; dams = dam; data breach
data privacy = privacy, personal data, data protection; debt = national debt, federal debt
defamation = libel, slander; defence spending = defense spending, military spending, military budget
deforestation; dementia = alzheimer's; denuclearisation = denuclearization
deportation = deported, deport; diabetes; dinosaurs = dinosaur; diplomacy = diplomatic
disability = disabled people, disabilities; discrimination
disinformation = misinformation, fake news; divorce; DNA = dna testing, dna profile; dogs = dog
domestic violence = domestic abuse; doping = performance-enhancing drug, anti-doping
drone strikes = drone strike; drones = drone; drought; drug cartels = cartel
drug prices = prescription drug, drug pricing, drug price
drug trafficking = drug smuggling, drug trade; drugs = drug; drunk driving
early education = kindergarten, preschool
early voting = absentee ballot, mail-in voting, vote by mail; earthquake = quake; Ebola
economic growth = economy, gdp; economic inequality = inequality, income inequality, wealth gap
economic stimulus = stimulus package, stimulus bill, stimulus; education = school
elder care = elderly care, care home; election fraud = voter fraud
election interference = russian interference, election meddling; elections = election
electoral college; electric cars = electric vehicle, electric car; elephants = elephant
embassies = embassy; emergency departments = emergency department, emergency room
emergency powers = national emergency, state of emergency; endangered species = wildlife
energy policy; entitlement programs = entitlement; environment = environmental protection
equal pay = pay gap, gender pay gap; espionage = spying, spies; ethnic cleansing
evacuation = evacuated; evangelicals = evangelical; evolution; executive orders = executive order
executive pay; executive privilege; exports; extradition = extradited; extremism = extremist
family separation = separated families; famine = hunger, starvation; far right = far-right; fashion
federal judges = judicial nominee; federalism; feminism = feminist
fighter jets = fighter jet, warplane; filibuster; film = films, movie, box office; financial crisis
fishing; flooding = flood; flu = influenza; food prices; food safety; football = soccer, footballer
foreign aid; foreign investment = foreign direct investment; foreign policy
forest fires = wildfire, bushfire; Formula One; fossils = fossil; foster care; fracking
fraud = defrauded; free speech = freedom of speech, freedom of expression
free trade = free trade agreement, free-trade; free trade zones = free trade zone, ftz
freedom of religion; fuel prices = gas prices, petrol price; fundraising = fundraiser
gambling = casino; gangs = gang; gas = natural gas, gas supply
gay marriage = same-sex marriage, marriage equality; gay rights = lgbt rights, lgbtq
gender equality = women's rights; genetics = gene editing, genome; genocide
gerrymandering = redistricting; global economy = world economy; globalisation = globalization; gold
golf; government shutdown = shutdown; green cards = green card; Green New Deal
gun control = gun laws, gun law, gun reform, gun legislation, background checks; gun rights
gun violence = mass shooting, gunman; gymnastics = gymnast; hacking = hacker, hackers, hacked
hate crime; hate speech; headscarves = headscarf, burqa
health care = healthcare, health-care, health care reform; health insurance = obamacare repeal
heart disease; heatwave = heat wave; hedge funds = hedge fund; higher education; Hinduism = hindu
HIV = aids; Holocaust; homelessness = homeless; homeschooling; horse racing; hospitals = hospital
hostage-taking = hostages, hostage; House elections; housing = affordable housing, housing crisis
housing market = house prices, property prices; human rights
human trafficking = sex trafficking, trafficking; humanitarian aid = humanitarian crisis; hurricane
hydropower; hydroxychloroquine; ice hockey; identity politics; identity theft
illegal immigration = illegal immigrant, undocumented immigrant
immigration = immigrant, immigration policy, immigration reform, migrants
immigration detention = detention center, detention centre; impeachment = impeach, impeached
impeachment inquiry; impeachment trial; imports; inauguration; incarceration = mass incarceration
independence = independence referendum; indigenous people = native american, aboriginal
inflation = consumer prices; infrastructure = infrastructure plan; insider trading
insurance = insurer; insurgency = insurgent, rebels
intelligence agencies = intelligence agency, intelligence community
interest rates = interest rate, rate hike, rate cut, interest rate hike
internet freedom = internet censorship; investment; IPO = initial public offering; Irish border
iron ore; Islam = muslims, islamic; Islamophobia = anti-muslim; IVF = fertility; ivory = ivory trade
jihadists = jihadist, islamist; jobless claims; jobs = job creation, job losses, layoffs; journalism
judicial independence = judiciary; juvenile justice; kidnapping = kidnapped, abducted, abduction
labour rights = labor rights, workers' rights; landmines = land mine; landslide = mudslide
law enforcement; lawsuits = lawsuit, class action; leaks = leaked, leak; liberalism
literacy; lobbying = lobbyist; local elections = local election
lockdown = stay-at-home order, shelter in place; looting; low pay = minimum wage; luxury goods
mafia = organised crime, organized crime; malaria; manslaughter
manufacturing = manufacturer, factories; marathon; masks = face mask; mass graves = mass grave
mathematics = mathematician; Me Too = metoo; measles
media = news media, mainstream media, press freedom, freedom of the press; Medicaid
medical negligence = malpractice, medical malpractice; medical research = clinical trial; Medicare
Medicare for All = single-payer; mental health = mental illness
mergers = merger, takeover, acquisition; meteorology = meteorologist; middle class
midterm elections = midterms, midterm election, midterm; migrant caravan = caravan, caravans
migrant workers = migrant worker; migration = refugee crisis, migration crisis; militants = militant
military aid; military exercises = military drill, war games; militia; mining = miners
missile defence = missile defense, missile shield
missile tests = missile test, ballistic missile, missile launch
missing people = missing person, disappeared; monarchy = royal family; money laundering
monuments = monument, statue; mortgages = mortgage; mosques = mosque; murder = murdered, homicide
museums = museum; music = album, singer, concert; national anthem; national parks = national park
national security; nationalism = nationalist, economic nationalism; natural disasters
neo-Nazis = neo-nazi; net neutrality; nondisclosure agreements = nondisclosure agreement
nuclear deal = iran deal; nuclear power = nuclear plant, nuclear energy; nuclear waste
nuclear weapons = nuclear weapon, nuclear programme, nuclear program, nuclear test; nurses = nurse
nursing homes = nursing home; nutrition = diet; obesity; obstruction of justice = obstruction
offshore drilling = oil drilling; oil = crude oil, crude; oil pipeline = pipeline
oil prices = oil price, crude prices; oil spill; Olympics = olympic, olympic games; one-China policy
online shopping = e-commerce; opera; opinion polls = opinion poll
opioids = opioid crisis, opioid epidemic, opioid; organ transplants = transplant
Oscars = academy awards; paid leave = parental leave, maternity leave; pandemic = epidemic
pardons = pardon, presidential pardon; parenting
parliamentary elections = parliamentary election, legislative election, general election; parole
patents = patent; peace talks = peace process, peace negotiations
peacekeeping = peacekeepers, peacekeeping mission; pensions = pension, retirement
people smuggling = human smuggling; perjury; pesticides; pharmaceuticals = pharmaceutical, drugmaker
philanthropy; physics = physicist; piracy = pirates; plane crash = plane crashed, air crash
plastic = plastic waste, microplastics; poaching; podcasts = podcast; poetry = poet
police = policing; police brutality = police violence; police shooting; polio; political correctness
polls = poll numbers; Pope; populism = populist; pornography = porn; poverty; pregnancy = pregnant
presidential debate = democratic debate, debate stage
presidential election = presidential race, presidential campaign
presidential primary = democratic primary, primaries; price controls
prisoner swap = prisoner exchange; prisons = prison, jail; private equity
privatisation = privatization; progressives = progressive; propaganda
prostitution = sex work, sex worker; protectionism
protests = protest, protesters, demonstration, demonstrators; public health; public lands
public opinion; public spending = government spending; public transport = subway, metro; quarantine
racial disparities = racial inequality; racism = racist; radicalisation = radicalization
railways = railway, high-speed rail; rape; real estate = property developer; recall = product recall
recession = economic downturn; recount; recycling; red tape = deregulation, regulation; referendum
refugee camps = refugee camp; refugees = refugee; religious freedom = religious liberty
renewable energy = solar power, wind power, clean energy; reopening; reparations
reproductive rights; retail = retailer; ride-hailing = ride-sharing; riots = riot, rioting
road safety = car crash, traffic accident; robots = robot, automation; rugby; rule of law
running mate; sanctions = economic sanctions; sanctuary cities = sanctuary city; satellite
school choice = charter school, voucher; school lunches; school shooting; science = scientists
science fiction = sci-fi; seafood; second referendum; security = security forces; segregation
self-driving cars = self-driving, driverless; semiconductors = semiconductor, chipmaker
separation of powers; separatism = separatist, secession; settlements = israeli settlement
sex education; sexism = misogyny; sexual abuse = sex abuse; sexual assault = sexually assaulted
sexual harassment = sexual misconduct; sexual violence; sharks = shark; shipping; shipwreck
shooting; single market; skiing = skier; slavery; small business = small businesses
smartphones = smartphone; smoking = tobacco, cigarettes; snap election = early election
snow = snowstorm, blizzard; social distancing; social media; social security
socialism = socialist, democratic socialist; solar eclipse = eclipse; South China Sea
space exploration = space mission, spacecraft, astronaut; space shuttle = shuttle; special counsel
special election; sports; stabbing = knife attack, knife crime; start-ups = startup, start-up
state elections; state legislatures = state legislature; State of the Union; state visit; statehood
steel tariffs; stem cells; stock market = stock markets, global stocks; streaming
strike = walkout, strikes; student loans = student debt, tuition; students = student
submarines = submarine; subpoena; subsidies = subsidy; suicide; suicide bombing = suicide bomber
super PACs = super pac; supermarkets = supermarket; supply chain; surrogacy
surveillance = wiretap, wiretapping, eavesdropping; swimming = swimmer; swine flu
swing states = swing state, battleground state; synagogues = synagogue; tariffs = tariff; tax
tax breaks = tax incentives; tax credits = tax credit; tax cuts = tax cut
tax evasion = tax fraud, tax avoidance; tax reform = tax overhaul; tax returns = tax return
taxis = taxi; teachers = teacher; technology = tech companies, big tech; teenagers = teenager
telecoms = telecommunications; television; tennis; term limits
territorial disputes = territorial dispute; terrorism = terrorist, terror attack; theatre = theater
third parties = third party; tornado; torture; tourism = tourist
trade = trade deal, trade agreement, trade talks, trade policy; trade deficit
trade unions = labor union, trade union; trade war; transgender rights = transgender
travel ban = muslim ban, entry ban; travel restrictions; treason
troop withdrawal = withdrawal of troops; tropical cyclones = cyclone, typhoon, tropical cyclone
tsunami; tuberculosis; two-state solution; undocumented immigrants
unemployment = jobless, unemployment rate, unemployment benefits; universities = university, campus
uranium; urban planning; US dollar = dollar; vaccination = vaccine, immunisation, immunization
Vatican; veganism = vegan; vegetarianism = vegetarian; ventilators = ventilator; venture capital
veterans = veteran; veterans' affairs; video games = video game, gaming; visas = visa, work permit
volcano = volcanic eruption; voter ID = voter id laws; voter registration
voter suppression = voting restrictions; voting machines = voting machine; voting rights
wages = wage; war crimes = war crime; warships; waste; water = drinking water; welfare = food stamps
whales; white nationalism = white supremacy, white supremacist, white nationalist
witnesses = witness; wolves = wolf; women in politics; women's health; women's march
workplace safety; World Cup; World War II = second world war; wrestling; youth unemployment; Zika
zoning; zoos = zoo
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
