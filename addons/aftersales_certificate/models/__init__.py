from . import aftersales_exclusion_mixin
from . import aftersales_certificate_scope
from . import aftersales_certificate
from . import aftersales_staff
from . import aftersales_dealer
from . import aftersales_certificate_reminder
from . import aftersales_certificate_resume
