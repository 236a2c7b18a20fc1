"""
Words that say nothing about what an article tells: numbers, days, months, units, and what can be
said of anything. Two articles may both have them, and are about nothing together. Pure.

Not stop words: for finding what is alike they count, only to be named they are too poor.
"""

from __future__ import annotations

import re

from reader.related.everyday_english import ANYTHING, FIRST_NAMES, VERBS
from reader.related.words import fold

# Days and months.
_CALENDAR = {
    "en": """
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
        sat sun january february march april may june july august september october november
        december jan feb mar apr jun jul aug sep sept oct nov dec
    """,
    "es": """
        lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio
        julio agosto septiembre setiembre octubre noviembre diciembre
    """,
    "fr": """
        lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin
        juillet août septembre octobre novembre décembre
    """,
    "de": """
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar jänner februar
        märz april mai juni juli august september oktober november dezember
    """,
    "ar": """
        الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد يناير فبراير مارس أبريل إبريل
        مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب
        أيلول تشرين
    """,
    "zh": "星期 周一 周二 周三 周四 周五 周六 周日",
}
# Numbers and units.
_TIMES = {
    "en": """
        zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
        hundred hundreds thousand thousands million millions billion billions trillion trillions mln
        bln bn dozen dozens half third thirds quarter quarters second seconds fourth fifth sixth
        seventh eighth ninth tenth twice double single triple couple pair score
        day days week weeks weekend weekends month months year years decade decades century
        centuries hour hours minute minutes moment moments today tomorrow yesterday tonight morning
        afternoon evening night nights noon midnight daily weekly monthly yearly annual annually
        mile miles metre metres meter meters kilometre kilometres kilometer kilometers km cm mm inch
        inches foot feet yard yards acre acres hectare hectares ton tons tonne tonnes kilo kilos
        kilogram kilograms kg gram grams pound pounds ounce ounces litre litres liter liters gallon
        gallons barrel barrels degree degrees celsius fahrenheit percent percentage percentages per
        cent cents dollar dollars euro euros yuan ruble rubles rouble
        roubles yen mph kph gmt est edt
        pst utc
    """,
    "es": """
        cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
        dieciséis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta
        ochenta noventa cien ciento cientos mil miles millón millones billón billones docena docenas
        medio media mitad segundo segunda tercero tercera tercer cuarto cuarta quinto quinta sexto
        séptimo octavo noveno décimo doble
        día días semana semanas mes meses año años década décadas siglo siglos hora horas minuto
        minutos segundos momento ayer mañana tarde noche madrugada mediodía diario semanal mensual
        anual metro metros kilómetro kilómetros milla millas hectárea hectáreas tonelada toneladas
        kilo kilos gramo gramos litro litros grado grados barril barriles porcentaje dólar dólares
        euro euros peso pesos céntimos
    """,
    "fr": """
        zéro un deux trois quatre cinq six sept huit neuf
        dix onze douze treize quatorze quinze seize
        vingt trente quarante cinquante soixante cent cents mille million millions milliard
        milliards douzaine dizaine dizaines centaine centaines milliers moitié tiers quart premier
        deuxième second seconde troisième quatrième cinquième sixième septième huitième neuvième
        dixième double
        jour jours journée semaine semaines mois an ans année années décennie décennies siècle
        siècles heure heures minute minutes secondes moment hier demain matin midi soir soirée nuit
        quotidien hebdomadaire mensuel annuel mètre mètres kilomètre kilomètres hectare hectares
        tonne tonnes kilo kilos gramme grammes litre litres degré degrés baril barils pourcentage
        dollar dollars euro euros centimes
    """,
    "de": """
        null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn
        fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig
        achtzig neunzig hundert hunderte tausend tausende million millionen milliarde milliarden
        dutzend dutzende hälfte drittel viertel erste ersten zweite zweiten dritte dritten vierte
        vierten fünfte fünften doppelt
        tag tage tagen woche wochen wochenende monat monate monaten jahr jahre jahren jahrzehnt
        jahrzehnte jahrzehnten jahrhundert stunde stunden minute minuten sekunde sekunden moment
        gestern morgen mittag nachmittag abend nacht uhr täglich wöchentlich monatlich jährlich
        meter metern kilometer kilometern hektar tonne tonnen kilo gramm liter grad prozent
        prozentpunkte dollar euro cent
    """,
    "ar": """
        صفر واحد واحدة اثنان اثنين اثنتين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية
        ثماني تسعة تسع عشرة عشر عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون
        سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتين مئات ألف ألفين آلاف مليون مليوني ملايين مليار
        مليارات نصف ثلث ربع الأول الأولى الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس
        يوم يوما يومين أيام أسبوع أسبوعين أسابيع شهر شهرا شهرين أشهر شهور سنة سنوات عام عاما عامين
        أعوام عقد عقود قرن ساعة ساعات ساعتين دقيقة دقائق ثانية ثوان أمس اليوم غدا صباح مساء ليلة
        متر مترا أمتار كيلومتر كيلومترا كيلومترات طن طنا أطنان كيلوغرام لتر درجة درجات برميل بالمئة
        بالمائة المئة المائة دولار دولارا دولارات يورو
    """,
    "zh": """
        今天 今日 昨天 昨日 明天 今年 去年 明年 上周 本周 下周
        上月 本月 当天 当日 当地 上午 下午 晚上
        凌晨 小时 分钟 公里 平方 公斤 百分 分之 美元 欧元 人民币
    """,
}

