"""Which columns can a file of historic answers have, and how are they usually called?"""

from django.utils.translation import gettext_lazy as _

from loopwell.people.rules.fields import EMAIL, UNIT, Field

SCORE = Field(
    "score",
    _("Score"),
    "nps|nps score|rating|overall rating|overall score|fft categorical answer|"
    "likelihood to recommend|recommend|how likely are you to recommend|ltr|"
    "score nps|note|note nps|оценка|балл|рекомендация|готовность рекомендовать|оцінка|бал|"
    "рекомендація|ocena|wynik|punktacja|polecenie|bewertung|punktzahl|weiterempfehlung",
    _("The answer to “how likely are you to recommend us?”"),
)
ANSWER_FIELDS = (
    SCORE,
    Field(
        "comment",
        _("Comment"),
        "comments|why|reason|feedback|verbatim|text|content|review|open answer|fft answer|"
        "explication|commentaire|pourquoi|"
        "комментарий|отзыв|почему|причина|текст|коментар|відгук|чому|komentarz|opinia|dlaczego|"
        "uzasadnienie|kommentar|begründung|warum",
    ),
    Field(
        "answered_at",
        _("Date"),
        "answered at|date|answer date|response date|submitted at|submitted|created at|timestamp|"
        "time|completed at|дата|дата ответа|дата відповіді|data|data odpowiedzi|date de réponse|"
        "datum|antwortdatum",
        _("Without a column, all answers get the day given above."),
    ),
    Field(
        "answer_id",
        _("Id of the answer"),
        "answer id|response id|survey response id|id|код ответа|id ответа|id odpowiedzi|"
        "id réponse|antwort id|comment id",
        _("Its key in the other system, so that a second import changes instead of adding."),
    ),
    Field(
        "customer_id",
        _("Customer: external id"),
        "customer id|client id|customer number|customer external id|код клиента|номер клиента|"
        "код клієнта|id klienta|numer klienta|numéro client|id client|kundennummer|kunden id|"
        "contact id|user id|respondent id",
    ),
    Field("customer_email", _("Customer: e-mail"), EMAIL.names),
    UNIT,
    Field(
        "employee",
        _("Employee"),
        "employee|agent|employee email|served by|seller|сотрудник|агент|оператор|продавец|"
        "співробітник|працівник|pracownik|doradca|employé|conseiller|vendeur|mitarbeiter|"
        "verkäufer|berater",
        _("E-mail or external id of an employee."),
    ),
    Field(
        "survey",
        _("Survey"),
        "survey|survey name|questionnaire|опрос|анкета|опитування|ankieta|badanie|enquête|"
        "umfrage|befragung",
        _("Name of the survey in each row; otherwise all answers get the one chosen above."),
    ),
    Field(
        "touchpoint",
        _("Touchpoint"),
        "touchpoint|moment|точка контакта|точка контакту|punkt styku|point de contact|kontaktpunkt",
    ),
)
