package account_test

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// town is a directory on a store of its own, a clock the test moves, and the messages that went out.
type town struct {
	*account.Directory
	store  store.Store
	outbox *notice.Outbox

	mu   sync.Mutex
	at   time.Time
	sent []notice.Message
}

// Send implements notice.Sender.
func (w *town) Send(_ context.Context, m notice.Message) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, m)
	return nil
}

func (w *town) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *town) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

// another is the directory of another instance on the same store.
func (w *town) another() *account.Directory {
	d := account.New(w.store, w.outbox, w.now)
	d.SetKey([]byte("the same for every instance, 32 b"))
	return d
}

func open(t testing.TB) *town {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true},
		slices.Concat(account.Collections(), notice.Collections(), audit.Collections()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	w := &town{store: st, at: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}
	w.outbox = notice.New(st, notice.Senders{SMS: w, Mail: w}, slog.New(slog.NewTextHandler(io.Discard, nil)), w.now)
	w.Directory = w.another()
	return w
}

// code asks for a code and returns it as it arrived.
func (w *town) code(t testing.TB, to string) string {
	t.Helper()
	if err := w.SendCode(t.Context(), to, ""); err != nil {
		t.Fatal(err)
	}
	return w.arrived(t).Params["code"]
}

// arrived delivers and returns the newest message.
func (w *town) arrived(t testing.TB) notice.Message {
	t.Helper()
	if n, err := w.outbox.Deliver(t.Context()); n == 0 || err != nil {
		t.Fatalf("delivered %d, %v", n, err)
	}
	return w.sent[len(w.sent)-1]
}

func (w *town) signIn(t testing.TB, to string) account.Session {
	t.Helper()
	s, err := w.SignIn(t.Context(), to, w.code(t, to))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (w *town) create(t testing.TB, a account.Account) account.Account {
	t.Helper()
	made, err := w.Create(t.Context(), system, a)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func wantCode(t testing.TB, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Errorf("got %v (%s), want %s", err, fault.CodeOf(err), code)
	}
}

const (
	phone = "+8613800000000"
	email = "li.lei@example.cn"
)

var system = account.Actor{System: true}

func TestCreateKeepsWhatWasGivenInItsOneForm(t *testing.T) {
	t.Parallel()
	w := open(t)
	made := w.create(t, account.Account{Name: "  王  小明 ", Phone: "138 0000 0000", Email: "Li.Lei@Example.CN"})
	want := account.Account{ID: made.ID, Kind: account.Person, Name: "王 小明", Phone: phone, Email: email, CreatedAt: w.at, SeenAt: w.at}
	if diff := cmp.Diff(want, made); diff != "" || len(made.ID) != 26 {
		t.Error(diff)
	}
	for _, to := range []string{"13800000000", " LI.LEI@example.cn"} {
		if found, err := w.FindByAddress(t.Context(), system, to); err != nil || found.ID != made.ID {
			t.Errorf("by %s: %+v, %v", to, found, err)
		}
	}
	got, err := w.Get(t.Context(), made.Actor(), made.ID)
	if diff := cmp.Diff(made, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestAnAddressBelongsToOneAccount(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.create(t, account.Account{Name: "甲", Phone: phone})
	_, err := w.Create(t.Context(), system, account.Account{Name: "乙", Email: email, Phone: "13800000000"})
	wantCode(t, err, "address_taken")
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("kind %s", fault.KindOf(err))
	}
	// What failed left nothing behind.
	w.create(t, account.Account{Name: "丙", Email: email})
}

func TestAnImpossibleAccountIsRefusedWithItsField(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, c := range []struct {
		a           account.Account
		code, field string
	}{
		{account.Account{}, "name_unusable", "name"},
		{account.Account{Name: strings.Repeat("王", 61)}, "name_unusable", "name"},
		{account.Account{Name: "王\u202e明"}, "name_unusable", "name"},
		{account.Account{Name: "王*明"}, "name_unusable", "name"},
		{account.Account{Name: "a\xff"}, "name_unusable", "name"},
		{account.Account{Name: "甲", Kind: "robot"}, "kind_unknown", "kind"},
		{account.Account{Name: "甲", Group: "cats"}, "group_unknown", "group"},
		{account.Account{Name: "甲", Language: "fr"}, "language_unknown", "language"},
		{account.Account{Name: "甲", Phone: email}, "address_unreadable", "phone"},
		{account.Account{Name: "甲", Email: phone}, "address_unreadable", "email"},
		{account.Account{Name: "甲", Grants: []account.Grant{{Role: "king"}}}, "grant_role", "grants[0].role"},
		{account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Resident}}}, "grant_role", "grants[0].role"},
		{account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Manager}, {Role: account.Administrator, Venues: []string{"v"}}}}, "grant_venues", "grants[1].venues"},
		{account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Attendant, Venues: []string{" "}}}}, "grant_venues", "grants[0].venues"},
		{account.Account{Name: "甲", Grants: make([]account.Grant, 21)}, "grants_many", "grants"},
	} {
		_, err := w.Create(t.Context(), system, c.a)
		wantCode(t, err, c.code)
		var f *fault.Error
		if f, _ = err.(*fault.Error); f == nil || f.Field != c.field || f.Kind != fault.Invalid {
			t.Errorf("%+v: %+v, want field %s", c.a, f, c.field)
		}
	}
}

