"""Who is asked in the demo company, and who answers when?"""

from dataclasses import dataclass

import numpy as np

from loopwell.demo.accounts import DECEPTIVE, Clients
from loopwell.demo.clock import DAY, HOUR, Bools, Clock, Floats, Ints, draw_local
from loopwell.demo.customers import Base
from loopwell.demo.moments import NOBODY, Moments
from loopwell.demo.touchpoints import ACCOUNTS, MAIL_HOURS, RELATIONSHIP, TOUCHPOINTS

QUARANTINE = 21 * DAY
REMINDER = 7 * DAY
WAVES = (0.12, 0.46, 0.80)  # of the eighteen months: the account waves
LANGUAGE_RESPONSE = np.array([1.05, 0.92, 1.0, 0.98])
SEGMENT_RESPONSE = np.array([0.98, 1.02, 0.80, 1.22, 1.08])
BOUNCED, UNSUBSCRIBED = 1, 2


@dataclass(frozen=True)
class Asked:
    """Invitations as columns in order of sending; `source` is the moment's index or NOBODY;
    zero means never for `opened`, `reminded`, `answered`; `trouble` 0, BOUNCED, UNSUBSCRIBED."""

    moments: Moments
    source: Ints
    sent: Ints
    opened: Ints
    reminded: Ints
    answered: Ints
    trouble: Ints

    def __len__(self) -> int:
        return len(self.sent)


def _outside_quarantine(customer: Ints, sent: Ints) -> Bools:
    """Greedy in order of time: nobody is asked twice within three weeks."""
    last: dict[int, int] = {}
    keep = np.zeros(len(sent), dtype=np.bool_)
    order = np.argsort(sent, kind="stable")
    whos, whens = customer[order].tolist(), sent[order].tolist()
    for place, who, when in zip(order.tolist(), whos, whens, strict=True):
        if when - last.get(who, -QUARANTINE) >= QUARANTINE:
            last[who] = when
            keep[place] = True
    return keep


