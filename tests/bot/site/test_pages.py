"""The pages of the demo data: links, languages, what is withdrawn, and what only changes a few of them."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from conversations.language.languages import LANGUAGES
from storage.models import reports
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.site.publishing import ADDRESS, BOT, NOW, demo_storage, files_of, published


class Links(HTMLParser):
    """The addresses in a page, and its anchors."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.links += [value for name in ("href", "src", "action") if (value := known.get(name)) is not None]
        if this := known.get("id"):
            self.anchors.add(this)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("demo")
    with demo_storage(folder) as storage:
        published(storage, folder / "site")
    return files_of(folder / "site")


def pages(site: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in site.items() if path.endswith(".html")}


def test_every_link_leads_to_a_file_of_the_site(site: dict[str, bytes]) -> None:
    broken = []
    for path, page in pages(site).items():
        found = Links(page)
        for link in found.links:
            address = urlsplit(link.removeprefix(f"{ADDRESS}/"))
            if address.scheme or address.netloc:
                continue
            if link.startswith("#"):
                assert link[1:] in found.anchors, (path, link)
                continue
            start = Path() if link.startswith(ADDRESS) else Path(path).parent
            target = Path(*(start / unquote(address.path)).parts)
            if str(resolved(target)) not in site:
                broken.append((path, link))
    assert broken == []


def resolved(path: Path) -> Path:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return Path(*parts)


def test_every_page_can_be_reached_from_the_first(site: dict[str, bytes]) -> None:
    found = pages(site)
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for link in Links(found[path]).links:
            address = urlsplit(link)
            if not address.scheme and address.path.endswith(".html"):
                target = str(resolved(Path(path).parent / address.path))
                if target in found and target not in reached:
                    reached.add(target)
                    waiting.append(target)
    empty = {path for path in found if "/theme/" in path and 'class="card"' not in found[path]}
    assert set(found) - reached - empty == set()


def test_nothing_of_a_page_comes_from_elsewhere(site: dict[str, bytes]) -> None:
    loaded = re.compile(r'<(?:script|img|iframe|source|video|audio|object|embed)\b[^>]*?(?:src|data)="([^"]*)"|'
                        r'<link rel="(?:stylesheet|icon)" href="([^"]*)"|url\(([^)#]*)\)|@import')  # fmt: skip
    for path, page in {**pages(site), "site.css": site["site.css"].decode()}.items():
        for found in loaded.finditer(page):
            address = next((each for each in found.groups() if each), "")
            assert address, (path, found.group())
            assert not urlsplit(address).netloc, (path, found.group())


def test_every_page_names_its_language_and_the_others(site: dict[str, bytes]) -> None:
    for path, page in pages(site).items():
        if path == "index.html":
            continue
        language, _slash, rest = path.partition("/")
        assert f'<html lang="{language}">' in page
        for other in LANGUAGES:
            assert f'<link rel="alternate" hreflang="{other}" href="{ADDRESS}/{other}/{rest}">' in page, path
        assert f'<link rel="canonical" href="{ADDRESS}/{path}">' in page
        assert page.count("<h1>") == 1


def test_text_of_an_initiative_is_in_its_language_and_labels_are_in_the_readers(site: dict[str, bytes]) -> None:
    page = next(page for path, page in pages(site).items() if path.startswith("sl/i/") and "Læsesal" in page)
    assert '<h1><span lang="da">Læsesal med plads og ro</span></h1>' in page
    assert "Jezik: danščina" in page or "danščina" in page
    danish = next(page for path, page in pages(site).items() if path.startswith("da/i/") and "Læsesal" in page)
    assert "<h1>Læsesal med plads og ro</h1>" in danish


def test_the_page_leads_into_the_bot_only_if_its_name_is_known(tmp_path: Path) -> None:
    with demo_storage(tmp_path) as storage:
        published(storage, tmp_path / "site")
        named = files_of(tmp_path / "site")
        published(storage, tmp_path / "site", bot="")
        nameless = files_of(tmp_path / "site")
    this = next(path for path in named if path.startswith("da/i/"))
    assert f"https://t.me/{BOT}?start=r_{Path(this).stem}".encode() in named[this]
    assert not [path for path, content in nameless.items() if b"t.me/" in content or b"start=" in content]


def test_what_is_withdrawn_says_so_and_is_in_no_list(tmp_path: Path) -> None:
    with demo_storage(tmp_path) as storage:
        published(storage, tmp_path / "site")
        title = "Læsesal med plads og ro"
        whole = files_of(tmp_path / "site")
        path = next(path for path, page in whole.items() if path.startswith("da/i/") and title.encode() in page)
        this = Path(path).stem
        withdraw(storage, this)
        done = published(storage, tmp_path / "site")
        after = files_of(tmp_path / "site")
        again = published(storage, tmp_path / "site")
    assert "Biblioteket har trukket initiativet tilbage." in after[path].decode()
    assert [found for found, content in after.items() if title.encode() in content] == []
    assert [found for found, content in after.items() if this.encode() in content and "/i/" not in found] == []
    assert 0 < done.rewritten < 150
    assert again.rewritten == 0


def withdraw(storage: Storage, this: str) -> None:
    def change(work: UnitOfWork) -> None:
        work._connection.execute(
            reports.update().where(reports.c.id == this).values(status="withdrawn", withdrawn_at=NOW, changed_at=NOW)
        )
        work.initiatives.refresh([this])

    storage.write_now(change)


def test_the_newest_page_of_a_list_is_never_nearly_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.site.index.A_PAGE", 5)
    with demo_storage(tmp_path) as storage:
        published(storage, tmp_path / "site")
    pages_of_all = sorted(path for path in files_of(tmp_path / "site") if path.startswith("en/all"))
    assert pages_of_all == ["en/all.1.html", "en/all.html"]
    newest, oldest = (files_of(tmp_path / "site")[path].decode() for path in ("en/all.html", "en/all.1.html"))
    assert newest.count('class="card"') == 7
    assert oldest.count('class="card"') == 5
    assert 'rel="next">Older' in newest
    assert 'rel="prev">‹ Newer' in oldest
