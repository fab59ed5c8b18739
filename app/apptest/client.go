package apptest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/handlers"
	"wenguan/models/account"
)

// Client asks the API as somebody. The zero token asks as nobody.
type Client struct {
	Account account.Account
	Token   string // of the session; sent as a bearer token

	url  string
	http *http.Client
	api  *huma.OpenAPI
	t    testing.TB
}

// Answer is a response with its body read.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte

	t testing.TB
}

// transport is shared by every client of a test binary, with room for hundreds at once.
var transport = &http.Transport{MaxIdleConnsPerHost: 600, IdleConnTimeout: 30 * time.Second, DisableCompression: true}

func (h *House) client(token string, who account.Account) *Client {
	return &Client{Account: who, Token: token, url: h.URL, api: h.OpenAPI, t: h.t, http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Anonymous is nobody.
func (h *House) Anonymous() *Client { return h.client("", account.Account{}) }

// Do sends a request. A body that is a string or bytes is sent as it is, any other as JSON; headers are name, value,
// name, value.
func (c *Client) Do(method, path string, body any, headers ...string) *Answer {
	c.t.Helper()
	a, err := c.Try(method, path, body, headers...)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// Try is Do for tests in which the server may go away.
func (c *Client) Try(method, path string, body any, headers ...string) (*Answer, error) {
	request, err := http.NewRequest(method, c.url+path, encode(body))
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if c.api != nil {
		described(c.t, c.api, method, path, response.StatusCode)
	}
	return &Answer{Status: response.StatusCode, Header: response.Header, Body: read, t: c.t}, err
}

func encode(body any) io.Reader {
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(b)
	case []byte:
		return bytes.NewReader(b)
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(err) // a test's own value
	}
	return bytes.NewReader(encoded)
}

// Get, Post, Put, Patch and Delete are Do.
func (c *Client) Get(path string, headers ...string) *Answer {
	c.t.Helper()
	return c.Do(http.MethodGet, path, nil, headers...)
}

// Post is Do.
func (c *Client) Post(path string, body any, headers ...string) *Answer {
	c.t.Helper()
	return c.Do(http.MethodPost, path, body, headers...)
}

// Put is Do.
func (c *Client) Put(path string, body any, headers ...string) *Answer {
	c.t.Helper()
	return c.Do(http.MethodPut, path, body, headers...)
}

// Expect fails the test unless the status is this one, and returns the answer.
func (a *Answer) Expect(status int) *Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("the status is %d, not %d: %s", a.Status, status, a.Body)
	}
	return a
}

// Into decodes the body.
func (a *Answer) Into(v any) *Answer {
	a.t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("the body does not decode: %v: %s", err, a.Body)
	}
	return a
}

// Refused fails the test unless the answer is a problem of this status and code, and returns it.
func (a *Answer) Refused(status int, code string) handlers.Problem {
	a.t.Helper()
	a.Expect(status)
	var p handlers.Problem
	a.Into(&p)
	if p.Code != code || p.Status != status || a.Header.Get("Content-Type") != "application/problem+json" {
		a.t.Fatalf("the problem is %q (%s), not %q: %s", p.Code, a.Header.Get("Content-Type"), code, a.Body)
	}
	return p
}

// Decode is the body as T, after Expect.
func Decode[T any](a *Answer) T {
	a.t.Helper()
	var v T
	a.Into(&v)
	return v
}
