"""The door for strangers' files: what comes in, what is turned away and in which words."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from core.domain.messages import Refusal
from core.exchange.intake import FILE_MAX, intake, xml_root
from core.exchange.safe_zip import ZIP_MEMBERS_MAX

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FEC_HEAD = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\t"
    "PieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\n"
)
INVOICE = b"<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["nom", "montant"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}


def refused(name: str, data: bytes):
    with pytest.raises(Refusal) as refusal:
        intake(name, data)
    problem = refusal.value.problems[0]
    assert str(problem.reason)
    assert str(problem.remedy)
    return problem


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.csv", b"nom;montant\nx;1\n", "csv"),
        ("a.txt", "nom\tmontant\né\t1\n".encode("cp1252"), "csv"),
        ("a.csv", b"\xff\xfe" + "nom;montant".encode("utf-16-le"), "csv"),
        ("a.xlsx", workbook(), "xlsx"),
        ("A.XLSX", workbook(), "xlsx"),
        ("a.ods", archive(ODS), "ods"),
        ("123456789FEC20261231.txt", FEC_HEAD.encode(), "fec"),
        ("123456789FEC20261231", FEC_HEAD.lower().replace("\t", "|").encode(), "fec"),
        ("fec.txt", b"\xff\xfe" + FEC_HEAD.encode("utf-16-le"), "fec"),
        ("fec.csv", FEC_HEAD.replace("PieceRef\t", "").encode(), "fec"),
        ("a.pdf", b"%PDF-1.7\n", "pdf"),
        ("a.xml", INVOICE, "xml"),
        ("a.xml", b"\xef\xbb\xbf<?xml version='1.0'?>" + INVOICE, "xml"),
        ("a.xml", INVOICE.decode().encode("utf-16"), "xml"),
        ("no extension", INVOICE, "xml"),
        ("a.ofx", b"OFXHEADER:100\nDATA:OFXSGML\n<OFX>", "bank"),
        ("a.ofx", b"<?xml version='1.0'?>\n<?OFX OFXHEADER='200'?><OFX/>", "bank"),
        ("a.sta", b":20:STARTUMSE\n:25:12345678/1\n:28C:1/1\n", "bank"),
        ("a.txt", b"0415589916200000EUR2 98765432100B1160519  160519VIR", "bank"),
        ("a.xml", b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'/>", "bank"),
    ],
)
def test_the_content_says_what_a_file_is(name, data, kind):
    assert intake(name, data).kind == kind


def test_only_the_last_part_of_a_name_is_kept():
    assert intake("C:\\temp\\..\\a.csv", b"a;b").name == "a.csv"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"%PDF-1.7\n"),
        ("a.pdf", b"nom;montant\n"),
        ("a.csv", INVOICE),
        ("a.xml", b"nom;montant\n"),
        ("a.csv", workbook()),
        ("a.ods", workbook()),
        ("a.exe", b"nom;montant\n"),
    ],
)
def test_an_extension_that_contradicts_the_content_is_refused(name, data):
    problem = refused(name, data)
    assert (problem.code, problem.value) == ("file-extension", name)


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("a.csv", b"", "file-empty", "empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n\r\n  ", "file-empty", "empty"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "file-old-office", "XLS"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "file-old-office", "Word"),
        ("a.ppt", OLE, "file-old-office", "Office"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "file-encrypted", "password"),
        ("a.docx", archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "file-unknown", "Word"),
        ("a.zip", archive({"a.csv": b"a;b"}), "file-unknown", "zip archive"),
        ("a.xlsm", archive({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}), "file-macros", "macros"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "file-web-page", "web page"),
        ("a.csv", b"nom;montant\nx;\x001\n", "file-nul", "NUL"),
        ("a.csv", "nom;montant\n".encode("utf-16-le"), "file-nul", "NUL"),
        ("a.csv", bytes(range(1, 32)) * 10, "file-unknown", "neither"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), "file-nul", "NUL"),
        ("a.xlsx", b"PK\x03\x04" + b"truncated", "file-broken", "damaged"),
        ("a.xlsx", workbook()[:-40], "file-broken", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_plainly(name, data, code, word):
    problem = refused(name, data)
    assert problem.code == code
    assert word in str(problem.reason)


def test_the_line_of_a_nul_byte_is_given():
    assert refused("a.csv", b"a\nb\nc\x00").where == "line 3"


def test_utf_16_without_its_mark_comes_in_when_the_reader_says_so():
    assert intake("a.csv", "nom;montant\n".encode("utf-16-le"), "utf-16").kind == "csv"


def test_two_hundred_megabytes_are_refused_before_anything_is_looked_at():
    problem = refused("a.csv", bytes(200 * 1024 * 1024))  # NUL bytes: any later check would name them instead
    assert problem.code == "file-too-large"
    assert "200 MB" in str(problem.reason)
    assert "50 MB" in str(problem.reason)


def test_fifty_megabytes_pass_and_one_byte_more_does_not():
    line = b"nom;montant\n"
    data = line * (FILE_MAX // len(line) + 1)
    assert intake("a.csv", data[:FILE_MAX]).kind == "csv"
    assert refused("a.csv", data[: FILE_MAX + 1]).code == "file-too-large"


def test_a_zip_bomb_is_refused_by_its_announced_size():
    problem = refused("a.xlsx", archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 40_000_000}))
    assert problem.code == "zip-bomb"
    assert "times its weight" in str(problem.reason)


def test_a_workbook_that_compresses_well_is_no_bomb():
    cells = b"<c><v>1234.56</v></c>" * 400_000  # 8.4 MB unpacked, under the size from which the ratio counts
    assert intake("a.xlsx", archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": cells})).kind == "xlsx"


def test_a_zip_bomb_whose_directory_lies_is_stopped_while_unpacking():
    data = bytearray(archive({"xl/workbook.xml": b"<a/>", "xl/big.xml": b" " * 40_000_000}))
    entry = data.rindex(b"PK\x01\x02")
    lie = b" " * 100
    struct.pack_into("<I", data, entry + 16, zlib.crc32(lie))  # even the checksum agrees with the lie
    struct.pack_into("<I", data, entry + 24, len(lie))
    problem = refused("a.xlsx", bytes(data))
    assert problem.code == "zip-bomb"
    assert "larger than its directory says" in str(problem.reason)


def test_a_member_whose_checksum_or_name_is_wrong_is_a_damaged_workbook():
    data = archive({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}, zipfile.ZIP_STORED)
    assert refused("a.xlsx", data.replace(b"<a/>", b"<b/>")).code == "file-broken"
    assert refused("a.xlsx", data.replace(b"[Content_Types]", b"[Content_Typed]", 1)).code == "file-broken"


def test_members_laid_over_one_another_are_refused():
    data = bytearray(archive({"xl/workbook.xml": b"<a/>" * 50, "xl/other.xml": b"<a/>" * 50}))
    entry = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 42, 0)  # the second member is said to start where the first does
    assert refused("a.xlsx", bytes(data)).code == "zip-bomb"


def test_too_many_members_are_refused():
    problem = refused("a.xlsx", archive({f"xl/{n}": b"" for n in range(ZIP_MEMBERS_MAX + 1)}))
    assert problem.code == "zip-bomb"
    assert str(ZIP_MEMBERS_MAX) in str(problem.reason)


def test_a_workbook_with_a_password_is_refused():
    data = bytearray(archive({"xl/workbook.xml": b"<a/>"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert refused("a.xlsx", bytes(data)).code == "file-encrypted"


def test_a_protected_opendocument_is_refused():
    members = {**ODS, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    assert refused("a.ods", archive(members)).code == "file-encrypted"


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b" " * 300_000 + b"<!DOCTYPE a>",
        "<!DOCTYPE a><a/>".encode("utf-16"),
    ],
)
def test_a_document_type_inside_a_workbook_is_refused(part):
    assert (
        refused("a.xlsx", archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": part})).code == "xml-doctype"
    )


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{10 * f"&lol{before};"}">' for n, before in enumerate(["", *range(1, 9)], 1))
    + "]><Invoice>&lol9;</Invoice>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice><ID>&x;</ID></Invoice>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(LAUGHS.encode(), id="billion laughs"),
        pytest.param(EXTERNAL.encode(), id="external entity"),
        pytest.param(EXTERNAL.encode("utf-16"), id="utf-16 with its mark"),
        pytest.param(EXTERNAL.encode("utf-16-le"), id="utf-16 little endian without its mark"),
        pytest.param(EXTERNAL.encode("utf-16-be"), id="utf-16 big endian without its mark"),
        pytest.param(b"\xef\xbb\xbf" + EXTERNAL.encode(), id="utf-8 with its mark"),
        pytest.param(b"<!doctype a><a/>", id="small letters"),
        pytest.param(b"<!-- " + b"x" * 200_000 + b" --><!DOCTYPE a><a/>", id="after a long comment"),
    ],
)
def test_a_document_type_is_refused_before_parsing(data):
    with pytest.raises(Refusal) as refusal:
        xml_root(data)
    assert refusal.value.problems[0].code == "xml-doctype"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(EXTERNAL.encode("utf-32"), id="utf-32"),
        pytest.param(b'<?xml version="1.0" encoding="cp037"?>' + "<!DOCTYPE a><a/>".encode("cp037"), id="EBCDIC"),
        pytest.param(b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>', id="utf-7"),
    ],
)
def test_an_encoding_that_could_hide_a_document_type_is_refused(data):
    with pytest.raises(Refusal) as refusal:
        xml_root(data)
    assert refusal.value.problems[0].code == "xml-encoding"


def test_a_cut_xml_is_refused_with_its_line():
    with pytest.raises(Refusal) as refusal:
        xml_root(b"<Invoice>\n<ID>1</ID>\n<IssueDate>20")
    problem = refusal.value.problems[0]
    assert (problem.code, problem.where) == ("xml-broken", "line 3")


def test_bytes_that_are_not_of_the_declared_encoding_are_refused():
    with pytest.raises(Refusal) as refusal:
        xml_root(b"<?xml version='1.0' encoding='UTF-8'?>\n<a>\xe9</a>")
    assert (refusal.value.problems[0].code, refusal.value.problems[0].where) == ("xml-broken", "line 2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "iso-8859-15", "windows-1252"])
def test_the_usual_encodings_of_xml_are_read(encoding):
    assert xml_root(f"<?xml version='1.0' encoding='{encoding}'?><a>é</a>".encode(encoding)).text == "é"


def test_a_very_deep_xml_neither_crashes_nor_hangs():
    assert xml_root(b"<a>" * 100_000 + b"</a>" * 100_000).tag == "a"


def test_an_xml_of_millions_of_tags_is_refused_before_parsing():
    with pytest.raises(Refusal) as refusal:
        xml_root(b"<a>" * 5_000_001)
    assert refusal.value.problems[0].code == "xml-too-large"
