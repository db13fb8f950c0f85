"""Forms: the same words above and beside, everything typed is kept."""

from datetime import date

import pytest
from django import forms
from django.template import engines

from shoumi.kernel.refusal import Refusal
from shoumi.platform.ui.forms import ActForm, answers, complaints, extra_names, refuse, sections


class Receive(ActForm):
    sections = (("来文", ("title", "level")),)
    title = forms.CharField(label="标题", max_length=120, help_text="照录原文标题")
    level = forms.ChoiceField(label="密级", choices=[("", "请选择"), ("3", "机密")])
    copies = forms.IntegerField(label="份数", min_value=1)
    day = forms.DateField(label="日期", initial=date(2026, 9, 1))
    way = forms.ChoiceField(
        label="渠道", choices=[("a", "机要"), ("b", "专送")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="已核对")
    copy = forms.CharField(label="备注", max_length=4, required=False)


def html(form):
    page = engines["django"].from_string("{% load ui %}{% render_form form %}")
    return page.render({"form": form})


def test_every_error_is_said_twice_in_the_same_words():
    form = Receive({"copies": "0", "way": "x", "day": "昨天", "copy": "一二三四五"})
    said = [one.words for one in complaints(form)]
    assert said == [
        "请填写标题",
        "请选择密级",
        "份数不得小于 1",
        "日期应填日期，如 2026-09-01",
        "渠道请从所列选项中选择",
        "请勾选确认：已核对",
        "备注不得超过 4 字，现有 5 字",
    ]
    page = html(form)
    for words in said:
        assert page.count(words) == 2
    assert 'href="#id_title"' in page
    assert 'href="#id_way_0"' in page
    assert 'aria-invalid="true"' in page


def test_a_form_not_yet_sent_complains_of_nothing():
    assert complaints(Receive()) == []
    assert 'role="alert"' not in html(Receive())


def test_what_was_typed_is_kept_and_escaped():
    assert "&lt;b&gt;关于" in html(Receive({"title": "<b>关于"}))


def test_dates_are_native_and_written_as_the_browser_wants_them():
    page = html(Receive())
    assert 'type="date"' in page
    assert 'value="2026-09-01"' in page


def test_fields_stand_in_their_sections_and_the_rest_follows():
    groups = sections(Receive())
    assert [title for title, _ in groups] == ["来文", ""]
    assert [v.bound.name for v in groups[0][1]] == ["title", "level"]
    assert groups[0][1][0].wide


def test_a_hint_stands_before_its_field_and_is_tied_to_it():
    page = html(Receive())
    assert page.index("照录原文标题") < page.index('name="title"')
    assert 'aria-describedby="id_title-hint"' in page


@pytest.mark.clause("carriers.borrow.longest")
def test_a_refusal_stands_above_the_form_with_its_clause_and_way_on():
    form = Receive({"title": "甲"})
    form.is_valid()
    refuse(form, Refusal("超过 15 天", clause="carriers.borrow.longest", way_on="请改为 15 天以内"))
    first = complaints(form)[0]
    assert (first.words, first.clause) == ("超过 15 天", "carriers.borrow.longest")
    page = html(form)
    assert "carriers.borrow.longest" in page
    assert "请改为 15 天以内" in page


def test_names_the_form_does_not_have_are_found():
    sent = ["title", "level", "way_0", "_once", "csrfmiddlewaretoken", "label", "actor"]
    assert extra_names(Receive(), sent) == ["label", "actor"]


def test_answers_are_put_into_words():
    form = Receive(
        {"title": "甲", "level": "3", "copies": "2", "day": "2026-09-01", "way": "b", "sure": "on"}
    )
    assert form.is_valid(), form.errors
    assert dict(answers(form)) == {
        "标题": "甲", "密级": "机密", "份数": "2", "日期": "2026-09-01",
        "渠道": "专送", "已核对": "是", "备注": "",
    }  # fmt: skip
