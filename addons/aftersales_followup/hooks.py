def post_init_hook(env):
    """What customers said before this addon came is said, not planned."""
    followups = env["aftersales.followup"].search([])
    answered = followups.filtered("score")
    answered.write({"state": "done"})
    (followups - answered).write({"state": "not_reached"})
    for followup in followups.filtered("asked_on"):
        followup.planned_on = followup.asked_on