def _in_polite_hours(rng: np.random.Generator, clock: Clock, at: Ints) -> Ints:
    """Moves what would arrive between 20:00 and 9:00 to the next morning."""
    local = clock.to_local(at)
    hour = local % DAY // HOUR
    morning = (local // DAY + (hour >= 20)) * DAY + 9 * HOUR + rng.integers(0, 5400, len(at))
    return np.where((hour >= 20) | (hour < 9), clock.to_utc(morning), at)


def _contact_moments(
    rng: np.random.Generator, clock: Clock, clients: Clients, first: int, unit: int, owners: Ints
) -> Moments:
    """Each wave asks every contact within two weeks; `first` is the first contact's index."""
    parts = []
    count = len(clients.contacts)
    account = np.array([contact.account_index or 0 for contact in clients.contacts], dtype=np.int64)
    for wave in WAVES:
        weights = np.zeros(clock.days)
        start = int(wave * clock.days)
        weights[start : start + 14] = np.where(clock.weekdays[start : start + 14] < 5, 1.0, 0.0)
        local = draw_local(rng, clock, count, weights, np.array(MAIL_HOURS))
        zeros = np.zeros(count, dtype=np.int64)
        parts.append(
            Moments(
                first + np.arange(count),
                np.full(count, ACCOUNTS),
                clock.to_utc(local),
                np.full(count, unit),
                owners[account],
                zeros,
                zeros,
            )
        )
    return Moments.joined(parts)


def _chances(base: Base, clients: Clients, moments: Moments) -> Floats:
    """How likely each one answers."""
    rate = np.array([touchpoint.response for touchpoint in TOUCHPOINTS])[moments.touchpoint]
    consumer = moments.customer < len(base)
    who = np.where(consumer, moments.customer, 0)
    person = LANGUAGE_RESPONSE[base.language[who]] * SEGMENT_RESPONSE[base.segment[who]]
    chance = rate * np.where(consumer, person, 1.0)
    silent = np.array([contact.account_index in clients.silent for contact in clients.contacts])
    decides = np.array([contact.role_in_decision == "decides" for contact in clients.contacts])
    contact = np.where(consumer, 0, moments.customer - len(base))
    chance = np.where(~consumer & decides[contact], chance * 0.8, chance)
    return np.where(~consumer & silent[contact], 0.0, chance)


def _lags(rng: np.random.Generator, moments: Moments) -> Ints:
    """Seconds until an answer: mostly hours, some next evening, some after the reminder."""
    count = len(moments)
    soon = rng.lognormal(np.log(2.2 * HOUR), 1.5, count)
    later = rng.lognormal(np.log(22 * HOUR), 0.8, count)
    lag = np.where(rng.random(count) < 0.72, soon, later)
    reminded = (moments.touchpoint >= RELATIONSHIP) & (rng.random(count) < 0.22)
    lag = np.where(reminded, REMINDER + rng.lognormal(np.log(9 * HOUR), 1.1, count), lag)
    return np.clip(lag, 70, 20 * DAY).astype(np.int64)


def _awake(rng: np.random.Generator, clock: Clock, at: Ints) -> Ints:
    """Few people answer at night: most of those wait for the morning."""
    hour = clock.to_local(at) % DAY // HOUR
    night = (hour < 6) & (rng.random(len(at)) < 0.9)
    return np.where(night, at + (7 - hour) * HOUR + rng.integers(0, 5400, len(at)), at)


def ask(
    rng: np.random.Generator,
    clock: Clock,
    base: Base,
    clients: Clients,
    happened: Moments,
    unit: int,
    owners: Ints,
) -> Asked:
    """Invites whom the contact rules allow; `unit` and `owners` serve the accounts."""
    delay = np.array([touchpoint.delay for touchpoint in TOUCHPOINTS])[happened.touchpoint]
    jitter = rng.uniform(0.8, 1.4, len(happened))
    sent = _in_polite_hours(rng, clock, happened.at + (delay * HOUR * jitter).astype(np.int64))
    allowed = base.mails[happened.customer] & (sent <= clock.now_seconds)
    source = np.nonzero(allowed)[0]
    source = source[_outside_quarantine(happened.customer[source], sent[source])]
    contacts = _contact_moments(rng, clock, clients, len(base), unit, owners)
    moments = Moments.joined([happened.pick(source), contacts])
    sent = np.concatenate([sent[source], contacts.at])
    source = np.concatenate([source, np.full(len(contacts), NOBODY)])
    order = np.argsort(sent, kind="stable")
    return _answered(rng, clock, base, clients, moments.pick(order), source[order], sent[order])


def _answered(
    rng: np.random.Generator,
    clock: Clock,
    base: Base,
    clients: Clients,
    moments: Moments,
    source: Ints,
    sent: Ints,
) -> Asked:
    count, now = len(sent), clock.now_seconds
    luck = rng.random(count)
    trouble = np.where(luck < 0.009, BOUNCED, np.where(luck > 0.997, UNSUBSCRIBED, 0))
    answers = rng.random(count) < _chances(base, clients, moments)
    if clients.contacts:
        deceptive = [contact.account_index == DECEPTIVE for contact in clients.contacts]
        contact = np.where(moments.customer < len(base), 0, moments.customer - len(base))
        forced = np.array(deceptive)[contact] & (moments.customer >= len(base))
        forced &= sent > clock.start_seconds + 0.7 * clock.days * DAY
        answers |= forced
        trouble = np.where(forced, 0, trouble)
    at = _awake(rng, clock, sent + _lags(rng, moments))
    answered = np.where(answers & (trouble == 0) & (at <= now), at, 0)
    looked = sent + np.clip(rng.exponential(8 * HOUR, count), 30, 5 * DAY).astype(np.int64)
    opened = np.where((rng.random(count) < 0.31) & (trouble != BOUNCED), looked, 0)
    opened = np.where(trouble == UNSUBSCRIBED, looked, opened)
    share = rng.uniform(0.2, 0.98, count)
    opened = np.where(answered > 0, sent + ((answered - sent) * share).astype(np.int64), opened)
    asks_again = (moments.touchpoint >= RELATIONSHIP) & (trouble == 0)
    reminded = _in_polite_hours(rng, clock, sent + REMINDER)
    asks_again &= ((answered == 0) | (answered > reminded)) & (reminded <= now)
    return Asked(
        moments=moments,
        source=source,
        sent=sent,
        opened=np.where(opened <= now, opened, 0),
        reminded=np.where(asks_again, reminded, 0),
        answered=answered,
        trouble=trouble,
    )
