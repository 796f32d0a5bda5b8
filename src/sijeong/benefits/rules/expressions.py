"""Reads a rule function as one expression, so that it can be checked and compiled.

An expanded expression holds only operators, `min`, `max`, constants and names: `p__household__income` for an
input, `law__cap` for a parameter. Calls of other functions in the file are written out in place.
"""

import ast
import difflib
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from sijeong.benefits.rules.inputs import Inputs
from sijeong.benefits.rules.marks import Problem

INPUT, LAW = "p__", "law__"
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.Not, ast.And, ast.Or)
_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
LITERALS = (0, 1, 2, 10, 100)
_LANGUAGE = "sijeong.benefits.rules.language"
_IMPORTED = ("Benefit", "Rounding", "criterion")


@dataclass(frozen=True)
class Formula:
    """One rule function, written out."""

    tree: ast.expr
    line: int

    @property
    def inputs(self) -> list[str]:
        """Names of the inputs it may read, in order of reading."""
        return [name.removeprefix(INPUT).replace("__", ".") for name in self._names(INPUT)]

    @property
    def parameters(self) -> list[str]:
        return [name.removeprefix(LAW) for name in self._names(LAW)]

    def _names(self, prefix: str) -> list[str]:
        names = (node.id for node in ordered(self.tree) if isinstance(node, ast.Name))
        return list(dict.fromkeys(name for name in names if name.startswith(prefix)))


def near(name: str, known: Iterable[str]) -> str:
    """A hint at the known name that was meant, or ''."""
    found = difflib.get_close_matches(name, list(known), n=1)
    return f" ('{found[0]}'을(를) 말합니까?)" if found else ""


def ordered(tree: ast.AST) -> list[ast.AST]:
    """The nodes of a tree in the order they are written (ast.walk goes by depth)."""
    return [tree, *(node for child in ast.iter_child_nodes(tree) for node in ordered(child))]


