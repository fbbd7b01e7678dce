"""Which ready words for letters does a new installation have?"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Ready:
    """`words` maps a language to its subject and text."""

    name: str
    purpose: str
    words: dict[str, tuple[str, str]]

    @property
    def stored(self) -> dict[str, dict[str, str]]:
        return {
            code: {"subject": subject, "text": text} for code, (subject, text) in self.words.items()
        }


READY = (
    Ready(
        gettext_noop("Apology and next step"),
        "apology",
        {
            "en": (
                "Your feedback to {company}",
                "Hello {customer},\n\nthank you for telling us so openly what went wrong. I am "
                "sorry that we let you down.\n\nThis is what happens next: \n\nI will write to "
                "you again as soon as it is done. If I have missed anything, simply reply to "
                "this e-mail.\n\nKind regards\n{agent}\n{unit}",
            ),
            "ru": (
                "Ваш отзыв о {company}",
                "Здравствуйте, {customer}!\n\nСпасибо, что так открыто рассказали, что было не "
                "так. Мне очень жаль, что мы вас подвели.\n\nДальше мы сделаем вот что: \n\nЯ "
                "напишу вам снова, как только это будет сделано. Если я что-то упускаю, просто "
                "ответьте на это письмо.\n\nС уважением,\n{agent}\n{unit}",
            ),
            "uk": (
                "Ваш відгук про {company}",
                "Добрий день, {customer}!\n\nДякуємо, що так відверто розповіли, що було не так. "
                "Мені дуже шкода, що ми вас підвели.\n\nДалі ми зробимо ось що: \n\nЯ напишу вам "
                "знову, щойно це буде зроблено. Якщо я щось пропускаю, просто дайте відповідь на "
                "цей лист.\n\nЗ повагою,\n{agent}\n{unit}",
            ),
            "pl": (
                "Pana/Pani opinia o {company}",
                "Dzień dobry, {customer},\n\ndziękujemy, że tak otwarcie opisano nam, co poszło "
                "nie tak. Przykro mi, że zawiedliśmy.\n\nCo dzieje się dalej: \n\nNapiszę "
                "ponownie, gdy tylko sprawa będzie załatwiona. Jeśli coś pominięto, proszę po "
                "prostu odpowiedzieć na tę wiadomość.\n\nZ poważaniem\n{agent}\n{unit}",
            ),
        },
    ),
    Ready(
        gettext_noop("We tried to reach you"),
        "unreachable",
        {
            "en": (
                "We tried to reach you",
                "Hello {customer},\n\nyou told us what you think of us, and we would like to put "
                "things right. We tried to call you and did not reach you.\n\nReply to this "
                "e-mail and tell us what happened, or when and on which number we may call. I "
                "will take care of it myself.\n\nKind regards\n{agent}\n{company}",
            ),
            "ru": (
                "Мы пытались до вас дозвониться",
                "Здравствуйте, {customer}!\n\nВы рассказали, что о нас думаете, и мы хотим "
                "исправить положение. Мы звонили, но не застали вас.\n\nОтветьте на это письмо и "
                "расскажите, что случилось, или напишите, когда и по какому номеру вам удобно "
                "говорить. Дальше вашим вопросом займусь я.\n\nС уважением,\n{agent}\n{company}",
            ),
            "uk": (
                "Ми намагалися вам додзвонитися",
                "Добрий день, {customer}!\n\nВи розповіли, що про нас думаєте, і ми хочемо "
                "виправити становище. Ми телефонували, але не застали вас.\n\nДайте відповідь на "
                "цей лист і розкажіть, що сталося, або напишіть, коли й за яким номером вам "
                "зручно говорити. Далі вашим питанням займуся я.\n\nЗ повагою,\n{agent}\n"
                "{company}",
            ),
            "pl": (
                "Próbowaliśmy się skontaktować",
                "Dzień dobry, {customer},\n\ndziękujemy za szczerą opinię. Chcemy naprawić to, co "
                "poszło nie tak. Dzwoniliśmy, ale bez skutku.\n\nProszę odpowiedzieć na tę "
                "wiadomość i opisać, co się stało, albo podać, kiedy i pod jakim numerem możemy "
                "zadzwonić. Zajmę się tym osobiście.\n\nZ poważaniem\n{agent}\n{company}",
            ),
        },
    ),
    Ready(
        gettext_noop("Solved: please tell us"),
        "solved",
        {
            "en": (
                "Is it settled for you?",
                "Hello {customer},\n\nwe have done what we promised: \n\nIs everything as it "
                "should be now? If not, simply reply to this e-mail.\n\nKind regards\n{agent}\n"
                "{unit}",
            ),
            "ru": (
                "Всё ли теперь в порядке?",
                "Здравствуйте, {customer}!\n\nМы сделали то, что обещали: \n\nВсё ли теперь так, "
                "как должно быть? Если нет, просто ответьте на это письмо.\n\nС уважением,\n"
                "{agent}\n{unit}",
            ),
            "uk": (
                "Чи все тепер гаразд?",
                "Добрий день, {customer}!\n\nМи зробили те, що обіцяли: \n\nЧи все тепер так, як "
                "має бути? Якщо ні, просто дайте відповідь на цей лист.\n\nЗ повагою,\n{agent}\n"
                "{unit}",
            ),
            "pl": (
                "Czy wszystko jest już w porządku?",
                "Dzień dobry, {customer},\n\nzrobiliśmy to, co obiecaliśmy: \n\nCzy wszystko jest "
                "już tak, jak powinno? Jeśli nie, proszę po prostu odpowiedzieć na tę wiadomość."
                "\n\nZ poważaniem\n{agent}\n{unit}",
            ),
        },
    ),
    Ready(
        gettext_noop("Thank you"),
        "thanks",
        {
            "en": (
                "Thank you from {company}",
                "Hello {customer},\n\nthank you for your kind words. I have passed them on to "
                "everybody who took part: they make our day.\n\nKind regards\n{agent}\n{unit}",
            ),
            "ru": (
                "Спасибо от {company}",
                "Здравствуйте, {customer}!\n\nСпасибо за добрые слова. Их прочитают все, кто "
                "участвовал в этой работе: нам очень приятно.\n\nС уважением,\n{agent}\n{unit}",
            ),
            "uk": (
                "Дякуємо від імені {company}",
                "Добрий день, {customer}!\n\nДякуємо за добрі слова. Їх прочитають усі, хто брав "
                "участь у цій роботі: нам дуже приємно.\n\nЗ повагою,\n{agent}\n{unit}",
            ),
            "pl": (
                "Podziękowania od {company}",
                "Dzień dobry, {customer},\n\ndziękujemy za miłe słowa. Przekazuję je wszystkim, "
                "którzy się do tego przyczynili: bardzo nas cieszą.\n\nZ poważaniem\n{agent}\n"
                "{unit}",
            ),
        },
    ),
)
