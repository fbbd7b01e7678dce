"""The public API, version 1: how does another program reach us?"""

from ninja import NinjaAPI

from loopwell.api.v1 import (
    accounts,
    alarms,
    benchmark,
    bodies,
    case_rules,
    cases,
    customers,
    errors,
    held,
    initiatives,
    interactions,
    issues,
    key_figures,
    metrics,
    pains,
    programmes,
    promises,
    promoters,
    reports,
    responses,
    surveys,
    targets,
    themes,
    working_time,
)

DESCRIPTION = """\
Everything the pages do, for programs: the same operations, the same rights.

Send your key in the header `Authorization: Bearer lw_…`. A key sees its unit and what is below.
Lists come in pages: give `next_cursor` as `cursor` to go on. To follow changes, remember when
you began and ask for `updated_since` that moment next time. Moments carry a time zone. Errors
are `{"error": {"code", "message", "fields"}}`, and `fields` names the place.\
"""

api = NinjaAPI(
    title="Loopwell API",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    parser=bodies.StrictParser(),
    docs_url=None,
    openapi_url=None,  # both are served by api.docs
)
for prefix, module in (
    ("/customers", customers),
    ("/accounts", accounts),
    ("/interactions", interactions),
    ("/surveys", surveys),
    ("/programmes", programmes),
    ("/responses", responses),
    ("/held-answers", held),
    ("/case-rules", case_rules),
    ("/cases", cases),
    ("/alarms", alarms),
    ("/promoters", promoters),
    ("/issues", issues),
    ("/working-time", working_time),
    ("/metrics", metrics),
    ("/targets", targets),
    ("/key-figures", key_figures),
    ("/benchmark/panels", benchmark),
    ("/reports", reports),
    ("/themes", themes),
    ("/pains", pains),
    ("/initiatives", initiatives),
):
    api.add_router(prefix, module.router)
api.add_router("/decisions", programmes.log)
api.add_router("/absences", working_time.leaves)
api.add_router("/redress", promises.redress)
api.add_router("/actions", promises.actions)
api.add_router("/questions", metrics.questions)
api.add_router("/responses", themes.mentions)
errors.register(api)
