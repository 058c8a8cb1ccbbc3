"""The content of a page as a text document (DOCX): to be changed, printed and handed on."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from html.parser import HTMLParser

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.files.pages.page import Entry, ReportPage
from bot.files.pictures.maps import CountryMap
from bot.files.pictures.pictures import drawn_map
from bot.language.catalogues import Catalogue
from conversations.language.words import _, labelled

LANGUAGES = {"da": "da-DK", "sl": "sl-SI", "en": "en-GB"}
"""The languages as word processors name them."""

ACCENT, FAINT = RGBColor(0x0B, 0x5C, 0x8A), RGBColor(0x55, 0x5B, 0x60)
FONT = "Arial"
A4 = (Cm(21), Cm(29.7))
MARGIN = Cm(2)
MAP_WIDTH = Cm(15)

_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that a document cannot contain."""


def document(content: ReportPage, catalogue: Catalogue, made_at: datetime) -> bytes:
    """Returns `content` as a DOCX file: headings, lists and tables are real ones, every language is marked."""
    writer = _Writer(catalogue, made_at)
    writer.write(content)
    file = io.BytesIO()
    writer.docx.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, catalogue: Catalogue, made_at: datetime) -> None:
        self.docx: Docx = Document()
        self._catalogue = catalogue
        self._language = catalogue.language
        self._made_at = made_at
        self._prepare()
        self._styles = {each.name: each.style_id for each in self.docx.styles}

    def write(self, content: ReportPage) -> None:
        if content.whose:
            self._line(content.whose, bold=True, color=ACCENT)
        self._heading(content.title, 1)
        self._describe(content)
        for line in content.opening:
            self._paragraphs(line)
        if content.figures:
            figures = [(figure.label, figure.number) for figure in content.figures]
            self._heading(self._catalogue.say(_("Key figures")), 2)
            self._table(figures)
        for drawn in content.maps:
            self._map(drawn)
        if content.chart:
            self._heading(content.chart.title, 2)
            self._table([(bar.name, bar.number) for bar in content.chart.bars])
        for part in content.parts:
            if not part.number:
                continue
            self._heading(f"{part.name} ({part.number})", 2)
            for line in part.opening:
                self._paragraphs(line)
            for group in part.groups:
                if group.name and group.number:
                    self._heading(f"{group.name} ({group.number})", 3)
                for entry in group.entries:
                    self._entry(entry, 4 if group.name else 3)
                for name in group.names:
                    self._line(name, style="List Bullet")
        self._heading(self._catalogue.say(_("Sources")), 2)
        for source in (*content.sources, content.made):
            self._line(source, color=FAINT)

    def _entry(self, entry: Entry, level: int) -> None:
        self._heading(entry.title, level)
        facts = [fact for fact in entry.facts if fact]
        if facts:
            self._line(" · ".join(facts), color=FAINT)
        if entry.text:
            self._paragraphs(entry.text)
        for label, line in entry.told:
            self._line(f"<b>{label}:</b> {line}")

    def _map(self, drawn: CountryMap) -> None:
        self._heading(drawn.title, 2)
        picture = self.docx.add_picture(io.BytesIO(drawn_map(drawn, self._catalogue)), width=MAP_WIDTH)
        told = "; ".join(f"{key.label}: {', '.join(key.names)}" for key in drawn.legend if key.names)
        properties = picture._inline.docPr
        properties.set("descr", _possible(f"{drawn.title}. {told}")[:2_000])
        for key in drawn.legend:
            if key.names and key.state != "silent":
                names = f'<span lang="{drawn.names_language}">{", ".join(key.names)}</span>'
                self._line(f"<b>{key.label}:</b> {names}")

    def _table(self, rows: Sequence[tuple[str, str]]) -> None:
        say = self._catalogue.say
        table = self.docx.add_table(rows=1, cols=2, style="Table Grid")
        _repeat(table.rows[0])
        heads = (say(labelled("column", "What is counted")), say(labelled("column", "Number")))
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            self._fill(cell.paragraphs[0], f"<b>{head}</b>")
        for label, number in rows:
            cells = table.add_row().cells
            self._fill(cells[0].paragraphs[0], label)
            self._fill(cells[1].paragraphs[0], number)
            cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.docx.add_paragraph()

    def _heading(self, text: str, level: int) -> None:
        self._fill(self._paragraph(f"Heading {level}"), text)

    def _paragraph(self, style: str = "") -> Paragraph:
        """Returns a new paragraph. The library looks a style up among all of them each time; here it is known."""
        paragraph = self.docx.add_paragraph()
        if style:
            paragraph._p.style = self._styles[style]
        return paragraph

    def _paragraphs(self, text: str) -> None:
        for line in text.split("\n"):
            if line.strip():
                self._line(type(text)(line))

    def _line(self, text: str, *, style: str = "", bold: bool = False, color: RGBColor | None = None) -> None:
        paragraph = self._paragraph(style)
        for run in self._fill(paragraph, text):
            if bold:
                run.bold = True
            if color is not None:
                run.font.color.rgb = color

    def _fill(self, paragraph: Paragraph, html: str) -> list[Run]:
        """Write `html`, of which only bold text, languages and links count, into `paragraph`."""
        runs = []
        for text, language, bold, address in _pieces(html):
            run = paragraph.add_run(text)
            if bold:
                run.bold = True
            if language and language != self._language:
                _set_language(run, language)
            if address:
                _link(paragraph, run, address)
            runs.append(run)
        return runs

    def _describe(self, content: ReportPage) -> None:
        about = self.docx.core_properties
        about.title = "".join(text for text, *_rest in _pieces(content.title))[:255]
        about.author = ("".join(text for text, *_rest in _pieces(content.whose)) or "Meldind")[:255]
        about.language = LANGUAGES.get(self._language, self._language)
        about.comments, about.subject = "", ""
        about.created = about.modified = self._made_at

    def _prepare(self) -> None:
        section = self.docx.sections[0]
        section.page_width, section.page_height = A4
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        styles = self.docx.styles
        names = ["Normal", "Title", *(f"Heading {level}" for level in range(1, 5))]
        for name in names:
            font = styles[name].font
            font.name = FONT
            properties = styles[name].element.get_or_add_rPr()
            fonts = properties.find(qn("w:rFonts"))
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            if name != "Normal":
                font.color.rgb, font.italic = (ACCENT if name != "Heading 4" else RGBColor(0x1A, 0x1A, 0x1A)), False
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        default = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        language = default.find(qn("w:lang"))
        language.set(qn("w:val"), LANGUAGES.get(self._language, self._language))
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _page_number(footer)


