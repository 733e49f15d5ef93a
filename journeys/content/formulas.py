"""The formulas of the methods as MathML: browsers set them, screen readers read them, nothing is loaded."""

from html import escape


def word(text: str) -> str:
    """A letter or a name."""
    return f"<mi>{escape(text)}</mi>"


def num(text: str) -> str:
    """A number."""
    return f"<mn>{escape(text)}</mn>"


def op(text: str) -> str:
    """A sign."""
    return f"<mo>{escape(text)}</mo>"


def row(*parts: str) -> str:
    """Parts side by side."""
    return f"<mrow>{''.join(parts)}</mrow>"


def frac(above: str, below: str) -> str:
    """One over the other."""
    return f"<mfrac>{above}{below}</mfrac>"


def sub(base: str, index: str) -> str:
    """A letter with an index."""
    return f"<msub>{word(base)}{row(word(index))}</msub>"


def total(index: str, *parts: str) -> str:
    """A sum over an index."""
    return row(f"<munder><mo>∑</mo>{word(index)}</munder>", *parts)


def call(name: str, *parts: str) -> str:
    """A function of several values."""
    inside = op(",").join(parts)
    return row(word(name), op("("), inside, op(")"))


def bars(*parts: str) -> str:
    """The absolute value, or the size of a set."""
    return row(op("|"), *parts, op("|"))


def math(*parts: str) -> str:
    """A formula on a line of its own."""
    return f'<math display="block">{row(*parts)}</math>'


EQ, MINUS, PLUS, TIMES, GEQ, LESS = op("="), op("−"), op("+"), op("·"), op("≥"), op("<")

