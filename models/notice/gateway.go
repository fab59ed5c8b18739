package notice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/template"
)

// GatewayOptions describe an HTTP SMS gateway.
type GatewayOptions struct {
	URL    string // where messages are posted, http or https
	Secret string // sent as "Authorization: Bearer …"; "" for none
	// Body is a text/template of the request body. It may use .To (E.164), .National (without +86), .Text, .Template,
	// .Language, .ID and .Params.name, each through json or query: {"mobile":{{json .National}},"content":{{json .Text}}}
	// or mobile={{query .National}}&content={{query .Text}}. "" posts {"to":…,"text":…} as JSON.
	Body        string
	ContentType string // "" means application/json
	Success     string // what the body of a good answer contains, for gateways that say 200 to everything; "" for any
}

// defaultBody is what a gateway gets when nothing else is asked for.
const defaultBody = `{"to":{{json .To}},"text":{{json .Text}}}`

// Gateway sends text messages by HTTP POST.
type Gateway struct {
	options GatewayOptions
	body    *template.Template
	client  *http.Client
}

// gatewayMessage is what the body template sees.
type gatewayMessage struct {
	Message
	National string
}

// NewGateway makes a text message sender. It tries the body template, so a mistake in it shows at the start. Errors hold no secret.
func NewGateway(options GatewayOptions) (*Gateway, error) {
	u, err := url.Parse(options.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("the SMS gateway must be an http:// or https:// address")
	}
	if options.Body == "" {
		options.Body = defaultBody
	}
	if options.ContentType == "" {
		options.ContentType = "application/json"
	}
	body, err := template.New("body").Option("missingkey=zero").
		Funcs(template.FuncMap{"json": jsonValue, "query": url.QueryEscape}).Parse(options.Body)
	if err != nil {
		return nil, fmt.Errorf("the SMS gateway's body: %w", err)
	}
	g := &Gateway{options: options, body: body, client: &http.Client{
		// A redirect would carry the secret and the message to somewhere nobody configured.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	sample, err := g.render(Message{To: "+8613800000000", Text: `"样例"` + "\n&", Params: map[string]string{"code": "000000"}})
	if err != nil {
		return nil, fmt.Errorf("the SMS gateway's body: %w", err)
	}
	if strings.Contains(options.ContentType, "json") && !json.Valid(sample) {
		return nil, errors.New("the SMS gateway's body is not JSON once filled in; write values as {{json .Text}}")
	}
	return g, nil
}

// Send implements Sender. The notice's id goes along as Idempotency-Key.
func (g *Gateway) Send(ctx context.Context, m Message) error {
	body, err := g.render(m)
	if err != nil {
		return &Failure{Reason: "sms: body template failed", Err: err}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.options.URL, bytes.NewReader(body))
	if err != nil {
		return &Failure{Reason: "sms: bad gateway address", Err: err}
	}
	request.Header.Set("Content-Type", g.options.ContentType)
	request.Header.Set("Idempotency-Key", m.ID)
	if g.options.Secret != "" {
		request.Header.Set("Authorization", "Bearer "+g.options.Secret)
	}
	response, err := g.client.Do(request)
	if err != nil {
		return &Failure{Reason: "sms: gateway not reached", Err: err}
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil {
		return &Failure{Reason: "sms: answer cut off", Err: err}
	}
	return g.judge(response.StatusCode, answer)
}

// judge reads the gateway's answer. Only what blames the message itself is permanent: a wrong secret, a wrong address of
// the gateway or a limit is for the operator or for time to mend.
func (g *Gateway) judge(status int, answer []byte) error {
	if status/100 != 2 {
		return &Failure{
			Reason:    fmt.Sprintf("sms: gateway answered %d", status),
			Permanent: status == http.StatusBadRequest || status == http.StatusUnprocessableEntity,
		}
	}
	if !bytes.Contains(answer, []byte(g.options.Success)) {
		return &Failure{Reason: "sms: gateway's answer has no sign of success"}
	}
	return nil
}

func (g *Gateway) render(m Message) ([]byte, error) {
	var b bytes.Buffer
	err := g.body.Execute(&b, gatewayMessage{Message: m, National: strings.TrimPrefix(m.To, "+86")})
	return b.Bytes(), err
}

func jsonValue(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}
