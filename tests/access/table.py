"""With what is each operation called on North's things, and which right does it ask for there?"""

from collections.abc import Mapping
from datetime import time, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from loopwell.access.enums import Right, Role, UnitKind
from loopwell.access.models import Absence, ApiKey
from loopwell.access.operations.absences import Leave
from loopwell.access.operations.people import Grant
from loopwell.cases.enums import Outcome, Priority, Result
from loopwell.cases.models import (
    Case,
    CoachingNote,
    DayOff,
    File,
    FurtherAction,
    Letter,
    Redress,
    StrayMail,
)  # fmt: skip
from loopwell.cases.operations.actions import Promise
from loopwell.cases.operations.clocks import Week
from loopwell.cases.operations.closing import Interview
from loopwell.cases.operations.redress import Gift
from loopwell.huddles.enums import CommitmentState
from loopwell.huddles.models import Commitment, Huddle, Issue
from loopwell.huddles.operations.issues import IssueDraft, Shown
from loopwell.initiatives.enums import Kind, State
from loopwell.initiatives.models import Initiative, Link, Milestone, Raised, Task
from loopwell.initiatives.operations.drafts import InitiativeDraft
from loopwell.notify.models import Target as Channel
from loopwell.people.models import Account, Customer
from loopwell.people.operations.accounts import AccountChange
from loopwell.people.rules.drafts import CustomerDraft
from loopwell.promoters.enums import How, ReferralState
from loopwell.promoters.models import Promoter, Referral
from loopwell.responses.models import Response
from loopwell.responses.rules import Answer
from loopwell.stories.models import Notice, Recognition, Story
from loopwell.stories.operations.notices import NoticeDraft
from loopwell.stories.operations.stories import StoryDraft
from loopwell.targets.enums import Period
from loopwell.targets.models import KeyFigure, Target
from loopwell.targets.operations.aiming import TargetDraft
from loopwell.targets.operations.cascading import HandDown
from loopwell.targets.operations.figures import FigureValue
from loopwell.themes.enums import ReportWay
from loopwell.themes.models import Theme
from loopwell.themes.operations.reporting import ReportDraft
from tests.access.world import Call, North

WORDS = StoryDraft("A title", "What happened.")
SAID = "Because it has to be."


def _case(north: North) -> dict[str, object]:
    case = north[Case]
    return {"case": case, "version": case.version}


def _aim(north: North) -> TargetDraft:
    return TargetDraft("nps", Period.YEAR, north.today, 40.0, north.unit)


def _idea(north: North) -> InitiativeDraft:
    return InitiativeDraft("x", Kind.COMPETES, units=[north.unit])


WORK: Mapping[str, Call] = {
    "cases.actions.give_action": lambda n: {
        **_case(n), "promise": Promise("Call", n.company.mark, n.tomorrow)},
    "cases.attempts.record_attempt": lambda n: {**_case(n), "outcome": Outcome.REACHED},
    "cases.attempts.schedule_callback": lambda n: {
        **_case(n), "call_at": n.now + timedelta(days=1)},
    "cases.by_hand.open_by_hand": lambda n: {"ref": n.fresh_answer.ref},
    "cases.closing.close_case": lambda n: {
        **_case(n), "interview": Interview(Result.UNREACHABLE)},
    "cases.closing.reopen_case": lambda n: {
        "case": n.closed_case, "version": n.closed_case.version, "reason": SAID},
    "cases.closing.save_draft": lambda n: {"case": n[Case], "data": {"learnt": "x"}},
    "cases.files.add_file": lambda n: {
        "case": n[Case], "upload": SimpleUploadedFile("x.txt", b"x", "text/plain")},
    "cases.letters.write_letter": lambda n: {
        "case": n[Case], "subject": "x", "text": "Dear customer"},
    "cases.letters.send_letter_again": lambda n: {"case": n[Case], "letter": n[Letter]},
    "cases.merging.merge_cases": lambda n: {
        "kept": n[Case], "version": n[Case].version, "other": n.other_case,
        "other_version": n.other_case.version},
    "cases.owners.reassign_case": lambda n: {
        **_case(n), "owner": n.fiona, "reason": SAID},
    "cases.ranking.set_priority": lambda n: {**_case(n), "priority": Priority.HIGH},
    "cases.redress.give_redress": lambda n: {**_case(n), "gift": Gift("Flowers", Decimal(20))},
    "cases.remarks.write_remark": lambda n: {"case": n[Case], "text": "x"},
    "cases.thanking.thank": lambda n: {"ref": n.fresh_answer.ref},
    "huddles.issues.raise_issue": lambda n: {
        "draft": IssueDraft("Queues", "Too long", n.unit, shown=Shown([n[Case]], [n[Response]]))},
    "huddles.issues.support_issue": lambda n: {"issue": n[Issue]},
    "promoters.referring.change_referral": lambda n: {
        "referral": n[Referral], "state": ReferralState.CONTACTED},
    "promoters.referring.forget_referral": lambda n: {"referral": n[Referral]},
    "promoters.thanking.thank": lambda n: {"promoter": n[Promoter], "how": How.CALL},
    "promoters.thanking.set_reference": lambda n: {"promoter": n[Promoter], "agrees": True},
}  # fmt: skip

