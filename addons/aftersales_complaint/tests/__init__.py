from . import (
    test_complaint_deadline,
    test_complaint_fence,
    test_complaint_flow,
    test_complaint_followup,
    test_complaint_pareto,
    test_complaint_ticket,
    test_complaint_tour,
    test_complaint_views,
)
