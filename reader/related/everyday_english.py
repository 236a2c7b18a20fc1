"""The everyday words of English, and first names; see everyday.py. Imports nothing of ours."""

# Also as -s, -ed and -ing.
VERBS = """
    accept accuse achieve act add address adjust admit adopt advance advise afford agree aim
    allege allow amount analyze announce answer appear apply appoint approach approve argue
    arrange arrive ask assert assess assign assist assume assure attempt attend attract
    attribute avoid aware back base battle bear beat beg begin believe belong bet blame blast
    block boast boost borrow bother break bring brush budge build burst buy call cancel care
    carry cast catch cause cease celebrate challenge change chase check choose cite claim
    clarify clear clinch climb cling close collect combine command comment commit compare
    compete complain complete comply concede concern conclude condemn conduct confirm confront
    confuse connect consider consist contain continue contribute cover crack create criticize
    cross dare deal decide declare decline deem defend define delay deliver demand denounce deny
    depend describe deserve design desire destroy detail determine develop die differ disagree
    disappear discover discuss dismiss disrupt divide double doubt draft drag draw dream drive
    drop earn ease echo edit elect embrace emerge emphasize employ enable encounter encourage
    end endure engage enjoy ensure enter escape establish estimate evaluate evolve examine
    exceed exist expand expect experience explain explore express extend face fail fall favor
    fear feature feel fight figure file fill find finish fit fix flash flee flip float flow
    focus follow force forget form found function gain gather generate grab grant grow guarantee
    guess guide handle hang happen head hear help hesitate hide highlight hit hold hope hurt
    identify ignore illustrate imagine impact implement imply impose improve include increase
    indicate influence inform insist inspire intend introduce invite involve issue join jump
    justify keep kick knock lack laugh launch lay lead lean learn leave lift like limit link
    listen live look lose lower maintain manage mark match matter mean measure meet mention mind
    miss mock move name need note notice obtain occur offer open operate oppose order organize
    outline overcome overrate owe pander participate pass pause pay perform permit persuade pick
    place plan play plead please point portray pose possess praise predict prefer prepare
    present preserve press pressure pretend prevent proceed produce promise promote prompt
    propose protect prove provide pull pursue push question quit quote race raise range rank
    reach react read realize recall receive recognize recommend record recover reduce refer
    reflect refuse regard regret reject relate release rely remain remake remark remember remind
    remove repeat replace reply represent request require resemble resist resolve respond rest
    restore restrain result retain return reveal reverse review rise risk roast roll run rush
    save scare schedule scramble seek seize select sell send separate serve set settle shake
    shape share shift shock show shred shut sign sink sit skip slam slide slip slow smile solve
    sort sound speak spend spin split spot spread stage stand start state stay steal step stick
    stop stress stretch struggle submit succeed suffer suggest suit supply support suppose surge
    surprise surround survive suspect sustain swing swipe target teach tear tend term thank
    threaten throw tie top touch track transform treat trigger trust try turn tweak understand
    unveil update urge value view visit voice wait wake walk wander warn watch wear weigh
    welcome win wish wonder work worry wrap write yield reopen regulate
"""

