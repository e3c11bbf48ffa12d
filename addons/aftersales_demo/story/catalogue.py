"""What the parts department knows: which part fits which machine, what follows what."""

# machine → part: pieces per machine, place in the parts catalogue
FITS = {
    "tractor": {
        "hydraulic_pump": (1, "21-03"),
        "fan_belt": (2, "10-11"),
        "fan_belt_ii": (2, "10-11"),
        "fuel_filter": (2, "12-05"),
        "clutch_disc": (1, "17-02"),
    },
    "combine": {
        "hydraulic_pump": (2, "33-01"),
        "clutch_disc": (1, "31-07"),
        "cylinder_head": (1, "10-02"),
        "fuel_filter": (2, "12-05"),
    },
    "aircon": {"compressor": (1, "1-01"), "control_board": (2, "4-02")},
    "washer": {
        "drain_pump": (1, "3-04"),
        "door_seal": (1, "2-01"),
        "control_board": (1, "5-01"),
    },
    "suv": {
        "starter_motor": (1, "A-15"),
        "brake_pads": (2, "C-04"),
        "traction_module": (8, "E-01"),
    },
    "notebook": {
        "motherboard": (1, "01"),
        "display": (1, "02"),
        "keyboard": (1, "03"),
        "battery": (1, "04"),
    },
}


def write_down(stage):
    with stage.on(stage.days_ago(235)):
        stage.model("aftersales.part.fit", "keeper").create(
            [
                {
                    "machine_id": stage.ref(f"product_{machine}").product_tmpl_id.id,
                    "part_id": stage.part(part).id,
                    "quantity": pieces,
                    "position": place,
                }
                for machine, parts in FITS.items()
                for part, (pieces, place) in parts.items()
            ]
        )
    with stage.on(stage.days_ago(30)):
        stage.model("aftersales.part.supersession", "keeper").create(
            {
                "old_id": stage.part("fan_belt").id,
                "new_id": stage.part("fan_belt_ii").id,
                "date": stage.days_ago(30),
                "note": "新皮带宽 2 mm，张紧轮同时调整。",
            }
        )


def class_by_value(stage):
    """A, B and C, from what was issued; at the end of the story."""
    parts = stage.env["product.product"].search([("is_machine", "=", False)])
    stage.as_user("keeper", parts).action_compute_abc()
