"""
What stands between the sentences of a page: notices, credits, captions. Imports nothing of ours.

Looks at one sentence. It may refuse a good one now and then, for an article has many, but should
let no furniture through.
"""

from __future__ import annotations

import re

# By a word that must be in it, so that most sentences cost one look at their words; no pattern says
# that the word is enough. Notices to the reader of the page:
_NOTICES = {
    "advertisement": "",
    "advertorial": "",
    "article": r"\b(?:this|related) article"
    r"|article (?:was|has been) (?:updated|corrected|amended)",
    "author": r"\bis (?:an?|the) [\w ’',.-]{0,60}\bauthor of",
    "clarification": r"^\W*clarification\b",
    "click": r"\bclick (?:here|on|through|to|the)",
    "column": r"\bthis column|column (?:was|has been|is) (?:first|originally|last)",
    "columnist": r"\bis an? [\w ’'.-]{0,60}columnist",
    "columnists": r"\bour columnists|columnists are their",
    "comment": r"\b(?:requests?|declin\w+|respond\w*|reached out|asked|available|emails?)\b"
    r"[^,;]{0,50}comment"
    r"|^\W*comment",
    "commentary": r"\bthis commentary",
    "compiled": r"^\W*compiled by",
    "contact": r"\bcontact us|^\W*(?:to )?contact\b",
    "continue": r"\bcontinue reading",
    "continued": r"\bstory continued",
    "continues": r"\b(?:story|article) continues",
    "contributed": r"\bcontributed(?: to (?:this|the) (?:report|story|article))?\W*$"
    r"|contributed to this",
    "contributing": r"^\W*contributing\b|contributing (?:writer|editor|columnist|opinion)",
    "contributor": r"\bis an? [\w ’'.-]{0,60}contributor|contributors? to (?:this|the)\b",
    "cookies": "",
    "copyright": r"\bcopyright (?:\d|©|\(c\)|the|by|image|all)|image copyright"
    r"|^\W*copyright",
    "correction": r"^\W*correction\b",
    "correspondent": r"\bis an? [\w ’'.-]{0,60}correspondent",
    "coverage": r"\bfull coverage|coverage (?:is free|here)"
    r"|\bour [\w ’'-]{0,30}coverage (?:is|of|here)",
    "donate": r"\bdonate (?:now|today|here|to us)|please donate",
    "download": r"\bdownload (?:the|our) app",
    "edited": r"\bedited by|edited for (?:length|clarity|brevity)",
    "editing": r"\bediting by",
    "editor": r"\beditor[’']?s[’']? (?:note|picks?)"
    r"|\bis (?:an?|the) [\w ’'.-]{0,40}editor",
    "editors": r"\beditors[’']? note",
    "embed": "",
    "facebook": r"\b(?:us|me|him|her|page) on facebook|(?:twitter|instagram|youtube) and facebook"
    r"|facebook and (?:twitter|instagram)|on facebook (?:at|here)",
    "fellow": r"\bis an? [\w ’'.-]{0,40}fellow (?:at|with|of|in)",
    "follow": r"\bfollow (?:us|him|her|them|me|the hill|the latest|live)\b"
    r"|^\W*follow [\w’' .-]{1,60}(?: on |:)"
    r"|follow [\w’' .-]{1,40} on (?:twitter|facebook|instagram)",
    "first": r"\bbe the first to (?:hear|know|get)",
    "hosts": r"\b(?:who|he|she) hosts the",
    "inbox": "",
    "instagram": r"\b(?:on|and|or) instagram\b",
    "javascript": "",
    "letters": r"\bletters? to the editor|send letters",
    "listen": r"^\W*(?:you can )?listen (?:to|here|on)|listen to (?:the full|this|our)",
    "loading": r"^\W*loading|loading\.\.\.",
    "members": r"^\W*(?:for )?members (?:only|get)",
    "newsletter": "",
    "newsletters": "",
    "newsroom": r"\bnonprofit newsroom|support (?:our|independent)",
    "nonprofit": r"\bis a (?:nonprofit|independent) (?:news|media|publication)",
    "note": r"^\W*note\b",
    "opinions": r"\bopinions expressed",
    "paywall": r"\b(?:no|removed the|our|without a) paywall",
    "podcast": r"\b(?:our|this|the|weekly|daily|politics) podcast"
    r"|podcast (?:here|at|on|is available)",
    "podcasts": r"\bapple podcasts|podcasts, spotify",
    "policy": r"\bprivacy policy",
    "post": r"\bthis (?:post|blog post)\b|post has been updated"
    r"|^\W*post (?:a|your) comment",
    "published": r"\b(?:originally|first) published (?:in|on|by|at)|published with permission",
    "professor": r"^\W*(?:\w[\w.’'-]* ){1,5}is (?:an?|the) [\w ’',.-]{0,40}professor",
    "reached": r"\bcan be reached (?:at (?:[+(\d]|\S+@)|via)",
    "read": r"^\W*(?:also |please )?read\b(?! (?:out|aloud))"
    r"|\bread (?:more|our|the full|the (?:rest|original|entire))",
    "reporter": r"\bis (?:an?|the) [\w ’'.-]{0,60}reporter",
    "reporting": r"\b(?:additional|further|with) reporting|^\W*reporting (?:by|from)"
    r"|reporting by",
    "reprint": "",
    "reserved": r"\brights reserved",
    "respond": r"\b(?:not|n[’']t|declined to)(?: immediately)? respond",
    "returned": r"\b(?:calls?|requests?|messages?|emails?)\b.{0,60}\bnot (?:immediately )?returned",
    "share": r"^\W*share\b"
    r"|\bshare (?:this (?:article|story|post|page)|your (?:thoughts|story|views))",
    "sharing": r"\bsharing options",
    "sign": r"\bsign up (?:for|here|today|now|to (?:our|get|receive))"
    r"|^\W*sign (?:up|in)\b",
    "signing": r"\bby signing up",
    "sponsored": r"\bsponsored (?:content|post)",
    "stories": r"\b(?:related|top|best) stories"
    r"|^\W*(?:more|most|read)\b.{0,30}stories|for more stories",
    "stay": r"^\W*stay (?:up[ -]to[ -]date|informed|tuned|connected)",
    "story": r"\b(?:this|related|our) story\b"
    r"|story (?:has been|was) (?:updated|corrected)|\bread the story",
    "subscribe": r"\bsubscribe (?:to|now|here|today|for|on)|please subscribe"
    r"|^\W*subscribe",
    "subscriber": r"\b(?:become|being) a subscriber",
    "subscribers": r"\bfor subscribers|our subscribers",
    "syndicate": r"\bfeatures syndicate|syndicate, inc",
    "syndicated": r"\bsyndicated columnist",
    "tell": r"^\W*tell us\b|tell us (?:more|what|about your|in the)",
    "transcript": r"\b(?:this|full|edited|rush|following) transcript",
    "twitter": r"\b(?:us|me|him|her|them) on twitter|on twitter(?: at| @|: ?@)"
    r"|twitter (?:@|and facebook)|^\W*twitter",
    "updated": r"\b(?:has been|was|be|is being|last) updated|^\W*updated",
    "updates": r"\b(?:live|latest|more|for|daily) updates",
    "views": r"\bviews expressed",
    "watch": r"^\W*watch\b"
    r"|\bwatch (?:the (?:full|video|clip|interview)|it here|below|above|live|more)",
    "write": r"^\W*(?:please )?write to\b|write to us",
    "writer": r"\bis an? [\w ’'.-]{0,60}writer\b",
}  # fmt: skip
# Captions and credits of pictures:
_CREDITS = {
    "afp": r"[/(]afp|afp\)|afp/|afp photo",
    "ap": r"[/(]ap(?: photo)?\b[^)]*\)|via ap\b|ap photo|©",
    "arrives": r"\barrives (?:at|for|to|in) ",
    "attends": r"\battends (?:a|an|the)\b",
    "caption": "",
    "captions": "",
    "center": r", center,?\b(?! for)|\(center\)",
    "centre": r", centre,? |\(centre\)",
    "courtesy": r"\bcourtesy (?:of|photo)",
    "daily": r"\bfor china daily\b",
    "enlarge": r"\benlarge (?:this|image)",
    "epa": r"[/(]epa|epa\)",
    "gestures": r"\bgestures (?:as|while|during|to|at|before)",
    "getty": "",
    "handout": r"\bhandout (?:photo|image|picture|via)",
    "image": r"\bimage (?:caption|copyright|source|credit)|this image\b"
    r"|\b(?:file|handout|satellite) image|image ?:",
    "images": r"\b(?:getty|ap|afp|reuters|epa|via) images|slideshow|images ?:",
    "left": r", left, |\((?:from |top |bottom |second from )?left\)|, left\W*$"
    r"|\b(?:from|at|second) left\b(?! wing)|left to right",
    "listens": r"\blistens (?:to|as|during|while)\b",
    "looks": r"\blooks on (?:as|during|after|while|before|at)",
    "photo": r"\bin this [\w ,.]{0,60}photo\b"
    r"|\b(?:ap|file|handout|afp|reuters|courtesy|see) photo\b"
    r"|photo (?:by|credit|gallery|courtesy|illustration|taken)|photo ?[:/(]",
    "photograph": r"^\W*(?:a |this |in this )?photograph\b|photograph (?:by|taken)"
    r"|photograph ?:",
    "photographer": r"\bphotographer ?:",
    "photos": r"\bphotos? (?:by|gallery|above|below)|^\W*(?:view|see|in|more) photos"
    r"|photos ?:",
    "picture": r"\b(?:file|handout) picture|picture (?:above|below|taken|by)|picture ?:",
    "pictured": "",
    "playback": "",
    "poses": r"\bposes (?:for|with|in|at|during)",
    "provided": r"^\W*provided to\b|provided to china daily",
    "reuters": r"\(reuters|reuters\)|/ ?reuters|reuters/|thomson reuters",
    "right": r", right, |\((?:from |top |bottom |second from )?right\)|, right\W*$"
    r"|\bat right\W*$",
    "screengrab": "",
    "screenshot": r"^\W*(?:a )?screenshot|screenshot(?: of|/|:)",
    "seen": r"\b(?:is|are) seen (?:in|at|on|from|through|near|outside|during|here|above|before)\b"
    r"|^\W*seen",
    "shown": r"\b(?:is|are) shown (?:in|at|on|above|below|here)|^\W*shown",
    "shows": r"\b(?:photo|picture|image|graphic|map|chart|video|still|frame) shows",
    "shutterstock": "",
    "slideshow": "",
    "speaks": r"\bspeaks (?:during|at an?|at the|to (?:the )?(?:reporters|media|members))\b"
    r"|speaks (?:with reporters|in the|on the|before)\b",
    "video": r"^\W*video\b|\b(?:the|this|see|our) video (?:above|below|here|player)"
    r"|in the video above|video ?:",
    "walks": r"\bwalks (?:past|through|with|to|by|near|along)\b",
    "waves": r"\bwaves (?:to|as|at|while)\b",
}  # fmt: skip
_PATTERNS = {word: re.compile(pattern) for word, pattern in (_NOTICES | _CREDITS).items()}
_WORDS = re.compile(r"[^\W\d_]+")

