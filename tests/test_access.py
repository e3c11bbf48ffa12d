"""The fence in the source: access rows for every model, a rule for every dealer's."""

import pytest
from sources import access_rows, global_rules, model_id, models

STORED = [model for model in models() if model.is_new and model.kind != "AbstractModel"]
DEALER_MIXIN = "aftersales.dealer.mixin"


def of_dealer():
    """Models that belong to a dealer. Wizards are not asked: Odoo itself shows a wizard
    to nobody but the user who opened it."""
    names = set()
    for model in models():
        if model.kind == "Model" and (
            "dealer_id" in model.fields or DEALER_MIXIN in model.inherits
        ):
            names.update(name for name in model.targets if name != DEALER_MIXIN)
    return sorted(names)


@pytest.mark.parametrize("model", STORED, ids=lambda model: model.name)
def test_a_model_has_access_rows_in_its_own_addon(model):
    assert (model.addon, model_id(model.name)) in access_rows()


@pytest.mark.parametrize("name", of_dealer())
def test_a_model_of_a_dealer_has_a_global_rule_about_the_dealer(name):
    domains = global_rules().get(model_id(name), [])
    assert [domain for domain in domains if "dealer" in domain]


def test_access_rows_name_models_of_ours_or_explain_themselves():
    """A row for a model that does not exist fails at install; one for a core model must
    stand in the addon that extends or uses it, so it is at least a known name."""
    ours = {(model.addon, model_id(model.name)) for model in STORED}
    abstract = {
        model_id(model.name) for model in models() if model.kind == "AbstractModel"
    }
    assert not [row for row in access_rows() - ours if row[1] in abstract]