class _Reader(HTMLParser):
    """Reads the few tags that pages have in their texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str, bool, str]] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self._open.append((tag, known.get("lang") or known.get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        language = next((value for tag, value in reversed(self._open) if tag == "span" and value), "")
        address = next((value for tag, value in self._open if tag == "a"), "")
        self.pieces.append((_possible(data), language, any(tag == "b" for tag, _value in self._open), address))


def _pieces(text: str) -> Iterator[tuple[str, str, bool, str]]:
    """Yields the pieces of a text: each with its language, whether it is bold, and the address that it links to."""
    if not hasattr(text, "__html__") and not text.startswith("<b>"):
        yield _possible(text), "", False, ""
        return
    reader = _Reader()
    reader.feed(text)
    reader.close()
    yield from reader.pieces


def _possible(text: str) -> str:
    return _IMPOSSIBLE.sub("", text)


def _set_language(run: Run, language: str) -> None:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), LANGUAGES.get(language, language))
    run._element.get_or_add_rPr().append(mark)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    """Make `run` a link to `address`."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline, run.font.color.rgb = True, ACCENT
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)


def _repeat(row: object) -> None:
    """Make `row` the head of its table, which screen readers know and which is printed on every page."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)  # type: ignore[attr-defined]


def _page_number(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
