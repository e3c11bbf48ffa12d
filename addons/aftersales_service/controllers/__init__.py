from . import main
from . import request
