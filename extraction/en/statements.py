"""How English sentences state lasting relations: the phrasings of `statements.txt`, and posts."""

from __future__ import annotations

from trihelix.extraction.en.patterns import Statement, compiled, table

STATEMENTS = [
    Statement(
        kind=row.name.partition("=")[0],
        title=row.name.partition("=")[2] or None,
        confidence=row.prior,
        pattern=compiled(row.pattern),
    )
    for row in table("statements.txt")
]

# `A, chemist at X, and B, engineer of Y, are deputy directors [of Z]`, appositions taken out
SHARED_POST = compiled(
    r"{O:target}[^«»]{0,12}?{Q:source} (?:are|were|is|was|serve as|will be) (?:its |the |both )*"
    r"{title}(?=[.,;]|$)"
)
# `P, TITLE of X` and after it ` and TITLE of Y`
POST_OPENS = compiled(r"{P:source},")
POST_GOES_ON = compiled(
    r"(?:,? and|,)?(?: who (?:is|was))? (?:also |then |now |currently |formerly |the |an? |its )*"
    r"{title},? (?:{of})?{A:target}"
)
BARE_POST = compiled(
    r"{P:source}, (?:the |our |its |an? )?{title}"
    r"(?: (?:of|at) the (?:project|company|institute|team|group|programme|collaboration))?"
    r"(?=[.,”\"]|$| (?:said|says|explains?|added))"
)
NAMED_POST = compiled(
    r"{P:source} (?:was|has been) (?:appointed|named|elected) "
    r"(?:as )?(?:the |its )?{title}(?=[.,]|$)"
)
LEADING_POST = compiled(
    r"(?:^|[,;”\"] |said |by |[.] )(?:said |says )?(?:[Ii]ts |[Tt]he )?"
    r"(?!Professor |Academician ){title} {P:source}(?=[,.]| [a-z])"
)