func TestOnlyThoseWhoManageAccountsSeeAndChangeOthers(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.create(t, account.Account{Name: "甲", Phone: phone})
	manager := w.create(t, account.Account{Name: "乙", Grants: []account.Grant{{Role: account.Manager}}})
	boss := w.create(t, account.Account{Name: "丙", Grants: []account.Grant{{Role: account.Administrator}}})
	for _, c := range []struct {
		actor account.Actor
		kind  fault.Kind
	}{
		{account.Actor{}, fault.Unauthenticated}, {me.Actor(), fault.Forbidden}, {manager.Actor(), fault.Forbidden}, {boss.Actor(), ""}, {system, ""},
	} {
		ctx := t.Context()
		_, create := w.Create(ctx, c.actor, account.Account{Name: "丁"})
		_, find := w.FindByAddress(ctx, c.actor, phone)
		_, link := w.MakeLink(ctx, c.actor, me.ID, account.LinkOptions{TTL: time.Hour})
		_, session := w.MakeSession(ctx, c.actor, me.ID)
		_, _, staff := w.Staff(ctx, c.actor, 10, "")
		if _, err := w.Get(ctx, c.actor, ""); err == nil || c.kind != "" && fault.KindOf(err) != c.kind {
			t.Errorf("get nobody by %+v: %v", c.actor, err)
		}
		_, get := w.Get(ctx, c.actor, manager.ID)
		if c.actor.ID == manager.ID {
			_, get = w.Get(ctx, c.actor, me.ID)
		}
		for verb, err := range map[string]error{"create": create, "find": find, "link": link, "session": session, "staff": staff, "get": get} {
			if fault.KindOf(err) != c.kind {
				t.Errorf("%s by %+v: %v, want %q", verb, c.actor, err, c.kind)
			}
		}
	}
}

func TestAChangedNameIsOnRecordWithoutTheName(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.create(t, account.Account{Name: "王小瓷"})
	before := len(w.recorded(t))
	for _, p := range []account.Profile{{Name: ptr("李改名")}, {Name: ptr("李改名")}, {Language: ptr("en")}} {
		if _, err := w.UpdateProfile(t.Context(), me.Actor(), p); err != nil {
			t.Fatal(err)
		}
	}
	records := w.recorded(t)
	if len(records) != before+1 {
		t.Fatalf("%d records of one changed name", len(records)-before)
	}
	for _, r := range records {
		if text := string(r.Before) + string(r.After) + r.Subject; strings.Contains(text, "李改名") || strings.Contains(text, "王小瓷") {
			t.Errorf("the audit has a name: %+v", r)
		}
	}
}

func TestAProfileChangesWhatWasGivenAndNothingElse(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.signIn(t, phone).Account
	group, language, name := account.Elders, "en", "王小明"
	want := me
	for _, p := range []account.Profile{{Name: &name}, {Group: &group}, {Language: &language}, {}} {
		if p.Name != nil {
			want.Name = name
		}
		if p.Group != nil {
			want.Group = group
		}
		if p.Language != nil {
			want.Language = language
		}
		got, err := w.UpdateProfile(t.Context(), me.Actor(), p)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
	}
	_, err := w.UpdateProfile(t.Context(), account.Actor{}, account.Profile{Name: &name})
	wantCode(t, err, "sign_in_needed")
	empty := ""
	for field, p := range map[string]account.Profile{
		"name": {Name: &empty}, "language": {Language: &empty}, "group": {Group: new(account.Group)},
	} {
		_, err := w.UpdateProfile(t.Context(), me.Actor(), p)
		if f, _ := err.(*fault.Error); f == nil || f.Field != field {
			t.Errorf("empty %s: %v", field, err)
		}
	}
}