ANYTHING = """
    began begun beaten broke broken brought built bought caught chose chosen drank drawn drew
    driven drove eaten fallen fell felt flew flown forgot forgotten fought grew grown heard held
    hung laid led left lost meant met paid ran risen rose sang sat sent shaken shook shot shown
    sold sought spent spoke spoken stole stolen stood stuck sung swept swore sworn taught
    thought threw thrown torn understood undermine woke won wore worn wrote written unable able
    absolute active actual additional adversarial afraid aggressive alive alleged amazing
    ambitious ancient anonymous appropriate attractive automatic available average awful bad
    basic beautiful big bitter blank blunt bold bright brief broad brutal busy calm capable
    careful central certain cheap chief clean clever cold comfortable common complex complicated
    concerned considerable consistent constant conventional convincing cool correct crazy
    crucial current curious dark dead dear decent deep definite desperate different difficult
    direct distinct dramatic dry due eager early easy effective efficient empty enormous entire
    equal essential evil exact excellent exciting exclusive extensive extra extraordinary
    extreme fair familiar famous fast favorite fine firm flat formal fortunate free frequent
    fresh friendly full fundamental fundamentals funny furious future general gentle genuine
    giant glad golden good gorgeous gradual grand grateful great hard happy healthy heavy
    helpful hidden high hilarious historic honest hot huge ideal immediate important impossible
    impressive incredible inevitable initial intense interesting involved key lame large lasting
    late leading literal live local long loose loud low lucky main major massive mere minor
    mixed modern modest mutual narrow nasty natural necessary negative nervous new nice normal
    notable numerous obsequious obvious odd ok okay old open opposite ordinary original overall
    partial particular past patient perfect permanent personal pleasant plenty poor popular
    positive possible potential powerful practical precise present prestigious pretty previous
    prime private professional profound prominent proper proud public pure quick quiet quo rapid
    rare raw ready real realistic reasonable recent regular related relative relevant reluctant
    remarkable responsible rich ridiculous right rough rude sad safe scared scary senior
    sensitive serious severe shaky sharp short sick significant similar simple slight slim slow
    small smart smooth soft solid special specific spectacular steady strange strategic strict
    strong stunning stupid subsequent substantial successful sudden sufficient suitable super
    sure surprising sweet swift tall temporary terrible thick thin tight tiny tired top total
    tough traditional tremendous true typical ugly ultimate unclear unexpected unfair
    unfortunate unique universal unknown unlikely unusual upset urgent useful usual vague
    valuable various vast vicious vital vocal vulnerable warm weak weird wide widespread wild
    willing wonderful worse worst worth worthy wrong young ability accord accident account
    action activity addition advantage advice age aim area article aspect assistance associate
    association attention attitude audience authority background balance basis beginning
    behavior benefit bit blog body bottom breach burden capacity case category cause center
    centre chance chapter character choice circumstance class collection combination community
    conclusion condition confidence connection consequence contact content contents context
    control conversation copy corner count course criticism crowd danger date deadline decision
    definition design details difference direction discussion disgrace display distance doubt
    editor edition effect effort element emotion entry environment error event evidence example
    exception excuse expert expression extent eye eyes fact factor failure fan feeling field
    fight folks foundation friend friends front gap goal group guy guys habit hair hand hands
    heart hearts hell history home honor house idea image impression incident individual
    individuals information instance interest interview item job joke journey kid kind knowledge
    language lead letter level life line list location loss luck man manner margin matter member
    members memory men message method mind mistake mood mystery name nature neighbor news number
    numbers object occasion opinion opportunity option page paper paragraph part participant
    path pattern people person perspective phase phone photo photos phrase piece place point
    position possibility posts power practice presence pressure problem problems process product
    profile progress project proof purpose quality question questions quo quotation race rate
    reaction reader readers reality reason relation relationship reports reporter respect
    response responsibility rest rise role room round rule sake sample scale scene scope section
    sense sentence sequence series set share side sign signs sight situation size skill society
    solution someone son source sources space speaker speed spirit spot stage standard stance
    statement status step story stories strategy street strength structure stuff style subject
    success sum surface system table talent task team technique tendency term text theme theory
    tone topic total town trend trick trip trouble truth turn type version victory view voice
    way website winner word words world writer ex vs inc ltd corp llc etc rep reps sen sens gov
    lt col sgt capt gen rev prof jr mr mrs ms dr sir st no op ed eds pm am ap afp via il el quot
    amp nbsp com www http https html advertisement advertisements sponsored newsletter
    newsletters subscribe subscriber subscribers subscription copyright pic photograph
    photographs caption editorial permalink click tweet tweets tweeted retweet update updates
    updated download podcast remade mammoth incoming self foreign pocket east west north south
    northern southern eastern western county city state states middle residents dilemma duty
    duties
"""

# Many people have them, and seldom two articles the same one in mind.
FIRST_NAMES = """
    aaron abdul adam ahmed alan albert alex alexander alexandra ali alice amanda amy ana andre
    andrea andrew andy angela ann anna anne anthony antonio barbara ben benjamin bernard bill
    bob brad brandon brian bruce bryan carl carlos carol caroline catherine charles charlie
    charlotte chris christian christina christine christopher claire clara claude craig daniel
    daniela dave david deborah dennis diana diane diego don donald donna doug douglas dylan ed
    eddie edward elena elizabeth emily emma eric erik eva evan fatima felix fernando florian
    francesco francisco frank franz fred frederick gabriel gary george gerald giovanni greg
    gregory guillermo günter hannah hans harold hassan heather heinz helen helmut henri henry
    howard hugo hussein ian ibrahim igor irene isabel ivan jack jacob jacques jake james jan
    jane janet jason javier jean jeff jeffrey jennifer jeremy jerry jesse jessica jim jimmy joan
    joe joel john johnny jon jonathan jorge jose joseph josh joshua juan judith judy julia
    julian julie karen karl kate katherine kathleen kathryn katie kayla keith kelly ken kenneth
    kevin kim kyle larry laura lauren laurent leo leon leonard lewis linda lisa liz louis louise
    lucas lucy luis luke manuel marc marco margaret maria marie mario mark markus marta martha
    martin mary matt matthew max megan melissa michael michel michelle miguel mike mohamed
    mohammad mohammed monica muhammad nancy natalie nathan neil nicholas nick nicolas nicole
    noah olga oliver olivia omar oscar pablo pamela patricia patrick paul paula pedro peter phil
    philip philippe pierre rachel ralph ray raymond rebecca rene ricardo richard rick rob robert
    roberto robin rod rodrigo roger ron ronald rosa roy russell ruth ryan sam samantha samuel
    sandra santiago sara sarah scott sean sergei sergey simon sofia sophie stefan stephanie
    stephen steve steven stuart sue susan sylvia tara ted teresa terry theresa thomas tim
    timothy tina todd tom tony tyler valentina vanessa victor victoria vincent vladimir walter
    wayne wendy werner will william wolfgang yusuf zoe
"""
