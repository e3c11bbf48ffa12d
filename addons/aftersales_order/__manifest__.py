{
    "name": "After-sales: Dealer Orders",
    "summary": "Parts orders of dealers: paid before shipped, or within a quota",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_parts_stock", "sale_stock", "account"],
    "data": [
        "security/ir.model.access.csv",
        "security/aftersales_order_rules.xml",
        "data/ir_sequence_data.xml",
    ],
}
