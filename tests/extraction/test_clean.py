from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.inputs import ARTICLE, BODY, TITLE, pdf, word
from trihelix.extraction.clean import clean
from trihelix.extraction.dateline import dateline, day
from trihelix.extraction.read import Format, Source, read
from trihelix.schema.errors import InputError
from trihelix.schema.records import Document

CLEANED = "\n".join((TITLE, "", *BODY))

PAGE = f"""滨海新闻网 > 科教频道 > 正文
首页
要闻
科教
财经
专题
视频

{TITLE}

发布时间：2021-03-09 08:15  来源：滨海日报  浏览：356
分享至
字号：大 中 小

{BODY[0]}

{BODY[1]}
{BODY[2]}

责任编辑：周敏
上一篇：滨海大学召开教学工作会议
下一篇：我市启动春季招聘
相关阅读
网友评论称太突然，这家公司昨夜宣布破产？
网友评论称太突然，这家公司昨夜宣布破产？
吃瓜日报
2024-08-16 10:29:06
版权所有 滨海新闻网 滨ICP备12345678号"""

ENGLISH = """Skip to main content
Home > News > Research
Menu
Search

University and shipbuilder open joint laboratory

Posted on March 9, 2021 by News Office
Share this article

Harbour University and Farsail Heavy Industries signed an agreement on Monday to open it.

"We want our research to reach the shipyard within two years," said President Lin Zhiyuan.

Related articles
University wins national teaching award
Ten graduates to watch
Subscribe to our newsletter
© 2021 Harbour University. All rights reserved."""

