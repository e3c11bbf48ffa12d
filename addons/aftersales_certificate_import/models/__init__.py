from . import aftersales_certificate
from . import aftersales_import_job
from . import aftersales_import_kind_certificate
