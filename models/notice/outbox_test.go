package notice_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// clock is a moment the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// recorder is a sender that keeps what it is given and fails as it is told.
type recorder struct {
	mu   sync.Mutex
	got  []notice.Message
	fail func(m notice.Message) error
}

func (r *recorder) Send(_ context.Context, m notice.Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		if err := r.fail(m); err != nil {
			return err
		}
	}
	r.got = append(r.got, m)
	return nil
}

// house is an outbox with both senders recorded.
type house struct {
	*notice.Outbox
	store     store.Store
	clock     *clock
	sms, mail *recorder
	log       *bytes.Buffer
}

func open(t *testing.T) *house {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, notice.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	h := &house{store: st, clock: &clock{at: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}, sms: &recorder{}, mail: &recorder{}, log: &bytes.Buffer{}}
	h.Outbox = h.another(notice.Senders{SMS: h.sms, Mail: h.mail})
	return h
}

// another is the outbox of another instance on the same store.
func (h *house) another(senders notice.Senders) *notice.Outbox {
	return notice.New(h.store, senders, slog.New(slog.NewTextHandler(h.log, nil)), h.clock.now)
}

func (h *house) put(t *testing.T, notices ...notice.Notice) {
	t.Helper()
	err := h.store.Update(t.Context(), func(tx store.Tx) error {
		for _, n := range notices {
			if err := h.Put(tx, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) deliver(t *testing.T, want int) {
	t.Helper()
	if n, err := h.Deliver(t.Context()); n != want || err != nil {
		t.Fatalf("Deliver sent %d, %v, want %d", n, err, want)
	}
}

// documents reads the whole outbox as the store keeps it.
func (h *house) documents(t *testing.T) []string {
	t.Helper()
	var all []string
	err := h.store.View(t.Context(), func(tx store.Tx) error {
		return tx.Find("notices", store.Query{}, func(raw bson.Raw) (bool, error) {
			all = append(all, raw.String())
			return true, nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

const (
	phone = "+8613800000000"
	email = "li.lei@example.cn"
)

func signInCode(to string) notice.Notice {
	return notice.Notice{To: to, Template: notice.SignInCode, Params: map[string]string{"code": "482913", "minutes": "5"}}
}

func confirmed(to string) notice.Notice {
	return notice.Notice{To: to, Template: notice.BookingConfirmed, Params: map[string]string{
		"number": "7K2M9QXD", "venue": "德兴文化书屋", "space": "17 号座", "start": "2026-11-25 09:00", "end": "2026-11-25 11:00",
	}}
}

func TestANoticeGoesOutOnceByTheWayOfItsAddress(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.put(t, signInCode(phone), confirmed(email))
	h.deliver(t, 2)
	h.deliver(t, 0)
	if len(h.sms.got) != 1 || h.sms.got[0].To != phone || !strings.Contains(h.sms.got[0].Text, "482913") {
		t.Errorf("by SMS: %+v", h.sms.got)
	}
	if len(h.mail.got) != 1 || h.mail.got[0].To != email || h.mail.got[0].Subject == "" {
		t.Errorf("by mail: %+v", h.mail.got)
	}
}

func TestANoticeOfATransactionThatFailedIsNeverSent(t *testing.T) {
	t.Parallel()
	h := open(t)
	failed := errors.New("no")
	err := h.store.Update(t.Context(), func(tx store.Tx) error {
		if err := h.Put(tx, signInCode(phone)); err != nil {
			return err
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	h.deliver(t, 0)
}

func TestANoticeWaitsUntilItIsDue(t *testing.T) {
	t.Parallel()
	h := open(t)
	n := confirmed(email)
	n.Due = h.clock.now().Add(time.Hour)
	h.put(t, n)
	h.clock.add(time.Hour - time.Millisecond)
	h.deliver(t, 0)
	h.clock.add(time.Millisecond)
	h.deliver(t, 1)
}

func TestASentNoticeKeepsNeitherAddressNorWords(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.put(t, signInCode(phone), confirmed(email))
	h.deliver(t, 2)
	for _, doc := range h.documents(t) {
		for _, personal := range []string{phone, email, "482913", "7K2M9QXD", "17 号座"} {
			if strings.Contains(doc, personal) {
				t.Errorf("%s is still in %s", personal, doc)
			}
		}
	}
	if h.log.Len() > 0 {
		t.Errorf("the log says %s", h.log)
	}
}

func TestPutAndWakeWakeTheRunner(t *testing.T) {
	t.Parallel()
	h := open(t)
	select {
	case <-h.Woken():
		t.Fatal("woken by nothing")
	default:
	}
	h.put(t, signInCode(phone), confirmed(email))
	h.Wake()
	<-h.Woken()
	select {
	case <-h.Woken():
		t.Error("one signal is enough for all")
	default:
	}
}

func TestTheLogIsUsedOnlyWhenNothingIsConfigured(t *testing.T) {
	t.Parallel()
	h := open(t)
	if o := h.another(notice.Senders{Mail: h.mail}); o.Reaches(phone) || !o.Reaches(email) {
		t.Error("with mail alone, phones are reached or mail is not")
	}
	onlyMail := h.another(notice.Senders{Mail: h.mail})
	if err := h.store.Update(t.Context(), func(tx store.Tx) error { return onlyMail.Put(tx, signInCode(phone)) }); err != nil {
		t.Error(err)
	}
	if left := h.documents(t); len(left) != 0 {
		t.Errorf("kept a notice for somebody who cannot be reached: %s", left)
	}

	if got := onlyMail.Reachable("", phone, email) + h.Reachable(phone, email) + onlyMail.Reachable(phone, ""); got != email+phone {
		t.Errorf("reachable: %q", got)
	}

	nothing := h.another(notice.Senders{})
	if err := h.store.Update(t.Context(), func(tx store.Tx) error { return nothing.Put(tx, signInCode(phone)) }); err != nil {
		t.Fatal(err)
	}
	if n, err := nothing.Deliver(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if log := h.log.String(); !strings.Contains(log, "482913") || !strings.Contains(log, phone) {
		t.Errorf("the log does not help to try the product out:\n%s", log)
	}
}

func TestTidyForgetsOldNotices(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.put(t, confirmed(email))
	h.deliver(t, 1)
	h.clock.add(29 * 24 * time.Hour)
	later := confirmed(email)
	later.Due = h.clock.now().Add(90 * 24 * time.Hour)
	h.put(t, later)
	if n, err := h.Tidy(t.Context()); n != 0 || err != nil {
		t.Errorf("after 29 days: %d, %v", n, err)
	}
	h.clock.add(2 * 24 * time.Hour)
	if n, err := h.Tidy(t.Context()); n != 1 || err != nil {
		t.Errorf("after 31 days: %d, %v", n, err)
	}
	if left := h.documents(t); len(left) != 1 {
		t.Errorf("%d notices left, want the one that waits", len(left))
	}
}

func TestACallerWhoForgetsSomethingIsTold(t *testing.T) {
	t.Parallel()
	h := open(t)
	noCode := signInCode(phone)
	noCode.Params = map[string]string{"minutes": "5"}
	unknown := signInCode(phone)
	unknown.Template = "nothing"
	for _, n := range []notice.Notice{noCode, unknown} {
		err := h.store.Update(t.Context(), func(tx store.Tx) error { return h.Put(tx, n) })
		if !fault.Is(err, fault.Internal) {
			t.Errorf("%+v: %v", n, err)
		}
	}
	h.put(t, signInCode("")) // nobody to tell is no mistake
	h.deliver(t, 0)
}

func TestADiscardingOutboxDropsEverything(t *testing.T) {
	t.Parallel()
	h := open(t)
	o := notice.Discard()
	if err := h.store.Update(t.Context(), func(tx store.Tx) error { return o.Put(tx, confirmed(email)) }); err != nil {
		t.Fatal(err)
	}
	if n, err := o.Deliver(t.Context()); n != 0 || err != nil || len(h.documents(t)) != 0 {
		t.Errorf("%d, %v, %s", n, err, h.documents(t))
	}
	if n, err := o.Tidy(t.Context()); n != 0 || err != nil {
		t.Error(n, err)
	}
}
