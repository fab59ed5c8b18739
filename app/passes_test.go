package app_test

import (
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

// doorway is a reading room where only the means given count, ten minutes before two bookings begin.
type doorway struct {
	*apptest.House
	door            *apptest.Client
	mine, theirs    handlers.Booking
	phone, stranger *apptest.ShownPass
}

func stand(t *testing.T, means ...rule.Means) *doorway {
	t.Helper()
	h := apptest.Start(t)
	room := h.ReadingRoom("room", 4)
	room.Rules.CheckInBy = means
	h.Save(room)
	me, them := h.Resident("王小明"), h.Resident("李雷")
	d := &doorway{House: h, door: h.Device(account.Door, "room")}
	d.mine = bookAt(t, me, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00"}`)
	d.theirs = bookAt(t, them, `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T11:00"}`)
	h.Clock.Advance(10 * time.Minute)
	d.phone, d.stranger = apptest.PassOf(me, d.mine.ID), apptest.PassOf(them, d.theirs.ID)
	return d
}

func (d *doorway) scan(text string) *apptest.Answer {
	return d.door.Post("/api/v1/attendance", map[string]string{"venue": "room", "token": text, "do": "check_in"})
}

func TestNothingButTheLiveCodeOfThisBookingAndMomentIsAPass(t *testing.T) {
	t.Parallel()
	d := stand(t, rule.ByPass)
	now := d.Clock.Now()
	right := d.phone.At(now)
	code := right[strings.LastIndex(right, ".")+1:]
	theirs := d.stranger.At(now)
	for name, text := range map[string]string{
		"without a code":                 d.phone.Token,
		"the code of another's booking":  d.phone.Token + theirs[len(d.stranger.Token):],
		"a code of two minutes ahead":    d.phone.At(now.Add(2 * time.Minute)),
		"an altered code":                right[:len(right)-1] + string(code[len(code)-1]^1),
		"a slot that was moved to now":   d.phone.Token + right[len(d.phone.Token):len(right)-8] + liveOf(d.phone.At(now.Add(time.Hour))),
		"an empty code":                  d.phone.Token + "..",
		"a code of what is not base64":   d.phone.Token + ".zzz.!!!!!!!!",
		"the code of nobody, ever again": d.phone.Token + ".0." + code,
	} {
		t.Log(name)
		d.scan(text).Refused(422, "pass_stale")
	}
	for _, text := range []string{right + ".x", strings.Replace(right, ".", "..", 1), "x" + right, strings.Repeat(".", 4)} {
		d.scan(text).Refused(422, "pass_invalid")
	}
	d.scan(right).Expect(200)
	second := d.Device(account.Kiosk, "room") // replayed at another device within the same half minute
	second.Post("/api/v1/attendance", map[string]string{"venue": "room", "token": right, "do": "check_in"}).Refused(409, "already_in")
	board := apptest.Decode[handlers.BoardView](d.Staff(account.Manager, "room").Get("/api/v1/venues/room/board").Expect(200))
	if board.In != 1 {
		t.Errorf("%d people are in, want 1", board.In)
	}
}

func liveOf(text string) string { return text[strings.LastIndex(text, ".")+1:] }

func TestAPictureOfAPassIsASlipWhereSlipsCount(t *testing.T) {
	t.Parallel()
	d := stand(t, rule.ByPass, rule.BySlip)
	d.scan(d.phone.At(d.Clock.Now().Add(-time.Hour))).Expect(200)
	d.scan(d.stranger.Token).Expect(200)
	only := stand(t, rule.BySlip)
	if strings.Join(only.phone.By, " ") != "slip" {
		t.Errorf("the page is told %v", only.phone.By)
	}
	only.scan(only.phone.At(only.Clock.Now())).Refused(422, "rule_check_in_by")
	all := stand(t)
	all.scan(all.phone.Token).Expect(200)
	if b := apptest.Decode[handlers.Booking](all.Staff(account.Manager, "room").Get("/api/v1/bookings/" + all.mine.ID)); b.State != booking.CheckedIn {
		t.Errorf("it is %s", b.State)
	}
}
