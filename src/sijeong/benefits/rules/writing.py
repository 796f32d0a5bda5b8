"""Turns an expanded expression into compilable text without branches, and says when its value is known."""

import ast
from copy import deepcopy

from sijeong.benefits.rules import groups
from sijeong.benefits.rules.expressions import INPUT, LAW, Formula
from sijeong.benefits.rules.inputs import Input, Inputs


def nullable(declared: Input, inputs: Inputs) -> bool:
    """Whether a cell of this input may be empty."""
    if not declared.group:
        return declared.missing == "unknown"
    of = declared.aggregate[1]
    return inputs.groups[declared.group].missing == "unknown" or bool(of and nullable(inputs[of], inputs))


class Writer(ast.NodeTransformer):
    """Turns an expanded expression into compilable text without branches."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.narrowed: dict[str, set[str]] = {}

    def write(self, formula: Formula) -> str:
        return ast.unparse(ast.fix_missing_locations(self.visit(deepcopy(formula.tree))))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id.startswith(INPUT) and self._declared(node).kind == "bool":
            return ast.Compare(node, [ast.Eq()], [ast.Constant(1)])
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        operator = ast.BitAnd() if isinstance(node.op, ast.And) else ast.BitOr()
        result = node.values[0]
        for value in node.values[1:]:
            result = ast.BinOp(result, operator, value)
        return result

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        operands = [node.left, *node.comparators]
        choice = next((o for o in operands if isinstance(o, ast.Name) and self._choices(o)), None)
        written = [self._operand(operand, choice) for operand in operands]
        pairs = [
            self._narrow(ast.Compare(left, [operator], [right]))
            for left, operator, right in zip(written, node.ops, written[1:], strict=False)
        ]
        result: ast.expr = pairs[0]
        for pair in pairs[1:]:
            result = ast.BinOp(result, ast.BitAnd(), pair)
        return result

    def _narrow(self, pair: ast.Compare) -> ast.expr:
        """Compare a column with a parameter in the column's own width.

        Exact: the parameter is cut to the type's ends, which no value of the column reaches (see
        `Input.dtype`).
        """
        sides = [pair.left, pair.comparators[0]]
        names = [side.id if isinstance(side, ast.Name) else "" for side in sides]
        for column, law in ((0, 1), (1, 0)):
            if names[column].startswith(INPUT) and names[law].startswith(LAW):
                declared = self._declared(ast.Name(names[column]))
                if not declared.group:
                    width = declared.dtype.name
                    self.narrowed.setdefault(names[law].removeprefix(LAW), set()).add(width)
                    sides[law] = ast.Name(f"{names[law]}__{width}")
        return ast.Compare(sides[0], pair.ops, [sides[1]])

    def _operand(self, node: ast.expr, choice: ast.Name | None) -> ast.expr:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and choice is not None:
            return ast.Constant(self._choices(choice).index(node.value))
        written: ast.expr = self.visit(node)
        return written

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        # Kept inside the list: an unknown cell holds a mark, and its row is answered "unknown" anyway.
        self.generic_visit(node)
        last = ast.BinOp(ast.Call(ast.Name("len"), [node.value], []), ast.Sub(), ast.Constant(1))
        inside = ast.Call(
            ast.Name("max"), [ast.Constant(0), ast.Call(ast.Name("min"), [node.slice, last], [])], []
        )
        return ast.Subscript(node.value, inside, ast.Load())

    def known(self, tree: ast.expr) -> ast.expr | None:
        """The condition under which plain Python would read no unknown input; None: always.

        `and`, `or`, chained comparison and `if` read no further than they must, and so here.
        """
        match tree:
            case ast.Name(id=name):
                return self._cell_known(tree) if name.startswith(INPUT) else None
            case ast.BoolOp(op=op, values=[first, *rest]):
                tail = rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
                decided = self._write(first)
                decided = decided if isinstance(op, ast.Or) else ast.UnaryOp(ast.Not(), decided)
                return _both(self.known(first), _unless(decided, self.known(tail)))
            case ast.Compare(left=left, ops=[op, *ops], comparators=[right, *rest]) if rest:
                head = self._write(ast.Compare(left, [op], [right]))
                tail_known = self.known(ast.Compare(right, ops, rest))
                pair = _both(self.known(left), self.known(right))
                return _both(pair, _unless(ast.UnaryOp(ast.Not(), head), tail_known))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                taken, other = self.known(body), self.known(orelse)
                chosen = _both(
                    _unless(ast.UnaryOp(ast.Not(), self._write(test)), taken),
                    _unless(self._write(test), other),
                )
                return _both(self.known(test), chosen)
        result: ast.expr | None = None
        for child in ast.iter_child_nodes(tree):
            if isinstance(child, ast.expr):
                result = _both(result, self.known(child))
        return result

    def _cell_known(self, node: ast.Name) -> ast.expr | None:
        declared = self._declared(node)
        if not nullable(declared, self.inputs):
            return None
        mark = groups.UNKNOWN if declared.group else declared.null
        return ast.Compare(node, [ast.NotEq()], [ast.Constant(mark)])

    def _write(self, node: ast.expr) -> ast.expr:
        written: ast.expr = self.visit(deepcopy(node))
        return written

    def _declared(self, node: ast.Name) -> Input:
        return self.inputs[node.id.removeprefix(INPUT).replace("__", ".")]

    def _choices(self, node: ast.Name) -> tuple[str, ...]:
        return self._declared(node).choices if node.id.startswith(INPUT) else ()


def _both(first: ast.expr | None, second: ast.expr | None) -> ast.expr | None:
    if first is None or second is None:
        return first or second
    return ast.BinOp(first, ast.BitAnd(), second)


def _unless(condition: ast.expr, known: ast.expr | None) -> ast.expr | None:
    return None if known is None else ast.BinOp(condition, ast.BitOr(), known)
