"""Encoding: the characters of a body, whatever its server and its first line say they are.

What decodes without a fault as UTF-8 and is not plain ASCII *is* UTF-8: other encodings do not do
that by chance. Only then are the server's word and the document's own believed, in this order, and
only for names on a short list: some of Python's codecs are not meant for strangers' bytes.
"""

import codecs
import re

_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_FIT = re.compile(r"(?:utf-(?:8|16|32)|cp|iso|koi8|mac|big5|gb|euc|shift|ascii|latin)")
_WIDER = {"gb2312": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}  # what the name is used for


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a body; never fails.

    >>> decoded("Café £5".encode("latin-1"), "text/xml; charset=utf-8")
    'Café £5'
    """
    names = [name for mark, name in _MARKS if body.startswith(mark)] + ["utf-8"]
    if said := _CHARSET.search(content_type):
        names.append(said[1])
    if declared := _DECLARED.match(body):
        names.append(declared[1].decode("ascii", "replace"))
    for name in (*names, "cp1252"):
        try:
            return body.decode(_fit(name))
        except (LookupError, UnicodeError):
            continue
    return body.decode("latin-1")  # every byte is a character there


def _fit(name: str) -> str:
    """The codec of a name, or LookupError where it is none to trust."""
    codec = codecs.lookup(name).name
    if not _FIT.match(codec):
        raise LookupError(name)
    return _WIDER.get(codec, codec)
