"""Views load, bind, act and answer; questions and changes live elsewhere."""

import ast
import inspect

import pytest

from tests.house.test_names import own_patterns
from tests.house.tree import parsed, shown, views

pytestmark = pytest.mark.once

QUESTIONS = {"filter", "exclude", "annotate", "aggregate", "order_by", "select_related", "raw"}
CHANGES = {"save", "bulk_create", "bulk_update"}
METHOD_DECORATORS = {"require_safe", "require_POST", "require_GET", "require_http_methods"}


def test_views_ask_and_change_through_querysets_and_services():
    strays = [
        f"{shown(path, node.lineno)} .{node.func.attr}()"
        for path in views()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in QUESTIONS | CHANGES
    ]
    assert strays == []


def decorators(view):
    """Name the decorators written above a view, whatever they wrapped it in."""
    function = inspect.unwrap(view)
    if not inspect.isfunction(function):
        return None
    wanted = function.__name__
    tree = ast.parse(inspect.getsource(inspect.getmodule(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == wanted:
            calls = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
            return {getattr(call, "id", getattr(call, "attr", "")) for call in calls}
    return None


def test_every_view_is_a_function_that_says_which_methods_it_answers():
    silent = [
        f"{namespace}:{pattern.name}"
        for namespace, pattern in own_patterns()
        if not METHOD_DECORATORS & (decorators(pattern.callback) or set())
    ]
    assert silent == []
