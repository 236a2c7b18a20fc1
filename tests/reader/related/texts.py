"""Invented articles: two events told by several hands, and some that stand alone."""

FERRY = [
    (
        "Ferry crews in Port Ellery walk out",
        "Crews of the Ellery Line stopped work on Monday over night shifts.\n\n"
        "Captain Mara Quill said the walkout would last until the harbour board answers. Four "
        "ferries stayed at the quay and islanders waited with their bicycles.",
    ),
    (
        "Islands cut off as ferry strike begins",
        "The strike at the Ellery Line has cut off the outer islands.\n\n"
        "“We have asked for rest since spring,” said Mara Quill, who speaks for the ferry crews. "
        "The harbour board of Port Ellery offered talks about the night shifts for Thursday.",
    ),
    (
        "Harbour board offers talks to ferry crews",
        "Port Ellery wants its boats back: the harbour board will meet Mara Quill on Thursday.\n\n"
        "Shops on the islands report empty shelves since the Ellery Line strike began, and a "
        "bakery ferried its flour by rowing boat.",
    ),
]
BRIDGE = [
    (
        "Old iron bridge at Lowmarsh closes for repairs",
        "Engineers found rust in the arches of the Lowmarsh bridge, built in 1871.\n\n"
        "Lorries must take the road by Tanner Mill, said surveyor Ilse Brandt. Repairs of the "
        "ironwork will take the winter.",
    ),
    (
        "Rust closes Lowmarsh bridge",
        "Nobody crosses the Lowmarsh bridge this winter. Surveyor Ilse Brandt shut it after a "
        "rivet of the ironwork fell into the river.\n\nFarmers now drive round by Tanner Mill.",
    ),
]
ALONE = [
    (
        "A chess club for night watchmen",
        "At three in the morning the lamps burn in the reading room, where porters move pawns and "
        "knights between two rounds of the museum.",
    ),
    (
        "Why turnips taste sweeter after frost",
        "Cold turns starch into sugar, gardeners say, and the root keeps it for soup. A botanist "
        "has weighed a hundred of them.",
    ),
]
ARABIC = [
    (
        "إضراب عمال الميناء في طرابلس",
        "بدأ عمال الميناء في طرابلس إضرابا عن العمل احتجاجا على الأجور المتأخرة.",
    ),
    (
        "ميناء طرابلس متوقف بسبب الإضراب",
        "توقفت السفن في ميناء طرابلس بعد إضراب العمال، وطالبت النقابة بالأجور.",
    ),
]
CHINESE = [
    ("海港大桥今天通车", "海港大桥今天正式通车。工程师林海说,海港大桥长十二公里,连接两座岛屿。"),
    ("海港大桥第一天车流平稳", "海港大桥通车第一天,车流平稳。岛屿居民乘车只要二十分钟。"),
]
