"""How do English-speaking customers put it?"""
# ruff: noqa: E501 - a phrase with its choices stays on one line

from loopwell.demo.comments.phrases import Phrases, lines

SHORT = {
    "awful": "Terrible|Awful|Never again|Worst company ever|Disgraceful|No words|Useless|Leaving as soon as my contract ends|Shocking service|Zero would be too much|Total waste of time|Appalling, honestly|Very bad experience|Avoid",
    "poor": "Meh|Not great|Could be better|Disappointed|So so|Expected more|Below average|Nothing special|Room for improvement|Used to be better|Average at best|Not what I was promised|bit of a letdown",
    "fair": "ok|Fine|Good enough|Not bad|Pretty good|All right|Decent|No complaints really|Does the job|Normal|It's fine|Satisfied|good|OK overall",
    "good": "Great|Excellent|Perfect!|Very good|Love it|All good|Brilliant|Top|Super|Thank you!|Happy customer|Really pleased|Five stars|Always great|no complaints, all good|Couldn't be better|Spot on",
}
OPENING = {
    "awful": """
        I have never been treated like this. // [Honestly|Frankly], I am [furious|fed up|done].
        [Really|Extremely|Deeply] disappointed. // This is not acceptable.
        After [three|five|seven|ten] years as a customer, this is what I get.
        I am writing this still angry. // What a mess.
        I can't believe how bad this was. // You asked, so here it is.
    """,
    "poor": """
        Not what I expected. // I expected [more|better].
        It could have been [much |]better. // [A bit|Rather|Somewhat] disappointing.
        Sorry, but no. // It used to be better.
        Mixed feelings. // I [wanted|would like] to give more, but…
        Not the first time.
    """,
    "fair": """
        [Overall|All in all|On the whole] it was [fine|okay|good]. // Mostly [fine|good|happy].
        [Pretty|Quite] good, not perfect. // Generally satisfied.
        No big complaints. // I am more or less happy.
        Good, with a small "but".
    """,
    "good": """
        [Very|Really|Extremely] happy. // [Great|Excellent|Lovely] experience.
        Pleasantly surprised. // I have been with you for [two|four|six|nine] years and stay.
        As always, no problems. // What a [nice|pleasant] surprise.
        Credit where it's due. // Everything went [smoothly|well|as it should].
    """,
}
CLOSING = {
    "awful": """
        I am [looking for|switching to|moving to] another provider.
        I will tell everybody I know.
        Somebody should [call me|explain this to me|take responsibility]. // I want my money back.
        Never again. // You have lost a customer.
        Do you even read these? // [Shame on you.|Shameful.|Unbelievable.]
        Please [do something|sort this out] at last.
    """,
    "poor": """
        Please [fix|improve|look into] this. // I hope it gets better.
        If it happens again I'll [leave|switch|look elsewhere]. // Let's see what you do about it.
        A [call|short message|apology] would have helped.
        I would [not recommend you|think twice] right now. // You can do better than this.
        Fix this and I'll come back with a better score.
    """,
    "fair": """
        [Otherwise|Apart from that] all good. // Could be [a bit |]cheaper though.
        There is room for improvement. // Keep working on it.
        A little more attention to detail and it's a ten. // Not a ten, but close.
        I'd still recommend you, with a note.
    """,
    "good": """
        Thank you! // [Thanks|Many thanks] to the [whole|entire] team.
        Keep it up!
        I [recommend you|have recommended you] to [friends|my family|my neighbours|colleagues].
        Will [come back|stay|buy again]. // That's how it should be.
        You deserve the ten. // Please don't change anything.
    """,
}
CORE = {
    "long-waiting": """
        Waited [25|30|40|50] minutes [just |only ]to [change a SIM|pay a bill|ask one question|collect my order].
        [One|Only one|A single] person at the desk and [eight|ten|a dozen] people in the queue.
        The queue in the shop was [endless|ridiculous|far too long].
        I took a ticket at [five|half past four|noon] and was served [45 minutes|almost an hour] later.
        Three desks, one open, and a queue to the door.
        I [left|walked out] after [half an hour|forty minutes], nobody had even [looked up|said hello].
        You need more staff [on Saturdays|at weekends|after work], the waiting is [silly|too long].
        Too long a wait for such a [simple|small] thing.
    """,
    "long-waiting@call": """
        [20|25|35|40] minutes on hold [listening to|with] the same [music|tune].
        It took [three|four|five] attempts to get through at all.
        Waited [half an hour|25 minutes|ages] on the line and then got cut off.
        "You are number [12|14|17] in the queue" says it all.
        The robot keeps you busy for ten minutes before a human [answers|picks up].
        Impossible to [reach|get hold of] anybody on a Monday.
        On hold so long that my lunch break was over.
        Nobody picks up. I [hung up|gave up] after [20|30] minutes and tried [again|the next day].
    """,
    "late-delivery": """
        The parcel came [two|three|four|five] days late.
        Was promised [Tuesday|Thursday|Friday], got it [the week after|on Monday|three days later].
        I took a day off and nobody came.
        The courier never [showed up|rang|came] and the status said "customer not at home".
        Delivery was moved [twice|three times] without [asking me|a word].
        Sat at home from eight to eight waiting for the [driver|courier|parcel].
        Next-day delivery took [four|five|six] days.
        No idea when the courier would come, no call, no message.
        My order was stuck at the depot for [three days|a week] and nobody [told me|knew why].
    """,
    "late-delivery@installation": """
        The fitter came [two|three] hours late. // Installation was postponed [twice|three times].
        I took a day off for the installation and the fitter came [the next day|a day later].
        Waited [two|three|four] weeks for a date and then he was late.
        The technician did not come in the promised window, nobody [called|warned me].
    """,
    "billing-error": """
        The bill is [wrong|incorrect] [again|for the second month|for the third time].
        I was charged [twice|for a service I cancelled|for roaming I never used].
        My bill says [38|46|52|67] euros instead of [19|25|29].
        The discount I was promised is [not on|missing from] the bill.
        There is a charge on my bill that nobody can explain.
        I cancelled the TV package in [spring|March|summer] and still pay for it.
        I do not understand [this|your] bill, and it is wrong anyway.
        You took the money twice and the refund [takes weeks|never came].
        The bill looks nice, the amount is wrong.
    """,
    "price": """
        [Too|Far too|Simply too] expensive.
        The price went up [again|for no reason|without any warning].
        New customers pay [half|less than me|ten euros less]. Loyalty costs extra, it seems.
        For this money others offer [more data|twice the speed|a phone on top].
        [Prices|Tariffs] keep rising and the service stays the same.
        I pay [35|42|49] a month and don't see what for.
        Competitors are [cheaper|a third cheaper].
        The increase of the tariff came as a surprise.
    """,
    "rude-staff": """
        The [employee|man|woman|person] who served me was [rude|arrogant|dismissive].
        I was spoken to [like a child|as if I was stupid|in a tone I won't accept].
        [He|She] rolled [his|her] eyes when I asked a [second question|simple question].
        Nobody said hello, nobody [looked at me|cared].
        [Unfriendly|Impolite|Grumpy] staff who clearly didn't want to be there.
        I was interrupted all the time and sent away.
        The adviser was busy with [his phone|a colleague|something else] while I [stood|waited] there.
    """,
    "network-coverage": """
        No signal [at home|in my village|in the basement|on the train|at the cottage].
        Calls drop [all the time|every few minutes|as soon as I leave town].
        The internet is [slow|unusable|down] every [evening|weekend].
        Coverage [outside the city|in the countryside|behind the station] is [poor|terrible|a joke].
        I get one bar, on a good day. // Fibre was promised two years ago, we are still waiting.
        The speed is nowhere near what I pay for: [12|18|30] instead of [100|300].
        Whole [street|building|office] has no reception with you.
    """,
    "app-problem": """
        The app [crashes|freezes|logs me out] [all the time|since the update|every second time].
        Can't [log in|pay|see my bill] in the app.
        Since the [last|new] update the app is [slow|useless|a mess].
        The website [threw an error|lost my order|asked me to log in four times].
        The confirmation code never [arrives|came].
        I tried to change my tariff online for an hour, in the end I had to call.
        The payment page [hung|timed out] and I don't know whether I paid.
        I can't find anything in the new menu.
    """,
    "product-fault": """
        The [phone|router|tablet|TV box] [stopped working|died|broke] after [two days|a week|a month].
        The router [restarts|loses the connection] [every few hours|every night|several times a day].
        Got a device that had obviously been [opened|used] before.
        The phone arrived [with a scratch|with a dead battery|broken].
        The TV box is [overheating|so slow|faulty] and needs a restart every day.
        Second [replacement|router|device] and it has the same fault.
        The screen [flickers|went black] after [three days|a fortnight].
    """,
    "not-solved-first-time": """
        I have [called|contacted you] [three|four|five] times about the same thing.
        Everybody promises to call back, nobody does.
        Still not [solved|fixed|working] after [two|three|four] [contacts|weeks|tries].
        Each time I have to explain everything [from the start|again].
        I get passed from one department to the next.
        The ticket was closed although nothing [works|was done|has changed].
        It worked for [a day|two days] and then the same problem again.
        They said it was done. It wasn't.
    """,
    "wrong-information": """
        I was told [one thing|A] [in the shop|on the phone] and [another|B] [on the phone|online|a day later].
        The adviser promised [a free SIM|a discount|no contract term] and that turned out to be untrue.
        Was told it takes [a day|two days], it took [two weeks|ten days].
        Got wrong information about the [contract|roaming|cancellation period].
        Three people, three different answers.
        The website says one price, the [bill|shop] another.
        Nobody mentioned the [activation fee|two-year term|extra charge].
    """,
    "returns": """
        I sent the [phone|router|headphones] back [three|four|five] weeks ago and still have no money.
        You refuse to take back a [phone|device] I never even [used|switched on].
        Returning a [router|phone|case] took [three visits|two hours|a month].
        The return label [did not work|never came].
        They wanted the original box, otherwise no refund.
        My refund is "being processed" since [weeks|last month].
        I was told to return it by post although the shop is round the corner.
    """,
    "stock": """
        The [phone|case|router|model] I wanted was [not in stock|sold out].
        The website said "available", the shop had none.
        They never have [the colour I want|the basic models|my charger] in the shop.
        I came for nothing: [sold out|out of stock] again.
        Told to come back [next week|in ten days], and again they had nothing.
        Reserved online, [gone|sold to someone else] when I arrived.
    """,
    "friendly-staff": """
        [Very|Really|So] friendly and [helpful|patient|competent].
        The [young man|young woman|lady|gentleman] who helped me was [wonderful|great|so patient].
        Nice people who [listen|know what they're talking about|take their time].
        I was treated [kindly|with respect|like a guest].
        Took time to explain [everything|it all] [to my mother|twice|in plain words].
        [Staff|The team] went out of their way to help.
        A smile, good advice, no pressure to buy.
        Polite, clear, [professional|helpful|to the point].
        Somebody finally explained my tariff so that I understand it.
    """,
    "friendly-staff@delivery": """
        The courier was [very |so |]friendly and [careful|helpful].
        Nice driver, even carried the box [upstairs|to the third floor].
        Friendly [courier|driver], called before he came.
        Polite courier, everything explained at the door.
    """,
    "quick": """
        [Quick|Fast|Speedy] and [easy|simple|without fuss]. // Done in [five|ten|two] minutes.
        Everything was [sorted|done|settled] [at once|on the spot|within minutes].
        No waiting, [served|helped] straight away. // [Faster|Quicker] than I [expected|thought].
        In and out in [ten|seven] minutes.
    """,
    "quick@self-service": """
        All done from the sofa in [two|three|five] minutes. // A few clicks and it was done.
        [Quick|Fast] and [simple|logical], no searching. // Paid in seconds, confirmation at once.
    """,
    "quick@call": """
        Got through [at once|in under a minute|straight away].
        One call, [three|four|five] minutes, done. // No waiting on hold, [quick|clear] answer.
        Somebody picked up immediately.
    """,
    "quick@delivery": """
        Ordered [yesterday|in the evening], here [today|the next morning].
        Delivered [on time|exactly when promised|a day early].
        The courier came [to the minute|within the window].
        [Fast|Super fast|Quick] delivery, [well packed|no problems].
        Got a message with the time and he was there.
    """,
    "quick@installation": """
        The fitter was [on time|punctual] and done in [an hour|forty minutes].
        Internet was up and running in [half an hour|an hour].
        Quick, clean installation, no [mess|dust] left behind.
    """,
    "good-value": """
        [Good|Great|Fair] value for [money|the price].
        The family [tariff|bundle] saves us [20|25|30] euros a month.
        [Cheaper|Better priced] than [the others|my old provider].
        The adviser found me a cheaper tariff [by himself|without being asked].
        Fair price, no hidden [costs|fees]. // Lots of data for little money.
    """,
    "good-network": """
        [Signal|Reception|Coverage] is [great|good|perfect] [everywhere|even in the mountains|at the lake|on my commute].
        [Internet|Fibre] is [fast|stable|really fast], no [outages|dropouts] [this year|so far].
        Network works even where [others|my friends' phones] don't.
        Since the new mast [everything works|the signal is perfect] in our [street|village].
        Never had a dropped call. // Working from home without a single [interruption|problem].
    """,
    "problem-solved": """
        My [problem|question|issue] was [solved|sorted] [on the first try|at once|right away].
        They [fixed|corrected] the mistake and [apologised|called me back] [the same day|within an hour].
        Somebody [really|actually] took care of it until it [worked|was done].
        The repair was free and [quick|ready the next day].
        [One contact|One conversation] and everything was settled.
        I came with a complicated question and left with a solution.
    """,
    "easy-to-use": """
        The app is [clear|simple|great], [everything in one place|I find everything].
        Changed my tariff [in two minutes|with three taps] from the sofa.
        [Paying|Topping up] takes [seconds|ten seconds].
        Easy to use, even for [me at 70|my dad|a beginner].
        The website is [clear|well made|easy to follow].
        Everything can be done online, no need to call.
    """,
}
DETAIL = {
    "long-waiting": """
        [Some people|Others] just left.
        With [a small child|my old mother] that is [hard|no fun].
        No chair, no water, no apology.
        It has been like that [for months|every time|since spring].
        Why is there no appointment system? // And then the answer took [two|three] minutes.
    """,
    "long-waiting@call": """
        And that every month. // Hire more people [please|at last]. // Why not offer a call-back?
        [My battery|My patience] was empty before you answered. // And then the answer took two minutes.
    """,
    "late-delivery": """
        Nobody [could tell me|knew] where it was. // It was a [birthday|Christmas] present.
        The tracking page [did not change|showed nothing] for days.
        I [rang|wrote] three times about it. // A simple text message would have been enough.
        I had to [collect it myself|reschedule everything].
    """,
    "billing-error": """
        I have [written|called|complained] about it [twice|three times].
        They say it will be corrected [next month|soon], it never is. // Now I even get reminders.
        I check every bill now. // That is [my|our] money.
        It takes an hour each time to get it corrected.
    """,
    "price": """
        Pensioners feel every euro. // I am comparing offers [now|already].
        There should be something for long-standing customers.
        The quality is fine, the price is not. // At least [tell us|explain] why.
    """,
    "rude-staff": """
        I am a paying customer, not a nuisance.
        My [wife|husband|daughter] was there and was [shocked|just as surprised].
        The manager did not want to hear about it.
        Other people in the team are nice, so it can be done. // A bit of training would help.
    """,
    "network-coverage": """
        I work from home, I need it. // My neighbour with another provider has no such problem.
        Support tells me to restart the router, [every time|as if I hadn't].
        It got [worse|no better] [this year|since winter]. // I reported it [months ago|twice].
    """,
    "app-problem": """
        I've reinstalled it [twice|three times]. // On [my old phone|my wife's phone] the same.
        The old version was [better|simpler]. // The chat bot was no help [either|at all].
        Please test before you release.
    """,
    "product-fault": """
        Nobody wants to [replace|exchange] it.
        The repair takes [three|four] weeks and there is no loan device. // It was not cheap.
        I'd like a new one, not a repaired one.
    """,
    "not-solved-first-time": """
        I have all the ticket numbers written down. // Does anybody read the notes?
        Nobody feels responsible. // It has cost me [hours|two afternoons|a lot of nerves].
        The last agent was kind but [had no authority|could not help].
    """,
    "wrong-information": """
        Had I known, I would not have signed. // I have it in writing.
        Please train your people [better|properly].
        In the end I found the answer [online myself|in a forum].
    """,
    "returns": """
        That is my right as a customer. // Nobody answers my e-mails about it.
        I have the receipt and the tracking number.
        [Buying|Selling] takes a minute, returning a month.
    """,
    "stock": """
        I then bought it [elsewhere|from a competitor]. // I drove [20|30|40] kilometres for it.
        Nobody offered to [order it|call another shop]. // Please keep the website up to date.
    """,
    "friendly-staff": """
        A rare thing these days. // Please pass on my thanks.
        [He|She] deserves a raise. // I felt in good hands.
        And that on a busy [Saturday|Friday|afternoon].
    """,
    "quick": """
        I [had expected|was ready for] a [long wait|hassle]. // Saved me [a trip|an afternoon].
        More of that, please. // And everything [works|was right] first time.
    """,
    "good-value": """
        I compared [five|several] offers before. // My [son|sister|neighbour] is switching too.
        Please keep the price.
    """,
    "good-network": """
        We stream on three TVs and the kids are gaming. // My old provider could not do that.
        Even in the lift!
    """,
    "problem-solved": """
        I did not even have to [insist|ask twice]. // I had feared worse.
        That is what I call service. // The follow-up call [was a nice touch|surprised me].
    """,
    "easy-to-use": """
        Dark mode would be the icing on the cake. // Finally I see how much data is left.
        No paper any more.
    """,
}

PHRASES = Phrases(
    short={mood: tuple(text.split("|")) for mood, text in SHORT.items()},
    opening={mood: lines(text) for mood, text in OPENING.items()},
    closing={mood: lines(text) for mood, text in CLOSING.items()},
    core={cause: lines(text) for cause, text in CORE.items()},
    detail={cause: lines(text) for cause, text in DETAIL.items()},
)