LEAD: Mapping[str, Call] = {
    "access.absences.enter_absence": lambda n: {
        "person": n.fiona, "leave": Leave(n.later, n.later)},
    "access.absences.cancel_absence": lambda n: {"absence": n[Absence]},
    "cases.coaching.write_coaching": lambda n: {"answer": n[Response], "text": "Well said"},
    "huddles.commitments.commit": lambda n: {
        "unit": n.unit, "week": n.week, "what": "x", "owner": n.fiona, "due_on": n.tomorrow},
    "huddles.commitments.end_commitment": lambda n: {
        "commitment": n[Commitment], "state": CommitmentState.DONE, "outcome": "x"},
    "huddles.commitments.take_up_again": lambda n: {"commitment": n.dropped},
    "huddles.holding.hold_huddle": lambda n: {"unit": n.unit, "week": n.week},
    "huddles.holding.not_held": lambda n: {"huddle": n[Huddle]},
    "notify.targets.add_unit_target": lambda n: {
        "channel": "chat", "name": "x", "address": "jsons://hook.example", "unit": n.unit},
    "notify.targets.switch_target": lambda n: {"ref": n[Channel].ref, "is_on": False},
    "notify.targets.remove_target": lambda n: {"ref": n[Channel].ref},
}  # fmt: skip

CLOCK: Mapping[str, Call] = {
    "cases.clocks.set_week": lambda n: {
        "unit": n.unit, "week": Week(frozenset({0, 1}), time(9), time(17))},
    "cases.clocks.set_day": lambda n: {"unit": n.unit, "day": n.later, "name": "x"},
    "cases.clocks.remove_day": lambda n: {"unit": n.unit, "ref": n[DayOff].ref},
}  # fmt: skip

PUBLISHED: Mapping[str, Call] = {
    "stories.notices.publish_notice": lambda n: {"draft": NoticeDraft("x", "y", n.unit)},
    "stories.notices.retire_notice": lambda n: {"notice": n[Notice]},
    "stories.recognition.honour": lambda n: {
        "employee": n.fiona, "quarter": n.today, "reason": SAID},
    "stories.recognition.take_back": lambda n: {"recognition": n[Recognition]},
    "stories.stories.publish_story": lambda n: {"story": n[Story], "draft": WORDS},
    "stories.stories.decline_story": lambda n: {"story": n[Story], "reason": SAID},
    "stories.stories.withdraw_story": lambda n: {"story": n.published},
}  # fmt: skip

READ: Mapping[str, Call] = {
    "stories.notices.mark_read": lambda n: {"notice": n[Notice]},
    "stories.stories.propose_story": lambda n: {
        "draft": WORDS, "case": None, "response": n.fresh_answer},
    "stories.stories.suggested": lambda n: {"case": None, "response": n.fresh_answer},
    "initiatives.talking.write_comment": lambda n: {"initiative": n[Initiative], "text": "x"},
}  # fmt: skip