class Reader:
    """Expands the functions of one rule file. Raises `Problem` with the line that is not allowed."""

    def __init__(self, path: Path, inputs: Inputs) -> None:
        self.path, self.inputs = path, inputs
        module = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        self.functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
        self.classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
        self._within: list[str] = []
        for node in module.body:
            self._check_statement(node)

    def _check_statement(self, node: ast.stmt) -> None:
        """A rule file is read before it is run: nothing stands in it but functions and the class."""
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.Expr(value=ast.Constant()):
                return
            case ast.ImportFrom(module=module, names=names) if module == _LANGUAGE:
                for name in names:
                    if name.name not in _IMPORTED:
                        known = near(name.name, _IMPORTED)
                        raise Problem(self.path, node.lineno, f"'{name.name}'은(는) 없습니다{known}")
                return
        message = f"규칙 파일에는 함수와 클래스만 적습니다: {ast.unparse(node)[:60]}"
        raise Problem(self.path, node.lineno, message)

    def formulas(self) -> dict[str, Formula]:
        """Return every function of the file's class by name."""
        methods = [node for node in self.classes[0].body if isinstance(node, ast.FunctionDef)]
        return {node.name: Formula(self._body(node, []), node.lineno) for node in methods}

    def _body(self, function: ast.FunctionDef, arguments: list[ast.expr]) -> ast.expr:
        statements = [
            s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        ]
        if len(statements) != 1 or not isinstance(statements[0], ast.Return) or statements[0].value is None:
            message = "return 한 줄로 적어야 합니다 (갈래는 ‘값 if 조건 else 값’, 여러 조건은 and와 or로)"
            raise Problem(self.path, function.lineno, f"{function.name}: {message}")
        names = [argument.arg for argument in function.args.args]
        given = arguments or [ast.Name("p"), ast.Name("law")]
        if len(names) != len(given):
            wanted = f"{len(names)}개를 주어야 합니다" if arguments else "(p, law)여야 합니다"
            raise Problem(self.path, function.lineno, f"{function.name}: 인자는 {wanted}")
        if function.name in self._within:
            raise Problem(self.path, function.lineno, f"{function.name}: 제 자신을 다시 부릅니다")
        self._within.append(function.name)
        expanded = self._expand(statements[0].value, dict(zip(names, given, strict=True)))
        self._within.pop()
        return expanded

    def _expand(self, node: ast.expr, scope: dict[str, ast.expr]) -> ast.expr:
        match node:
            case ast.Name(id=name) if name in scope:
                return deepcopy(scope[name])
            case ast.Attribute():
                return self._fact(node, scope)
            case ast.Constant(value=value) if isinstance(value, bool | str) or value in LITERALS:
                return node
            case ast.Constant(value=int(value)):
                raise self._refuse(node, f"수 {value}은(는) 매개변수(yaml)로 적어야 합니다")
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(node, name, [self._expand(argument, scope) for argument in arguments])
            case ast.BinOp(op=ast.Div(), right=ast.Constant(value=int(value))) if value not in LITERALS[1:]:
                raise self._refuse(node, "0이 아닌 정한 수로만 나눌 수 있습니다")
            case ast.BinOp(op=ast.Div(), right=right) if not isinstance(right, ast.Constant):
                raise self._refuse(node, "정한 수(예: 100)로만 나눌 수 있습니다")
            case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Tuple(elts=[_, _, *_] as values)]):
                equal = [ast.copy_location(ast.Compare(left, [ast.Eq()], [value]), node) for value in values]
                return self._operator(ast.copy_location(ast.BoolOp(ast.Or(), list(equal)), node), scope)
            case ast.BoolOp() | ast.UnaryOp() | ast.BinOp() | ast.Compare() | ast.IfExp() | ast.Subscript():
                return self._operator(node, scope)
        raise self._refuse(node, f"쓸 수 없는 표현입니다: {ast.unparse(node)}")

    def _call(self, node: ast.expr, name: str, arguments: list[ast.expr]) -> ast.expr:
        if name in ("min", "max") and len(arguments) > 1:
            return ast.copy_location(ast.Call(ast.Name(name), arguments, []), node)
        if name not in self.functions:
            raise self._refuse(node, f"'{name}'은(는) 이 파일에 없는 함수입니다")
        return self._body(self.functions[name], arguments)

    def _operator(self, node: ast.expr, scope: dict[str, ast.expr]) -> ast.expr:
        copied = deepcopy(node)
        for operator in [getattr(node, "op", None), *getattr(node, "ops", ())]:
            if operator is not None and not isinstance(operator, _OPERATORS + _COMPARISONS):
                raise self._refuse(node, f"쓸 수 없는 연산입니다: {ast.unparse(node)}")
        for name, child in ast.iter_fields(node):
            if isinstance(child, ast.expr):
                setattr(copied, name, self._expand(child, scope))
            elif isinstance(child, list) and child and isinstance(child[0], ast.expr):
                setattr(copied, name, [self._expand(part, scope) for part in child])
        self._check_types(node, copied)
        return copied

    def _check_types(self, node: ast.expr, expanded: ast.expr) -> None:
        truths: list[ast.expr] = []
        match expanded:
            case ast.BoolOp(values=values):
                truths = values
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truths = [operand]
            case ast.IfExp(test=test):
                truths = [test]
            case ast.Subscript(value=value) if not (isinstance(value, ast.Name) and value.id.startswith(LAW)):
                raise self._refuse(node, "목록은 law의 매개변수만 쓸 수 있습니다")
            case ast.Compare(left=left, comparators=rest):
                self._check_choice(node, [left, *rest])
        for truth in truths:
            if not self.is_truth(truth):
                raise self._refuse(node, f"참·거짓이 아닙니다: {ast.unparse(truth)}")

    def _check_choice(self, node: ast.expr, operands: list[ast.expr]) -> None:
        labels = {o.value for o in operands if isinstance(o, ast.Constant) and isinstance(o.value, str)}
        choices = {c for o in operands if isinstance(o, ast.Name) for c in self._choices(o)}
        if labels - choices:
            raise self._refuse(node, f"고를 수 없는 값입니다: {', '.join(sorted(labels - choices))}")

    def _choices(self, name: ast.Name) -> tuple[str, ...]:
        known = name.id.removeprefix(INPUT).replace("__", ".")
        return self.inputs[known].choices if known in self.inputs else ()

    def is_truth(self, node: ast.expr) -> bool:
        """Whether an expanded expression is true or false, not a number."""
        match node:
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.Constant(value=bool()):
                return True
            case ast.IfExp(body=body, orelse=orelse):
                return self.is_truth(body) and self.is_truth(orelse)
            case ast.Name(id=name) if name.startswith(INPUT):
                return self.inputs[name.removeprefix(INPUT).replace("__", ".")].kind == "bool"
        return False

    def _fact(self, node: ast.Attribute, scope: dict[str, ast.expr]) -> ast.expr:
        path, owner = [node.attr], node.value
        while isinstance(owner, ast.Attribute):
            path.insert(0, owner.attr)
            owner = owner.value
        root = scope.get(owner.id) if isinstance(owner, ast.Name) else None
        if not isinstance(root, ast.Name) or root.id not in ("p", "law"):
            raise self._refuse(node, f"'{ast.unparse(node)}'은(는) p도 law도 아닙니다")
        if root.id == "p" and ".".join(path) not in self.inputs:
            name = ".".join(path)
            hint = near(name, self.inputs.by_name)
            raise self._refuse(
                node, f"입력 '{name}'이(가) {self.inputs.path.name}에 선언되지 않았습니다{hint}"
            )
        return ast.copy_location(ast.Name({"p": INPUT, "law": LAW}[root.id] + "__".join(path)), node)

    def _refuse(self, node: ast.expr, message: str) -> Problem:
        return Problem(self.path, node.lineno, message)
