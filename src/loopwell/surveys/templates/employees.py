"""What do we ask our own people, anonymously?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, _CONSENT = DEFAULT  # nobody is asked for contact: it would end the anonymity
ASPECTS = ("lead", "team", "tools", "growth", "pay", "meaning")
QUESTIONS = (
    SCORE,
    WHY,
    Question("work", QuestionType.GRID, options=ASPECTS),
    Question("first", QuestionType.TEXT),
)
OWN = {
    "en": {
        "work.label": "How do you rate these at {company}?",
        "work.lead": "My manager",
        "work.team": "Working together in the team",
        "work.tools": "Tools and conditions",
        "work.growth": "Learning and growth",
        "work.pay": "Pay and benefits",
        "work.meaning": "Meaning of my work",
        "first.label": "What should we change first, for you or for our customers?",
    },
    "ru": {
        "work.label": "Как вы оцениваете это в компании {company}?",
        "work.lead": "Мой руководитель",
        "work.team": "Работа в команде",
        "work.tools": "Инструменты и условия",
        "work.growth": "Обучение и рост",
        "work.pay": "Оплата и льготы",
        "work.meaning": "Смысл моей работы",
        "first.label": "Что изменить в первую очередь: для вас или для наших клиентов?",
    },
    "uk": {
        "work.label": "Як ви оцінюєте це в компанії {company}?",
        "work.lead": "Мій керівник або керівниця",
        "work.team": "Робота в команді",
        "work.tools": "Інструменти й умови",
        "work.growth": "Навчання та зростання",
        "work.pay": "Оплата й пільги",
        "work.meaning": "Сенс моєї роботи",
        "first.label": "Що змінити насамперед: для вас чи для наших клієнтів?",
    },
    "pl": {
        "work.label": "Jak oceniają to Państwo w firmie {company}?",
        "work.lead": "Bezpośredni przełożony lub przełożona",
        "work.team": "Współpraca w zespole",
        "work.tools": "Narzędzia i warunki",
        "work.growth": "Nauka i rozwój",
        "work.pay": "Wynagrodzenie i benefity",
        "work.meaning": "Sens mojej pracy",
        "first.label": "Co należy zmienić w pierwszej kolejności: dla Państwa lub dla klientów?",
    },
}
TEMPLATE = Template(
    key="employees",
    name=_("Employees (eNPS)"),
    what_for=_("Would your own people recommend you as an employer? Anonymous, twice a year."),
    icon="users-group",
    kind=SurveyKind.EMPLOYEE,
    questions=QUESTIONS,
    texts=worded(SurveyKind.EMPLOYEE, QUESTIONS, OWN, further=False),
)