AIMED: Mapping[str, Call] = {
    "targets.aiming.set_target": lambda n: {"draft": _aim(n)},
    "targets.aiming.set_targets": lambda n: {"drafts": [_aim(n)]},
    "targets.aiming.remove_target": lambda n: {"target": n[Target]},
    "targets.cascading.propose": lambda n: {"target": n[Target], "how": HandDown.SAME},
    "targets.figures.put_values": lambda n: {
        "figure": n[KeyFigure], "values": [FigureValue(n.unit, n.today, 1.0)]},
    "initiatives.proposing.propose_initiative": lambda n: {"draft": _idea(n)},
    "initiatives.proposing.change_initiative": lambda n: {
        "initiative": n[Initiative], "version": 1, "draft": _idea(n)},
    "initiatives.planning.add_milestone": lambda n: {
        "initiative": n[Initiative], "title": "x", "due_on": n.later},
    "initiatives.planning.add_task": lambda n: {
        "initiative": n[Initiative], "what": "x", "function": "IT"},
    "initiatives.planning.finish_milestone": lambda n: {"milestone": n[Milestone]},
    "initiatives.planning.finish_task": lambda n: {"task": n[Task]},
    "initiatives.planning.open_milestone": lambda n: {"milestone": n.done_milestone},
    "initiatives.planning.open_task": lambda n: {"task": n.done_task},
    "initiatives.planning.remove_milestone": lambda n: {"milestone": n[Milestone]},
    "initiatives.planning.remove_task": lambda n: {"task": n[Task]},
    "initiatives.rolling_out.roll_out": lambda n: {
        "initiative": n[Initiative], "unit": n.unit, "on": n.later},
    "initiatives.rolling_out.stop_roll_out": lambda n: {
        "initiative": n[Initiative], "unit": n.unit},
    "initiatives.rolling_out.compare_with": lambda n: {
        "initiative": n[Initiative], "units": [n.team]},
    "initiatives.rolling_out.depend_on": lambda n: {"initiative": n[Initiative], "others": []},
    "initiatives.talking.add_link": lambda n: {
        "initiative": n[Initiative], "title": "x", "url": "https://y.example"},
    "initiatives.talking.remove_link": lambda n: {"link": n[Link]},
    "initiatives.raising.take_in": lambda n: {"initiative": n[Initiative], "case": n[Case]},
    "initiatives.raising.take_out": lambda n: {"raised": n[Raised]},
    "initiatives.telling.write_message": lambda n: {
        "initiative": n[Initiative], "version": 0, "words": {"en": ("x", "y")}},
}  # fmt: skip

MANAGED: Mapping[str, Call] = {
    "access.keys.create_api_key": lambda n: {
        "name": "x", "rights": [Right.READ_ANSWERS], "unit": n.unit, "user": n.fiona},
    "access.keys.revoke_api_key": lambda n: {"key": n[ApiKey]},
    "access.people.add_person": lambda n: {"email": "a@x.example", "name": "A", "unit": n.unit},
    "access.people.change_person": lambda n: {
        "person": n.fiona, "name": "F", "email": "f@x.example", "unit": n.unit},
    "access.people.create_user": lambda n: {"email": "b@x.example", "name": "B", "unit": n.unit},
    "access.people.deactivate_person": lambda n: {"person": n.fiona},
    "access.people.may_invite": lambda n: {"person": n.fiona},
    "access.people.reactivate_person": lambda n: {"person": n.fiona},
    "access.people.set_roles": lambda n: {
        "person": n.fiona, "grants": [Grant(Role.MANAGER, n.unit)]},
    "access.units.add_unit": lambda n: {"name": "x", "parent": n.unit, "kind": UnitKind.TEAM},
    "access.units.change_unit": lambda n: {"unit": n.unit, "name": "x", "kind": UnitKind.BRANCH},
    "access.units.create_unit": lambda n: {"name": "x", "parent": n.unit, "kind": UnitKind.TEAM},
    "access.units.move_unit": lambda n: {"unit": n.team, "parent": n.unit},
}  # fmt: skip

TOLD: Mapping[str, Call] = {
    "people.accounts.change_account": lambda n: {
        "ref": n[Account].ref, "change": AccountChange("x", unit=n.unit.ref)},
    "people.saving.save_customer": lambda n: {
        "draft": CustomerDraft(name="x", external_id="x"), "customer": n[Customer]},
    "people.interactions.record_interaction": lambda n: {
        "customer": n[Customer], "touchpoint": "shop", "at": n.now},
}  # fmt: skip

ANSWERED: Mapping[str, Call] = {
    "responses.change_response": lambda n: {"response": n[Response], "answer": Answer(9)},
    "responses.add_response": lambda n: {
        "survey": n[Response].survey, "answer": Answer(9), "customer": n[Customer]},
}  # fmt: skip

