"""The gRPC interface of the search, from outside: client generated from the `.proto`, health and reflection as published."""

import unittest
import uuid

import grpc
from archipelago.search.v1 import search_pb2, search_pb2_grpc
from archipelago_http.api.catalog import put_product
from archipelago_http.models import Price, ProductDetails
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from running_system import channel_of_search, client_of, eventually

SERVICE = "archipelago.search.v1.SearchService"
WITHIN_SECONDS = 30


def put(sku, name):
    price = Price(amount=4900, currency="EUR")
    with client_of("merchant", "admin") as client:
        answer = put_product.sync_detailed(sku, client=client, body=ProductDetails(name=name, price=price))
    assert answer.status_code == 201, answer


class SearchByGrpc(unittest.TestCase):
    def setUp(self):
        self.channel = channel_of_search()
        self.addCleanup(self.channel.close)
        self.search = search_pb2_grpc.SearchServiceStub(self.channel)

    def refused(self, code, request, **options):
        with self.assertRaises(grpc.RpcError) as raised:
            self.search.Search(request, **options)
        self.assertEqual(raised.exception.code(), code)
        return raised.exception

    def test_finds_a_product_by_a_word_with_a_typing_error(self):
        sku = f"lamp-{uuid.uuid4()}"
        put(sku, "Reading lamp")
        request = search_pb2.SearchRequest(query=search_pb2.Query(text="raeding lmap", currency="EUR", max_price=5000))

        def found():
            answer = self.search.Search(request, timeout=WITHIN_SECONDS)
            return next((product for product in answer.products if product.sku == sku), None)

        product = eventually("the product is found", found)
        self.assertEqual((product.name, product.price.amount, product.price.currency), ("Reading lamp", 4900, "EUR"))
        marked = [product.name[highlight.start : highlight.end] for highlight in product.highlights]
        self.assertEqual(marked, ["Reading", "lamp"])

    def test_a_watched_query_sees_a_product_that_is_put_meanwhile(self):
        sku = f"theodolite-{uuid.uuid4()}"
        request = search_pb2.WatchRequest(query=search_pb2.Query(text=sku))
        answers = self.search.Watch(request, timeout=WITHIN_SECONDS)
        self.assertEqual(next(answers).total, 0)
        put(sku, "Theodolite")
        self.assertEqual([product.sku for product in next(answers).products], [sku])
        answers.cancel()

    def test_a_watch_ends_at_its_deadline(self):
        answers = self.search.Watch(search_pb2.WatchRequest(query=search_pb2.Query(text="clock")), timeout=0.5)
        with self.assertRaises(grpc.RpcError) as raised:
            for _ in answers:
                pass
        self.assertEqual(raised.exception.code(), grpc.StatusCode.DEADLINE_EXCEEDED)

    def test_a_deadline_that_is_too_short_ends_a_search(self):
        request = search_pb2.SearchRequest(query=search_pb2.Query(text="lamp"))
        self.refused(grpc.StatusCode.DEADLINE_EXCEEDED, request, timeout=0.00001)

    def test_an_invalid_request_is_refused_with_the_name_of_the_problem(self):
        request = search_pb2.SearchRequest(query=search_pb2.Query(text=" "))
        refusal = self.refused(grpc.StatusCode.INVALID_ARGUMENT, request, timeout=WITHIN_SECONDS)
        self.assertIn(("problem-code", "invalid-query"), [tuple(each) for each in refusal.trailing_metadata()])

    def test_health_says_that_it_serves(self):
        health = health_pb2_grpc.HealthStub(self.channel)
        for service in ("", SERVICE):
            answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=WITHIN_SECONDS)
            self.assertEqual(answer.status, health_pb2.HealthCheckResponse.SERVING)

    def test_reflection_lists_the_services_and_their_methods(self):
        described = ProtoReflectionDescriptorDatabase(self.channel)
        self.assertLessEqual({SERVICE, "grpc.health.v1.Health"}, set(described.get_services()))
        service = DescriptorPool(described).FindServiceByName(SERVICE)
        self.assertEqual([method.name for method in service.methods], ["Search", "Watch"])


if __name__ == "__main__":
    unittest.main()
