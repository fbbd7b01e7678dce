"""Which words say nothing by themselves, and in which language are these comments?"""

from collections.abc import Mapping


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEGATIONS = _words(
    """no not never nothing don't doesn't didn't can't couldn't won't wouldn't isn't wasn't pas
        jamais rien plus не нет ни нельзя ні немає нічого nie nigdy brak nic nicht kein keine
        keinen nie nichts"""
)
"""Silent alone, telling in a phrase: "not working", "не работает", "pas propre"."""

STOPWORDS: Mapping[str, frozenset[str]] = {
    "en": _words(
        """a about after again all also am an and any are as at be because been before being but by
        can could did do does doing done for from get getting go going got had has have having
        he her here him his how i i'd i'll i'm i've if in into is it it's its just like made
        make me more most much my myself of off on one only or other our out over really said
        same see she should so some still such than that that's the their them then there
        there's these they they're this those through to too two until up us very was we we're
        we've were what when where which while who why will with would you your yourself"""
    ),
    "fr": _words(
        """a ai ainsi alors au aucun aussi autre aux avait avant avec avez avoir avons bien c ça
        car ce cela ces cet cette ceux chez comme d dans de des deux donc du elle elles en
        encore entre est et étaient était été être eu fait faire fois font il ils j je jusqu l
        la le les leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où
        par parce peu peut pour pourquoi près qu quand que quel quelle quelques qui s sa sans se
        ses si son sont sous suis sur sûr t ta te tes toi ton tous tout toute toutes très tu un
        une vos votre vous vraiment y à"""
    ),
    "de": _words(
        """aber alle alles als also am an auch auf aus bei beim bin bis da dann das dass dem den
        der des dich die dies diese dieser doch dort durch ein eine einem einen einer eines er
        es etwas für ganz gibt habe haben hat hatte hatten hier ich ihm ihn ihr ihre im in ist
        ja jetzt kann kannst können man mehr mein meine meinem mich mir mit muss nach noch nun
        nur ob oder ohne schon sehr sein sich sie sind so über um und uns unser unsere unter vom
        von vor war waren was weil wenn wer werden wie wieder wir wird wurde wurden zu zum zur
        zwar"""
    ),
    "pl": _words(
        """a aby albo ale ani bardzo bez bo by był była było były być choć ci co coś czy dla do gdy
        gdzie go i ich im ja jak jako je jego jej jest jestem jeszcze jeśli już każdy kiedy kto
        która które którego której który których którzy ma mam mi mnie mogę można może mu my na
        nad nam nas naszej nich niego nim o od on ona one oni oraz po pod ponieważ poza przed
        przez przy się są ta tak taki takie tam te tego tej ten to tu tych tylko tym u w we więc
        wszystko z za ze że żeby"""
    ),
    "ru": _words(
        """а без более больше был была были было быть в вам вас весь во вот все всё всего всех вы
        где да даже для до его ее её если есть еще ещё же за здесь и из или им их к как какой
        когда которая которые который кто ли лишь меня мне мной много можно мой моя мы на над
        нам нас него нее неё но ну о об он она они оно от очень по под после потом потому при
        про просто с сам свой себя со так также такой там тебя тем то тогда того тоже только том
        тот ты у уже хоть чего чем что чтобы эта эти это этого этой этом этот я"""
    ),
    "uk": _words(
        """а або але б без би бо більше був була були було бути в вам вас ви від вже він вона вони
        воно все всі да де для до дуже є ж за з зі й і із її його їх йому коли котрий кого ким
        кому ще мене мені ми можна мій моя на над нам нас наш него о об один по під після при
        про просто свій себе та так також там те тебе ти тим то тоді тому той тут у хто це цей
        ці цих цього цьому ця чи чого через чому ще що щоб я як яка який які якщо"""
    ),
}
"""Small lists by language; just enough that "the" and "and" never top a list."""


def stopwords_for(words: Mapping[str, int]) -> frozenset[str]:
    """Stopwords of the languages that these word counts seem to be written in.

    A language counts when its stopwords are at least a third as frequent as those of the best
    fitting one: lists of other languages would hide real words ("pour", "fast", "die").
    """
    hits = {
        language: sum(words.get(word, 0) for word in listed)
        for language, listed in STOPWORDS.items()
    }
    best = max(hits.values())
    spoken = [STOPWORDS[language] for language, count in hits.items() if 3 * count >= best]
    return frozenset().union(*spoken) | NEGATIONS
