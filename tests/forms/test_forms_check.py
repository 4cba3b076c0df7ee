"""A form definition that cannot work is found when it is loaded, and the mistake says where."""

from typing import Any

import msgspec
import pytest
from form_samples import FORM, field, options, text

from madang.forms.check import check
from madang.forms.model import Field, FormDefinition, FormPage, Option
from madang.i18n.text import Text

PURPOSE = field("radios", options=options("bank", "other"))


def form(fields: dict[str, Field], *pages: FormPage, **more: Any) -> FormDefinition:
    asked = pages or tuple(FormPage(id=f"p-{name}", ask=(name,)) for name in fields)
    return FormDefinition(**{"id": "one", "version": 1, "fields": fields, "pages": asked, **more})


def page(id: str, *ask: str, **more: Any) -> FormPage:
    return FormPage(id=id, ask=ask, **more)


def test_the_form_of_every_type_has_no_mistake() -> None:
    assert check(FORM) == ()


def test_a_form_with_conditions_has_no_mistake() -> None:
    fields = {"purpose": PURPOSE, "detail": field("text"), "kinds": field("checkboxes", options=options("a", "b"))}
    pages = (
        page("purpose", "purpose"),
        page("detail", "detail", show_if={"purpose": "other"}),
        page("kinds", "kinds", show_if={"purpose": ["bank", "other"]}),
    )
    assert check(form(fields, *pages)) == ()


def q(**rules: Any) -> Field:
    return field("text", **rules)


