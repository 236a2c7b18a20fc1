"""
Words that never make a hashtag, or never make one alone. Lower case. Imports nothing of ours.

Written by hand from what news texts repeat without being about it.
"""

from __future__ import annotations


def _sets(lists: dict[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in lists.items()}


# Between two words of a key phrase none of these stands: verbs, adverbs, words of time and amount.
BREAKERS = _sets(
    {
        "en": """
        two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
        second third fourth fifth half quarter able according accept accused act acted adding
        added adds admitted agree agreed aimed allow allowed announced announcing appear appeared
        appears approved argue argued argues argument asked asking asks attempt attended available
        based began begin beginning begins begun believe believed believes bring bringing brought
        build built call called calling calls cause caused certain certainly changed claim claimed
        claims clear clearly close closed comment commented concerned confirmed consider
        considered continue continued continues contributed create created cut deal decide decided
        declared declined defended delivered demanded denied described despite determined develop
        die died directly discuss discussed dollars double drawn easily effectively emphasised
        emphasized end ended ending entirely estimated euros eventually exactly expect expected
        explain explained express expressed extremely face faced facing fact failed feel feels
        fell felt fight fighting finally find finding finds followed following follows force
        forced found fully generally going grew grow growing happen happened happening hard hear
        heard held help helped helping helps highly hit hold holding hope hopes hours hundred
        hundreds immediately include included includes increase increased increasingly insisted
        intended involved involving issued join joined kill killed largely launched lead leading
        learned leave leaving led left live lived living look looked looking looks lose lost mean
        means meant meet met million billion trillion minutes month months morning move moved
        moving named need needed needs night noted noting number numbers obtained offer offered
        open opened order ordered paid particularly pay percent percentage phone place placed plan
        planned plans play played playing point pointed possible post posted potentially prepared
        present prevent previously proposed provide provided provides publicly published pull
        pulled push pushed question questioned quickly quoted raise raised ran ranging reach
        reached read reading ready really receive received recently record referred refused
        released remain remained remains remove removed repeatedly replaced replied report
        reported reportedly reporting require required respond responded result return returned
        reveal revealed rise rising rose roughly round run running runs scheduled seek seeking
        seeks send sending sent serve served set sets setting share shared short show showed
        showing shown shows sign signed significantly simply sit small speak speaking spent spoke
        spoken stand start started starting state stated stay step stood stop stopped strongly
        struck suggest suggested support supported sure talk talked talking tend thought thousand
        thousands threatened time times today tomorrow tonight took top totally tried tries truly
        try trying turn turned turning tweet tweeted understand urged view visit voted wait walk
        warned warning watch week weekend weeks welcome widely won work worked working works worse
        worth write writes writing written wrote year years yesterday day days hour minute seconds
        afternoon evening ago allegedly apparently fewer happy obviously possibly probably
        perfectly reports spend subscribe click advertisement photo image caption video editor
        """,
        "es": """
        afirmó agregó año años anunció aseguró ayer añadió comenzó considera días explicó horas
        indicó llegar llegó lunes martes miércoles jueves viernes sábado domingo mañana mes meses
        millones miles noche pasado pidió próximo recordó semana semanas señaló tarde tiempo total
        destacó informó
        """,
        "fr": """
        affirmé ajouté an année années annoncé ans assuré dernier dernière dernières derniers dit
        déclaré estimé expliqué heures hier indiqué jour jours juste lundi mardi mercredi jeudi
        vendredi samedi dimanche matin million millions mois nouvelle nouveau nuit précisé
        prochain rappelé selon semaine semaines soir souligné temps vient
        """,
    }
)

# Fine inside a phrase with a better word beside it, too general alone.
GENERIC = _sets(
    {
        "en": """
        access account accounts action actions activities activity additional address
        administration agencies agency agents agreement aide aides aim allegations ambassador
        amount analysis analyst analysts anniversary answer answers appeals approach area areas
        argument article articles aspect assessment attack attacks attention audience author
        authorities authority average award awards background bad balance base basis batteries
        battle behavior behaviour belief beliefs benefit big bigger bill bit blame blow board body
        book boss boy break briefing building business businesses campaign candidate candidates
        capacity capital card care career case cases cash cause cells center central centre
        challenge challenges chance change changes chaos charge charges charging check chief child
        children choice circumstances cities citizens city club colleague colleagues college
        comments commission committee common communities community companies company complaint
        concern concerns condition conditions conduct conference congressional consequences
        constitutional contacts context continent contract control controversial conversation cost
        costs council countries country county couple course court courts cover coverage credit
        crisis critical criticism critics crowd crowds current daily damage data date daughter
        deal deals death deaths debate decade decades decision decisions deep defense definition
        delay demand department details development developments devices difference different
        difficult direct direction directive director district doctors document documents domestic
        donors doubt dozen early east eastern economic effect effects effort efforts employee
        employees enemy entire environment establishment estimate estimates event events evidence
        example exchange executive experience expert experts exports eye eyes facilities facility
        fake false families family fans father fear fears federal fee fees fellow field figure
        figures file filing final financial fine fire firing firm firms focus foot foreign form
        free freedom friend friends front full fund funding funds future gain game gatherings
        general girl global goal goals good government governments governor great ground group
        groups growth guests guidelines guy half hand hands head heads hearing hearings heart high
        higher history home homes hospital house human husband idea ideas identity image impact
        important incident individual individuals industry influence information initial injuries
        inquiry institutions interest interests international interview investigation issue issues
        item items job jobs judge key kid kids killing kind land language large larger largest law
        lawmaker lawmakers laws lawyer lawyers leader leaders leadership leads legal letter level
        levels liberal licence license life lines link list local long longer longtime loss love
        low lower main major majority man manager mark market markets mass material matter measure
        measures media meeting meetings member members memo men message middle military mind
        minister mission model moment moments money mother movement name names nation national
        nations nature negative network new news night nominee normal north northern note notes
        notice office officer officers official officials oil old older open operation operations
        opinion opponents opportunity opposition order organisation organisations organization
        organizations outbound outcome outlets overseas owner package page pages paper parent
        parents park part parties partner partners parts party past path patients pattern payments
        peace people performance period person personal personnel phase phone picture piece pieces
        places plane plant plants player players point points police policies policy political
        politician politicians politics poll polls poor popular population position positions
        positive possibility power powerful powers practice presence presidency president
        presidential presidents press pressure price prices principle prior private probe problem
        problems process product production products professor program programme programs progress
        project projects property proposal proposals protection public purpose quality questions
        race range ranking rate rates rating reaction readers reality reason reasons recent
        records recount reform regime region regional regular relations relationship release
        remark remarks reporter reporters representative republic request research residents
        resolution resources response responsibility rest restrictions results returns review
        right rights risk risks road role room rule rules safety sale sales scene schedule school
        schools search season seat seats section sector security senator senior sense series
        serious service services session shares ship side sides significant similar single site
        situation size social society son source sources south southern space special speech
        spending spokesman spokesperson spokeswoman spread staff stage stake standards star
        statement statements states station status steps stock store stories story strategy street
        strength strong student students study subject success successful summer supporters survey
        suspect system systems talks target targets team teams term terms test testimony testing
        text theme theory threat threats title tone tool tools total tough town track trade
        traditional transition treatment trial trials trip trouble true truth type types unit use
        user users value values vehicles version victim victims victory views violence voice vote
        voter voters votes wall war water wave ways west western white wife window wing winner
        winter witnesses woman women word words worker workers world young youth zone
        """,
        "es": """
        acuerdo ahora ámbito apoyo caso casos ciudad cosa cosas cuenta cuestión datos decisión
        derecho efecto ejemplo encuentro equipo estado forma futuro general gente gobierno grupo
        hecho historia hombre hombres hora información internacional lado ley líder lugar medida
        medidas medio medios mes ministro momento mujer mujeres mundo nacional nivel número
        objetivo obra país países palabra parte partes partido pasado persona personas población
        poder policía política político presencia presidente primera principal problema problemas
        proceso programa proyecto pueblo punto razón región relación resultado salud sector
        seguridad semana sistema situación sociedad tema tipo trabajo uso valor vida zona
        """,
        "fr": """
        accord affaire affaires autorités cadre campagne cas centre chef chose choses cours côté
        décision demande droit effet enfants ensemble équipe état exemple façon femme femmes fin
        fois forme gouvernement groupe histoire homme hommes jeunes journée justice lieu loi long
        manière membre membres mesure mesures ministre mise moment monde mort moyen nombre
        national niveau nom nord objectif ordre part partie parti pays période personne personnes
        place plan plupart point police politique population présence président problème problèmes
        processus programme projet question questions raison rapport région responsable
        responsables résultat rôle saison sécurité service services situation société sud sujet
        suite système terme texte titre travail type vie ville voix
        """,
        "de": """
        angaben anfang antrag anteil arbeit art aufgabe bereich beispiel bericht bild blick bürger
        chance ende entscheidung erfolg ergebnis fall fälle familie folge folgen form frage fragen
        frau frauen freitag geld gemeinde gesellschaft gesetz gespräch grund gruppe haus hand
        hilfe jahr jahre jahren jahres kind kinder kosten kraft land länder leben leiter leute
        mann männer maßnahmen meinung menschen minister mitglied mitglieder mittel mittwoch moment
        monat monate monaten montag dienstag donnerstag samstag sonntag morgen mutter name nacht
        ort partei person personen plan platz politik polizei präsident problem probleme projekt
        prozent punkt raum recht regierung reihe rolle ruhe sache schritt schule seite sicht sitz
        situation sprecher sprecherin staat stadt stelle straße stunde stunden system tag tage
        tagen tages teil teile thema tod uhr unternehmen vater verfahren verein vergleich
        vertreter volk wasser weg welt wert wirkung woche wochen wort worte zahl zahlen zeit
        zeiten ziel ziele zukunft zusammenarbeit zustand euro million millionen milliarde
        milliarden
        """,
    }
)

# In front of a noun; a single word is taken for a noun only when one of these led it.
DETERMINERS = _sets(
    {
        "en": "a an the this that these those of its his her their our any no every",
        "es": "el la los las un una unos unas del al su sus este esta de",
        "fr": "le la les un une des du au aux son sa ses leur leurs ce cette de",
    }
)
