from . import test_dealer_fence
from . import test_dealer_transitions
from . import test_fence_chatter
from . import test_fence_costs
from . import test_fence_http
from . import test_fence_links
from . import test_fence_users
from . import test_staff
