{
    "name": "After-sales: Parts",
    "summary": "Dealers' parts stock, receipts, the parts ledger and old parts",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_service", "purchase_stock"],
    "data": [
        "security/aftersales_parts_groups.xml",
        "security/ir.model.access.csv",
        "security/aftersales_parts_rules.xml",
        "security/aftersales_parts_stock_rules.xml",
        "data/ir_sequence_data.xml",
        "data/aftersales_old_part_due_date_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}