// fresh is the account as one who has just shown their second factor.
func fresh(a account.Account) account.Actor {
	actor := a.Actor()
	actor.Fresh = true
	return actor
}

func TestTheLastAdministratorCannotBeUnmade(t *testing.T) {
	t.Parallel()
	w := open(t)
	if has, err := w.HasAdministrator(t.Context()); has || err != nil {
		t.Errorf("an empty town has an administrator: %v, %v", has, err)
	}
	boss := []account.Grant{{Role: account.Administrator}}
	a := w.create(t, account.Account{Name: "甲", Grants: boss})
	b := w.create(t, account.Account{Name: "乙"})
	if has, err := w.HasAdministrator(t.Context()); !has || err != nil {
		t.Errorf("%v, %v", has, err)
	}
	wantCode(t, w.Take(t.Context(), fresh(a), a.ID, a.Grants[0].ID), "last_administrator")
	second, err := w.Give(t.Context(), fresh(a), b.ID, boss[0])
	if err != nil {
		t.Fatal(err)
	}
	// Each takes the role from the other at the same moment: one of them keeps it.
	var group sync.WaitGroup
	for id, grant := range map[string]string{a.ID: a.Grants[0].ID, b.ID: second.ID} {
		group.Go(func() { _ = w.Take(context.Background(), system, id, grant) })
	}
	group.Wait()
	left := 0
	for _, id := range []string{a.ID, b.ID} {
		if found, err := w.Get(t.Context(), system, id); err != nil {
			t.Error(err)
		} else if len(found.Grants) > 0 {
			left++
		}
	}
	if has, _ := w.HasAdministrator(t.Context()); left != 1 || !has {
		t.Errorf("%d administrators left, want 1", left)
	}
}

func TestAGrantThatSaysNothingIsRefusedAndChangesNothing(t *testing.T) {
	t.Parallel()
	w := open(t)
	a := w.create(t, account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Manager, Venues: []string{"v1"}}}})
	_, err := w.Give(t.Context(), system, a.ID, account.Grant{Role: "king"})
	wantCode(t, err, "grant_role")
	if got, err := w.Get(t.Context(), system, a.ID); err != nil || !cmp.Equal(got.Grants, a.Grants) {
		t.Errorf("%+v, %v", got.Grants, err)
	}
}

func TestAnUnknownAccountIsNotFound(t *testing.T) {
	t.Parallel()
	w := open(t)
	_, get := w.Get(t.Context(), system, "nobody")
	_, find := w.FindByAddress(t.Context(), system, phone)
	_, link := w.MakeLink(t.Context(), system, "nobody", account.LinkOptions{TTL: time.Hour})
	_, session := w.MakeSession(t.Context(), system, "nobody")
	_, give := w.Give(t.Context(), system, "nobody", account.Grant{Role: account.Manager})
	for _, err := range []error{get, find, link, session, give, w.Take(t.Context(), system, "nobody", "none")} {
		wantCode(t, err, "account_not_found")
	}
}

func TestTidyDeletesWhatExpired(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.signIn(t, phone).Account
	w.code(t, email)
	if _, err := w.MakeLink(t.Context(), system, me.ID, account.LinkOptions{TTL: time.Hour, Reusable: true}); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Tidy(t.Context()); n != 0 || err != nil {
		t.Errorf("at once: %d, %v", n, err)
	}
	w.pass(24*time.Hour + time.Second) // the code, the counts of two addresses, the link
	if n, err := w.Tidy(t.Context()); n != 4 || err != nil {
		t.Errorf("after a day: %d, %v", n, err)
	}
	w.pass(30 * 24 * time.Hour)
	if n, err := w.Tidy(t.Context()); n != 1 || err != nil {
		t.Errorf("after a month: %d, %v", n, err)
	}
}

// everything reads all documents as the store keeps them.
func (w *town) everything(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	err := w.store.View(t.Context(), func(tx store.Tx) error {
		for _, c := range account.Collections() {
			err := tx.Find(c.Name, store.Query{}, func(raw bson.Raw) (bool, error) {
				b.WriteString(c.Name + " " + raw.String() + "\n")
				return true, nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