FORMULAS: dict[str, tuple[str, ...]] = {
    "score": (
        math(sub("m", "g"), EQ, frac(num("1"), sub("n", "g")), total("i", sub("x", "i"))),
        math(word("S"), EQ, frac(num("1"), word("G")), total("g", sub("m", "g"))),
    ),
    "coverage": (math(word("c"), EQ, frac(word("v"), row(word("v"), PLUS, word("k"), PLUS, word("u")))),),
    "interval": (math(op("["), sub("q", "5"), op(","), sub("q", "95"), op("]")),),
    "target-gap": (math(word("gap"), EQ, call("max", num("0"), row(word("T"), MINUS, word("S")))),),
    "peer-gap": (
        math(sub("gap", "peers"), EQ, call("median", sub("S", "others")), MINUS, word("S")),
        math(sub("gap", "best"), EQ, call("max", sub("S", "others")), MINUS, word("S")),
    ),
    "perception": (math(word("d"), EQ, sub("m", "team"), MINUS, sub("m", "other")),),
    "consensus": (
        math(
            word("C"),
            EQ,
            num("1"),
            PLUS,
            total("k", sub("p", "k"), TIMES, sub("log", "2")),
            op("("),
            num("1"),
            MINUS,
            frac(bars(sub("x", "k"), MINUS, word("μ")), word("d")),
            op(")"),
        ),
    ),
    "agreement": (
        math(word("α"), EQ, num("1"), MINUS, frac(sub("D", "observed"), sub("D", "expected"))),
        math(
            sub("δ", "ck"),
            EQ,
            frac(sub("n", "c"), num("2")),
            PLUS,
            total("c<g<k", sub("n", "g")),
            PLUS,
            frac(sub("n", "k"), num("2")),
        ),
    ),
    "between-groups": (
        math("<msup><mi>η</mi><mn>2</mn></msup>", EQ, frac(sub("SS", "between"), sub("SS", "total"))),
    ),
    "order-of-work": (
        math(
            sub("w", "k"),
            EQ,
            frac(sub("I", "k"), total("j", sub("I", "j"))),
            TIMES,
            call("max", num("0"), row(sub("I", "k"), MINUS, sub("P", "k"))),
        ),
    ),
    "robustness": (math(word("share"), EQ, frac(sub("n", "holds"), sub("n", "scenarios"))),),
    "protection": (math(num("0"), LESS, word("n"), LESS, word("k")),),
    "overlap": (
        math(
            word("O"),
            EQ,
            frac(total("p", sub("w", "p"), TIMES, sub("s", "p")), total("p", sub("w", "p"))),
        ),
        math(
            call("sim", word("a"), word("b")),
            EQ,
            frac(
                row(num("2"), TIMES, sub("depth", "common")),
                row(sub("depth", "a"), PLUS, sub("depth", "b")),
            ),
        ),
    ),
    "kinds": (
        math(word("O"), GEQ, num("0.5"), op(";"), sub("s", "a"), op(","), sub("s", "b"), GEQ, num("3")),
    ),
    "coordination": (math(word("depth"), EQ, call("max", sub("depth", "shared"))),),
    "priorities": (
        math(word("anchored"), EQ, frac(sub("n", "strong"), sub("n", "known"))),
        math(word("aligned"), EQ, frac(sub("c", "linked"), sub("c", "strong"))),
    ),
    "spaces": (math(word("coverage"), EQ, frac(sub("n", "together"), sub("n", "synergy"))),),
    "alignment": (
        math(
            word("A"),
            EQ,
            frac(num("1"), num("2")),
            op("("),
            total("a", sub("w", "a"), TIMES, sub("best", "a")),
            PLUS,
            total("b", sub("w", "b"), TIMES, sub("best", "b")),
            op(")"),
        ),
    ),
    "brokers": (
        math(
            call("b", word("v")),
            EQ,
            total("s,t", frac(sub("σ", "st(v)"), sub("σ", "st"))),
            op("/"),
            frac(
                row(
                    op("("), word("n"), MINUS, num("1"), op(")"), op("("), word("n"), MINUS, num("2"), op(")")
                ),
                num("2"),
            ),
        ),
        math(
            word("density"),
            EQ,
            frac(
                row(num("2"), word("m")),
                row(word("n"), op("("), word("n"), MINUS, num("1"), op(")")),
            ),
        ),
    ),
    "mixing": (
        math(word("EI"), EQ, frac(row(word("E"), MINUS, word("I")), row(word("E"), PLUS, word("I")))),
        math(
            sub("EI", "expected"),
            EQ,
            frac(
                row(sub("P", "E"), MINUS, sub("P", "I")),
                row(sub("P", "E"), PLUS, sub("P", "I")),
            ),
        ),
    ),
    "helix": (
        math(
            word("J"),
            EQ,
            frac(
                row(MINUS, total("h", sub("p", "h"), TIMES, call("ln", sub("p", "h")))), call("ln", num("4"))
            ),
        ),
    ),
    "similarity": (math(word("F"), EQ, total("d", call("min", sub("s", "rd"), sub("s", "qd")))),),
    "complementarity": (
        math(
            call("P", row(word("s"), op("→"), word("r"))),
            EQ,
            num("100"),
            TIMES,
            total(
                "i",
                sub("W", "ri"),
                TIMES,
                frac(
                    total(
                        "j≠i",
                        sub("φ", "ij"),
                        op("("),
                        num("1"),
                        MINUS,
                        sub("M", "rj"),
                        op(")"),
                        sub("M", "sj"),
                    ),
                    total("j≠i", sub("φ", "ij")),
                ),
            ),
        ),
    ),
    "fill": (
        math(
            call("V", row(word("s"), op("→"), word("r"))),
            EQ,
            frac(
                total(
                    "k",
                    sub("w", "k"),
                    TIMES,
                    call("max", num("0"), row(sub("a", "sk"), MINUS, sub("a", "rk"))),
                ),
                total("k", sub("w", "k"), TIMES, op("("), num("1"), MINUS, sub("a", "rk"), op(")")),
            ),
        ),
    ),
    "noise": (math(word("noise"), EQ, frac(sub("n", "kept"), sub("n", "verdicts"))),),
    "quotient": (
        math(
            word("LQ"),
            EQ,
            frac(
                row(sub("x", "rd"), op("/"), sub("x", "r")),
                row(sub("x", "d"), op("/"), word("x")),
            ),
        ),
        math(
            call("P", row(word("X"), GEQ, sub("x", "rd"))),
            LESS,
            num("0.01"),
            op(","),
            sub("x", "rd"),
            GEQ,
            num("5"),
        ),
    ),
    "related-fields": (
        math(
            sub("φ", "ij"),
            EQ,
            frac(
                row(sub("C", "ij"), op("/"), word("T")),
                row(
                    op("("),
                    sub("S", "i"),
                    op("/"),
                    word("T"),
                    op(")"),
                    op("("),
                    sub("S", "j"),
                    op("/"),
                    word("T"),
                    op(")"),
                ),
            ),
        ),
        math(
            sub("ω", "rd"),
            EQ,
            num("100"),
            frac(total("j≠d", sub("φ", "dj"), TIMES, sub("M", "rj")), total("j≠d", sub("φ", "dj"))),
        ),
    ),
    "priority-evidence": (
        math(word("LQ"), GEQ, num("1"), op(","), sub("ω", "rd"), GEQ, call("median", word("ω"))),
    ),
    "peers": (
        math(
            call("d", word("r"), word("q")),
            EQ,
            frac(
                total(
                    "j",
                    sub("w", "j"),
                    TIMES,
                    f"<msup>{row(op('('), sub('z', 'rj'), MINUS, sub('z', 'qj'), op(')'))}{num('2')}</msup>",
                ),
                total("j", sub("w", "j")),
            ),
        ),
    ),
    "wheel": (
        math(
            word("W"),
            EQ,
            num("100"),
            TIMES,
            frac(row(frac(num("1"), word("n")), total("i", sub("x", "i")), MINUS, num("1")), num("4")),
        ),
    ),
}
