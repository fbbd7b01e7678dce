"""Which problems and praises does the demo company's root-cause list hold?"""

from loopwell.demo.records import Cause, Texts


def _cause(slug: str, kind: str, polarity: int, en: str, ru: str, uk: str, pl: str) -> Cause:
    return Cause(slug=slug, names=Texts(en, ru, uk, pl), kind=kind, polarity=polarity)


PROBLEMS: tuple[Cause, ...] = (
    _cause(
        "long-waiting",
        "defect",
        -1,
        "Long waiting",
        "Долгое ожидание",
        "Довге очікування",
        "Długie czekanie",
    ),
    _cause(
        "late-delivery",
        "defect",
        -1,
        "Late delivery",
        "Опоздание доставки",
        "Запізнення доставки",
        "Spóźniona dostawa",
    ),
    _cause(
        "billing-error",
        "defect",
        -1,
        "Billing error",
        "Ошибка в счёте",
        "Помилка в рахунку",
        "Błąd na fakturze",
    ),
    _cause(
        "price",
        "perception",
        -1,
        "Price too high",
        "Высокая цена",
        "Висока ціна",
        "Zbyt wysoka cena",
    ),
    _cause(
        "rude-staff",
        "defect",
        -1,
        "Rude staff",
        "Грубость сотрудников",
        "Грубість працівників",
        "Nieuprzejma obsługa",
    ),
    _cause(
        "network-coverage",
        "absence",
        -1,
        "Network coverage",
        "Покрытие сети",
        "Покриття мережі",
        "Zasięg sieci",
    ),
    _cause(
        "app-problem",
        "defect",
        -1,
        "App problem",
        "Сбои приложения",
        "Збої застосунку",
        "Problem z aplikacją",
    ),
    _cause(
        "product-fault",
        "defect",
        -1,
        "Faulty product",
        "Неисправный товар",
        "Несправний товар",
        "Wadliwy produkt",
    ),
    _cause(
        "not-solved-first-time",
        "defect",
        -1,
        "Not solved first time",
        "Не решили с первого раза",
        "Не вирішили з першого разу",
        "Nierozwiązane za pierwszym razem",
    ),
    _cause(
        "wrong-information",
        "expectation",
        -1,
        "Wrong information",
        "Неверная информация",
        "Неправильна інформація",
        "Błędna informacja",
    ),
    _cause(
        "returns",
        "expectation",
        -1,
        "Returns and refunds",
        "Возврат товара и денег",
        "Повернення товару та коштів",
        "Zwroty",
    ),
    _cause(
        "stock", "absence", -1, "Out of stock", "Нет в наличии", "Немає в наявності", "Brak towaru"
    ),
)

PRAISES: tuple[Cause, ...] = (
    _cause(
        "friendly-staff",
        "",
        1,
        "Friendly staff",
        "Приветливые сотрудники",
        "Привітні працівники",
        "Miła obsługa",
    ),
    _cause(
        "quick",
        "",
        1,
        "Quick service",
        "Быстрое обслуживание",
        "Швидке обслуговування",
        "Szybka obsługa",
    ),
    _cause("good-value", "", 1, "Good value", "Выгодно", "Вигідно", "Dobra cena"),
    _cause(
        "good-network", "", 1, "Good network", "Хорошая связь", "Гарний зв’язок", "Dobry zasięg"
    ),
    _cause(
        "problem-solved",
        "",
        1,
        "Problem solved",
        "Решили вопрос",
        "Вирішили питання",
        "Sprawa załatwiona",
    ),
    _cause("easy-to-use", "", 1, "Easy to use", "Удобно", "Зручно", "Wygodnie"),
)

CAUSES: tuple[Cause, ...] = PROBLEMS + PRAISES
PROBLEM_SLUGS: tuple[str, ...] = tuple(cause.slug for cause in PROBLEMS)
PRAISE_SLUGS: tuple[str, ...] = tuple(cause.slug for cause in PRAISES)
