"""What programs fetch beside the data: feed, calendar, maps of the site."""

import datetime as dt

from icalendar import Calendar
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_feed_is_atom(client, public):
    feed = etree.fromstring(client.get("/public/seoul/feed.atom?type=data_request").content)
    entry = feed.find(f"{ATOM}entry")
    assert feed.find(f"{ATOM}title").text == "서울특별시 공개한 답변"
    assert entry.find(f"{ATOM}title").text == public.title
    assert entry.find(f"{ATOM}id").text.startswith("http://testserver/public/seoul/cases/")
    # RFC 4287, 4.1.1 and 4.1.2: exactly one id, title and updated each, an author above or in every entry, and where
    # an entry has no content, a link to its page; moments are of RFC 3339.
    for each in (feed, entry):
        assert [len(each.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert dt.datetime.fromisoformat(each.findtext(f"{ATOM}updated")).tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel", "alternate"): link.get("href") for link in entry.findall(f"{ATOM}link")}
    assert client.get(links["alternate"]).status_code == 200
    assert "self" in {link.get("rel") for link in feed.findall(f"{ATOM}link")}
    assert (
        etree.fromstring(client.get("/public/seoul/feed.atom?type=city_question").content).find(
            f"{ATOM}entry"
        )
        is None
    )


def test_what_a_text_says_is_no_markup_in_a_feed(client, public):
    type(public).objects.update(
        question="○ 300<500 & <img src=x onerror=alert(1)>\n둘째 줄", title="<b>제목</b>"
    )
    entry = etree.fromstring(client.get("/public/seoul/feed.atom").content).find(f"{ATOM}entry")
    summary = entry.find(f"{ATOM}summary")
    shown = html.fromstring(f"<div>{summary.text}</div>")
    assert summary.get("type") == "html" and {each.tag for each in shown.iterdescendants()} <= {"p", "br"}
    assert "300<500 & <img src=x onerror=alert(1)>" in shown.text_content() and "<br>둘째 줄" in summary.text
    assert (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}title").get("type")) == ("<b>제목</b>", None)


def test_the_calendar_is_icalendar(client, public):
    calendar = Calendar.from_ical(client.get("/public/seoul/calendar.ics").content)
    event = next(iter(calendar.walk("VEVENT")))
    promise = public.follow_ups.get()
    assert event.decoded("dtstart") == promise.follow_up.due_on
    assert str(event["summary"]) == f"[이행 완료] {promise.text}"


def test_the_maps_are_maps(client, public):
    index = etree.fromstring(client.get("/sitemap.xml").content)
    places = [each.text for each in index.iter(f"{SITE}loc")]
    assert places == [f"http://testserver/public/seoul/sitemap-{public.year}.xml"]
    pages = [each.text for each in etree.fromstring(client.get(places[0]).content).iter(f"{SITE}loc")]
    assert client.get(pages[0]).status_code == 200
    assert "Disallow: /" in client.get("/robots.txt").content.decode()
