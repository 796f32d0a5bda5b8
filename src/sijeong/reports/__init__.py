"""Work reports (주요업무보고): read any, prove its figures, compare two.

Bytes become a `Document` (`reading`), the document becomes an outline and grids (`outline`, `grids`), those
become facts
(`facts`) and verdicts on every figure that another figure determines (`checks`). Nothing here knows a
database or a web page.
"""
