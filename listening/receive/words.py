"""Words of headers: which column is likely what, and which must never come in.

Sources, read on 2026-11-22: FixMyStreet's CSV (``perllib/FixMyStreet/Reporting.pm``: Report ID, Title,
Detail, User Name, Category, Created, Confirmed, …, Query, Ward, Easting, Northing, Report URL);
Open311 GeoReport v2 (service_request_id, service_name, description, requested_datetime, address, lat,
long); Meta Business Suite's export a post (Post ID, Page ID, Page name, Title, Description, Publish
time, Permalink, Post type, Data comment; its dates are month first); Graph API comments (id, message,
created_time, from.name, permalink_url). The words of contact-centre and Confirm exports are from
general knowledge: no two councils' are alike, which is why the guess is shown first.
"""

import re

# In each list the better name stands first.
WORDS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "message", "comment text", "comment message", "comment", "comments", "post message"),
        *("post text", "case notes", "enquiry details", "enquiry text", "enquiry description", "enquiry"),
        *("detail", "details", "description", "body", "content", "request details", "fault description"),
        *("issue description", "problem description", "complaint details", "complaint", "feedback"),
        *("narrative", "free text", "caption", "additional information", "notes", "problem", "review"),
    ),
    "title": ("title", "subject", "headline", "summary", "short description", "enquiry subject"),
    "published": (
        *("published", "publish time", "confirmed", "created time", "date logged", "logged date", "logged"),
        *("date received", "received date", "date raised", "raised", "date created", "created date"),
        *(
            "created",
            "created at",
            "created on",
            "enquiry time",
            "logged time",
            "date reported",
            "reported",
            "requested datetime",
            "comment time",
        ),
        *("comment date", "posted", "posted at", "date opened", "opened", "open date", "enquiry date"),
        *("contact date", "date submitted", "submitted", "date and time", "date time", "datetime"),
        *("timestamp", "logged on", "start date", "when", "date", "time"),
    ),
    "id": (
        *("id", "comment id", "case id", "case number", "case no", "case reference", "case ref"),
        *("service request id", "report id", "enquiry number", "enquiry no", "enquiry id"),
        *("enquiry reference", "sr number", "job number", "ticket", "ticket id", "ticket number"),
        *("incident number", "fault number", "fault id", "log no", "log number", "message id", "unique id"),
        *("crm ref", "reference", "reference number", "ref", "ref no", "post id", "case"),
    ),
    "thread": ("thread", "thread id", "post id", "parent id", "conversation id", "in reply to", "post url"),
    "url": (
        *("url", "permalink", "permalink url", "report url", "comment link", "comment url", "link"),
        *("web address", "post url", "post permalink"),
    ),
    "author": (
        *("author", "from id", "author id", "user id", "user name", "username", "from name", "from"),
        *("commenter", "commenter name", "comment author", "author name", "profile name", "screen name"),
        *("handle", "posted by", "profile", "sender", "user"),
    ),
    "place": (
        *("ward", "wards", "ward name", "street", "street name", "road", "road name", "location"),
        *("location description", "place", "site", "site name", "neighbourhood", "parish", "estate", "town"),
        *("area", "locality", "district"),
    ),
    "category": (
        *("category", "subcategory", "sub category", "service request type", "request type", "service name"),
        *("service", "enquiry type", "case type", "fault type", "complaint type", "service type", "topic"),
        *(
            "type of enquiry",
            "subject name",
            "service type name",
            "issue type",
            "reason for contact",
            "enquiry category",
        ),
    ),
    "source": ("source",),
}
MANY = {"place": 3, "category": 2}  # how many columns may share a role

