"""
Words that carry grammar rather than meaning, by language. Imports nothing of ours.

Lower case, apostrophes straight. A language that is missing has none: what counts words then weighs
them by how often they come.
"""

from __future__ import annotations

_LISTS = {
    "en": """
        a about above across after afterwards again against ago ahead all almost alone along
        already also although always am amid among amongst an and another any anybody anyone
        anything anyway anywhere apart are aren't around as aside at away back be became because
        become becomes becoming been before beforehand behind being below beside besides best
        better between beyond both but by came can can't cannot come comes coming could couldn't
        did didn't do does doesn't doing don't done down due during each either else elsewhere
        enough especially etc even ever every everybody everyone everything everywhere except far
        few fewer first for former formerly from further furthermore gave get gets getting give
        given gives giving go goes going gone got had hadn't has hasn't have haven't having he
        he'd he'll he's hence her here here's hers herself him himself his how however i i'd i'll
        i'm i've if in indeed inside instead into is isn't it it'll it's its itself just keep
        keeps kept knew know known knows last later latter least less let let's like likely little
        lot lots made make makes making many may maybe me meanwhile might mine more moreover most
        mostly much must my myself near nearly neither never nevertheless next no nobody none nor
        not nothing now nowhere of off often on once one ones only onto or other others otherwise
        our ours ourselves out outside over own per perhaps put quite rather really said same saw
        say saying says see seeing seem seemed seems seen several shall she she'd she'll she's
        should shouldn't since so some somebody someone something sometimes somewhere soon still
        such take taken takes taking tell tells than that that's the their theirs them themselves
        then there there's thereby therefore these they they'd they'll they're they've thing
        things think thinks this those though thought through throughout thus till to together
        told too took toward towards under unless unlike until up upon us use used uses using
        usually very via want wanted wants was wasn't way we we'd we'll we're we've well went were
        weren't what what's whatever when whenever where whereas wherever whether which while who
        who's whoever whole whom whose why will with within without won't would wouldn't yes yet
        you you'd you'll you're you've your yours yourself yourselves
    """,
    "es": """
        a al algo alguien algún alguna algunas alguno algunos allá allí ambos ante antes apenas
        aquel aquella aquellas aquello aquellos aquí así aun aún aunque bajo bien cabe cada casi
        cerca como cómo con contra cual cuál cuales cualquier cualquiera cuando cuándo cuanto
        cuánto da dado dar de debe deben debido decir dejó del demás dentro desde después detrás
        dice dicen dicho dijeron dijo donde dónde dos durante e el él ella ellas ello ellos
        embargo en encima entonces entre era eran eres es esa esas ese eso esos esta está ésta
        estaba estaban estado están estar estas este éste esto estos estuvo existe fin fue fuera
        fueron gran ha había habían haber habrá hace hacen hacer hacia haciendo han hasta hay haya
        hecho hizo hoy incluso ir jamás junto la las le les lo los luego manera más mas me
        mediante mejor menos mi mientras mil mis misma mismas mismo mismos mucha muchas mucho
        muchos muy nada nadie ni ningún ninguna ninguno no nos nosotros nuestra nuestras nuestro
        nuestros nueva nuevo nunca o ofrece otra otras otro otros para parece parte pero poca
        pocas poco pocos podemos poder podrá podría porque por primera primero puede pueden pues
        que qué quien quién quienes quiere se sea sean según ser será serán sería si sí sido
        siempre siendo sin sino sobre sólo solo somos son soy su sus suya suyo tal tales también
        tampoco tan tanta tanto te tendrá tener tenía tiene tienen toda todas todavía todo todos
        tras través tres tu tus tuvo u un una unas uno unos usted va van varias varios vez veces y
        ya yo
    """,
    "fr": """
        à afin ai ainsi alors après as au aucun aucune aujourd'hui auprès auquel aussi autant
        autour autre autres aux avaient avait avant avec avoir avons bien c ça car ce ceci cela
        celle celles celui cent cependant certain certaine certaines certains ces cet cette ceux
        chaque chez ci comme comment contre d dans de déjà depuis derrière des dès desquels deux
        devait devant devra doit doivent donc dont du durant elle elles en encore enfin entre
        envers est et était étaient étant été être eu eux fait faire faut fois font fut grâce hier
        hors ici il ils j jamais je jusqu jusque l la là laquelle le lequel les lesquelles
        lesquels leur leurs lors lorsque lui m ma mais malgré me même mêmes mes mieux mille moi
        moins mon n ne ni non nos notre nous on ont or ou où par parce parfois parmi pas pendant
        peu peut peuvent plus plusieurs plutôt pour pourquoi pourrait près presque puis puisque qu
        quand que quel quelle quelles quelque quelques quels qui quoi s sa sans sauf se selon sera
        seront ses seule seulement si sien soi soit son sont sous souvent sur t ta tandis tant te
        tel telle telles tels tes toi ton toujours tous tout toute toutefois toutes très trois
        trop tu un une va vers voici voilà vont vos votre vous y
    """,
    "de": """
        ab aber alle allein allem allen aller allerdings alles als also am an andere anderem
        anderen anderer anderes auch auf aus ausser außer außerdem bei beide beiden beim bereits
        bevor bin bis bisher bist da dabei dadurch dafür dagegen daher damals damit danach daneben
        dank dann daran darauf daraus darf darin darüber darum das dass daß davon davor dazu dein
        dem demnach den denen denn dennoch der deren des deshalb dessen desto die dies diese
        diesem diesen dieser dieses doch dort drei du durch dürfen ebenfalls ebenso ehe ein eine
        einem einen einer eines einige einigen einiger einmal er erst erste ersten es etwa etwas
        euch euer falls fast für ganz gar gegen gegenüber gemäß genau gern gewesen gibt ging haben
        hat hatte hatten heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres
        im immer in indem infolge innerhalb ins ist ja jede jedem jeden jeder jedes jedoch jene
        jener jetzt kam kann kein keine keinem keinen keiner können könne könnte könnten laut
        lassen liegt machen macht man manche mehr mehrere mein meist mich mindestens mir mit
        möchte mögen muss müssen musste nach nachdem neben nein nicht nichts noch nun nur ob oben
        obwohl oder ohne per rund sagte sagt sagen schon sehr sei seien sein seine seinem seinen
        seiner seines seit seitdem selbst sich sie sind so sogar solche solchen soll sollen sollte
        sollten somit sondern sonst soweit sowie sowohl statt stets trotz über um und uns unser
        unsere unter viel viele vielen vom von vor während wann war waren warum was weder wegen
        weil weiter weitere weiteren welche welcher welches wenig wenige wenn wer werde werden wie
        wieder will wir wird wo wobei wohl wollen wollte worden wurde wurden würde würden zu zum
        zur zurück zwar zwei zwischen
    """,
    "it": """
        a abbia abbiamo ad agli ai al all alla alle allo allora altra altre altri altro anche
        ancora anni avere aveva avevano c che chi ci cioè circa come con contro cosa così cui d da
        dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello dentro di dopo
        dove due dunque e è ed era erano essere fa fare fino fra gli già ha hanno ho i il in
        infatti inoltre invece io l la le lei li lo loro lui ma mai meno mentre mi mia mio molta
        molte molti molto ne negli nei nel nell nella nelle nello nessun nessuno no noi non nostra
        nostro o ogni oggi oltre ora per perché però più poco poi presso prima proprio può quale
        quali quando quanto quasi quella quelle quelli quello questa queste questi questo qui s
        sarà se secondo sei sembra sempre senza si sia siamo sono sopra sotto sta stata stati
        stato su sua sue sugli sui sul sull sulla sulle suo suoi tra tre tutta tutte tutti tutto
        un una uno vi viene
    """,
    "pt": """
        a à ainda além algo alguém algum alguma alguns ano anos antes ao aos apenas após aquela
        aquele aqui as às assim até cada com como contra da das de dela dele deles depois desde
        dessa desse desta deste deve disse diz do dois dos durante e é ela elas ele eles em embora
        enquanto entre era eram essa essas esse esses esta está estão estar estas estava este
        estes eu foi for foram há isso isto já lá lhe logo mais mas me mesma mesmo meu muita muito
        muitos na não nas nem nenhum nessa nesse nesta neste no nos nós nossa nosso num numa nunca
        o onde os ou outra outras outro outros para pela pelas pelo pelos pode podem pois por
        porém porque pouco qual quando quanto quase que quem são se segundo seja sem sempre ser
        será seu seus si sido só sob sobre sua suas também tanto tão te tem têm ter tinha toda
        todas todo todos três tu tudo um uma umas uns vai você
    """,
    "nl": """
        aan al alle alleen als altijd andere ben bij daar dan dat de deze die dit doch doen door
        dus echter een eens en er ergens ge geen had hadden heb hebben heeft hem het hier hij hoe
        hun iemand iets ik in is ja je kan kon kunnen maar me meer men met mij mijn moet moeten na
        naar niet niets nog nu of om omdat onder ons ook op over reeds sinds te tegen toch toen
        tot twee u uit uw van vanaf veel voor waar waren was wat we wel werd werden wie wij wil
        worden wordt zal ze zeer zei zelf zich zij zijn zo zonder zou zouden
    """,
    "ar": """
        في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين اللاتي اللواتي ما ماذا متى كيف أين
        لماذا هل لا لم لن ليس ليست إن أن ان كان كانت كانوا يكون تكون سيكون قد لقد كما كل كلا بعض
        أي أو او أم ثم حتى إذا اذا إذ لو لولا بين بعد قبل عند عندما منذ خلال حول ضد تحت فوق أمام
        خلف دون بدون غير سوى مثل نحو لكن لكنه لكنها بل هو هي هم هن نحن أنا أنت أنتم به بها بهم له
        لها لهم فيه فيها فيهم منه منها منهم عليه عليها عليهم إليه إليها عنه عنها معه معها وقال قال
        قالت وقالت أكد أكدت وأكد أضاف وأضاف أضافت وأضافت أوضح وأوضح أشار وأشار أعلن أعلنت وأعلن
        ذكر ذكرت وفق وفقا بحسب حسب حيث أيضا أيضًا جدا فقط الآن اليوم أمس غدا الماضي الماضية المقبل
        المقبلة الحالي الحالية أكثر أقل أول أولى الأول الأولى ثاني الثاني الثانية عام العام سنة
        شهر يوم أيام ساعة أحد إحدى واحد واحدة اثنين ثلاثة أربعة خمسة عدة عدد كثير كثيرة وهو وهي
        وفي ومن وعلى وإلى وعن ومع وهذا وهذه وذلك والتي والذي وكان وكانت وقد كذلك وكذلك لدى لديه
        لديها يتم تم تمت بسبب نتيجة رغم بينما فيما مما عما ممن بما لما كلما ولا ولم ولن وما وأن
        وإن ستة سبعة ثمانية تسعة عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستين
        سبعين ثمانين تسعين مئة مائة ألف آلاف مليون ملايين مليار بالمئة بالمائة
    """,
}

STOPWORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _LISTS.items()
}


def base_language(code: str) -> str:
    """Reduce a language code to its first part: `en-GB` is `en`."""
    return code.replace("_", "-").partition("-")[0].lower()


def stopwords_for(code: str) -> frozenset[str]:
    return STOPWORDS.get(base_language(code), frozenset())
