"""unittest: one emulator for the module, a fresh account for each test."""

import unittest

from bce_emulator.testing import Emulator


class Power(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = cls.enterClassContext(Emulator())

    def setUp(self):
        self.cloud = self.enterContext(self.emulator.account())
        self.client = self.cloud.bcc_client()

    def status(self, instance):
        return self.client.get_instance(instance).instance.status

    def test_a_running_instance_stops(self):
        instance = self.cloud.instance(status="Running")

        self.client.stop_instance(instance)
        self.assertEqual(self.status(instance), "Stopping")

        self.cloud.clock.advance(20)
        self.assertEqual(self.status(instance), "Stopped")
        self.cloud.journal.verify("StopInstance", count=1)


if __name__ == "__main__":
    unittest.main()
