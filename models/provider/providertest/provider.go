// Package providertest is a small OpenID Connect provider for tests, on this machine: discovery, keys, a page to sign in
// on, codes with PKCE, ID tokens, userinfo. It can be told to lie.
package providertest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// What the service is called at the provider.
const (
	ClientID     = "wenguan"
	ClientSecret = "secret of the client/with signs +%"
)

// Claims of a token.
type Claims = map[string]any

// Provider is one provider. Set its fields with Do.
type Provider struct {
	URL string

	People map[string]Claims // who can sign in, by what they type; "sub" and more
	Info   map[string]Claims // what the userinfo adds, by the same
	Bend   func(Claims)      // changes an ID token before it is signed
	Forge  func(Claims) string
	Down   bool          // answers nothing but 503
	Asked  []url.Values  // what came to /authorize
	Traded []url.Values  // what came to /token
	Left   int           // how often somebody signed out
	Says   func(Claims)  // changes what the provider says about itself
	Late   time.Duration // how long ago people showed who they are, when they are not asked again

	mu     sync.Mutex
	clock  func() time.Time
	key    *rsa.PrivateKey
	codes  map[string]grant
	tokens map[string]string // of access -> who
}

// grant is what a code stands for.
type grant struct {
	who                        string
	nonce, challenge, redirect string
	at                         time.Time
}

// keys take long to make, so the tests of a package share one for the provider and one for liars.
var keys = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var made [2]*rsa.PrivateKey
	for i := range made {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err) // without random numbers no test says anything
		}
		made[i] = key
	}
	return made
})

// Start runs a provider until the test ends, by the clock given.
func Start(t testing.TB, clock func() time.Time) *Provider {
	t.Helper()
	p := &Provider{
		People: map[string]Claims{}, Info: map[string]Claims{}, clock: clock, key: keys()[0],
		codes: map[string]grant{}, tokens: map[string]string{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.about)
	mux.HandleFunc("GET /keys", p.publicKeys)
	mux.HandleFunc("GET /authorize", p.page)
	mux.HandleFunc("POST /authorize", p.enter)
	mux.HandleFunc("POST /token", p.trade)
	mux.HandleFunc("GET /userinfo", p.userinfo)
	mux.HandleFunc("GET /leave", p.leave)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.Down {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.URL = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) // another site than the house, as in life
	return p
}

// Do changes the provider between two of its answers.
func (p *Provider) Do(change func(*Provider)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

func (p *Provider) about(w http.ResponseWriter, _ *http.Request) {
	says := Claims{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token",
		"jwks_uri": p.URL + "/keys", "userinfo_endpoint": p.URL + "/userinfo",
		"end_session_endpoint": p.URL + "/leave", "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported":          []string{"RS256"},
		"code_challenge_methods_supported":               []string{"S256"},
		"authorization_response_iss_parameter_supported": true,
	}
	if p.Says != nil {
		p.Says(says)
	}
	answer(w, http.StatusOK, says)
}

// leave ends the session and sends the browser back where it asks to be sent.
func (p *Provider) leave(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("client_id") != ClientID {
		http.Error(w, "who asks?", http.StatusBadRequest)
		return
	}
	p.Left++
	http.Redirect(w, r, r.FormValue("post_logout_redirect_uri"), http.StatusFound)
}

func (p *Provider) publicKeys(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: "1", Algorithm: "RS256", Use: "sig"}}})
}

func (p *Provider) userinfo(w http.ResponseWriter, r *http.Request) {
	who, known := p.tokens[r.Header.Get("Authorization")]
	if !known {
		answer(w, http.StatusUnauthorized, Claims{"error": "invalid_token"})
		return
	}
	info := Claims{"sub": p.People[who]["sub"]}
	maps.Copy(info, p.Info[who])
	answer(w, http.StatusOK, info)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the test misses what does not arrive
}
