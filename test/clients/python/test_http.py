"""The HTTP interface, from outside, by a client generated from `openapi.json`."""

import unittest
import uuid

from archipelago_http import AuthenticatedClient, Client
from archipelago_http.api.catalog import adjust_stock, list_products, put_product
from archipelago_http.api.orders import get_order, list_orders, place_order
from archipelago_http.api.search import search_products
from archipelago_http.models import (
    NewOrder,
    NewOrderLine,
    Order,
    Price,
    Problem,
    Product,
    ProductDetails,
    Refusal,
    StockChange,
)
from archipelago_http.types import UNSET

from running_system import API_URL, client_of, eventually


def body_of(name):
    return ProductDetails(name=name, price=Price(amount=1250, currency="EUR"))


class SystemByHttp(unittest.TestCase):
    def setUp(self):
        self.name = uuid.uuid4().hex
        self.sku = f"teapot-{self.name}"
        self.admin = self.enterContext(client_of("merchant", "admin"))
        self.anyone = self.enterContext(Client(base_url=API_URL))

    def put(self):
        answer = put_product.sync(self.sku, client=self.admin, body=body_of("Teapot"))
        self.assertIsInstance(answer, Product)

    def listed(self):
        cursor = UNSET
        while True:
            page = list_products.sync(client=self.anyone, cursor=cursor)
            yield from page.items
            if not page.next_:
                return
            cursor = page.next_

    def test_puts_a_product_and_lists_it(self):
        self.put()

        def found():
            return next((product for product in self.listed() if product.sku == self.sku), None)

        product = eventually("the product is listed", found)
        self.assertEqual((product.name, product.price.amount), ("Teapot", 1250))

    def test_finds_a_product(self):
        self.put()

        def found():
            page = search_products.sync(client=self.anyone, q=self.sku)
            return next((product for product in page.items if product.sku == self.sku), None)

        # Beside this nothing runs here; the end-to-end tests, which share the machine with others, only print how long it takes.
        self.assertEqual(eventually("the product is found", found, within_seconds=2).name, "Teapot")

    def test_places_an_order_and_reads_it_until_it_is_confirmed(self):
        self.put()
        adjust_stock.sync(self.sku, client=self.admin, body=StockChange(delta=3), idempotency_key=f"s-{self.name}")
        customer = self.enterContext(client_of(f"ada-{self.name}"))
        body = NewOrder(items=[NewOrderLine(sku=self.sku, quantity=2)], payment_token="tok_ok")
        placed = place_order.sync(client=customer, body=body, idempotency_key=f"o-{self.name}")
        self.assertIsInstance(placed, Order)

        def confirmed():
            order = get_order.sync(placed.id, client=customer)
            return order if order.status == "CONFIRMED" else None

        self.assertEqual(eventually("the order is confirmed", confirmed).total.amount, 2500)

    def test_a_refusal_is_a_typed_problem(self):
        answer = put_product.sync_detailed(self.sku, client=self.admin, body=body_of(""))
        self.assertIsInstance(answer.parsed, Problem)
        self.assertEqual((answer.status_code, answer.parsed.status), (422, 422))
        self.assertTrue(answer.parsed.type_.endswith("/validation-failed"), answer.parsed)
        self.assertEqual({error.pointer for error in answer.parsed.errors}, {"#/name"})

    def test_what_the_gateway_refuses_is_typed_as_well(self):
        stranger = self.enterContext(AuthenticatedClient(base_url=API_URL, token="nonsense"))
        answer = list_orders.sync_detailed(client=stranger)
        self.assertIsInstance(answer.parsed, Refusal)
        self.assertEqual((answer.status_code, answer.parsed.message), (401, "Unauthorized"))

    def test_what_we_refuse_with_the_same_status_has_the_same_type(self):
        customer = self.enterContext(client_of(f"eve-{self.name}"))
        answer = put_product.sync_detailed(self.sku, client=customer, body=body_of("Mine"))
        self.assertIsInstance(answer.parsed, Refusal)
        self.assertEqual((answer.status_code, answer.parsed.status), (403, 403))


if __name__ == "__main__":
    unittest.main()
