package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"time"

	"github.com/baidubce/bce-sdk-go/bce"
)

const (
	linux, anotherLinux       = "m-z2UUQHH9", "m-1fcAFgYL"
	spec, largerSpec          = "bcc.g5.c2m8", "bcc.g5.c4m16"
	zone                      = "cn-bj-a"
	password, anotherPassword = "Passw0rd!@#", "An0ther!Pass"
	unknown                   = "i-UNKNOWN0"
	// A documented error of status 503.
	serviceUnavailable = "Vpc.AddIpv6Exception"
)

var (
	endpoint   = os.Getenv("BCE_ENDPOINT")
	accessKey  = os.Getenv("BCE_ACCESS_KEY")
	secretKey  = os.Getenv("BCE_SECRET_KEY")
	controlAPI = os.Getenv("BCE_CONTROL")
)

type object map[string]any

type scenario struct {
	name string
	run  func()
}

// cannot is panicked with where the SDK has no way to do something.
type cannot string

// perform runs every scenario, or those that the command line names, and prints a line for each.
func perform(scenarios []scenario) {
	failed := false
	chosen := map[string]bool{}
	for _, name := range os.Args[1:] {
		chosen[name] = true
	}
	for _, each := range scenarios {
		if len(chosen) > 0 && !chosen[each.name] {
			continue
		}
		said := object{"scenario": each.name, "ok": true, "note": ""}
		switch reason := attempt(each.run).(type) {
		case nil:
		case cannot:
			said["ok"], said["note"] = nil, string(reason)
		default:
			failed = true
			said["ok"], said["note"] = false, fmt.Sprint(reason)
		}
		line, _ := json.Marshal(said)
		fmt.Println(string(line))
	}
	if failed {
		os.Exit(1)
	}
}

func attempt(run func()) (reason any) {
	defer func() { reason = recover() }()
	run()
	return nil
}

// must answers the value of a call that must succeed.
func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(fmt.Sprintf("%T: %v", err, err))
	}
}

// expect fails unless both are equal and of one type.
func expect[T any](seen, wanted T) {
	if !reflect.DeepEqual(seen, wanted) {
		panic(fmt.Sprintf("%#v is not %#v", seen, wanted))
	}
}

// refused fails unless the error is the SDK's own, with this status and code, a message and a request id.
func refused(err error, status int, code string) {
	var service *bce.BceServiceError
	if !errors.As(err, &service) {
		panic(fmt.Sprintf("%T %v is not a refusal", err, err))
	}
	expect(fmt.Sprint(service.StatusCode, " ", service.Code), fmt.Sprint(status, " ", code))
	if service.Message == "" || service.RequestId == "" {
		panic(fmt.Sprintf("%#v lacks something", service))
	}
}

// control calls the control API about the program's account.
func control(method, path string, body object) object {
	sent := []byte(nil)
	if body != nil {
		sent = must(json.Marshal(body))
	}
	request := must(http.NewRequest(method, controlAPI+"/"+path+"?account="+accessKey, bytes.NewReader(sent)))
	request.Header.Set("Content-Type", "application/json")
	answer := must(http.DefaultClient.Do(request))
	defer answer.Body.Close()
	read := must(io.ReadAll(answer.Body))
	if answer.StatusCode != http.StatusOK {
		panic(string(read))
	}
	result := object{}
	check(json.Unmarshal(read, &result))
	return result
}

// settle brings everything under way to its end.
func settle() { control("POST", "clock/advance", object{"until": "idle"}) }

func passSeconds(seconds int) { control("POST", "clock/advance", object{"seconds": seconds}) }

// beginAnew puts the account back to its first day, its clock standing still.
func beginAnew() {
	control("POST", "reset", nil)
	control("PUT", "clock", object{"frozen": true})
}

func planFault(operation string, effect object) {
	effect["operation"] = operation
	control("POST", "faults", effect)
}

// temporaryKeys makes a pair of keys with a session token.
func temporaryKeys(expires string) (access, secret, token string) {
	made := control("POST", "accounts", object{"account": accessKey, "expiresAt": expires})
	return made["accessKeyId"].(string), made["secretAccessKey"].(string), made["sessionToken"].(string)
}

func isTime(text string) { must(time.Parse(time.RFC3339, text)) }
