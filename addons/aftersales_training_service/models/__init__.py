from . import aftersales_certificate_scope
from . import aftersales_dispatch
from . import aftersales_training_course
from . import aftersales_training_rule
from . import aftersales_training_session
from . import repair_order
