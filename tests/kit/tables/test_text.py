"""CSV by others: encodings, separators, quotes, ragged rows, and what cannot be read."""

from pathlib import Path

import pytest

from loopwell.kit.tables import Ragged, Table, TableError, is_missing, open_table
from tests.shared_data import shared_data

FRENCH = "note,commentaire\r\n9,Très agréable été à la forêt naît\r\n4,Déçue par l’accueil\r\n"
POLISH = "ocena;komentarz\n9;Zażółć gęślą jaźń, obsługa miła i pomocna\n3;Długo czekałem, źle\n"
RUSSIAN = "оценка;отзыв\n10;Очень доволен, спасибо за помощь\n2;Долго ждал ответа оператора\n"
UKRAINIAN = "оцінка;відгук\n9;Дуже швидко і якісно, дякую її працівникам\n4;Довго чекав відповіді\n"
GERMAN = (
    "Note;Kommentar\n9;Schön, große Auswahl, nächstes Mal gerne\n2;Für mich zu teuer, Bärlauch\n"
)
CZECH = (
    "skóre;komentář\n9;Příjemná obsluha, děkuji, všechno v pořádku\n3;Dlouho jsem čekal na řešení\n"
)


def table_of(folder: Path, content: str | bytes, *, encoding: str = "utf-8", **how: str) -> Table:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return open_table(path, **how)


def values(table: Table) -> list[list[str]]:
    return [row.values for row in table.rows()]


