def post_init_hook(env):
    """Price the parts of past repairs, and count for the first time."""
    env["stock.move"]._note_past_dealer_prices()
    env["aftersales.parts.turnover"]._cron_recompute()
    env["aftersales.parts.outlier"]._cron_recompute()
