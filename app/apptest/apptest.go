// Package apptest runs the whole product for tests: a throw-away embedded store, a clock the test moves, a server on this
// machine and clients that are signed in. Nothing in it is a stand-in for our own code.
package apptest

import (
	"context"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"wenguan/app"
	"wenguan/models/account"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Now is where the clock of every house starts: a Tuesday morning, 09:40 in Shanghai.
var Now = time.Date(2026, 11, 24, 1, 40, 0, 0, time.UTC)

// House is the whole product.
type House struct {
	*app.App
	Clock *Clock
	Mail  *Mailbox
	URL   string // of the server, such as http://127.0.0.1:40123

	t testing.TB
}

// Clock is moved by the test.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Set moves the clock.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// Advance moves the clock forward.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }

// System is the product itself, which may do everything.
var System = account.Actor{System: true}

// Start runs a house until the test ends. Change the configuration with the functions given. Jobs do not run by
// themselves: the test runs them with Jobs.RunNow.
func Start(t testing.TB, change ...func(*app.Config, *app.Options)) *House {
	t.Helper()
	clock, mail := &Clock{at: Now}, &Mailbox{}
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, app.Collections())
	if err != nil {
		t.Fatal(err)
	}
	config := app.Config{Data: t.TempDir(), Addr: "127.0.0.1:0", Zone: "Asia/Shanghai", BookingsPerMinute: new(int)}
	options := app.Options{Store: st, Clock: clock.Now, Senders: notice.Senders{SMS: mail, Mail: mail}}
	for _, c := range change {
		c(&config, &options)
	}
	listener, err := net.Listen("tcp", config.Addr)
	if err != nil {
		t.Fatal(err)
	}
	if config.PublicURL == "" {
		config.PublicURL = "http://" + listener.Addr().String()
	}
	a, err := app.New(t.Context(), config, options)
	if err != nil {
		t.Fatal(err)
	}
	h := &House{App: a, Clock: clock, Mail: mail, URL: "http://" + listener.Addr().String(), t: t}
	h.serve(listener)
	return h
}

func (h *House) serve(listener net.Listener) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, listener) }()
	h.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			h.t.Error(err)
		}
		if err := h.Close(); err != nil {
			h.t.Error(err)
		}
	})
}

// Mailbox keeps every message instead of sending it.
type Mailbox struct {
	mu       sync.Mutex
	messages []notice.Message
}

// Send implements notice.Sender.
func (m *Mailbox) Send(_ context.Context, message notice.Message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.messages = append(m.messages, message)
	return nil
}

// To lists what was sent to an address (E.164 or e-mail), oldest first.
func (m *Mailbox) To(address string) []notice.Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []notice.Message
	for _, one := range m.messages {
		if one.To == address {
			list = append(list, one)
		}
	}
	return list
}

// Code delivers what waits in the outbox and returns the last sign-in code of an address.
func (h *House) Code(address string) string {
	h.t.Helper()
	if _, err := h.Notices.Deliver(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	sent := h.Mail.To(address)
	for i := len(sent) - 1; i >= 0; i-- {
		if sent[i].Template == notice.SignInCode {
			return sent[i].Params["code"]
		}
	}
	h.t.Fatalf("no sign-in code was sent to %s", address)
	return ""
}
