package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/store"
)

var concurrency = []promise{
	{"no increment of one document is lost", increments},
	{"transfers keep their sum, in every snapshot", transfers},
	{"a skew of two writers stays consistent where both replace a shared document", writeSkew},
	{"one of many rivals for an _id or a unique key wins", rivals},
	{"a View keeps its snapshot while others write", snapshotHolds},
	{"losers and winners share batches", losersAndWinners},
}

type account struct {
	ID       string `bson:"_id"`
	Balance  int64  `bson:"balance"`
	Revision int64  `bson:"rev"`
}

func together32(t *testing.T, do func(n int) error) {
	t.Helper()
	var wg sync.WaitGroup
	for n := range 32 {
		wg.Go(func() {
			if err := do(n); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func open(t *testing.T, st store.Store, accounts ...account) {
	t.Helper()
	update(t, st, func(tx store.Tx) error {
		for _, a := range accounts {
			if err := tx.Insert("accounts", a); err != nil {
				return err
			}
		}
		return nil
	})
}

func increments(t *testing.T, st store.Store) {
	open(t, st, account{ID: "a"})
	var runs atomic.Int64
	together32(t, func(int) error {
		for range 200 {
			err := st.Update(t.Context(), func(tx store.Tx) error {
				runs.Add(1)
				var a account
				if err := tx.Get("accounts", "a", &a); err != nil {
					return err
				}
				a.Balance++
				return tx.Replace("accounts", a)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	view(t, st, func(tx store.Tx) error {
		var a account
		err := tx.Get("accounts", "a", &a)
		if a.Balance != 6400 || runs.Load() < 6400 {
			t.Errorf("the balance is %d after %d runs, want 6400", a.Balance, runs.Load())
		}
		return err
	})
}

// transfers moves money between two accounts in both directions while readers add them up.
func transfers(t *testing.T, st store.Store) {
	open(t, st, account{ID: "a", Balance: 1000}, account{ID: "b", Balance: 1000})
	ctx, cancel := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				view(t, st, func(tx store.Tx) error {
					sum, err := sum(tx, "a", "b")
					if sum != 2000 {
						t.Errorf("a snapshot adds up to %d", sum)
						cancel()
					}
					return err
				})
			}
		})
	}
	together32(t, func(n int) error {
		from, to := "a", "b"
		if n%2 == 0 {
			from, to = to, from
		}
		for amount := range int64(20) {
			if err := st.Update(t.Context(), func(tx store.Tx) error { return move(tx, from, to, amount) }); err != nil {
				return err
			}
		}
		return nil
	})
	cancel()
	readers.Wait()
	view(t, st, func(tx store.Tx) error {
		sum, err := sum(tx, "a", "b")
		if sum != 2000 {
			t.Errorf("in the end it adds up to %d", sum)
		}
		return err
	})
}

func sum(tx store.Tx, accounts ...string) (total int64, err error) {
	for _, id := range accounts {
		var a account
		if err := tx.Get("accounts", id, &a); err != nil {
			return 0, err
		}
		total += a.Balance
	}
	return total, nil
}

func move(tx store.Tx, from, to string, amount int64) error {
	for _, step := range []struct {
		id string
		by int64
	}{{from, -amount}, {to, amount}} {
		var a account
		if err := tx.Get("accounts", step.id, &a); err != nil {
			return err
		}
		a.Balance += step.by
		a.Revision++
		if err := tx.Replace("accounts", a); err != nil {
			return err
		}
	}
	return nil
}

// writeSkew has one writer read a and write b, the other read b and write a; the rule is that at most one of them is 1.
// Snapshot isolation alone would let both pass; the guard, which both replace, does not.
func writeSkew(t *testing.T, st store.Store) {
	for round := range 20 {
		a, b, guard := fmt.Sprint("a", round), fmt.Sprint("b", round), fmt.Sprint("guard", round)
		open(t, st, account{ID: a}, account{ID: b}, account{ID: guard})
		var wg sync.WaitGroup
		for _, pair := range [][2]string{{a, b}, {b, a}} {
			wg.Go(func() {
				if err := st.Update(t.Context(), func(tx store.Tx) error { return claim(tx, pair[0], pair[1], guard) }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		view(t, st, func(tx store.Tx) error {
			total, err := sum(tx, a, b)
			if total != 1 {
				t.Errorf("%d of two writers got their way, want 1", total)
			}
			return err
		})
	}
}

func claim(tx store.Tx, other, mine, guard string) error {
	var o, m, g account
	for id, into := range map[string]*account{other: &o, mine: &m, guard: &g} {
		if err := tx.Get("accounts", id, into); err != nil {
			return err
		}
	}
	g.Revision++
	if err := tx.Replace("accounts", g); err != nil {
		return err
	}
	if o.Balance == 1 {
		return nil
	}
	m.Balance = 1
	return tx.Replace("accounts", m)
}

func rivals(t *testing.T, st store.Store) {
	for round := range 5 {
		var byID, byKey atomic.Int64
		together32(t, func(n int) error {
			err := st.Update(t.Context(), func(tx store.Tx) error {
				return tx.Insert("items", doc(fmt.Sprint("one", round), "name", fmt.Sprint(n)))
			})
			if err == nil {
				byID.Add(1)
			} else if wantCode(t, err, fault.Conflict, "duplicate_id"); t.Failed() {
				return err
			}
			err = st.Update(t.Context(), func(tx store.Tx) error {
				return tx.Insert("items", doc(fmt.Sprint("key", round, "-", n), "phone", fmt.Sprint(round)))
			})
			if err == nil {
				byKey.Add(1)
			} else if wantCode(t, err, fault.Conflict, "duplicate_key"); t.Failed() {
				return err
			}
			return nil
		})
		if byID.Load() != 1 || byKey.Load() != 1 {
			t.Errorf("%d won the _id and %d the key, want 1 each", byID.Load(), byKey.Load())
		}
	}
}

func snapshotHolds(t *testing.T, st store.Store) {
	open(t, st, account{ID: "a", Balance: 1}, account{ID: "b", Balance: 1})
	view(t, st, func(tx store.Tx) error {
		before, err := sum(tx, "a")
		if err != nil {
			return err
		}
		update(t, st, func(tx store.Tx) error {
			return errors.Join(tx.Replace("accounts", account{ID: "a", Balance: 5}),
				tx.Replace("accounts", account{ID: "b", Balance: 5}), tx.Insert("accounts", account{ID: "c"}))
		})
		after, err := sum(tx, "a", "b")
		if before != 1 || after != 2 {
			t.Errorf("the snapshot had %d, then %d, want 1 and 2", before, after)
		}
		n := 0
		err = errors.Join(err, tx.Find("accounts", store.Query{}, func(bson.Raw) (bool, error) { n++; return true, nil }))
		if n != 2 {
			t.Errorf("the snapshot had %d accounts, want 2", n)
		}
		return err
	})
}

// losersAndWinners lets every other update fail after it has written.
func losersAndWinners(t *testing.T, st store.Store) {
	together32(t, func(n int) error {
		for m := range 20 {
			err := st.Update(t.Context(), func(tx store.Tx) error {
				d := doc(fmt.Sprintf("%02d-%02d", n, m), "group", fmt.Sprint(m%2), "rank", n)
				if err := tx.Insert("items", d); err != nil || m%2 == 0 {
					return err
				}
				return errRefused
			})
			if (m%2 == 0) != (err == nil) || err != nil && !errors.Is(err, errRefused) {
				return fmt.Errorf("update %d of %d: %w", m, n, err)
			}
		}
		return nil
	})
	view(t, st, func(tx store.Tx) error {
		kept, err := ids(tx, store.Query{Index: "rank", Equal: []any{"0"}})
		lost, err2 := ids(tx, store.Query{Index: "rank", Equal: []any{"1"}})
		if len(kept) != 320 || len(lost) != 0 {
			t.Errorf("%d winners and %d losers are kept, want 320 and 0", len(kept), len(lost))
		}
		return errors.Join(err, err2)
	})
}
