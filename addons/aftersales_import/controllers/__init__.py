from . import aftersales_import