# What a column holds that is dropped at the door, and the words that say so.
NEVER: dict[str, tuple[str, ...]] = {
    "names": (
        *("name", "names", "customer", "customer name", "first name", "forename", "forenames", "surname"),
        *("last name", "full name", "contact name", "contact", "caller", "caller name", "resident"),
        *("resident name", "complainant", "reporter", "reported by", "reporter name", "logged by"),
        *("created by", "assigned to", "officer", "officer name", "handled by", "agent", "agent name"),
        *("applicant", "tenant", "tenant name", "owner", "signature", "salutation", "requester"),
    ),
    "e-mail addresses": ("email", "e mail", "email address", "e mail address"),
    "phone numbers": (
        *("phone", "telephone", "tel", "mobile", "phone number", "telephone number", "mobile number"),
        *("contact number", "tel no", "telephone no", "daytime phone", "home phone", "fax"),
    ),
    "addresses": (
        *("address", "customer address", "home address", "postal address", "address line", "house number"),
        *("house name", "house no", "property", "property number", "uprn", "usrn", "postcode", "post code"),
        *("query", "full address", "address string", "zipcode", "zip", "address id"),
    ),
    "exact coordinates": (
        *("latitude", "longitude", "lat", "long", "lng", "lon", "easting", "northing", "eastings"),
        *("northings", "coordinates", "geometry", "point", "x", "y", "grid reference", "grid ref", "geo"),
    ),
    "customer numbers": (
        *("customer id", "customer number", "customer no", "customer ref", "customer reference"),
        *("account number", "account no", "account id", "account ref", "contact id", "person id"),
        *("client id", "citizen id", "resident id", "crm id", "party id", "tenancy reference"),
        *("payment reference", "council tax number", "device id", "ip address", "ip"),
    ),
    "personal details": (
        *("date of birth", "dob", "age", "gender", "sex", "ethnicity", "ethnic origin", "disability"),
        *("religion", "sexual orientation", "national insurance number", "ni number", "nino", "nhs number"),
        *("vehicle registration", "registration", "reg", "vehicle reg", "bank account", "sort code"),
        *("avatar", "photo", "picture", "media url", "profile picture"),
    ),
}
# Inside a longer header ("Customer contact telephone 2") these words alone are enough.
ALWAYS: dict[str, str] = {
    **dict.fromkeys(("email", "mail"), "e-mail addresses"),
    **dict.fromkeys(("phone", "telephone", "mobile", "tel"), "phone numbers"),
    **dict.fromkeys(("address", "postcode", "uprn"), "addresses"),
    **dict.fromkeys(("latitude", "longitude", "easting", "northing", "coordinates"), "exact coordinates"),
    **dict.fromkeys(("surname", "forename", "forenames", "firstname", "lastname", "caller"), "names"),
    **dict.fromkeys(("customer", "resident", "complainant", "tenant", "applicant"), "names"),
    **dict.fromkeys(("dob", "birth", "gender", "ethnicity", "disability", "nino"), "personal details"),
}
HARMLESS_NAME = (
    *("street", "road", "site", "page", "service", "ward", "file", "park", "school", "category", "town"),
    *("team", "asset", "parish", "area", "queue", "source", "form", "campaign", "department", "user"),
    *("profile", "screen", "author", "from", "commenter"),
)
WEB = ("web address", "ip address")
MARKS = (
    *("confidential", "restricted", "exempt", "protective marking", "security marking", "marking"),
    *("classification", "security classification", "sensitivity", "sensitive", "private"),
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(header: str) -> str:
    """A header as its bare words: ``created_time`` and ``Created-Time*`` are "created time"."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", _CAMEL.sub(" ", header).lower()).split())


def never(header: str) -> str | None:
    """What a column of this header holds that must not come in; None where nothing is known."""
    said = plain(header)
    said = re.sub(r"\b\d+$", "", said).strip() or said
    for what, names in NEVER.items():
        if said in names:
            return what
    if said in WEB or any(said in names for names in WORDS.values()):
        return None
    words = said.split()
    found = next((ALWAYS[w] for w in words if w in ALWAYS), None)
    if found == "names" and words[-1] in ("id", "ref", "reference", "number", "no"):
        return "customer numbers"
    if found == "names" and words[-1] in ("comments", "comment", "notes", "feedback", "enquiry", "message"):
        return None  # "Customer comments" are words, not a name
    if found is None and words and words[-1] == "name" and words[-2:-1] and words[-2] not in HARMLESS_NAME:
        return "names"
    return found


def score(header: str, role: str) -> float:
    """How well a header names a role: 1 for the best word, 0.7 at most where it only holds one; else 0."""
    said, names = plain(header), WORDS[role]
    if said in names:
        return 1.0 - 0.004 * names.index(said)
    inside = [n for n in names if len(n) > 3 and re.search(rf"\b{re.escape(n)}\b", said)]
    return 0.7 - 0.004 * names.index(max(inside, key=len)) if inside else 0.0


def known(header: str) -> bool:
    """Whether these are words that headers have: of a role, a marking, or what never comes in."""
    said = plain(header)
    return (
        any(said in names for names in (*WORDS.values(), *NEVER.values()))
        or said in MARKS
        or said in ("status", "channel", "kind", "version", "closed", "priority", "page name", "page id")
    )