_ANYTHING = {
    "en": ANYTHING,
    "es": """
        hacer decir dijo dicen afirmó aseguró explicó señaló anunció añadió agregó indicó informó
        confirmó destacó declaró pidió llegó llegar pasar pasado dejar quedó quedar seguir sigue
        siguió poner llevar lleva encontrar parecer creer hablar saber sabe ver visto vio volver
        volvió tomar tomó vivir sentir tratar trata mirar contar contó empezar empezó comenzar
        comenzó buscar busca entrar trabajar escribir perder producir ocurrir ocurrió entender pedir
        recibir recibió recordar recordó terminar permitir permite aparecer conseguir servir sacar
        necesitar mantener resultar leer caer cambiar presentar presentó crear abrir abrió
        considerar oír acabar mostrar evitar incluir incluye realizar realizó realizado
        nuevo nueva nuevos nuevas bueno buena buenos buenas malo mala grande grandes pequeño pequeña
        alto alta bajo baja largo corto joven viejo importante importantes posible posibles último
        última últimos últimas próximo próxima pasada mayor menor principal principales propio
        propia diferente diferentes fuerte claro difícil fácil general cierto único única actual
        parte partes cosa cosas persona personas gente vida mundo país países ciudad lugar caso
        casos forma tiempo hombre mujer problema problemas situación hecho punto manera ejemplo
        grupo número fin final inicio total nombre historia medida medidas
    """,
    "fr": """
        faire dire dit affirmé expliqué annoncé indiqué ajouté déclaré souligné précisé estimé
        confirmé demandé demande aller venir venu voir vu savoir vouloir prendre pris mettre mis
        passer passé donner donné trouver trouvé parler rendre rendu laisser laissé porter tenir
        tenu rester reste arriver arrivé permettre permis commencer commencé continuer suivre
        compter montrer devenir devenu connaître perdre perdu ouvrir ouvert attendre attendu
        recevoir reçu sortir sorti entrer appeler appelé jouer gagner présenter
        nouveau nouvelle nouveaux nouvelles bon bonne mauvais grand grande grands grandes petit
        petite petits petites haut haute bas basse long longue jeune jeunes vieux dernier dernière
        derniers dernières prochain prochaine important importante possible général générale fort
        forte propre seul différent principal ancien ancienne actuel actuelle
        chose choses personne personnes gens vie monde pays ville lieu cas temps homme femme
        problème situation fait point manière façon exemple groupe nombre fin début suite partie
        part nom histoire place côté mesure mesures
    """,
    "de": """
        ding dinge sache mensch menschen leute person personen leben welt land länder stadt ort fall
        fälle zeit mann frau problem probleme lage situation punkt art weise beispiel gruppe zahl
        ende anfang beginn teil teile name geschichte seite rolle grund frage fragen thema ziel weg
        angaben bericht medien herr neue neuen neuer neues große großen großer kleine kleinen gute
        guten letzte letzten nächste nächsten
    """,
    "ar": """
        قال قالت قالوا أضاف أضافت أكد أكدت أعلن أعلنت أوضح أوضحت أشار أشارت ذكر ذكرت كشف كشفت صرح
        اعتبر اعتبرت رأى يقول تقول يرى تمكن يمكن يجب بدأ بدأت بدء استمر أصبح أصبحت جاء جاءت يأتي
        تأتي وصل وصلت بلغ بلغت شهد شهدت قام قامت تم يتم عبر خلال جديد جديدة كبير كبيرة كبرى أكبر
        صغير صغيرة كثير كثيرة مهم مهمة أخير أخيرة الماضي الماضية المقبل المقبلة القادم الحالي
        الحالية شخص أشخاص شخصا ناس حياة عالم دولة دول بلد بلاد مدينة مكان حالة حالات شكل وقت رجل
        امرأة مشكلة وضع نقطة طريقة مثال مجموعة عدد نهاية بداية جزء اسم جانب أمر أمور عمل إجراءات
        تصريحات بيان متأخرة
    """,
    "zh": """
        表示 认为 指出 报道 记者 进行 可以 已经 可能 应该 需要
        开始 成为 通过 目前 问题 情况 方面 工作
        我们 他们 自己 这个 一个 一些 没有 因为 所以 但是 如果
        以及 其中 进一步 第一 之后 之前 以来 很多
        许多 主要 重要 不同 新闻 消息 来自 有关 相关 发生 发现 出现 继续 正式 时候
    """,
}


