package notice

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// heard is one request a gateway got.
type heard struct {
	header http.Header
	body   string
}

// serveGateway answers every request the same way and passes on what it heard.
func serveGateway(t *testing.T, status int, answer string) (address string, got <-chan heard) {
	t.Helper()
	requests := make(chan heard, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		requests <- heard{r.Header, string(body)}
		if r.URL.Path == "/elsewhere" {
			return
		}
		if status/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server.URL, requests
}

func gateway(t *testing.T, options GatewayOptions) *Gateway {
	t.Helper()
	g, err := NewGateway(options)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func textMessage(t *testing.T) Message {
	t.Helper()
	m, err := sample(SignInCode, "zh-CN", "+8613800000000").message()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheGatewayGetsJSONWithTheSecretAndTheNoticesID(t *testing.T) {
	t.Parallel()
	address, got := serveGateway(t, 200, `{}`)
	if err := gateway(t, GatewayOptions{URL: address, Secret: "s3cret"}).Send(t.Context(), textMessage(t)); err != nil {
		t.Fatal(err)
	}
	request := <-got
	var body map[string]string
	if err := json.Unmarshal([]byte(request.body), &body); err != nil || len(body) != 2 || body["to"] != "+8613800000000" || body["text"] != textMessage(t).Text {
		t.Errorf("body %s, %v", request.body, err)
	}
	for header, want := range map[string]string{"Authorization": "Bearer s3cret", "Content-Type": "application/json", "Idempotency-Key": "01kas"} {
		if value := request.header.Get(header); value != want {
			t.Errorf("%s: %q, want %q", header, value, want)
		}
	}
}

func TestTheBodyIsWhatTheGatewayWants(t *testing.T) {
	t.Parallel()
	address, got := serveGateway(t, 200, ``)
	form := gateway(t, GatewayOptions{URL: address, ContentType: "application/x-www-form-urlencoded",
		Body: `mobile={{query .National}}&tpl=SMS_{{.Template}}&text={{query .Text}}&code={{query .Params.code}}&none={{query .Params.none}}`})
	if err := form.Send(t.Context(), textMessage(t)); err != nil {
		t.Fatal(err)
	}
	request := <-got
	signed := gateway(t, GatewayOptions{URL: address, Body: `{"m":{{json (print "【文旅】" .Text)}}}`})
	if err := signed.Send(t.Context(), textMessage(t)); err != nil {
		t.Fatal(err)
	}
	if body := (<-got).body; !strings.HasPrefix(body, `{"m":"【文旅】登录验证码`) {
		t.Errorf("body %s", body)
	}
	values, err := url.ParseQuery(request.body)
	if err != nil || values.Get("mobile") != "13800000000" || values.Get("tpl") != "SMS_sign_in_code" ||
		values.Get("text") != textMessage(t).Text || values.Get("code") != "482913" || values.Get("none") != "" {
		t.Errorf("%v, %v", values, err)
	}
	if request.header.Get("Authorization") != "" {
		t.Error("a secret nobody gave")
	}
}

func TestTheGatewaysAnswerDecidesWhetherToTryAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name            string
		status          int
		answer, success string
		ok, permanent   bool
	}{
		{"taken", 202, ``, ``, true, false},
		{"taken in words", 200, `{"code":"OK"}`, `"code":"OK"`, true, false},
		{"200 that means no", 200, `{"code":"BALANCE"}`, `"code":"OK"`, false, false},
		{"bad number", 400, ``, ``, false, true},
		{"cannot be processed", 422, ``, ``, false, true},
		{"wrong secret", 401, ``, ``, false, false},
		{"wrong address", 404, ``, ``, false, false},
		{"too many", 429, ``, ``, false, false},
		{"down", 503, ``, ``, false, false},
		{"sends us elsewhere", 307, ``, ``, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address, got := serveGateway(t, c.status, c.answer)
			err := gateway(t, GatewayOptions{URL: address, Success: c.success, Secret: "s3cret"}).Send(t.Context(), textMessage(t))
			<-got
			if len(got) > 0 {
				t.Error("it followed a redirect")
			}
			if c.ok {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var failure *Failure
			if !errors.As(err, &failure) || failure.Permanent != c.permanent {
				t.Fatalf("%#v", err)
			}
			if strings.Contains(failure.Error(), "13800000000") || strings.Contains(failure.Error(), "s3cret") {
				t.Errorf("it tells %q", failure.Error())
			}
		})
	}
}

func TestAGatewayThatIsNotThereMayComeBack(t *testing.T) {
	t.Parallel()
	var failure *Failure
	err := gateway(t, GatewayOptions{URL: "http://127.0.0.1:1/"}).Send(t.Context(), textMessage(t))
	if !errors.As(err, &failure) || failure.Permanent || failure.Error() != "sms: gateway not reached" {
		t.Errorf("%#v", err)
	}
}

func TestAGatewayThatCannotWorkIsRefusedAtTheStart(t *testing.T) {
	t.Parallel()
	const address = "https://sms.example/send"
	for name, options := range map[string]GatewayOptions{
		"no address":           {},
		"another scheme":       {URL: "ftp://sms.example"},
		"a broken template":    {URL: address, Body: `{{.To`},
		"a field there is not": {URL: address, Body: `{"to":{{json .Mobile}}}`},
		"not JSON":             {URL: address, Body: `{"to":{{.To}}}`},
		"text that breaks out": {URL: address, Body: `{"text":"{{.Text}}"}`},
	} {
		if _, err := NewGateway(options); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
