from . import (
    test_followup_arithmetic,
    test_followup_call,
    test_followup_fence,
    test_followup_link,
    test_followup_page,
    test_followup_report,
    test_followup_rule,
    test_followup_sources,
    test_followup_tour,
    test_followup_views,
)
