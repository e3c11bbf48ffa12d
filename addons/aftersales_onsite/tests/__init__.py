from . import test_visit
from . import test_appointment
from . import test_proof
from . import test_code
from . import test_onsite_fence
from . import test_onsite_report
from . import test_tours
