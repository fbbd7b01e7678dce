"""What do the demo company's interviewers write down after a call?"""
# ruff: noqa: E501 - a note stays on one line

LEARNT: dict[str, tuple[str, ...]] = {
    "long-waiting": (
        "[Only one desk was open|Two colleagues were ill] and the queue had no order. The customer would have been content with an honest estimate.",
        "Waited [30|40] minutes for a two-minute matter. Would have used the app, but did not know it can do this.",
        "Monday morning, everybody calls about the bills that arrive at the weekend.",
    ),
    "late-delivery": (
        "Took a day off for the delivery. The delay itself was bearable, [not knowing|the silence] was not.",
        "The depot knew in the morning that the van was full; nobody told the customer.",
        "The courier rang a wrong door bell, the address in the order lacked the flat number.",
    ),
    "billing-error": (
        "The discount was agreed in the shop but never entered. Third such case [this month|this week].",
        "Cancelled option was still billed: the cancellation reaches billing only at the end of the next period.",
        "The bill was in fact right, but nobody could read it. The letter explains nothing.",
    ),
    "price": (
        "Compared us with a newcomer's offer. Does not use half of the data in the tariff.",
        "The rise came without a word. With [two weeks'|a month's] notice and a reason it would have been accepted.",
        "Feels punished for loyalty: new customers get the better price.",
    ),
    "rude-staff": (
        "Was interrupted and not looked at. It is less about the words than about not being seen.",
        "The adviser was alone at closing time and under pressure. Talked to the adviser, who is sorry.",
    ),
    "network-coverage": (
        "Works from home two days a week; calls drop indoors. Did not know about Wi-Fi calling.",
        "New housing estate, the nearest mast is behind the hill. Five neighbours have the same.",
    ),
    "app-problem": (
        "Older phone, the app has been crashing since the last release. Went back to calling us.",
        "The code by text message arrives after it has expired. Reproduced it together on the phone.",
    ),
    "product-fault": (
        "The router restarts when it gets warm. Same batch as in [two|three] other cases.",
        "The device had been returned by somebody before and was not checked.",
    ),
    "not-solved-first-time": (
        "Four contacts, four people, no notes. The customer knew our process better than we did.",
        "The ticket is closed automatically after 48 hours, whether or not it is solved.",
    ),
    "wrong-information": (
        "The shop still had last month's conditions on the wall.",
        "Was promised a date that we cannot keep. The adviser did not know about the backlog.",
    ),
    "returns": (
        "The parcel lay in the returns depot for 16 days unopened.",
        "Customer expected to return in the shop what was bought online. Reasonable, and we say no.",
    ),
    "stock": (
        "The website shows the stock of the night before. Drove here for nothing.",
        "Wanted a basic model; we only keep the expensive ones.",
    ),
}  # fmt: skip
SOLVED: dict[str, tuple[str, ...]] = {
    "long-waiting": ("Settled the matter on the phone, no second visit needed.", "Booked an appointment for [Tuesday|Thursday] morning."),
    "late-delivery": ("Found the parcel and had it brought the same evening.", "New date agreed, the courier rings [an hour|half an hour] before."),
    "billing-error": ("Corrected the bill during the call and sent the new one.", "Entered the missing discount, also for the months before."),
    "price": ("Moved to a tariff that fits: [6|8|11] euros less a month.", "Applied the loyalty discount that nobody had offered."),
    "rude-staff": ("Another colleague served the customer the same day; both are fine again.",),
    "network-coverage": ("Switched on Wi-Fi calling together; works indoors now.", "Sent an indoor repeater on loan, signal is good."),
    "app-problem": ("Set the app up again together; works now.", "Changed the number for the codes; login works."),
    "product-fault": ("Exchanged the device, [courier booked|collected in the shop].", "Gave a loan device for the time of the repair."),
    "not-solved-first-time": ("Passed to the specialist and stayed on it until done; customer confirmed.", "One person owns it now; solved after [two|three] days."),
    "wrong-information": ("Honoured what had been promised.", "Sent the right conditions in writing, customer keeps the tariff."),
    "returns": ("Found the parcel in the returns depot, money sent.", "Took the device back in the shop."),
    "stock": ("Reserved one in [Stenwick|Tolmin|Wierzbin] and had it sent over.", "Ordered it to the home address, no charge."),
}  # fmt: skip
DONE: dict[str, tuple[str, ...]] = {
    "explained": (
        "Explained how it came about and apologised. Accepted.",
        "Went through it line by line; the customer had not known that.",
        "Apologised for the unit. The customer was glad somebody called at all.",
    ),
    "compensated": (
        "Credited the amount on the next bill and apologised.",
        "One month free; the customer stays.",
        "Refunded the fee.",
    ),
    "no-solution": (
        "Cannot be solved here, passed on as an issue for the region.",
        "Customer leaves at the end of the contract; asked to keep the number.",
    ),
}
MISSED = (
    "No answer.",
    "Mailbox, left a message.",
    "Rang out.",
    "Line busy.",
    "Asked to call later.",
)
MISSED_OUTCOMES = ("not-reached", "not-reached", "not-reached", "busy", "call-later")
REACHED = (
    "Talked for [4|7|9|12] minutes.",
    "Reached, was [surprised|glad] to be called.",
    "Reached.",
)
REOPENED = (
    "Customer wrote again: the problem is back.",
    "The promised credit is not on the bill.",
    "Closed too early: the exchange device never arrived.",
    "Customer called: nobody got in touch as agreed.",
)
GAVE_UP = (
    "Not reached after four attempts on different days; wrote an e-mail with the direct number."
)
