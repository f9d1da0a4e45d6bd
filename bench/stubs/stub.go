// A compiled stub: the two HMACs of a signature, a look-up and a small JSON answer, in plain net/http.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
)

const secretKey = "bce-emulator-secret-key"

type instance struct {
	Status string `json:"status"`
}

type rebooted struct {
	RequestID            string   `json:"requestId"`
	FailedInstanceIDList []string `json:"failedInstanceIdList"`
}

var (
	lock      sync.Mutex
	instances = map[string]*instance{"i-00000000": {"Running"}}
)

func encoded(text string, kept string) string {
	var built strings.Builder
	for _, each := range []byte(text) {
		if 'a' <= each && each <= 'z' || 'A' <= each && each <= 'Z' || '0' <= each && each <= '9' || strings.IndexByte(kept, each) >= 0 {
			built.WriteByte(each)
		} else {
			built.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{each})))
		}
	}
	return built.String()
}

func digest(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

func header(request *http.Request, name string) string {
	if name == "host" {
		return request.Host
	}
	return request.Header.Get(name)
}

func isSigned(request *http.Request) bool {
	parts := strings.Split(request.Header.Get("Authorization"), "/")
	if len(parts) != 6 {
		return false
	}
	key := digest(secretKey, strings.Join(parts[:4], "/"))
	var query, lines []string
	values, err := url.ParseQuery(request.URL.RawQuery)
	if err != nil {
		return false
	}
	for name, each := range values {
		for _, value := range each {
			query = append(query, encoded(name, "-_.~")+"="+encoded(value, "-_.~"))
		}
	}
	for _, name := range strings.Split(parts[4], ";") {
		lines = append(lines, encoded(name, "-_.~")+":"+encoded(strings.TrimSpace(header(request, name)), "-_.~"))
	}
	sort.Strings(query)
	sort.Strings(lines)
	canonical := strings.Join([]string{
		request.Method, encoded(request.URL.Path, "/-_.~"), strings.Join(query, "&"), strings.Join(lines, "\n"),
	}, "\n")
	return hmac.Equal([]byte(digest(key, canonical)), []byte(parts[5]))
}

func answer(request *http.Request) (int, any) {
	if !isSigned(request) {
		return http.StatusBadRequest, map[string]string{"code": "SignatureDoesNotMatch"}
	}
	if request.ContentLength > 0 {
		var body map[string]any
		if err := json.NewDecoder(request.Body).Decode(&body); err != nil {
			return http.StatusBadRequest, map[string]string{"code": "InvalidJSON"}
		}
	}
	lock.Lock()
	defer lock.Unlock()
	found := instances[request.URL.Path[strings.LastIndex(request.URL.Path, "/")+1:]]
	if found == nil {
		return http.StatusNotFound, map[string]string{"code": "NoSuchObject"}
	}
	if request.Method != http.MethodPut {
		return http.StatusOK, map[string]any{"instance": *found}
	}
	if found.Status == "Starting" {
		found.Status = "Running"
	} else {
		found.Status = "Starting"
	}
	return http.StatusOK, rebooted{FailedInstanceIDList: []string{}}
}

func serve(writer http.ResponseWriter, request *http.Request) {
	status, told := answer(request)
	content, err := json.Marshal(told)
	if err != nil {
		log.Fatal(err)
	}
	headers := writer.Header()
	headers.Set("Content-Type", "application/json;charset=UTF-8")
	headers.Set("Content-Length", strconv.Itoa(len(content)))
	headers.Set("Server", "BWS")
	headers.Set("X-Bce-Request-Id", "e3e70682-c209-4cac-a29f-6fbed82c07cd")
	writer.WriteHeader(status)
	if _, err := writer.Write(content); err != nil {
		log.Print(err)
	}
}

func main() {
	http.HandleFunc("/", serve)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