CASES: list[tuple[FormDefinition, str, str]] = [
    (form({"a": q()}, id="No"), "id", "lower-case"),
    (form({"a": q()}, version=0), "version", "from 1"),
    (FormDefinition(id="x", version=1, fields={}, pages=()), "pages", "at least one"),
    (form({"A": q()}), "fields.A", "lower-case"),
    (form({"a": q()}, page("p", "a", "b", title=text("t"))), "pages[p].ask", "no field 'b'"),
    (form({"a": q(), "b": q()}, page("p", "a")), "fields.b", "no page asks"),
    (form({"a": q()}, page("p", "a"), page("q", "a")), "pages[q].ask", "already"),
    (form({"a": q()}, page("p", "a"), page("p")), "pages[p].id", "another page"),
    (form({"a": q()}, page("check", "a")), "pages[check].id", "not 'check'"),
    (form({"a": q()}, page("p", "a"), page("q")), "pages[q].ask", "at least one"),
    (form({"a": q(), "b": q()}, page("p", "a", "b")), "pages[p].title", "needs a title"),
    (
        form({"a": q(), "p": PURPOSE}, page("a", "a", show_if={"p": "bank"}), page("p", "p")),
        "pages[a].show_if.p",
        "not asked before",
    ),
    (form({"a": q()}, page("p", "a", show_if={"zz": "x"})), "pages[p].show_if.zz", "no field"),
    (
        form({"p": PURPOSE, "a": q()}, page("p", "p"), page("a", "a", show_if={"p": "school"})),
        "pages[a].show_if.p",
        "bank, other",
    ),
    (form({"p": PURPOSE, "a": q()}, page("p", "p"), page("a", "a", show_if={"p": []})), "pages[a].show_if.p", "empty"),
    (form({"p": q(), "a": q()}, page("p", "p"), page("a", "a", show_if={"p": "x"})), "pages[a].show_if.p", "options"),
    (
        form(
            {"p": PURPOSE, "a": q(), "b": field("yes-no"), "c": q()},
            page("p", "p"),
            page("b", "b", show_if={"p": "bank"}),
            page("c", "c", show_if={"b": "yes", "p": "other"}),
            page("a", "a"),
        ),
        "pages[c].show_if",
        "no answers lead",
    ),
    (form({"a": field("radios", options=options("x"))}), "fields.a.options", "too few"),
    (form({"a": field("text", options=options("x"))}), "fields.a.options", "no options"),
    (form({"a": field("radios", options=options("x", "x"))}), "fields.a.options[x]", "another option"),
    (form({"a": field("radios", options=options("x y", "z"))}), "fields.a.options[x y]", "letters, digits"),
    (form({"a": field("radios", options=options("x", "y", exclusive="y"))}), "fields.a.options[y]", "exclusive"),
    (
        form({"a": field("radios", options=options("x", "y"), options_from="household")}),
        "fields.a.options",
        "exclude each other",
    ),
    (form({"a": q(min=5, max=2)}), "fields.a.min", "more than max"),
    (form({"a": q(max=0)}), "fields.a.max", "too small"),
    (form({"a": field("yes-no", min=1)}), "fields.a.min", "has no min"),
    (form({"a": field("checkboxes", options=options("x", "y"), min=3)}), "fields.a.min", "only 2"),
    (form({"a": field("date", earliest="soon")}), "fields.a.earliest", "no date"),
    (form({"a": field("date", earliest="2026-02-30")}), "fields.a.earliest", "no date"),
    (form({"a": q(latest="today")}), "fields.a.latest", "has no latest"),
    (form({"a": field("name", kind="alien")}), "fields.a.kind", "no kind of name"),
    (form({"a": field("identity-number")}), "fields.a.kind", "is of a kind"),
    (form({"a": q(accept=("application/pdf",))}), "fields.a.accept", "only files"),
    (form({"a": field("files", accept=("pdf",))}), "fields.a.accept", "no media type"),
    (form({"a": q(prefill="full_name")}), "fields.a.prefill", "no fact for a field of type text"),
    (form({"a": q(prefill="shoe_size")}), "fields.a.prefill", "no fact"),
    (form({"a": q(errors={"oops": text("x")})}), "fields.a.errors.oops", "no error code"),
    (form({"a": field("repeat")}), "fields.a.fields", "nested"),
    (form({"a": q(fields={"b": q()})}), "fields.a.fields", "nested"),
    (form({"a": field("repeat", fields={"b": field("files")})}), "fields.a.fields.b", "inside a repeat"),
    (form({"a": field("repeat", fields={"b": q(max=0)})}), "fields.a.fields.b.max", "too small"),
    (form({"a": field("declaration", required=False)}), "fields.a.required", "always required"),
    (form({"a": field("radios", options=options("x", "y"), default="z")}), "fields.a.default", "option"),
    (form({"a": field("checkboxes", options=options("x", "y"), default="x")}), "fields.a.default", "malformed"),
    (form({"a": field("files", default=["f"])}), "fields.a.default", "no default"),
    (form({"a": field("date"), "a-day": q()}), "fields.a-day", "'a-day'"),
    (form({"a": field("radios", options=options("x", "y")), "a-y": q()}), "fields.a-y", "'a-y'"),
    (form({"a": field("repeat", fields={"b": q()}), "a-1-b": q()}), "fields.a-1-b", "entry of the field 'a'"),
    (form({"a": Field(type="text", label=Text(ko="a", en="a"))}), "fields.a.label", "ja (日本語) is missing"),
    (
        form({"a": field("radios", options=(Option("x", Text(ko="a")), *options("y")))}),
        "fields.a.options[x].label",
        "vi",
    ),
    (form({"a": q(hint=Text(ko=""))}), "fields.a.hint", "ko"),
    (form({"a": q()}, page("p", "a", title=Text(ko="x"))), "pages[p].title", "th"),
    (form({"a": msgspec.structs.replace(q(), label=text("Why?"))}), "", ""),
    (form({"a": msgspec.structs.replace(q(), label=Text(*["Why?"] * 6), short=text("Reason"))}), "", ""),
    (
        form({"a": msgspec.structs.replace(q(), label=Text("왜?", "Why?", "なぜ？", "为何？", "ทำไม", "Sao?"))}),
        "fields.a.short",
        "question",
    ),
]


@pytest.mark.parametrize(("definition", "path", "words"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_each_mistake_is_found_where_it_is(definition: FormDefinition, path: str, words: str) -> None:
    found = check(definition)
    if not path:
        assert found == ()
        return
    assert [m for m in found if m.path == path and words in m.sentence], "\n".join(map(str, found))