HTML = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{TITLE}_科教频道_滨海新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">要闻</a> <a href="/b">科教</a></div>
<h1>{TITLE}</h1>
<div class="info">2021年03月09日 08:15 来源：滨海日报 <a href="#">评论</a></div>
<div id="content"><p>　　{BODY[0]}</p><p>　　{BODY[1]}</p><p>　　{BODY[2]}</p></div>
<p>（责任编辑：周敏）</p>
<h3>相关新闻</h3><ul><li><a href="/1">滨海大学召开教学工作会议，部署新学期的工作</a></li>
<li><a href="/2">我市启动春季招聘，三百家企业参加首场招聘会</a></li></ul>
<div>Copyright © 滨海新闻网 版权所有</div>
<script>var t = "2024-07-27";</script></body></html>"""


def document(text: str, kind: Format = "text", **stated: str) -> Document:
    result = clean(Source(source="a", format=kind, text=text, **stated))
    assert isinstance(result, Document), result
    return result


class TestPlainArticles:
    def test_title_blank_line_body(self) -> None:
        cleaned = document(ARTICLE)
        assert (cleaned.title, cleaned.text) == (TITLE, CLEANED)
        assert (cleaned.language, cleaned.published) == ("zh", None)

    def test_nothing_of_the_body_is_lost(self) -> None:
        body = (*BODY, "与会人员合影", "（图-嘉宾参观实验室）", "（编辑：周敏）")
        assert document("\n\n".join((TITLE, *body))).text == "\n".join((TITLE, "", *body))

    def test_a_text_without_a_title_has_none(self) -> None:
        cleaned = document("\n".join(BODY))
        assert (cleaned.title, cleaned.text) == ("", "\n".join(BODY))

    def test_a_title_may_be_a_sentence_when_it_is_set_apart(self) -> None:
        assert document(f"{BODY[1]}\n\n{BODY[1]}{BODY[2]}").title == BODY[1]

    def test_only_white_space_is_normalised(self) -> None:
        raw = "“ＡＩ＋海洋”\u00a0实验室\u200b 揭牌\r\n\r\n　　３月８日，\t滨海大学 揭牌。\r\n"
        assert document(raw).text == "“ＡＩ＋海洋” 实验室 揭牌\n\n３月８日， 滨海大学 揭牌。"

    def test_fields_under_the_title_date_the_article_and_go(self) -> None:
        cleaned = document("\n".join((TITLE, "发布时间：2021-03-09", "来源：滨海日报", *BODY)))
        assert (cleaned.text, cleaned.published) == (CLEANED, "2021-03-09")

    def test_a_line_among_the_fields_of_a_notice_dates_it_and_stays(self) -> None:
        fields = ("招标人：滨海大学", "开标时间：2021-02-01", "发布日期：2021年3月9日")
        cleaned = document("\n".join((TITLE, *fields, *BODY)))
        assert cleaned.published == "2021-03-09"
        assert all(field in cleaned.text for field in fields)

    def test_hard_wrapped_lines_become_paragraphs_again(self) -> None:
        words = (
            "Harbour University and Farsail Heavy Industries signed an agreement on\n"
            "Monday to set up a joint laboratory for marine equipment. The company\n"
            "will invest 50 million yuan over five years, and the university will\n"
            "second thirty of its re-\nsearchers."
        )
        assert document(f"Joint laboratory opens\n\n{words}\n").text.splitlines()[2:] == [
            words.replace("re-\nsearch", "research").replace("\n", " ")
        ]


class TestCopiedPages:
    def test_a_page_is_cut_down_to_its_article(self) -> None:
        cleaned = document(PAGE)
        assert (cleaned.title, cleaned.text) == (TITLE, CLEANED)
        assert cleaned.published == "2021-03-09"

    def test_an_english_page_too(self) -> None:
        cleaned = document(ENGLISH)
        assert cleaned.title == "University and shipbuilder open joint laboratory"
        assert cleaned.text.splitlines()[2].startswith("Harbour University and Farsail")
        assert cleaned.text.endswith("said President Lin Zhiyuan.")
        assert (cleaned.language, cleaned.published) == ("en", "2021-03-09")

    def test_dates_of_related_links_are_not_the_pages(self) -> None:
        undated = PAGE.replace("发布时间：2021-03-09 08:15  来源：滨海日报  浏览：356\n", "0\n")
        cleaned = document(undated)
        assert (cleaned.text, cleaned.published) == (CLEANED, None)

    def test_links_set_into_a_long_text_go_and_subheadings_stay(self) -> None:
        inset = "相关阅读：\n滨海大学召开教学工作会议\n我市启动春季招聘\n"
        long = [line * 5 for line in BODY]
        before, *rest = (long[0], "共建平台 互利共赢", *long[1:])
        page = PAGE.replace("\n".join(BODY[1:]), "\n".join((before, inset, *rest)))
        lines = document(page).text.splitlines()
        assert "相关阅读：" not in lines
        assert "滨海大学召开教学工作会议" not in lines
        assert all(line in lines for line in long)

    def test_fields_of_an_event_stay_in_the_body(self) -> None:
        fields = "会议时间：2021年3月12日\n会议地点：滨海大学图书馆\n"
        assert "会议时间：2021年3月12日" in document(PAGE.replace(BODY[1], fields + BODY[1])).text

    def test_comments_longer_than_a_short_article_are_not_the_article(self) -> None:
        comments = "\n".join(f"网友{i}说，{line}" for i, line in enumerate(BODY * 4))
        page = PAGE.replace("版权所有", f"网友评论\n{comments}\n版权所有")
        assert document(page).text == CLEANED

    def test_a_list_announced_at_the_end_belongs_to_the_article(self) -> None:
        ending = "首批入驻单位名单如下：\n滨海船舶研究所\n临江大学海洋学院\n"
        cleaned = document(PAGE.replace("\n责任编辑", f"{ending}\n责任编辑"))
        assert cleaned.text == f"{CLEANED}\n{ending.strip()}"

    def test_a_page_of_headlines_keeps_the_headlines(self) -> None:
        headlines = [f"滨海大学第{n}批合作项目落地临江" for n in "一二三四五六"]
        page = ["滨海市科学技术局", "首页 机构 政务 办事 互动", "当前位置：首页 > 动态", *headlines]
        page += ["2022-05-16", "2022-05-15", "上一页 1 2 3 下一页", "滨ICP备05001234号"]
        assert document("\n".join(page)).text.splitlines()[2:] == headlines

    def test_a_list_of_names_does_not_make_an_article_a_page(self) -> None:
        names = ["滨海大学", "临江大学", "远航重工", "海船所", "江海集团", "新港公司"]
        text = "\n".join((TITLE, "", BODY[0], "参加单位", *names))
        assert document(text).text == "\n".join((TITLE, "", BODY[0], "参加单位", *names))

    def test_a_list_of_news_in_brief_is_kept_whole(self) -> None:
        items = [line for i in range(4) for line in (f"第{i}家企业完成融资", BODY[2])]
        cleaned = document("\n\n".join(("本日快讯", *items)))
        assert cleaned.text.splitlines() == ["本日快讯", "", *items]


class TestHtml:
    def test_a_page_gives_headline_date_and_paragraphs(self) -> None:
        cleaned = document(HTML, "html")
        assert (cleaned.title, cleaned.text) == (TITLE, CLEANED)
        assert cleaned.published == "2021-03-09"

    @pytest.mark.parametrize(
        "stated",
        [
            '<meta property="article:published_time" content="2021-03-10T08:00:00+08:00">',
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2021-03-10"}]}'
            "</script>",
            '<meta name="PubDate" content="2021-03-10 08:00">',
        ],
    )
    def test_the_date_that_the_page_states_comes_first(self, stated: str) -> None:
        assert document(HTML.replace("<title>", stated + "<title>"), "html").published == (
            "2021-03-10"
        )

    def test_a_fragment_is_a_page_too(self) -> None:
        fragment = f"<p>{TITLE}</p><p>{BODY[0]}<br>{BODY[1]}</p>"
        assert document(fragment, "html").text.splitlines()[-2:] == list(BODY[:2])

    def test_a_page_without_text_is_an_error(self) -> None:
        result = clean(Source(source="a.html", format="html", text="<html><body></body></html>"))
        assert isinstance(result, InputError)
        assert str(result).startswith("a.html: holds no article text")

    def test_deep_nesting_is_no_problem(self) -> None:
        page = "<html><body>" + "<div>" * 2000 + BODY[0] + "</div>" * 2000
        assert isinstance(
            clean(Source(source="a", format="html", text=page)), Document | InputError
        )


class TestMarkdown:
    def test_marks_go_and_words_stay(self) -> None:
        text = f"# {TITLE}\n\n**{BODY[0]}**\n\n> {BODY[1]}\n\n![图](a.png)\n[{BODY[2]}](b.html)\n"
        assert document(text, "markdown").text == CLEANED

    def test_front_matter_gives_title_and_date(self) -> None:
        text = f'---\ntitle: "{TITLE}"\ndate: 2021-03-09 08:00\n---\n' + "\n\n".join(BODY)
        cleaned = document(text, "markdown")
        assert (cleaned.title, cleaned.published) == (TITLE, "2021-03-09")
        assert cleaned.text == CLEANED


class TestFiles:
    def test_a_pdf_loses_page_numbers_and_running_heads_and_joins_lines(
        self, tmp_path: Path
    ) -> None:
        text = "".join(BODY) * 3
        lines = [text[i : i + 30] for i in range(0, len(text), 30)]
        pages = [
            ["滨海日报合订本", *[TITLE][: n == 1], *lines[4 * n - 4 : 4 * n], f"- {n} -"]
            for n in range(1, 5)
        ]  # fmt: skip
        (tmp_path / "a.pdf").write_bytes(pdf(pages))
        (source,) = read([tmp_path / "a.pdf"])
        assert isinstance(source, Source)
        assert document(source.text, "pdf").text == f"{TITLE}\n\n{''.join(lines[:16])}"

    def test_a_word_file_gives_the_same_as_its_text(self, tmp_path: Path) -> None:
        (tmp_path / "a.docx").write_bytes(word(TITLE, BODY))
        (source,) = read([tmp_path / "a.docx"])
        assert isinstance(source, Source)
        cleaned = clean(source)
        assert isinstance(cleaned, Document)
        assert cleaned.text == CLEANED


class TestStated:
    def test_what_the_user_states_comes_first(self) -> None:
        cleaned = document(PAGE, title="另一个标题", published="2020-01-01")
        assert (cleaned.title, cleaned.published) == ("另一个标题", "2020-01-01")

    def test_a_stated_title_takes_nothing_from_the_text(self) -> None:
        for kind in ("text", "markdown", "docx"):
            cleaned = document("\n\n".join(BODY), kind, title=TITLE)
            assert cleaned.text == CLEANED

    def test_a_repeated_title_is_dropped(self) -> None:
        assert document(ARTICLE, title=TITLE).text == CLEANED

    @pytest.mark.parametrize(
        ("text", "language"),
        [(ARTICLE, "zh"), (ENGLISH, "en"), ("MIT与滨海大学共建AI for Science实验室。", "zh")],
    )
    def test_the_language_is_that_of_most_words(self, text: str, language: str) -> None:
        assert document(text).language == language

    def test_other_scripts_are_refused(self) -> None:
        result = clean(Source(source="a", format="text", text="Университет открыл лабораторию."))
        assert str(result) == "a: is neither Chinese nor English"


class TestDates:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2023-04-25", "2023-04-25"),
            ("2023年4月25日 10:30", "2023-04-25"),
            ("2023/4/5", "2023-04-05"),
            ("二〇二三年四月二十五日", "2023-04-25"),
            ("March 3, 2021", "2021-03-03"),
            ("3rd Sept. 2021", "2021-09-03"),
            ("20230425", "2023-04-25"),
            ("2023-04-25T08:00:00+08:00", "2023-04-25"),
            ("2023-02-30", None),
            ("2023年4月", None),
            ("4月25日", None),
        ],
    )
    def test_full_dates_in_many_forms(self, text: str, expected: str | None) -> None:
        assert day(text) == expected

    @pytest.mark.parametrize(
        ("header", "lead", "expected"),
        [
            (["时间：2019-03-18 09:40:12  浏览：57"], "", "2019-03-18"),
            (["2023年4月25日 10:30 来源：新华网"], "", "2023-04-25"),
            (["Published: March 3, 2021"], "", "2021-03-03"),
            (["今天是2024年7月27日 星期六", "发布日期：2023-04-25"], "", "2023-04-25"),
            ([], "新华社沈阳2023年4月25日电（记者王某）东北的高校……", "2023-04-25"),
            ([], "SHENYANG, China, April 25, 2023 /PRNewswire/ -- A firm", "2023-04-25"),
            ([], "2023年4月25日，启动大会在沈阳举行。", None),
            (["2023年4月25日，启动大会在沈阳举行。"], "", None),
            (["有效期至2025-01-01"], "", None),
        ],
    )
    def test_only_a_date_in_the_place_of_one_counts(
        self, header: list[str], lead: str, expected: str | None
    ) -> None:
        assert dateline(header, lead) == expected


@given(st.text(max_size=300), st.sampled_from(["text", "markdown", "html", "pdf", "docx"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_document_or_an_error(text: str, kind: Format) -> None:
    result = clean(Source(source="a", format=kind, text=text))
    if isinstance(result, Document):
        result.text.encode()  # no lone surrogates
        assert result.text == result.text.strip()
    else:
        assert isinstance(result, InputError)


def test_a_copied_page_of_the_corpus_keeps_its_article_and_nothing_else() -> None:
    page = Path(__file__).parents[2] / "notebooks/corpus/zh/2023-05-30-chongqing-page.txt"
    (source,) = read([page])
    assert isinstance(source, Source)
    cleaned = clean(source)
    assert isinstance(cleaned, Document)
    raw = [line.strip() for line in source.text.splitlines() if line.strip()]
    first = raw.index("分享至") + 1
    last = next(i for i, line in enumerate(raw) if line.startswith("特别声明"))
    assert cleaned.text == "\n".join((raw[1], "", *raw[first:last]))
    assert cleaned.published is None  # the only full dates are those of the related links
