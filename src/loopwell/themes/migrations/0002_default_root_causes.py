from django.db import migrations

# slug, kind, English, Russian, Ukrainian, Polish
CAUSES = [
    ("long-waiting", "defect", "Long waiting", "Долгое ожидание", "Довге очікування", "Długie czekanie"),
    ("not-solved-first-time", "defect", "Not solved first time", "Не решили с первого раза", "Не вирішили з першого разу", "Nierozwiązane za pierwszym razem"),
    ("wrong-information", "expectation", "Wrong information", "Неверная информация", "Неправильна інформація", "Błędna informacja"),
    ("rude-staff", "defect", "Rude staff", "Грубость сотрудников", "Грубість працівників", "Nieuprzejma obsługa"),
    ("late-delivery", "defect", "Late delivery", "Опоздание доставки", "Запізнення доставки", "Spóźniona dostawa"),
    ("product-fault", "defect", "Faulty product", "Неисправный товар", "Несправний товар", "Wadliwy produkt"),
    ("billing-error", "defect", "Billing error", "Ошибка в счёте", "Помилка в рахунку", "Błąd na fakturze"),
    ("price", "perception", "Price too high", "Высокая цена", "Висока ціна", "Zbyt wysoka cena"),
    ("returns", "expectation", "Returns and refunds", "Возврат товара и денег", "Повернення товару та коштів", "Zwroty"),
    ("app-problem", "defect", "App or website problem", "Сбои приложения или сайта", "Збої застосунку чи сайту", "Problem z aplikacją lub stroną"),
    ("stock", "absence", "Out of stock", "Нет в наличии", "Немає в наявності", "Brak towaru"),
    ("other", "defect", "Something else", "Другое", "Інше", "Coś innego"),
]


def add_causes(apps, schema_editor):
    themes = apps.get_model("themes", "Theme").objects.using(schema_editor.connection.alias)
    for position, (slug, kind, en, ru, uk, pl) in enumerate(CAUSES, start=1):
        values = {
            "kind": kind,
            "names": {"en": en, "ru": ru, "uk": uk, "pl": pl},
            "position": 1000 if slug == "other" else position * 10,
        }
        themes.get_or_create(slug=slug, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("themes", "0001_initial")]
    operations = [migrations.RunPython(add_causes, migrations.RunPython.noop, elidable=False)]
