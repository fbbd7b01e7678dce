"""What are people called in the four languages, and how is that written in Latin letters?"""

NAMES: dict[str, dict[str, str]] = {
    "en": {
        "m": "Oliver Harry Jack Thomas George Callum Ryan Ethan Daniel Lewis Adam Simon Martin "
        "Peter Neil Craig Owen Toby Marcus Felix Aaron Stuart Graham Colin Nathan",
        "f": "Emily Grace Hannah Chloe Lucy Megan Alice Sarah Laura Rachel Joanna Helen Fiona "
        "Claire Amy Nicola Zoe Ruth Beth Holly Jenna Paula Iris Heather Naomi",
        "last": "Ashdown Barlow Birtwell Blakey Carding Chadwell Colbrook Cotterill Dunmore "
        "Eastlake Fairley Farrow Gadsby Garrick Hallam Harwood Heathcote Ingleby Jessop Kershaw "
        "Lacey Langdale Marlow Merriden Netherby Oakden Orrell Penrose Pickering Quarmby Radley "
        "Rigby Rowntree Sedgley Shelby Stanway Tattersall Thornley Tilbury Underhill Varley "
        "Wadsley Walcott Warburton Whitlow Winslade Wolstan Yardley",
    },
    "ru": {
        "m": "Алексей Андрей Антон Артём Борис Вадим Василий Виктор Глеб Григорий Денис Дмитрий "
        "Евгений Иван Игорь Кирилл Константин Максим Михаил Николай Олег Павел Роман Сергей",
        "f": "Алина Анастасия Анна Валентина Вера Галина Дарья Екатерина Елена Жанна Зоя Ирина "
        "Ксения Лариса Людмила Марина Мария Надежда Наталья Ольга Полина Светлана Татьяна Юлия",
        "last": "Абрамов Агапов Белоусов Веденин Горохов Громыкин Данилин Дорофеев Ефимов "
        "Журавин Зайцев Зимин Калугин Кольцов Крылатов Кудрин Лапшин Лосев Макеев Маркелов "
        "Назаров Никонов Овчинин Осипов Панфилов Прохоров Рябинин Савин Селезнёв Тарасов "
        "Тихонов Ушаков Филатов Хромов Черкасов Шестаков Щукин Юдин",
    },
    "uk": {
        "m": "Андрій Богдан Василь Віталій Володимир Ігор Дмитро Євген Іван Костянтин Максим "
        "Микола Назар Олег Олександр Орест Остап Павло Петро Роман Сергій Степан Тарас Юрій",
        "f": "Алла Анна Богдана Валентина Вікторія Галина Дарина Ірина Катерина Лариса Леся "
        "Любов Людмила Марія Мар’яна Надія Наталія Оксана Олена Ольга Світлана Соломія Тетяна Юлія",
        "last": "Бойчук Бондаренко Василенко Гаврилюк Гнатюк Гончаренко Давиденко Дорошенко "
        "Захарчук Іваненко Іщенко Карпенко Клименко Коваленко Кравець Кравчук Кузьменко Левчук "
        "Литвиненко Лисенко Мартинюк Мельничук Назаренко Онищенко Павленко Панченко Петренко "
        "Поліщук Романюк Руденко Савчук Семенюк Сидоренко Ткачук Федоренко Харченко Шевчук "
        "Яременко",
    },
    "pl": {
        "m": "Adam Andrzej Bartosz Dariusz Filip Grzegorz Jacek Jakub Jan Kamil Krzysztof Łukasz "
        "Maciej Marcin Marek Mateusz Michał Paweł Piotr Rafał Sławomir Stanisław Tomasz Wojciech",
        "f": "Agata Agnieszka Aleksandra Alicja Anna Barbara Beata Dorota Elżbieta Ewa Hanna Iwona "
        "Joanna Karolina Katarzyna Magdalena Małgorzata Marta Monika Natalia Paulina Renata Zofia",
        "last": "Adamski Barański Bielecki Borkowicz Chmielewski Cieślak Czarnecki Dąbek Domański "
        "Górski Grabowski Jabłoński Janicki Jasiński Kalinowski Kaczor Kłos Kowalik Kozieł "
        "Krawczyk Lipiński Maciejewski Majewski Malinowski Nowicki Olszewski Ostrowski Pawlik "
        "Piekarski Rogalski Rybicki Sadowicz Sikora Sobczak Szczepański Urbański Walczak Wilk "
        "Wróbel Zalewski Zięba Żuraw",
    },
}  # fmt: skip

_LETTERS = "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя’"
_SOUNDS = "a b v g g d e ie e zh z y i i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia -"
_CYRILLIC = dict(zip(_LETTERS, _SOUNDS.split(), strict=True))
_POLISH = dict(zip("ąćęłńóśźż", "acelnoszz", strict=True))
_LATIN = str.maketrans(
    {letter: "" if latin == "-" else latin for letter, latin in _CYRILLIC.items()} | _POLISH
)
_RUSSIAN = str.maketrans({"и": "i", "й": "y", "е": "e"})


def _feminine(language: str, surname: str) -> str:
    if language == "ru":
        return surname + "а"
    if language == "pl" and surname.endswith(("ski", "cki")):
        return surname[:-1] + "a"
    return surname


def first_names(language: str, gender: str) -> list[str]:
    return NAMES[language][gender].split()


def last_names(language: str, gender: str) -> list[str]:
    """Surnames in the form that fits the gender."""
    names = NAMES[language]["last"].split()
    return [_feminine(language, name) for name in names] if gender == "f" else names


def latin(name: str, language: str) -> str:
    """Lower-case ASCII for mail addresses: "Żuraw" becomes "zuraw"."""
    name = name.lower()
    return (name.translate(_RUSSIAN) if language == "ru" else name).translate(_LATIN)
