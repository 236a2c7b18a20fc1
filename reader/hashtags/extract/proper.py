"""What names are made of: titles, connecting words, peoples and their countries. Lower case."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Written small inside a name: Bank of England, Banco de España, Osama bin Laden.
CONNECTORS: dict[str, frozenset[str]] = {
    "en": _set("of de del van von bin al el du da dos"),
    "es": _set("de del"),
    "fr": _set("de du des d"),
    "de": _set("von zu"),
    "it": _set("di del della dei degli delle da de"),
    "pt": _set("de do da dos das"),
    "nl": _set("van"),
}
# They go on a connecting word: Ursula von der Leyen, Juan de la Cruz, House of the People.
AFTER_CONNECTOR = _set("der den het la las los le les the")

# St Vincent's Hospital is one name, Boston's mayor is not.
AFTER_POSSESSIVE = _set("hospital church cathedral college school basilica chapel square")

# They stand before a person's name and part it from what comes before.
TITLES = _set("""
    president vice minister premier chancellor secretary senator sen rep representative
    congressman congresswoman governor gov mayor judge justice justices attorney general gen
    colonel col captain capt lieutenant lt sergeant sgt major officer sheriff bishop archbishop
    reverend rev rabbi imam ayatollah sheikh mr mrs ms miss dr doctor prof professor sir lord lady
    dame director chairman chairwoman chair chief executive ceo spokesman spokeswoman spokesperson
    leader commissioner ambassador deputy former acting prime foreign defence defense finance
    interior press speaker whip counsel prosecutor inspector analyst correspondent editor majority
    minority reporter author actor actress singer coach candidate nominee democrat republican
    taoiseach administrator manager superintendent striker goalkeeper
    presidente presidenta ministro ministra canciller alcalde alcaldesa gobernador
    gobernadora señor señora don doña juez fiscal secretario secretaria président présidente
    ministre chancelier chancelière maire gouverneur monsieur madame mme juge procureur secrétaire
    directeur directrice première präsident präsidentin präsidenten präsidents ministers ministerin
    bundeskanzler bundeskanzlerin kanzler
    kanzlerin ministerpräsident außenminister außenministerin finanzminister innenminister
    bürgermeister bürgermeisterin vorsitzende vorsitzender sprecherin sprecher herr frau
    """)

# After one of these it was no title but part of a name: Justice Department, General Motors.
NO_TITLE_BEFORE = _set("""
    department ministry court bank committee council agency office commission house party
    association federation union assembly motors electric mills affairs club conference institute
    league ministerio ministère ministerium
    """)

# They name a body together with what follows «and» or «for».
OFFICES = _set("""
    department institute institutes ministry office center centers centre bureau committee council
    agency commission fund campaign college school society federation association
    """)

# With one of these behind it a first word alone means the body: Amnesty for Amnesty International.
BODY_ENDINGS = _set("""
    international corp corporation group inc ltd plc ag sa gmbh holdings industries systems
    airlines airways network technologies pharmaceuticals motors energy entertainment foundation
    """)

# Bush the father and Bush the son differ in nothing but these letters.
INITIALS_MATTER = frozenset({"bush"})

# «US» before one of these belongs to the name; before anything else it says where it is.
US_NAMES = _set("steel open airways masters foods bancorp")

# Days and months end a name: «in Manchester Sunday».
CALENDAR = _set("""
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov
    dec mon tue wed thu fri sat sun am pm est edt gmt enero febrero marzo abril mayo junio julio
    agosto septiembre octubre noviembre diciembre janvier février mars avril mai juin juillet août
    septembre octobre novembre décembre januar februar märz juni juli oktober dezember montag
    dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi
    samedi dimanche lunes martes miércoles jueves viernes
    """) - {"march", "may", "mars", "mar", "sun", "sat"}

# Picture credits: «(Jane Doe/AP Photo via Getty Images)».
CREDITS = _set("ap afp epa reuters getty images photo photos file")

# Capitalised, and no name worth following.
NOT_NAMES = CALENDAR | _set("""
    may march mars mar sun sat primeminister associated super justice defense defence enlarge
    sport church supreme constitutional apphoto apvideo getty vpresident majorityleader ad ads adv
    reuters afp ap dpa efe ansa xinhua upi associatedpress agencefrancepresse gettyimages god ok
    okay tv id ii iii iv vi vii jr hon st no vs q a i mr mrs ms dr et al co inc ltd corp facebook
    twitter instagram youtube google whatsapp linkedin reddit pinterest tumblr email newsletter
    advertisement related sponsored subscribe share photo photos image images video watch read
    more caption credit file updated story continues below sign up top breaking live exclusive
    north south east west northern southern eastern western central upper lower greater new old
    house state department government administration committee council court party office union
    bank university school college hospital police army navy force constitution law act bill
    section article board agency commission association society institute foundation center centre
    group company america american americans african arab arabs asian european europeans
    queen king prince princess thanksgiving christmas easter internet english spanish french german
    """)
# The people and the country are one subject.
_PEOPLES = """
afghan afghans=Afghanistan albanian=Albania algerian=Algeria argentine argentinian=Argentina
armenian=Armenia australian australians=Australia austrian=Austria azerbaijani=Azerbaijan
bahraini=Bahrain bangladeshi=Bangladesh belarusian=Belarus belgian=Belgium bolivian=Bolivia
bosnian=Bosnia brazilian brazilians=Brazil british britain britons greatbritain unitedkingdom=UK
bulgarian=Bulgaria cambodian=Cambodia cameroonian=Cameroon canadian canadians=Canada chilean=Chile
chinese=China colombian=Colombia congolese=Congo croatian=Croatia cuban cubans=Cuba cypriot=Cyprus
czech=CzechRepublic danish=Denmark dutch=Netherlands ecuadorian=Ecuador egyptian egyptians=Egypt
eritrean=Eritrea estonian=Estonia ethiopian=Ethiopia filipino filipinos=Philippines finnish=Finland
gambian=Gambia georgian=Georgia ghanaian=Ghana greek greeks=Greece guatemalan=Guatemala
haitian haitians=Haiti honduran hondurans=Honduras hungarian=Hungary icelandic=Iceland
indian indians=India indonesian=Indonesia iranian iranians=Iran iraqi iraqis=Iraq irish=Ireland
israeli israelis=Israel italian italians=Italy jamaican=Jamaica japanese=Japan jordanian=Jordan
kazakh=Kazakhstan kenyan kenyans=Kenya kuwaiti=Kuwait latvian=Latvia lebanese=Lebanon
liberian=Liberia libyan libyans=Libya lithuanian=Lithuania macedonian=Macedonia
malaysian malaysians=Malaysia maltese=Malta mexican mexicans=Mexico moroccan=Morocco
nepali nepalese=Nepal nigerian nigerians=Nigeria northkorean northkoreans=NorthKorea
norwegian=Norway omani=Oman pakistani pakistanis=Pakistan palestinian palestinians=Palestine
panamanian=Panama peruvian=Peru polish=Poland portuguese=Portugal qatari=Qatar romanian=Romania
russian russians=Russia rwandan=Rwanda saudi saudis=SaudiArabia scottish=Scotland senegalese=Senegal
serbian=Serbia singaporean=Singapore slovak=Slovakia slovenian=Slovenia somali somalis=Somalia
southafrican southafricans=SouthAfrica southkorean southkoreans=SouthKorea spaniards=Spain
srilankan=SriLanka sudanese=Sudan swedish=Sweden swiss=Switzerland syrian syrians=Syria
taiwanese=Taiwan tanzanian=Tanzania thai=Thailand tunisian=Tunisia turkish turks turkiye=Turkey
ugandan=Uganda ukrainian ukrainians=Ukraine emirati=UAE unitedarabemirates=UAE uruguayan=Uruguay
venezuelan venezuelans=Venezuela vietnamese=Vietnam welsh=Wales yemeni yemenis=Yemen
zambian=Zambia zimbabwean=Zimbabwe
unitedstates unitedstate unitedstatesofamerica usa=US europeanunion=EU unitednations=UN
northatlantictreatyorganization=NATO gop republicans republican=RepublicanParty
democrats democratic=DemocraticParty
departmentofjustice doj=JusticeDepartment ussupremecourt=SupremeCourt
ussenate=Senate uscongress=Congress statedepartment departmentofstate=StateDepartment
federalbureauofinvestigation=FBI centralintelligenceagency=CIA worldhealthorganization=WHO
internationalmonetaryfund=IMF europeancentralbank=ECB democrat=DemocraticParty
usdepartmentofjustice usjusticedepartment=JusticeDepartment usstatedepartment=StateDepartment
departmentofhomelandsecurity homelandsecurity=DHS environmentalprotectionagency=EPA
worldtradeorganization worldtradeorganisation=WTO worldhealthorganisation=WHO
centersfordiseasecontrol centersfordiseasecontrolandprevention=CDC
usfederalreserve fed=FederalReserve isis isil daesh is=IslamicState aca obamacare=AffordableCareAct
northamericanfreetradeagreement=NAFTA covid19 covid=coronavirus nationalrifleassociation=NRA
ushouse ushouseofrepresentatives=HouseOfRepresentatives americancivilliberties
americancivillibertiesunion=ACLU northatlantictreatyorganisation=NATO dprk=NorthKorea
muslim=Muslims christian=Christians jew jewish=Jews islamist=Islamists hispanic=Hispanics
latino=Latinos africanamerican=AfricanAmericans nativeamerican=NativeAmericans navyseal=NavySEALs
asianamerican=AsianAmericans kurd kurdish=Kurds rohingyas=Rohingya uighur uyghur uyghurs=Uighurs
grammy=Grammys emmy=Emmys drc drcongo democraticrepublicofthecongo democraticrepublicofcongo=Congo
myanmar=Burma
senaterepublican senaterepublicans houserepublican houserepublicans senategop=RepublicanParty
senatedemocrats senatedemocratic
housedemocratic housedemocrats=DemocraticParty federalreservesystem=FederalReserve
"""


def _read(pairs: str) -> dict[str, str]:
    same: dict[str, str] = {}
    waiting: list[str] = []
    for entry in pairs.split():
        word, _, country = entry.partition("=")
        waiting.append(word)
        if country:
            same.update(dict.fromkeys(waiting, country))
            waiting = []
    return same


# So well known that texts may leave out the first name, or give it no further than the headline.
FAMOUS = _read("""
trump=DonaldTrump obama=BarackObama biden=JoeBiden putin=VladimirPutin merkel=AngelaMerkel
macron=EmmanuelMacron erdogan=RecepTayyipErdogan netanyahu=BenjaminNetanyahu
assad=BasharAlAssad pelosi=NancyPelosi mcconnell=MitchMcConnell mueller=RobertMueller
zelensky=VolodymyrZelensky zelenskyy=VolodymyrZelensky modi=NarendraModi trudeau=JustinTrudeau
kavanaugh=BrettKavanaugh bolsonaro=JairBolsonaro maduro=NicolásMaduro duterte=RodrigoDuterte
""")

# From a folded English name to the hashtag that stands for the same thing.
SAME_THING = _read(_PEOPLES)
# The same for other languages, as they call it themselves.
SAME_ELSEWHERE = {
    "es": _read("""
        eeuu eua usa us=EstadosUnidos ue=UniónEuropea nacionesunidas=ONU
        reinounido  granbretana=ReinoUnido covid19 covid=coronavirus
        """),
    "fr": _read("""
        usa us etatsunisdamerique=ÉtatsUnis unioneuropeenne ue=UnionEuropéenne
        nationsunies=ONU grandebretagne=RoyaumeUni covid19 covid=coronavirus
        """),
    "de": _read("""
        us vereinigtestaaten vereinigtenstaaten=USA europaischeunion europaischenunion=EU
        vereintenationen vereintennationen=UNO großbritannien grossbritannien
        vereinigteskonigreich=Großbritannien covid19 covid=Coronavirus
        """),
}
