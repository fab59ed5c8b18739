package organization_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/civil"
	"wenguan/models/organization"
	"wenguan/models/store"
)

// Whatever owners, staff and the clock do, in whatever order: who counts as verified was verified by staff, for the name
// and code that are shown, and the time has not run out; account and registration say the same; no two hold a code.
func TestWhateverHappensOnlyWhatStaffVerifiedCounts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		play(t, seed)
	}
}

// approval is what the test remembers of the last verdict about an organization.
type approval struct {
	facts organization.Facts
	until time.Time
}

func play(t *testing.T, seed uint64) {
	w, random := open(t), rand.New(rand.NewPCG(seed, 7))
	owner, officer := w.person("王小明"), w.officer()
	names := []string{"青花合唱团", "瓷韵舞蹈队", "松窗读书会"}
	var ids []string
	for i := range 3 {
		ids = append(ids, w.founded(owner, names[i], code(i)).ID)
	}
	approved := map[string]approval{}
	for step := range 120 {
		id := ids[random.IntN(len(ids))]
		o := w.get(owner, id)
		switch random.IntN(8) {
		case 0, 1:
			_, _ = w.Submit(t.Context(), owner, id)
		case 2, 3:
			_, _ = w.Save(t.Context(), owner, id, o.Revision, form(names[random.IntN(3)], code(random.IntN(3))))
		case 4:
			until := civil.DateOf(w.now(), shanghai).Add(1 + random.IntN(90))
			if _, err := w.Decide(t.Context(), officer, id, organization.Decision{Revision: o.Revision, Verdict: organization.Verify, Until: until}); err == nil {
				approved[id] = approval{o.Facts, until.Add(1).Start(shanghai)}
			}
		case 5:
			_, _ = w.Decide(t.Context(), officer, id, organization.Decision{Revision: o.Revision, Verdict: organization.Refuse, Reason: "看不清"})
		case 6:
			if _, err := w.Decide(t.Context(), officer, id, organization.Decision{Revision: o.Revision, Verdict: organization.Withdraw, Reason: "冒用"}); err == nil {
				delete(approved, id)
			}
		default:
			w.pass(time.Duration(random.IntN(40*24)) * time.Hour)
			if random.IntN(2) == 0 {
				if _, err := w.Sweep(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if w.consistent(owner, ids, approved); t.Failed() {
			t.Fatalf("seed %d, step %d", seed, step)
		}
	}
	if _, broken, err := audit.New(w.store).Verify(t.Context()); err != nil || len(broken) > 0 {
		t.Fatal(broken, err)
	}
}

func (w *world) consistent(owner account.Actor, ids []string, approved map[string]approval) {
	w.t.Helper()
	holders := map[organization.Code]string{}
	for _, id := range ids {
		o, a := w.get(owner, id), w.account(id)
		was, ok := approved[id]
		counts := ok && w.now().Before(was.until)
		if o.VerifiedAt(w.now()) != counts || a.Verified(w.now()) != counts {
			w.t.Errorf("verified: registration %t, account %t, staff %t", o.VerifiedAt(w.now()), a.Verified(w.now()), counts)
		}
		if counts && (*o.Checked != was.facts || a.Name != was.facts.Name) {
			w.t.Errorf("counts as %+v and shows %s; staff verified %+v", *o.Checked, a.Name, was.facts)
		}
		if o.State == organization.Verified && !counts {
			w.t.Error("it says that it is verified")
		}
		var held []organization.Code
		if counts {
			held = append(held, was.facts.Code)
		}
		if o.State == organization.Submitted {
			held = append(held, o.Code)
		}
		for _, code := range held {
			if other := holders[code]; other != "" && other != id {
				w.t.Errorf("%s is held twice", code)
			}
			holders[code] = id
		}
	}
}

// The history is bounded, and so is the document that holds it.
func TestTheHistoryIsBounded(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, officer := w.person("王小明"), w.officer()
	o := w.founded(owner, "青花合唱团", code(1))
	for range 40 {
		var err error
		if o, err = w.Submit(t.Context(), owner, o.ID); err != nil {
			t.Fatal(err)
		}
		if o, err = w.Decide(t.Context(), officer, o.ID, organization.Decision{Revision: o.Revision, Verdict: organization.Refuse, Reason: "看不清"}); err != nil {
			t.Fatal(err)
		}
	}
	if len(o.History) != 50 || o.History[49].Event != organization.Refuse {
		t.Errorf("%d steps", len(o.History))
	}
	err := w.store.View(t.Context(), func(tx store.Tx) error {
		records, _, err := store.Page[audit.Record](tx, "audit_records", store.Query{Limit: 500})
		if len(records) < 80 {
			t.Errorf("the audit has %d records; it forgets nothing", len(records))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
