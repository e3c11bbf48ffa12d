from . import aftersales_training_course
from . import aftersales_training_enrolment
from . import slide_channel
from . import slide_channel_partner
