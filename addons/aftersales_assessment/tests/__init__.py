from . import test_assessment
from . import test_assessment_dispatch
from . import test_assessment_fence
from . import test_assessment_hand_back
from . import test_assessment_reminder
from . import test_assessment_route
from . import test_assessment_tour
