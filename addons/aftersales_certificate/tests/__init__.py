from . import test_certificate_fence
from . import test_certificate
from . import test_certificate_security
from . import test_certificate_check
from . import test_certificate_reminder
from . import test_certificate_day
