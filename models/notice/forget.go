package notice

import (
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/store"
)

// mostForgotten bounds what Forget deletes in one transaction; nobody has as much waiting.
const mostForgotten = 1000

// forgetPage is how many notices are looked at in one go.
const forgetPage = 1000

// Waiting is a notice that was not sent yet, as its receiver may be told of it.
type Waiting struct {
	Template string            `json:"template"`
	Params   map[string]string `json:"params"`
	Due      time.Time         `json:"due"`
}

// WaitingFor lists within a transaction what waits to be sent to an address. Of what was sent nothing is kept that would
// lead to the address.
func (o *Outbox) WaitingFor(tx store.Tx, to string) ([]Waiting, error) {
	list, err := waitingFor(tx, to)
	if err != nil {
		return nil, err
	}
	shown := make([]Waiting, 0, len(list))
	for _, e := range list {
		if e.Template != SignInCode {
			shown = append(shown, Waiting{e.Template, e.Params, e.Due})
		}
	}
	return shown, nil
}

// Forget deletes within a transaction what waits for an address, but for what the product says at parting: that bookings
// were cancelled and that the account was erased. Those lose address and content when they are sent, as every notice does.
func (o *Outbox) Forget(tx store.Tx, to string) error {
	list, err := waitingFor(tx, to)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.Template == BookingCancelled || e.Template == AccountErased {
			continue
		}
		if err := tx.Delete(outbox, e.ID); err != nil {
			return fmt.Errorf("forget notice %s: %w", e.ID, err)
		}
	}
	return nil
}

// waitingFor walks over all that waits in the lanes of the address: rarely much, and asked for a thousand times more rarely
// than a notice is put, so that there is no index for it.
func waitingFor(tx store.Tx, to string) (list []entry, err error) {
	if to == "" {
		return nil, nil
	}
	for _, lane := range lanesOf(to) {
		for after, n := "", forgetPage; n == forgetPage && len(list) < mostForgotten; {
			n = 0
			q := store.Query{Index: byDue, Equal: []any{lane}, Limit: forgetPage, After: after}
			err := tx.Find(outbox, q, func(raw bson.Raw) (more bool, err error) {
				if n++; n == forgetPage {
					after, err = tx.Cursor(outbox, q, raw)
				}
				if address, _ := raw.Lookup("to").StringValueOK(); address != to || err != nil {
					return err == nil, err
				}
				var e entry
				err = bson.Unmarshal(raw, &e)
				list = append(list, e)
				return len(list) < mostForgotten, err
			})
			if err != nil {
				return nil, fmt.Errorf("read notices that wait: %w", err)
			}
		}
	}
	return list, nil
}
