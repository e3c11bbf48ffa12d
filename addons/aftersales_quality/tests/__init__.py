from . import test_quality_plan
from . import test_quality_flow
from . import test_quality_people
from . import test_quality_freeze
from . import test_quality_fence
from . import test_quality_report
from . import test_tours
