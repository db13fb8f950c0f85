"""Bars and their lengths."""

from shoumi.platform.ui.charts import LABELS, VALUES, WIDTH, Bar, draw


def test_the_longest_bar_fills_the_room_and_zero_has_no_length():
    chart = draw([("甲", 10), ("乙", 5), ("丙", 0)])
    room = WIDTH - LABELS - VALUES
    assert [one.width for one in chart.bars] == [room, room // 2, 0]


def test_figures_of_before_share_the_scale_of_now():
    (one,) = draw([Bar("甲", 5, before=10)]).bars
    assert one.before_width == 2 * one.width


def test_nothing_to_draw_is_no_fault():
    assert draw([]).bars == []
    assert draw([("甲", 0)]).bars[0].width == 0


def test_a_long_label_is_cut_in_the_picture_only():
    (one,) = draw([("保密工作领导小组办公室综合科", 1)]).bars
    assert one.short.endswith("…")
    assert one.bar.label == "保密工作领导小组办公室综合科"
