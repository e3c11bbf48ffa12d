from . import aftersales_parts_return_explain