# News hardly ever gives a day in full; captions do. Bylines run into the text behind them.
_PAGE_MARKS = re.compile(
    r"\b[A-Z][a-z]+day,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?),? 20\d\d\b"
    r"|, [A-Z][a-z]{2,8}\.? \d{1,2}, 20\d\d\.?$|^FILE\b|^CLOSE\b|^[A-Z]\w+ [A-Z]\w+ ?/ ?[A-Z]"
    r"|^By (?:[A-Z][\w.'’-]+ ){2,4}(?:and|[A-Z][\w.'’-]+),"
)
# Of scripts without spaces, or where the words vary more than the phrase.
_PHRASES = re.compile(
    "اقرأ أيض|اشترك في|للمزيد|حقوق النشر|تابعونا"
    "|点击(?:这里|此处|查看)|责任编辑|版权所有|扫码|延伸阅读|图为"
    "|abonnez-vous|inscrivez-vous|lire aussi|lesen sie (?:auch|mehr)|lea (?:también|más)|suscríb"
)
# Addresses, marks of other media, and what careless copies left behind: "? and � for letters that
# were lost, words run together.
_DEBRIS = re.compile(
    r"https?:|\bwww\.|pic\.twitter|t\.co/|\.com/|@|#\w.*#\w|&(?:amp|nbsp|quot|#\d+);"
    r"|[©|<>{}=•►▶■\ufffd\ufeff]|\.{4}|_{2}|\*{2}|\[\d*\]|\[(?:music|embed|email)"
    r"|\"[?\ufffd]|\w\"\w|\w\?[a-z]|\w\?,? [a-z]| \? ?\w|\w- [^ao]|\s-\s*$"
    r"|\bMORE\b|\bAuthor: |[a-z]{3}[A-Z][a-z]+[A-Z]?[a-z]* [A-Z]|/[A-Z]{2,}/|\d{1,2}:\d\d:\d\d"
)


def is_furniture(sentence: str) -> bool:
    """Tell whether the sentence belongs to the page rather than to the article."""
    if _DEBRIS.search(sentence) or _PAGE_MARKS.search(sentence):
        return True
    lower = sentence.lower()
    words = _PATTERNS.keys() & _WORDS.findall(lower)
    return any(_PATTERNS[word].search(lower) for word in words) or bool(_PHRASES.search(lower))