def _forms_of(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    if re.search("[^aeiou]y$", verb):
        return {verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
    found = {verb, f"{verb}s", f"{stem}ed", f"{stem}ing"}
    if re.search("(s|sh|ch|x|z)$", verb):
        found.add(f"{verb}es")
    if re.search("[^aeiou][aeiou][bdgklmnprt]$", verb):
        found |= {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
    return found


def _folded(words: str) -> set[str]:
    return {fold(word) for word in words.split()}


CALENDAR = {language: frozenset(_folded(words)) for language, words in _CALENDAR.items()}
TIMES = {
    language: frozenset(CALENDAR[language] | _folded(words)) for language, words in _TIMES.items()
}
_FIRST_NAMES = frozenset(_folded(FIRST_NAMES))
_EVERYDAY = {
    language: frozenset(TIMES[language] | _folded(words)) for language, words in _ANYTHING.items()
}
_EVERYDAY["en"] |= {form for verb in VERBS.split() for form in _forms_of(verb)}
# What goes on in the next word is half a name: New | York.
HALF_NAMES = _folded("new san santa los las saint st el la le north south east west united fort")
# A name that ends with one was cut off.
HONORIFICS = _folded("mr mrs ms dr sir herr frau sr mme gov sen rep gen prof")
# No name has them; a site or an agency prints them into its texts.
PRINTED = _folded("advertisement copyright newsletter newsletters permalink subscribe getty")
# What can be told by its ending; the exceptions are things.
_ENDINGS = {
    "en": re.compile(r".{3,}(?:[^e]ed|ly|ous|ful|less|able|ible)$"),
    "es": re.compile(r".{4,}(?:mente|ando|iendo|aron|ieron)$"),
    "fr": re.compile(r".{4,}(?:ement|aient|eront|èrent)$"),
}
_THINGS = _folded("""
    religious indigenous homeless jobless uninsured wireless elderly undocumented renewable
    anomaly assembly bully butterfly cable constable family federally homily italy jewelry july
    lily monopoly rally reply supply vegetable vegetables medly bible bloodshed watershed hundred
    table jelly belly ally allied gouvernement parlement logement enseignement événement armement
    licenciement mouvement financement traitement règlement département appartement élément
    tremblement réchauffement confinement comando fernando orlando
""")
# What a page counts with in Chinese: numbers, dates, measures.
_CHINESE_COUNT = re.compile(
    "^[一二三四五六七八九十百千万亿两零〇几多第年月日号时分秒个名位次元人]+$"
)


def names_nothing(word: str, language: str, *, is_small: bool = True) -> bool:
    """
    Whether a word, folded, is too poor to be named as what two articles share.

    What is written with a capital is not judged by its ending: Sicily, Connolly, Mohammed. Where
    the language is not known English decides, which most words of no language are in.
    """
    language = language if language in _EVERYDAY else "en"
    if word in _EVERYDAY[language] or _CHINESE_COUNT.match(word):
        return True
    ending = _ENDINGS.get(language) if is_small else None
    return bool(ending and ending.match(word)) and word not in _THINGS


def is_time(word: str, language: str) -> bool:
    """Whether a word, folded, is a number, a day, a month or a unit."""
    return word in TIMES.get(language, TIMES["en"])


def is_date(word: str, language: str) -> bool:
    """Whether a word, folded, is a day of the week or a month."""
    return word in CALENDAR.get(language, CALENDAR["en"])


def is_first_name(word: str) -> bool:
    return word in _FIRST_NAMES
