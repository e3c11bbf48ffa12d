def post_init_hook(env):
    """Give every dealer that is already there his place for parts."""
    env["aftersales.dealer"].with_context(active_test=False).search([])._create_locations()
