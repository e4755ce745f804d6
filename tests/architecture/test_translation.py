"""Whatever a person reads passes through the translation function: looked for in the source, as far as a source can tell."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name_of, tree_of

TRANSLATED = {"_", "ngettext", "marked"}
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"^[^\W\d_a-z]?[^\W\d_]+[,.…:;]?( [“(]?[^\W\d_{}]+[”),.…:;!?]*)+$")

# What these are called with is read by someone: the place of each argument that is, or its name.
WIDGETS = ("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QMenu")
SETTERS = ("setText", "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setWindowTitle")
OURS = ("label", "HintLabel", "ElidedLabel", "Button", "primary", "outlined", "link", "show_error", "setPrefix", "setSuffix")
VERBS = ("QAction", "QUndoCommand", "addAction", "addMenu", "addItem", "addTab", "addRow", "say")
SHOWN: dict[str, tuple[int, ...]] = {
    **dict.fromkeys((*WIDGETS, *SETTERS, *OURS), (0,)),
    **dict.fromkeys(VERBS, (0, 1)),
    **dict.fromkeys(("setTabText", "setItemText"), (1,)),
    "named": (2,),
}
SHOWN_BY_NAME = {"spoken", "reason", "placeholder", "hint", "words", "title", "caption", "help", "description", "tooltip"}
# The same in every language: names, and keys as they are printed on a keyboard.
SAME = re.compile(r"IPT Desktop|SQLite |(Ctrl|Alt|Shift|F\d)(\+\w+)*")
# Modules whose sentences are not for the therapist's eyes, and why.
NOT_READ = {
    "ipt_desktop/services/demo.py": "the demo practice is told in English, like its cases",
    "ipt_desktop/services/place.py": "the names of programs are the same in every language",
    "ui/shots.py": "the screenshots' maker speaks to developers",
}


def read_by_someone() -> list[Path]:
    """Return the modules whose words are for the therapist's eyes."""
    return [each for each in modules("ipt_desktop", "ui") if name_of(each) not in NOT_READ]


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def bare_words(node: ast.expr) -> Iterator[str]:
    """Yield the words that stand in an expression as they are: literals, parts of f-strings, both ends of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if WORD.search(node.value) and not SAME.fullmatch(node.value):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from bare_words(part)
    elif isinstance(node, ast.IfExp | ast.BoolOp | ast.BinOp):
        parts = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse] if isinstance(node, ast.IfExp) else []
        for part in [node.left, node.right] if isinstance(node, ast.BinOp) else parts:
            yield from bare_words(part)


def shown_untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and words of each bare literal given to a call that shows it."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called(node) in TRANSLATED:
            continue
        places = SHOWN.get(called(node), ())
        given = [each for place, each in enumerate(node.args) if place in places]
        given += [each.value for each in node.keywords if each.arg in SHOWN_BY_NAME]
        yield from ((node.lineno, words) for each in given for words in bare_words(each))


def sentences_untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and words of each literal that reads as a sentence, but for docstrings and what is raised for us alone."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_translated = isinstance(node, ast.Call) and called(node) in {*TRANSLATED, "encode"}
        if is_docstring or is_translated or isinstance(node, ast.Raise | ast.Assert):
            silent |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent and reads(node.value):
            yield node.lineno, node.value


def reads(words: str) -> bool:
    """Whether words read as a sentence in some language."""
    return bool(SENTENCE.match(words)) and not SAME.fullmatch(words)


def test_words_that_are_shown_are_translated():
    found = [
        f"{name_of(module)}, line {line}: {words!r}"
        for module in read_by_someone()
        for line, words in shown_untranslated(tree_of(module))
    ]
    assert found == []


def test_no_sentence_stands_untranslated():
    found = [
        f"{name_of(module)}, line {line}: {words!r}"
        for module in read_by_someone()
        if "storage" not in module.parts  # below the services sentences are SQL, or reasons in the system's own words
        for line, words in sentences_untranslated(tree_of(module))
    ]
    assert found == []


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            defaults = [each for each in (*child.args.defaults, *child.args.kw_defaults) if each is not None]
            yield from (part for each in defaults for part in ast.walk(each))
        else:
            yield child
            yield from at_import(child)


def test_nothing_is_translated_before_a_language_is_known():
    """What a module says once and for all is only marked, or it would stay English."""
    found = [
        f"{name_of(module)}, line {each.lineno}"
        for module in modules("ipt_desktop", "ui")
        for each in at_import(tree_of(module))
        if isinstance(each, ast.Call) and called(each) in {"_", "ngettext"}
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'label("Last seen", self)',
        'button.setText(f"{count} sessions")',
        'view.setToolTip("Open" if is_shut else _("Close"))',
        'Button("", self, name="add", spoken="Add client")',
        'raise Refused(reason="A client needs a name.")',
        'frame.say(_("Not saved"), "The disk is full")',
        'named(QLineEdit(self), "filter", "Filter clients")',
    ],
)
def test_the_search_sees_bare_words(source: str):
    assert list(shown_untranslated(ast.parse(source)))


def test_the_search_sees_bare_sentences_but_neither_docstrings_nor_keys():
    seen = sentences_untranslated(
        ast.parse('"""What it is."""\nEMPTY = "Nothing here yet."\nKEY = "client_strip"\nOK = _("Well done.")')
    )
    assert list(seen) == [(2, "Nothing here yet.")]
