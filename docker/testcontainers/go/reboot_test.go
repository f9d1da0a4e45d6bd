// A test suite in Go that brings its own emulator: go test ./...
package reboot

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

func image() string {
	if name := os.Getenv("BCE_EMULATOR_IMAGE"); name != "" {
		return name
	}
	return "bce-emulator:0.1.0"
}

func startEmulator(t *testing.T) *bcc.Client {
	t.Helper()
	ctx := context.Background()
	emulator, err := testcontainers.Run(ctx, image(),
		testcontainers.WithExposedPorts("8080/tcp"),
		testcontainers.WithWaitStrategy(wait.ForHTTP("/_emulator/ready").WithPort("8080/tcp")),
	)
	testcontainers.CleanupContainer(t, emulator)
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := emulator.PortEndpoint(ctx, "8080/tcp", "http")
	if err != nil {
		t.Fatal(err)
	}
	client, err := bcc.NewClient("test", "bce-emulator-secret-key", endpoint)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func status(t *testing.T, client *bcc.Client, id string) string {
	t.Helper()
	seen, err := client.GetInstanceDetail(id)
	if err != nil {
		t.Fatal(err)
	}
	return string(seen.Instance.Status)
}

func waitFor(t *testing.T, client *bcc.Client, id, wanted string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); status(t, client, id) != wanted; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s never became %s", id, wanted)
		}
	}
}

func TestAnInstanceRunsAgainAfterAReboot(t *testing.T) {
	client := startEmulator(t)
	made, err := client.CreateInstanceBySpec(&api.CreateInstanceBySpecArgs{
		Spec:    "bcc.g5.c2m8",
		ImageId: "m-z2UUQHH9",
		Billing: api.Billing{PaymentTiming: api.PaymentTimingPostPaid},
	})
	if err != nil {
		t.Fatal(err)
	}
	id := made.InstanceIds[0]
	waitFor(t, client, id, "Running")

	if _, err := client.RebootInstance(id, false); err != nil {
		t.Fatal(err)
	}

	if seen := status(t, client, id); seen != "Starting" {
		t.Fatalf("%s is %s after the reboot", id, seen)
	}
	waitFor(t, client, id, "Running")
}