CHOSEN: Mapping[str, Call] = {
    "cases.coaching.mark_read": lambda n: {"note": n[CoachingNote]},
    "cases.files.delete_file": lambda n: {"file": n[File]},
    "initiatives.moving.move_initiative": lambda n: {
        "initiative": n[Initiative], "version": 1, "state": State.APPROVED},
    "initiatives.telling.approve_message": lambda n: {
        "initiative": n[Initiative], "version": 1},
    "initiatives.telling.start_telling": lambda n: {"initiative": n[Initiative], "version": 1},
    "initiatives.telling.try_message": lambda n: {
        "initiative": n[Initiative], "language": "en"},
    "initiatives.moving.agree_money": lambda n: {"initiative": n[Initiative], "version": 1},
    "initiatives.moving.withdraw_agreement": lambda n: {"initiative": n[Initiative]},
    "huddles.answering.reply": lambda n: {"issue": n[Issue], "text": "x"},
    "huddles.answering.reopen": lambda n: {"issue": n[Issue], "text": "x"},
    "huddles.issues.show": lambda n: {"issue": n[Issue], "shown": Shown([n[Case]])},
    "notify.targets.try_target": lambda n: {"ref": n[Channel].ref},
    "cases.redress.decide_redress": lambda n: {"redress": n[Redress], "approve": True},
    "cases.actions.finish_action": lambda n: {"action": n[FurtherAction], "outcome": "x"},
    "cases.presence.look_at": lambda n: {"case": n[Case]},
    "cases.receiving.put_stray_into_case": lambda n: {"stray": n[StrayMail], "case": n[Case]},
}  # fmt: skip
"""Who may is no matter of one right alone: an owner, an author, a limit."""

REPORTED: Mapping[str, Call] = {
    "themes.reporting.record_reports": lambda n: {
        "reports": [ReportDraft(Theme.objects.all()[0], n.unit, ReportWay.COMPLAINTS, n.today, 3)]},
}  # fmt: skip

BY_RIGHT: Mapping[Right, Mapping[str, Call]] = {
    Right.WORK_CASES: WORK, Right.COACH: LEAD, Right.RUN_SURVEYS: CLOCK, Right.PUBLISH: PUBLISHED,
    Right.READ_ANSWERS: READ, Right.SET_TARGETS: AIMED, Right.MANAGE_ACCESS: MANAGED,
    Right.WRITE_CUSTOMERS: TOLD, Right.WRITE_ANSWERS: ANSWERED, Right.IMPORT_DATA: REPORTED,
}  # fmt: skip
OF_UNIT: Mapping[str, Call] = {
    **CHOSEN, **{name: call for calls in BY_RIGHT.values() for name, call in calls.items()},
}  # fmt: skip

SEVERAL = frozenset({
    "cases.bulk.give_many", "cases.bulk.rank_many", "cases.bulk.remark_on_many",
    "cases.bulk.close_many",
})  # fmt: skip
"""On many cases: those the actor does not work are told as not done; tested by itself."""

OWN = frozenset({
    "access.setting_up.change_own_settings", "cases.presence.leave",
    "cases.training.complete_training", "digests.previewing.preview",
    "digests.wishes.choose_digests", "digests.wishes.count_use", "digests.wishes.mark_heard",
    "huddles.issues.look_at", "huddles.issues.stop_supporting", "notify.reading.mark_all_read",
    "notify.reading.mark_read", "notify.targets.add_own_target",
    "notify.wishing.set_preferences", "notify.wishing.set_quiet_hours",
    "stories.stories.react",
})  # fmt: skip
"""Changes nothing but the actor's own: their settings, what they read, what they like."""

INSIDE = frozenset({
    "cases.actions.keep_action", "cases.locking.claim_case", "cases.locking.tell",
    "cases.merging.part_again", "cases.redress.keep_redress", "integrations.imap.start_reading",
    "jobs.enqueue", "journal.append", "people.interactions.resolve_plans", "people.replies.once",
    "people.write_interactions.write_interactions", "people.writing.write_accounts",
    "people.writing.write_customers", "people.writing.write_newcomers",
    "themes.recording.record_root_causes",
    "themes.history.note",
    "themes.proposing.propose_theme", "targets.figures.declare_figure",
})  # fmt: skip
"""Steps of other operations, which have asked for the right before."""

BY_LINK = frozenset({
    "delivery.resubscribe", "delivery.unsubscribe", "responses.record_response",
})  # fmt: skip
"""By customers: their signed link is the permission."""
