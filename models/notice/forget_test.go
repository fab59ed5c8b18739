package notice_test

import (
	"fmt"
	"testing"

	"wenguan/models/notice"
	"wenguan/models/store"
)

func TestWhatWaitsForAnAddressIsFoundAndForgottenAmongMuchElse(t *testing.T) {
	t.Parallel()
	h := open(t)
	params := map[string]string{"number": "7K2M9QXD", "venue": "书屋", "space": "座位", "start": "2026-11-25 09:00", "end": "2026-11-25 10:00"}
	var list []notice.Notice
	for n := range 2500 {
		to := fmt.Sprintf("+86139%08d", n)
		switch n {
		case 0, 1200, 2499:
			to = phone
		}
		list = append(list, notice.Notice{To: to, Template: notice.BookingConfirmed, Params: params})
	}
	h.put(t, append(list,
		notice.Notice{To: phone, Template: notice.BookingCancelled, Params: params},
		notice.Notice{To: phone, Template: notice.SignInCode, Params: map[string]string{"code": "123456", "minutes": "5"}},
		notice.Notice{To: email, Template: notice.BookingConfirmed, Params: params},
	)...)
	waiting := func(to string) (n int) {
		t.Helper()
		if err := h.store.View(t.Context(), func(tx store.Tx) error {
			list, err := h.WaitingFor(tx, to)
			n = len(list)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if phones, mails := waiting(phone), waiting(email); phones != 4 || mails != 1 {
		t.Errorf("%d and %d wait", phones, mails)
	}
	before := len(h.documents(t))
	if err := h.store.Update(t.Context(), func(tx store.Tx) error { return h.Forget(tx, phone) }); err != nil {
		t.Fatal(err)
	}
	if gone := before - len(h.documents(t)); gone != 4 { // the code, too; not what is said at parting
		t.Errorf("%d were forgotten", gone)
	}
	if phones, mails := waiting(phone), waiting(email); phones != 1 || mails != 1 {
		t.Errorf("%d and %d wait afterwards", phones, mails)
	}
}
