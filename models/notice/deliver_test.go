package notice_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"wenguan/models/notice"
)

func TestInstancesThatDeliverAtOnceSendEachNoticeOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	const many = 150
	for i := range many {
		n := confirmed(email)
		n.ID = fmt.Sprintf("n%03d", i)
		h.put(t, n)
	}
	var group sync.WaitGroup
	for range 6 {
		o := h.another(notice.Senders{SMS: h.sms, Mail: h.mail})
		group.Go(func() {
			if _, err := o.Deliver(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	h.deliver(t, 0)
	times := map[string]int{}
	for _, m := range h.mail.got {
		times[m.ID]++
	}
	if len(h.mail.got) != many || len(times) != many {
		t.Errorf("%d messages of %d notices, want %d of each", len(h.mail.got), len(times), many)
	}
}

func TestWhatADeadInstanceHadLeasedIsSentByAnother(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.put(t, confirmed(email))
	// An instance that dies while sending: its sender never comes back while the others carry on.
	sending, end := make(chan struct{}), make(chan struct{})
	hang := senderFunc(func(context.Context, notice.Message) error { close(sending); <-end; return errors.New("too late") })
	var group sync.WaitGroup
	group.Go(func() { _, _ = h.another(notice.Senders{Mail: hang}).Deliver(context.Background()) })
	<-sending
	h.deliver(t, 0)
	h.clock.add(2 * time.Minute)
	h.deliver(t, 1)
	// When it comes back after all, its lease is lost and it changes nothing.
	close(end)
	group.Wait()
	h.clock.add(time.Hour)
	h.deliver(t, 0)
	if len(h.mail.got) != 1 {
		t.Errorf("sent %d times", len(h.mail.got))
	}
}

type senderFunc func(context.Context, notice.Message) error

func (f senderFunc) Send(ctx context.Context, m notice.Message) error { return f(ctx, m) }

func TestAFailedNoticeIsTriedAgainLessAndLessOftenThenGivenUp(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.sms.fail = func(notice.Message) error { return errors.New("gateway says no to " + phone) }
	h.put(t, confirmed(phone))
	var waits []time.Duration
	var since time.Duration
	tries := 0
	for range 5 * 3600 { // seconds
		before := strings.Count(h.log.String(), "msg=")
		h.deliver(t, 0)
		if strings.Count(h.log.String(), "msg=") > before {
			tries++
			waits = append(waits, since)
			since = 0
		}
		if strings.Contains(h.log.String(), "level=ERROR") {
			break
		}
		h.clock.add(time.Second)
		since += time.Second
	}
	want := []time.Duration{0, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600}
	for i := range want {
		want[i] *= time.Second
	}
	if fmt.Sprint(waits) != fmt.Sprint(want) {
		t.Errorf("waited %v, want %v", waits, want)
	}
	if strings.Contains(h.log.String(), phone) || strings.Contains(h.log.String(), "7K2M9QXD") {
		t.Errorf("personal data in the log:\n%s", h.log)
	}
	h.clock.add(24 * time.Hour)
	h.deliver(t, 0)
	if left := h.documents(t); len(left) != 1 || strings.Contains(left[0], phone) || !strings.Contains(left[0], "given_up") {
		t.Errorf("it is kept as %s", left)
	}
}

func TestANoticeRefusedForGoodIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	h := open(t)
	calls := 0
	h.mail.fail = func(notice.Message) error {
		calls++
		return &notice.Failure{Reason: "mail: server answered 550", Permanent: true, Err: errors.New("550 no " + email)}
	}
	h.put(t, confirmed(email))
	h.deliver(t, 0)
	h.clock.add(time.Hour)
	h.deliver(t, 0)
	if log := h.log.String(); calls != 1 || !strings.Contains(log, "level=WARN") || !strings.Contains(log, "answered 550") || strings.Contains(log, email) {
		t.Errorf("%d calls, log:\n%s", calls, log)
	}
}

func TestACodeIsNotSentAfterItExpired(t *testing.T) {
	t.Parallel()
	h := open(t)
	n := signInCode(phone)
	n.Expires = h.clock.now().Add(5 * time.Minute)
	h.put(t, n)
	h.clock.add(5 * time.Minute)
	h.deliver(t, 0)
	if left := h.documents(t); len(h.sms.got) != 0 || strings.Contains(left[0], "482913") || !strings.Contains(h.log.String(), "reason=expired") {
		t.Errorf("sent %v, kept %s, log:\n%s", h.sms.got, left, h.log)
	}
}

func TestAServiceThatStopsWhileSendingLosesNoTry(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.put(t, confirmed(email))
	for range 20 { // more often than a notice is tried
		ctx, stop := context.WithCancel(t.Context())
		h.mail.fail = func(notice.Message) error { stop(); return context.Canceled }
		if n, _ := h.Deliver(ctx); n != 0 {
			t.Fatalf("sent %d", n)
		}
	}
	h.mail.fail = func(notice.Message) error { return errors.New("down") }
	h.deliver(t, 0)
	h.mail.fail = nil
	h.clock.add(5 * time.Second)
	h.deliver(t, 1)
}

func TestAMessageThatWentOutWhileTheServiceStoppedIsNotSentAgain(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.put(t, confirmed(email))
	ctx, stop := context.WithCancel(t.Context())
	h.mail.fail = func(notice.Message) error { stop(); return nil }
	_, _ = h.Deliver(ctx)
	h.clock.add(time.Hour)
	h.deliver(t, 0)
	if len(h.mail.got) != 1 {
		t.Errorf("sent %d times", len(h.mail.got))
	}
}

func TestAMailServerThatHangsHoldsUpNoTextMessage(t *testing.T) {
	t.Parallel()
	h := open(t)
	sent := make(chan struct{})
	h.mail.fail = func(notice.Message) error { <-sent; return nil } // hangs until the text message is out
	h.sms.fail = func(notice.Message) error { close(sent); return nil }
	h.put(t, confirmed(email), signInCode(phone))
	h.deliver(t, 2)
}
