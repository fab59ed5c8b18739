package notice

import (
	"fmt"
	"time"

	"wenguan/models/store"
)

// mostForgotten bounds what Forget deletes in one transaction; nobody has as much waiting.
const mostForgotten = 1000

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

func waitingFor(tx store.Tx, to string) ([]entry, error) {
	if to == "" {
		return nil, nil
	}
	list, err := store.All[entry](tx, outbox, store.Query{Index: byTo, Equal: []any{to}, Limit: mostForgotten})
	if err != nil {
		return nil, fmt.Errorf("read notices that wait: %w", err)
	}
	return list, nil
}
