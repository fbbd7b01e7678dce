"""Which metrics are there? The list; later apps add theirs with `register`."""

from django.utils.translation import gettext_lazy as _

from loopwell.insights.metrics import sums, values
from loopwell.insights.metrics.metric import Metric
from loopwell.insights.warehouse.tables import ANSWERS, CASES, INVITATIONS, MENTIONS, RATINGS

METRICS: dict[str, Metric] = {}

_SCORE = _(
    "Score interval up to 200 answers, adjusted Wald beyond, 95 %, never empty and never beyond "
    "±100"
)
_WILSON = _("Wilson's interval of a share, 95 %")
_LINEAR = _("Linearised, 95 %, as wide as the weights make it (Kish's effective count)")
_EXACT = _("None: it is a count of all of them")


def register(*metrics: Metric) -> None:
    """Adds metrics of an app above; raises ValueError for a slug that is taken."""
    for metric in metrics:
        if metric.slug in METRICS:
            raise ValueError(f"there is a metric {metric.slug!r} already")
        METRICS[metric.slug] = metric


def metric_by_slug(slug: str) -> Metric:
    return METRICS[slug]


register(
    Metric(
        "nps", _("NPS"), "points", ANSWERS, sums.categories, values.score,
        formula=_("Share of promoters (9–10) minus share of detractors (0–6), in points"),
        help=_("How much more often customers recommend us than not."),
        interval=_SCORE, test="score",
    ),
    Metric(
        "nps_weighted", _("NPS, weighted"), "points", ANSWERS, sums.weighted("weight"),
        values.weighted_score,
        formula=_("As NPS, each answer counted by its weight from the wave, else once"),
        help=_(
            "Puts right that some groups answer more often than others. Where it differs much "
            "from plain NPS, those who answered were not like those who were asked."
        ),
        interval=_LINEAR,
    ),
    Metric(
        "promoters", _("Promoters"), "percent", ANSWERS, sums.categories,
        values.share("promoters"),
        formula=_("Answers of 9 or 10 of all answers"),
        help=_("Who recommends us gladly: they stay longer, buy more and bring others."),
        interval=_WILSON, test="share", part="promoters",
    ),
    Metric(
        "passives", _("Passives"), "percent", ANSWERS, sums.thirds, values.share("passives"),
        formula=_("Answers of 7 or 8 of all answers"),
        help=_("Satisfied, and gone when somebody else offers a little more."),
        interval=_WILSON, test="share", part="passives", higher_is_better=False,
    ),
    Metric(
        "detractors", _("Detractors"), "percent", ANSWERS, sums.categories,
        values.share("detractors"),
        formula=_("Answers of 0 to 6 of all answers"),
        help=_("Who warns others of us. Each of them is called."),
        interval=_WILSON, test="share", part="detractors", higher_is_better=False,
    ),
    Metric(
        "mean_score", _("Mean score"), "score", ANSWERS, sums.moments, values.mean,
        formula=_("Sum of the scores 0–10 divided by the number of answers"),
        help=_("Moves less than NPS, since every point counts the same."),
        interval=_("Normal interval of a mean, 95 %, cut at 0 and 10"),
    ),
    Metric(
        "answers", _("Answers"), "count", ANSWERS, sums.counted, values.count, 0,
        group="answering",
        formula=_("Answers that came, test answers left out"),
        help=_("How many customers told us, by any way in."),
        interval=_EXACT, test="none",
    ),
    Metric(
        "response_rate", _("Response rate"), "percent", INVITATIONS, sums.arrived,
        values.share("answered"), group="answering",
        formula=_("Answered of those whose message arrived"),
        help=_(
            "If few answer, those who did may not be like the others; no interval covers that."
        ),
        interval=_WILSON, counted=_("asked"), test="share", part="answered",
    ),
    Metric(
        "bounce_rate", _("Bounced"), "percent", INVITATIONS, sums.sent, values.share("bounced"),
        group="answering",
        formula=_("Messages that came back of those sent"),
        help=_("Addresses that are wrong or full: above 5 % mail systems begin to distrust us."),
        interval=_WILSON, counted=_("sent"), test="share", part="bounced",
        higher_is_better=False,
    ),
    Metric(
        "opt_out_rate", _("Opted out"), "percent", INVITATIONS, sums.arrived,
        values.share("declined"), group="answering",
        formula=_("People who want no more questions of those whose message arrived"),
        help=_("Rises where customers are asked too often or without need."),
        interval=_WILSON, counted=_("asked"), test="share", part="declined",
        higher_is_better=False,
    ),
    Metric(
        "coverage", _("Customers heard"), "percent", ANSWERS, sums.customers, values.covered, 0,
        group="answering",
        formula=_("Customers who answered at least once of all customers we know of the unit"),
        help=_("Whose voice we have. Cut by unit, account, or not at all."),
        interval=_EXACT, counted=_("customers"), test="none", customers=True,
    ),
    Metric(
        "first_contact_hours", _("Time to first contact"), "hours", CASES,
        sums.hours("first_contact_hours"), values.median_hours, group="acting",
        formula=_("Half of the customers were reached sooner: the median of the hours by the "
                  "clock from opening the case to reaching the customer"),
        help=_("Counted in steps from half an hour to thirty days; cases in which nobody was "
               "reached do not count, so read it beside “Reached in time”."),
        interval=_("Order statistics, 95 %"), counted=_("cases"), higher_is_better=False,
    ),
    Metric(
        "reached_in_time", _("Reached in time"), "percent", CASES,
        sums.known("in_time", "in_time"), values.share("in_time"), group="acting",
        formula=_("Cases whose customer was reached before the case was due, of those reached "
                  "or overdue"),
        help=_("Whether we keep the time we promised ourselves."),
        interval=_WILSON, counted=_("cases"), test="share", part="in_time",
    ),
    Metric(
        "recovery", _("Recovery"), "percent", CASES, sums.recovered, values.share("recovered"),
        group="acting",
        formula=_("Customers no longer detractors of those who answered again after their case"),
        help=_(
            "Some would have come back by themselves: the page on recovery compares with those "
            "who were not called."
        ),
        interval=_WILSON, counted=_("cases"), test="share", part="recovered",
    ),
    Metric(
        "csat", _("Satisfied (CSAT)"), "percent", ANSWERS, sums.known("csat", "satisfied", 0.75),
        values.share("satisfied"), group="rating",
        formula=_("The two best of five points (or the best quarter of another scale) of all "
                  "who rated their satisfaction"),
        help=_("Satisfaction with one contact. The first such question of a survey counts."),
        interval=_WILSON, test="share", part="satisfied",
    ),
    Metric(
        "ces", _("Easy (CES)"), "percent", ANSWERS, sums.known("ces", "easy", 0.66),
        values.share("easy"), group="rating",
        formula=_("The three best of seven points (or the best third of another scale) of all "
                  "who rated how easy it was"),
        help=_("How little effort it took. The first such question of a survey counts."),
        interval=_WILSON, test="share", part="easy",
    ),
    Metric(
        "rating", _("Rating"), "percent", RATINGS, sums.ratings, values.mean_share,
        group="rating",
        formula=_("Mean of the points given to aspects, from 0 (the worst of the scale) to 100 "
                  "(the best)"),
        help=_("What customers rated beside the recommendation. Cut it by aspect: the mean of "
               "all aspects says little."),
        interval=_("Normal interval of a mean, 95 %, cut at 0 and 100"), counted=_("ratings"),
    ),
    Metric(
        "mentions", _("Mentions"), "count", MENTIONS, sums.counted, values.count, 0,
        group="saying",
        formula=_("Times that a theme was named, by interviewers, in comments or in other "
                  "sources"),
        help=_("One answer can name several themes. Cut it by theme."),
        interval=_EXACT, counted=_("mentions"), test="none",
    ),
    Metric(
        "named", _("Answers naming a theme"), "count", MENTIONS, sums.thirds, values.count, 0,
        group="saying",
        formula=_("Answers in which each theme was found. Cut by theme, in calls or in comments: "
                  "otherwise an answer counts once for each theme it names"),
        help=_("How many customers speak of it, and how they scored."),
        interval=_EXACT, test="none",
    ),
    Metric(
        "naming", _("Answers naming any theme"), "count", MENTIONS, sums.thirds, values.count, 0,
        group="saying",
        formula=_("Answers in which a theme of the group was found, each once however many"),
        help=_("How many customers speak of an area, and how they scored."),
        interval=_EXACT, test="none", prepare=sums.once,
    ),
    Metric(
        "naming_weighted", _("Answers naming any theme, weighted"), "count", MENTIONS,
        sums.weighted("weight"), values.count, 0, group="saying",
        formula=_("Answers in which a theme of the group was found, with the sums of their weights "
                  "from the wave"),
        help=_("What tells how many customers of the whole base have a problem."),
        interval=_EXACT, test="none", prepare=sums.weighed_once,
    ),
    Metric(
        "stake", _("Accounts at stake"), "count", MENTIONS, sums.at_stake, values.count, 0,
        group="money",
        formula=_("Accounts with a detractor naming the theme, and what they bring in a year"),
        help=_("Whose revenue hangs on it. An account counts once for each theme."),
        interval=_EXACT, counted=_("accounts"), test="none", prepare=sums.accounts_at_stake,
    ),
    Metric(
        "nps_revenue", _("NPS by revenue"), "points", ANSWERS, sums.split,
        values.weighted_score, group="money",
        formula=_("As NPS, each account counted by what it brings in a year, split among its "
                  "answers"),
        help=_("What the money says. Answers without an account, or with an account whose "
               "revenue is unknown, do not count."),
        interval=_LINEAR, prepare=sums.by_account,
    ),
    Metric(
        "detractor_revenue", _("Revenue of detractors"), "percent", ANSWERS,
        sums.split, values.weighted_detractors, group="money",
        formula=_("Yearly revenue of the accounts of detractors of that of all who answered; an "
                  "account is split among its answers"),
        help=_("How much of what is heard could leave."),
        interval=_("Wilson's interval, 95 %, by the effective count of the weights"),
        higher_is_better=False, prepare=sums.by_account,
    ),
)  # fmt: skip
