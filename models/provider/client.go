package provider

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	patience  = 8 * time.Second  // with one answer of the provider
	restTime  = 5 * time.Second  // after a failure, before the provider is asked what it is again
	trustTime = 24 * time.Hour   // in what the provider said about itself
	largest   = 1 << 20          // bytes of one answer
	flowLife  = 10 * time.Minute // from the button to coming back
)

// Client talks to the provider. It is safe for concurrent use and by several instances of the service.
type Client struct {
	settings Settings
	roles    map[string][]account.Grant
	accounts *account.Directory
	store    store.Store
	clock    func() time.Time
	log      *slog.Logger
	http     *http.Client

	mu       sync.Mutex
	found    *discovered
	failedAt time.Time
}

// discovered is what the provider says about itself.
type discovered struct {
	provider *oidc.Provider
	says     metadata
	at       time.Time
}

// metadata are the parts of OpenID Connect Discovery 1.0, RP-Initiated Logout 1.0 and RFC 9207 that go-oidc leaves to us.
type metadata struct {
	NamesItself bool     `json:"authorization_response_iss_parameter_supported"`
	Methods     []string `json:"code_challenge_methods_supported"`
	EndSession  string   `json:"end_session_endpoint"`
}

// New makes the client of a provider. It asks the provider nothing yet, so the service starts when that is down.
// Without a provider in the settings it returns nil.
func New(s Settings, st store.Store, accounts *account.Directory, clock func() time.Time, log *slog.Logger) (*Client, error) {
	if !s.On() {
		return nil, nil
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	roles, err := parseRoles(s.Roles)
	if err != nil {
		return nil, err
	}
	s.Name = cmp.Or(s.Name, s.host())
	return &Client{
		settings: s, roles: roles, accounts: accounts, store: st, clock: clock, log: log,
		http: &http.Client{Timeout: patience, Transport: bounded{http.DefaultTransport}, CheckRedirect: noRedirect},
	}, nil
}

// Name is what the button says; "" if there is no provider.
func (c *Client) Name() string {
	if c == nil {
		return ""
	}
	return c.settings.Name
}

// discover returns what the provider says about itself: asked the first time it is needed, kept for a day. What is known
// is used on while the provider cannot be asked. fault.Unavailable "provider_unavailable" if nothing is known.
func (c *Client) discover(ctx context.Context) (*discovered, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock()
	if c.found != nil && now.Sub(c.found.at) < trustTime {
		return c.found, nil
	}
	if now.Sub(c.failedAt) >= restTime {
		found, err := c.ask(ctx)
		if err == nil {
			found.at = now
			c.found = found
			return found, nil
		}
		c.failedAt = now
		c.log.ErrorContext(ctx, "the OpenID Connect provider cannot be asked what it is", "host", c.settings.host(), "err", err)
	}
	if c.found != nil {
		return c.found, nil
	}
	return nil, errUnavailable()
}

func (c *Client) ask(ctx context.Context) (*discovered, error) {
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), c.http)
	p, err := oidc.NewProvider(ctx, c.settings.Issuer)
	if err != nil {
		return nil, err
	}
	d := &discovered{provider: p}
	if err := p.Claims(&d.says); err != nil {
		return nil, fmt.Errorf("what the provider says about itself: %w", err)
	}
	return d, nil
}

func (c *Client) exchange(d *discovered) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.settings.ClientID, ClientSecret: c.settings.ClientSecret, RedirectURL: c.settings.Callback,
		Endpoint: d.provider.Endpoint(), Scopes: append([]string{oidc.ScopeOpenID}, c.settings.Scopes...),
	}
}

// bounded reads at most so much of an answer.
type bounded struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, largest), answer.Body}
	return answer, nil
}

// noRedirect: the addresses of a provider are those it names, and its secrets go nowhere else.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func errUnavailable() *fault.Error {
	return fault.New(fault.Unavailable, "provider_unavailable", "The other sign-in service cannot be reached. Try again in a moment, or sign in another way.")
}
