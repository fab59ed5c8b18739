package provider

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	flows    = "provider_flows"
	byExpiry = "expires"
)

// Collections declares what is kept: sign-ins under way.
func Collections() []store.Collection {
	return []store.Collection{{Name: flows, Indexes: []store.Index{{Name: byExpiry, Fields: []string{"expires"}}}}}
}

// flow is one sign-in under way, from the button to coming back. It is kept here and not in a cookie so that it works
// once, whatever the browser repeats.
type flow struct {
	ID       string    `bson:"_id"`     // of the state, hashed
	Browser  string    `bson:"browser"` // what the browser keeps, hashed
	Nonce    string    `bson:"nonce"`
	Verifier string    `bson:"verifier"` // RFC 7636
	Next     string    `bson:"next,omitempty"`
	Again    bool      `bson:"again,omitempty"` // the person was to show who they are once more
	Expires  time.Time `bson:"expires"`
}

// take ends the flow of the state and returns it: once, and only for the browser that began it.
// fault.Gone "provider_flow_ended" for everything else.
func (c *Client) take(ctx context.Context, state, browser string) (flow, error) {
	if state == "" || browser == "" || len(state) > maxToken || len(browser) > maxToken {
		return flow{}, errFlowEnded()
	}
	var taken flow
	err := c.store.Update(ctx, func(tx store.Tx) error {
		taken = flow{}
		if err := tx.Get(flows, hash(state), &taken); err != nil {
			return err
		}
		if taken.Browser != hash(browser) {
			return errFlowEnded() // and stays: whose it is can still use it
		}
		return tx.Delete(flows, taken.ID)
	})
	if fault.Is(err, fault.NotFound) || err == nil && !c.clock().Before(taken.Expires) {
		return flow{}, errFlowEnded()
	}
	if err != nil {
		return flow{}, fmt.Errorf("take sign-in: %w", err)
	}
	return taken, nil
}

// Tidy deletes sign-ins that nobody came back from, and returns how many.
func (c *Client) Tidy(ctx context.Context) (int, error) {
	if c == nil {
		return 0, nil
	}
	return store.DeleteBefore(ctx, c.store, flows, byExpiry, c.clock())
}

// maxToken bounds what is looked at as a token; real ones have 43 characters.
const maxToken = 64

func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}

func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func errFlowEnded() *fault.Error {
	return fault.New(fault.Gone, "provider_flow_ended", "This sign-in was used already, took too long, or began in another browser. Begin again.")
}