@pytest.mark.parametrize(
    ("text", "encoding", "detected"),
    [
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8 (BOM)"),
        (FRENCH, "utf-16", "utf-16"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
        (FRENCH, "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        (POLISH, "cp1250", "cp1250"),
        (CZECH, "cp1250", "cp1250"),
        (RUSSIAN, "cp1251", "cp1251"),
        (UKRAINIAN, "cp1251", "cp1251"),
        (RUSSIAN, "utf-8", "utf-8"),
    ],
)
def test_encoding_is_detected_and_every_letter_kept(
    tmp_path: Path, text: str, encoding: str, detected: str
) -> None:
    table = table_of(tmp_path, text, encoding=encoding)

    lines = text.splitlines()
    separator = ";" if ";" in lines[0] else ","
    assert table.detected.encoding == detected
    assert table.columns == lines[0].split(separator)
    assert values(table) == [line.split(separator, 1) for line in lines[1:]]


def test_real_french_export_is_western_and_its_dos_letters_are_mended() -> None:
    table = open_table(shared_data("botanic/nps.csv"))

    comments = {row.values[0]: row.values[5] for row in table.rows()}
    assert table.detected.encoding == "cp1252"
    assert comments["8"] == (
        "La conseillère en fleurs et l'hotesse de caisse étaient très disponibles, sympathiques "
        "et chaleureuses. C'est vraiment agréable."
    )
    assert comments["23"] == "Toujours bien reçue et proposition d'aide appréciée. merci"
    assert "réduction de 15€ que" in comments["15"]


def test_forced_encoding_is_used_as_it_is(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,\xe9\n".encode("latin-1"), encoding="latin-1")
    assert values(open_table(table.path, encoding="cp1251")) == [["1", "й"]]


def test_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(TableError, match="no encoding “utf-99”"):
        open_table(path, encoding="utf-99")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_detected_in_spite_of_others_in_quotes(tmp_path: Path, separator: str) -> None:
    rows = ["score", "why"], ["9", '"a, b; c\td | e"'], ["3", '"two\nlines, ""quoted"""']
    table = table_of(tmp_path, "\n".join(separator.join(row) for row in rows) + "\n")

    assert table.detected.delimiter == separator
    assert values(table) == [["9", "a, b; c\td | e"], ["3", 'two\nlines, "quoted"']]


def test_decimal_commas_do_not_pass_for_separators(tmp_path: Path) -> None:
    table = table_of(tmp_path, "score;price\n9;1,5\n8;2,25\n")
    assert (table.detected.delimiter, values(table)) == (";", [["9", "1,5"], ["8", "2,25"]])


def test_excels_own_separator_line_is_obeyed_and_counted(tmp_path: Path) -> None:
    table = table_of(tmp_path, "sep=;\nscore;why\n9;good, cheap\n")
    assert table.columns == ["score", "why"]
    assert [(row.number, row.values) for row in table.rows()] == [(3, ["9", "good, cheap"])]


def test_separator_can_be_forced_by_name(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a;b,c\n1;2,3\n", delimiter="comma").columns == ["a;b", "c"]
    with pytest.raises(TableError, match="cannot separate fields"):
        table_of(tmp_path, "a;b\n1;2\n", delimiter="ab")


def test_rows_carry_the_number_of_their_first_line(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'score,why\n9,"two\nlines"\n\n8,after a blank line\n7,x\n')
    assert [(row.number, row.values[0]) for row in table.rows()] == [(2, "9"), (5, "8"), (6, "7")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_hold_in_long_files_whatever_ends_a_line(tmp_path: Path, end: str) -> None:
    lines = ["score,why"]
    first = {}
    for number in range(300):
        first[str(number)] = len(lines) + 1
        if number % 7 == 0:
            lines += [f'{number},"a', "", 'c"']
        else:
            lines.append(f"{number},x")
        if number % 11 == 0:
            lines.append("")
    path = tmp_path / "long.csv"
    path.write_bytes((end.join(lines) + end).encode())

    found = [
        (row[0], number)
        for chunk in open_table(path).chunks(size=9)
        for number, row in zip(chunk.numbers, chunk.rows, strict=True)
    ]
    assert dict(found) == first


def test_ragged_rows_are_flagged_with_their_fields_as_found(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n")

    rows = list(table.rows())
    assert [row.ragged for row in rows] == [Ragged.NO, Ragged.TOO_FEW, Ragged.TOO_MANY, Ragged.NO]
    assert [row.values for row in rows[1:3]] == [["1", "2"], ["1", "2", "3", "4"]]
    assert [row.problem(3) for row in rows] == [
        "", "too few fields: 2 instead of 3", "too many fields: 4 instead of 3", "",
    ]  # fmt: skip


def test_headers_are_trimmed_named_and_made_unique(tmp_path: Path) -> None:
    table = table_of(tmp_path, ' score ,,Score,"two\nlines"\n1,2,3,4\n')
    assert table.columns == ["score", "column 2", "Score (2)", "two lines"]
    assert len(table.detected.notes) == 1


def test_sample_reads_the_first_rows_only(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n" + "1,2\n" * 100)
    assert [row.number for row in table.sample(3)] == [2, 3, 4]


@pytest.mark.parametrize("text", ["", " ", "NA", "n/a", "NULL", "-", "—", "nan"])
def test_missing_values(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["0", "no", "-1", "Nadia", "nothing at all"])
def test_values_that_are_not_missing(text: str) -> None:
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "export.csv is empty"),
        (b"\xef\xbb\xbf\n \n", "export.csv is empty"),
        (b"score,why\n", "no rows below it"),
        (b"score,why\n1,a\n2,b\x00c\n", r"line 3 holds a NUL byte"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "is a web page"),
        (b"\xef\xbb\xbf<table><tr><td>9</td></tr></table>", "is a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .*workbook"),
        (b"\x1f\x8b\x08rest", "unpack it first"),
        (b"PK\x03\x04 and then nothing", "damaged workbook"),
        (b'a,b\n1,"' + b"x" * 1_100_000, "quotation mark opened before it never closes"),
    ],
)
def test_what_cannot_be_read_says_where_and_how_to_mend_it(
    tmp_path: Path, content: bytes, message: str
) -> None:
    with pytest.raises(TableError, match=message):
        list(table_of(tmp_path, content).rows())


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_rest(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'score,why\n9,ok\n8,"open\n7,lost\n6,lost\n')
    with pytest.raises(TableError, match="line 3: a quotation mark opens and never closes"):
        list(table.rows())


def test_a_last_field_of_several_lines_is_fine(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'score,why\n9,ok\n8,"a\nb\nc"')
    assert values(table) == [["9", "ok"], ["8", "a\nb\nc"]]


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("café", "cp1252"), ("“quoted”", "cp1252"), ("5 €", "cp1252"), ("DÉÇU", "cp1252"),
        ("Müller", "cp1252"), ("señor", "cp1252"), ("não", "cp1252"), ("smörgås", "cp1252"),
        ("zażółć", "cp1250"), ("świetnie dziękuję", "cp1250"), ("příliš", "cp1250"),
        ("Привет", "cp1251"), ("дуже дякую", "cp1251"), ("ОТЛИЧНО", "cp1251"),
    ],
)  # fmt: skip
def test_even_one_word_tells_the_code_page(tmp_path: Path, word: str, page: str) -> None:
    table = table_of(tmp_path, f"a,b\n1,{word}\n", encoding=page)
    assert (table.detected.encoding, values(table)) == (page, [["1", word]])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="There is no file"):
        open_table(tmp_path / "missing.csv")
    with pytest.raises(TableError, match="is a folder"):
        open_table(tmp_path)
