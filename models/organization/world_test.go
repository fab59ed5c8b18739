package organization_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/organization"
	"wenguan/models/store"
)

var (
	system   = account.Actor{System: true}
	shanghai = time.FixedZone("CST", 8*3600)
)

// world is a register on a throw-away store, with a clock and a mailbox.
type world struct {
	*organization.Register
	t        *testing.T
	store    store.Store
	accounts *account.Directory
	outbox   *notice.Outbox

	mu   sync.Mutex
	at   time.Time
	sent []notice.Message
}

func open(t *testing.T) *world {
	t.Helper()
	var collections []store.Collection
	for _, c := range [][]store.Collection{organization.Collections(), account.Collections(), audit.Collections(), notice.Collections()} {
		collections = append(collections, c...)
	}
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "w.db"), store.EmbeddedOptions{NoSync: true}, collections)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	w := &world{t: t, store: st, at: time.Date(2026, 11, 24, 1, 40, 0, 0, time.UTC)}
	w.outbox = notice.New(st, notice.Senders{SMS: w, Mail: w}, quiet, w.now)
	w.accounts = account.New(st, w.outbox, w.now)
	w.Register = organization.New(st, organization.Deps{Accounts: w.accounts, Notices: w.outbox, Zone: shanghai}, w.now)
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

// pass delivers what waits, then moves the clock.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	if _, err := w.outbox.Deliver(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

// Send implements notice.Sender.
func (w *world) Send(_ context.Context, m notice.Message) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, m)
	return nil
}

// told delivers what waits and lists the templates that went to a person, by name.
func (w *world) told(who account.Actor) []string {
	w.t.Helper()
	if _, err := w.outbox.Deliver(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	a := w.account(who.ID)
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []string
	for _, m := range w.sent {
		if m.To == a.Phone {
			list = append(list, m.Template)
		}
	}
	slices.Sort(list)
	return list
}

var numbers struct {
	sync.Mutex
	n int
}

// person makes an account with a phone and returns it as one who acts.
func (w *world) person(name string, grants ...account.Grant) account.Actor {
	w.t.Helper()
	numbers.Lock()
	numbers.n++
	phone := fmt.Sprintf("+86138%08d", numbers.n)
	numbers.Unlock()
	made, err := w.accounts.Create(w.t.Context(), system, account.Account{Kind: account.Person, Name: name, Phone: phone, Grants: grants})
	if err != nil {
		w.t.Fatal(err)
	}
	return made.Actor()
}

// officer is somebody of the staff who verifies.
func (w *world) officer() account.Actor {
	return w.person("林主任", account.Grant{Role: account.Manager, GivenAt: w.now()})
}

func (w *world) account(id string) account.Account {
	w.t.Helper()
	a, err := w.accounts.Get(w.t.Context(), system, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// again is the actor with the memberships of this moment.
func (w *world) again(who account.Actor) account.Actor { return w.account(who.ID).Actor() }

// code is a valid credit code that says 社会团体, the nth of the tests.
func code(n int) organization.Code {
	first := fmt.Sprintf("51361130%09d", n)
	return organization.Code(first + string(organization.CheckCharacter(first)))
}

func form(name string, code organization.Code) organization.Form {
	return organization.Form{
		Facts:   organization.Facts{Name: name, Code: code, Kind: organization.Association},
		Contact: "王小明", Phone: "0793-7210000",
	}
}

// founded is a draft of an owner, with a document.
func (w *world) founded(owner account.Actor, name string, code organization.Code) organization.Organization {
	w.t.Helper()
	o, err := w.Found(w.t.Context(), owner, form(name, code))
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.AddDocument(w.t.Context(), owner, o.ID, "证书.png", pngOf(40, 30), ""); err != nil {
		w.t.Fatal(err)
	}
	return w.get(owner, o.ID)
}

func (w *world) get(who account.Actor, id string) organization.Organization {
	w.t.Helper()
	o, err := w.Get(w.t.Context(), who, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

// submitted is a draft that was submitted.
func (w *world) submitted(owner account.Actor, name string, code organization.Code) organization.Organization {
	w.t.Helper()
	o, err := w.Submit(w.t.Context(), owner, w.founded(owner, name, code).ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

// verified is a registration that staff verified for a year.
func (w *world) verified(owner account.Actor, name string, code organization.Code) organization.Organization {
	w.t.Helper()
	o := w.submitted(owner, name, code)
	o, err := w.Decide(w.t.Context(), w.officer(), o.ID, organization.Decision{Revision: o.Revision, Verdict: organization.Verify})
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

// invited is a person who joined with a role.
func (w *world) invited(owner account.Actor, id, name string, role account.MemberRole) account.Actor {
	w.t.Helper()
	who := w.person(name)
	_, token, err := w.Invite(w.t.Context(), owner, id, organization.Invite{Role: role})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Accept(w.t.Context(), who, token); err != nil {
		w.t.Fatal(err)
	}
	return w.again(who)
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Errorf("%v, want %q", err, code)
	}
}
