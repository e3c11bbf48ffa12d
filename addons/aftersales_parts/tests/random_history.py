"""Movements at random, the same ones each time from one seed, with their outcome."""

import random
from collections import defaultdict


class RandomHistory:
    """Draws moves that the stock can bear, and keeps what should lie where."""

    batch_size = 100

    def __init__(self, seed, products, places, store, quantity):
        """
        :param places: where goods are taken from and brought to
        :param store: the place where ``quantity`` of each product lies at first
        """
        self.chance = random.Random(seed)
        self.products, self.places = products, places
        self.on_hand = defaultdict(float)
        for product in products:
            self.on_hand[product.id, store.id] = quantity

    def draw(self, count, outside):
        """Batches of (product, source, target, quantity).

        What a batch brings somewhere is taken from there by later batches only, since
        the moves of a batch are posted together.

        :param outside: where goods leave for good
        """
        for _number in range(count // self.batch_size):
            arriving, batch = defaultdict(float), []
            for _move in range(self.batch_size):
                batch.append(self._draw_move(arriving, outside))
            for key, quantity in arriving.items():
                self.on_hand[key] += quantity
            yield batch

    def _draw_move(self, arriving, outside):
        product = self.chance.choice(self.products)
        source = self.chance.choice(
            [p for p in self.places if self.on_hand[product.id, p.id] >= 1]
        )
        target = self.chance.choice([p for p in self.places | outside if p != source])
        most = int(self.on_hand[product.id, source.id]) // 4 + 1
        # goods that leave are few, so that the history does not run dry
        quantity = 1 if target == outside else self.chance.randint(1, most)
        self.on_hand[product.id, source.id] -= quantity
        arriving[product.id, target.id] += quantity
        return product, source, target, quantity

    @staticmethod
    def post(env, batch):
        """Carry out one batch of moves."""
        moves = env["stock.move"].create(
            [
                {
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                }
                for product, source, target, quantity in batch
            ]
        )
        moves._action_confirm(merge=False)
        for move in moves:
            move.quantity = move.product_uom_qty
        moves.picked = True
        moves._action_done()
