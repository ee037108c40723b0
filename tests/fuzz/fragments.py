"""What mutations put in: what has undone programs before, and what has a meaning to one that a text passes through."""

FRAGMENTS: tuple[str | bytes, ...] = (
    # bytes that are no text, and characters that text should not have
    *(b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x80"),
    *("\0", "\x07", "\x1b[31m", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\ufdd0"),
    *("\U0010ffff",),
    *("\u202e", "\u2066", "\u200f", "\u200b", "\u00ad", "\u3000", "\xa0", "\u0301", "\u0315\u0316", "\u1ab0"),
    *("\U000e0041",),
    *('"\\ud800"', '"\\x1f"', '"\\0"', '"\\uFFFE"', '"\\U00110000"', '"\\e[2J"', '"\\'),
    # YAML's own signs
    *("&a ", "*a", "&a [*a, *a]", "<<: *a", "!!python/object/apply:os.system [x]", "!!binary x", "!<x> ", "!"),
    *("&", "*"),
    *("%TAG ! x\n---\n", "%YAML 9.9\n---\n", "\n---\n", "\n...\n", "? ", ": ", ":", "- ", "-", "|", ">-9"),
    *("|+2\n",),
    *('"', "'", "#", " #", "[", "]", "{", "}", ",", "`", "@", "\t", "\r", "\n", "\r\n", " ", "  ", "\n\n\n"),
    *("  - ",),
    *("[[[[[[[[[[[[[[", "{a: {a: {a: {a: {a: {a: {a: ", "? [a]: b", "{[a]: b}", "{a, b}", "[a: b]", "''", '""'),
    *("~", "null"),
    # numbers, dates and truths
    *("0", "-1", "1.5", "1e9", "nan", "99999999999999999999", "007", "1:30", "0x1f", "٣", "²", "१", "0.5"),
    *("100.5", "½"),
    *("26-28", "5-3", "0-0", "٣-٤", "1–2", "1-100000", "[1, [2, [3]]]", "{a: 1}", "[]", "{}", "2026-02-30"),
    *("٢٠٢٦-٠١-٠١",),
    *("true", "TRUE", "no", "yes", "false", "10,10", "-50.0,50", "1,2,3", "A4", "letter", "large", "pdf", "de"),
    *("zz", "en-GB"),
    # paths, addresses and names
    *("../../etc/passwd", "/etc/passwd", "/dev/zero", "C:\\con", "con", "aux.txt", "a/../b", "..", ".", "a."),
    *("~/x", "file:///x"),
    *("https://[", "http://[::1", "https://a‥b／x", "http://", "https://a b", "javascript:alert(1)", "mailto:x"),
    *("HTTP://Ä.example",),
    *("[a](javascript:x)", "[x](http://[)", "[x](<http://a b>)", "![x](http://a)", "[x](http://xn--a/)"),
    *("<http://a>",),
    # what Anki, HTML, Typst and Word might obey
    *("{{Front}}", "{{c1::a}}", "{{c1::{{c2::b}}}}", "{{c0::a}}", "{{c999999999999::a}}", "{{c1::}}"),
    *("{{C1:a}}", "}}", "{{"),
    *("[sound:x.mp3]", "[latex]x[/latex]", "[$]x[/$]", "\\(x\\)", "<script>alert(1)</script>", "</script>"),
    *("<!--", "]]>"),
    *("&amp;", "&#0;", "<img src=x onerror=alert(1)>", "#eval(1)", "$x$", "\\", "\\\\", "_*_*", "**a", "`a"),
    *("``", "[a](", "{0}"),
    # letters that change when they are folded, normalised or counted
    *("ﬃ", "İ", "ß", "K", "Å", "한", "\u1100\u1161\u11a8", "👩‍👩‍👧", "🇩🇪", "ש\u05b8", "क्ष", "𝕏", "中", "A\u030a"),
    *("ǅ",),
    # the lock's own words
    *("<<<<<<< HEAD\n", "=======\n", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z"),
    *("bank x\n",),
    *("question a main 2026-01-01T00:00:00Z 0123456789abcdef D\n", "article a 0123456789\n", "octdeck-lock 2\n"),
)  # fmt: skip
