"""How are people told of coaching, praise, issues, promises, news and training?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.notify.enums import Urgency
from loopwell.notify.kinds.registry import Kind, Seen, page, register


def _coaching(seen: Seen) -> str:
    return _("%(who)s wrote to you about a customer's answer.") % seen.named()


def _praise(seen: Seen) -> str:
    return _("%(customer)s praised your work.") % seen.named()


def _titled(with_title: str, without: str, seen: Seen) -> str:
    return (with_title if seen.named()["title"] else without) % seen.named()


def _raised(seen: Seen) -> str:
    return _titled(_("%(who)s raised an issue: %(title)s"), _("%(who)s raised an issue."), seen)


def _answered(seen: Seen) -> str:
    return _titled(
        _("Your issue was answered: %(title)s"), _("An issue of yours was answered."), seen
    )


def _accepted(seen: Seen) -> str:
    return _titled(_("Your issue is in work: %(title)s"), _("An issue of yours is in work."), seen)


def _asked_back(seen: Seen) -> str:
    return _titled(
        _("%(who)s has a question about your issue: %(title)s"),
        _("%(who)s has a question about an issue of yours."),
        seen,
    )


def _joined(seen: Seen) -> str:
    return _titled(
        _("Your issue was joined to one that was raised before: %(title)s"),
        _("An issue of yours was joined to one that was raised before."),
        seen,
    )


def _issue_given(seen: Seen) -> str:
    return _titled(
        _("%(who)s gave you the work on an issue: %(title)s"),
        _("%(who)s gave you the work on an issue."),
        seen,
    )


def _replied(seen: Seen) -> str:
    return _titled(
        _("%(who)s replied to your question about the issue: %(title)s"),
        _("%(who)s replied to your question about an issue."),
        seen,
    )


def _reopened(seen: Seen) -> str:
    return _titled(
        _("%(who)s says that this issue is not solved: %(title)s"),
        _("%(who)s says that an issue is not solved."),
        seen,
    )


def _commitment(seen: Seen) -> str:
    return _titled(
        _("%(who)s noted a promise of yours: %(title)s"),
        _("%(who)s noted a promise of yours."),
        seen,
    )


def _notice(seen: Seen) -> str:
    return _titled(_("News: %(title)s"), _("There is a new notice to read."), seen)


def _story(seen: Seen) -> str:
    return _titled(
        _("%(who)s proposed a success story: %(title)s"),
        _("%(who)s proposed a success story."),
        seen,
    )


def _training(seen: Seen) -> str:
    return _titled(_("A training waits for you: %(title)s"), _("A training waits for you."), seen)


def _paused(seen: Seen) -> str:
    return _(
        "The webhook “%(title)s” kept refusing what we sent and is paused. Nothing is lost."
    ) % (seen.named())


def _referred(seen: Seen) -> str:
    return _("A customer who recommends you sent a friend: get in touch with them.")


def _recognised(seen: Seen) -> str:
    return _("You are honoured this quarter: congratulations.")


register(Kind("coaching.written", gettext_lazy("Your manager wrote to you about feedback"),
              Urgency.SOON, _coaching, page("coaching:index")))  # fmt: skip
register(Kind("praise.received", gettext_lazy("A customer praised you"), Urgency.SOON, _praise,
              page("coaching:index")))  # fmt: skip
register(Kind("referral.received", gettext_lazy("A customer sent us a friend"), Urgency.SOON,
              _referred, page("promoters:referrals")))  # fmt: skip
register(Kind("recognition.given", gettext_lazy("You are honoured"), Urgency.SOON, _recognised,
              page("stories:recognition")))  # fmt: skip
register(Kind("issue.raised", gettext_lazy("A team raised an issue"), Urgency.SOON, _raised,
              page("issues:issue", "ref")))  # fmt: skip
register(Kind("issue.answered", gettext_lazy("An issue you raised was answered"), Urgency.SOON,
              _answered, page("issues:issue", "ref")))  # fmt: skip
for _name, _label, _words in (
    ("issue.accepted", gettext_lazy("An issue you raised is in work"), _accepted),
    ("issue.asked", gettext_lazy("A question about an issue you raised"), _asked_back),
    ("issue.joined", gettext_lazy("An issue you raised was joined to another"), _joined),
    ("issue.given", gettext_lazy("You were given the work on an issue"), _issue_given),
    ("issue.replied", gettext_lazy("A team replied about its issue"), _replied),
    ("issue.reopened", gettext_lazy("An issue is not solved"), _reopened),
):
    register(Kind(_name, _label, Urgency.SOON, _words, page("issues:issue", "ref")))
register(Kind("commitment.given", gettext_lazy("A promise of yours was noted in a huddle"),
              Urgency.SOON, _commitment, page("huddles:index")))  # fmt: skip
register(Kind("notice.published", gettext_lazy("A notice was published"), Urgency.MAY_WAIT,
              _notice, page("stories:notices")))  # fmt: skip
register(Kind("story.proposed", gettext_lazy("A success story was proposed"), Urgency.MAY_WAIT,
              _story, page("stories:list")))  # fmt: skip
register(Kind("training.asked", gettext_lazy("A training waits for you"), Urgency.SOON, _training,
              page("training:index")))  # fmt: skip
register(Kind("webhook.paused", gettext_lazy("A webhook you made was paused"), Urgency.AT_ONCE,
              _paused, page("webhooks:endpoint", "ref")))  # fmt: skip
