"""Changes sources with the operators of Cosmic Ray, in whose environment it runs: a request a line, an answer a line.

{"source": "…"}                                     → [[operator, occurrence, line, column, end line, end column], …]
{"source": "…", "operator": "…", "occurrence": 3}   → "the source with that change"
"""

import json
import sys
from typing import Any

from cosmic_ray.ast import Visitor, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names


class Places(Visitor):
    """Collects where each operator could change a source."""

    def __init__(self, operators: dict[str, Any]) -> None:
        self._operators = operators
        self._times = dict.fromkeys(operators, 0)
        self.found: list[tuple[str, int, int, int, int, int]] = []

    def visit(self, node: Any) -> Any:
        for name, operator in self._operators.items():
            for start, end in operator.mutation_positions(node):
                self.found.append((name, self._times[name], *start, *end))
                self._times[name] += 1
        return node


def main() -> None:
    """Answer until the input ends."""
    classes = {name: get_operator(name) for name in operator_names()}
    operators = {name: made() for name, made in classes.items() if not made.arguments()}
    for line in sys.stdin:
        asked = json.loads(line)
        answer: Any
        if "operator" in asked:
            answer = mutate_code(asked["source"], operators[asked["operator"]], asked["occurrence"])
        else:
            places = Places(operators)
            places.walk(get_ast(asked["source"]))
            answer = places.found
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
