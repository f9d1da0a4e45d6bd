// Go: bce-sdk-go against a running emulator, each test in an account of its own.
package power

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
)

const secretKey = "bce-emulator-secret-key"

func endpoint() string {
	if found := os.Getenv("BCE_EMULATOR_ENDPOINT"); found != "" {
		return found
	}
	return "http://127.0.0.1:8080"
}

// cloud is one account of the emulator. Every access key that starts with test- is one.
type cloud struct {
	*testing.T
	*bcc.Client
	account string
}

func newCloud(t *testing.T) cloud {
	account := "test-" + strings.ReplaceAll(t.Name(), "/", "-")
	client, err := bcc.NewClient(account, secretKey, endpoint())
	made := cloud{t, client, account}
	made.must(err)
	made.control("POST", "reset", "")
	made.control("PUT", "clock", `{"frozen": true}`)
	return made
}

func (c cloud) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c cloud) control(method, path, body string) {
	c.Helper()
	target := endpoint() + "/_emulator/" + path + "?account=" + url.QueryEscape(c.account)
	request, err := http.NewRequest(method, target, bytes.NewBufferString(body))
	c.must(err)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	c.must(err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		c.Fatalf("%s %s: %s", method, path, answer.Status)
	}
}

func (c cloud) create() string {
	c.Helper()
	made, err := c.CreateInstanceBySpec(&api.CreateInstanceBySpecArgs{
		Spec:    "bcc.g5.c2m8",
		ImageId: "m-z2UUQHH9",
		Billing: api.Billing{PaymentTiming: api.PaymentTimingPostPaid},
	})
	c.must(err)
	return made.InstanceIds[0]
}

func (c cloud) expect(instance string, status api.InstanceStatus) {
	c.Helper()
	seen, err := c.GetInstanceDetail(instance)
	c.must(err)
	if seen.Instance.Status != status {
		c.Fatalf("%s is %s, not %s", instance, seen.Instance.Status, status)
	}
}

func TestAnInstanceRunsWhenItsTimeHasCome(t *testing.T) {
	c := newCloud(t)

	instance := c.create()
	c.expect(instance, "Starting")

	c.control("POST", "clock/advance", `{"until": "idle"}`)
	c.expect(instance, "Running")
}

func TestARefusalReachesTheCaller(t *testing.T) {
	for _, code := range []string{"Instance.RebootInstanceOperationForbidden", "OperationDenied"} {
		t.Run(code, func(t *testing.T) {
			c := newCloud(t)
			instance := c.create()
			c.control("POST", "faults", `{"operation": "RebootInstance", "error": "`+code+`"}`)

			_, err := c.RebootInstance(instance, false)

			var refusal *bce.BceServiceError
			if !errors.As(err, &refusal) || refusal.Code != code {
				t.Fatalf("not refused: %v", err)
			}
		})
	}
}
