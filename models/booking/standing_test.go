package booking_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/notice"
	"wenguan/models/rule"
	"wenguan/models/store"
)

// strict is a reading room where two violations in 30 days suspend for a week.
func strict(w *world) {
	v := readingRoom("v", 4)
	v.Rules.Strikes = []rule.StrikeRule{{
		ID: "misses", Counts: []rule.ViolationKind{rule.NoShowed, rule.Misconduct}, Max: 2,
		Within: rule.Within{Per: rule.Rolling, Days: 30}, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7},
	}}
	v.Rules.EarnBack = &rule.EarnBack{How: rule.Text{ZH: "志愿服务", EN: "Volunteering"}}
	w.save(v)
}

// known is a resident in the directory who can be reached.
func (w *world) known(phone string) account.Actor {
	w.t.Helper()
	a, err := w.people.Create(context.Background(), system, account.Account{Kind: account.Person, Name: "王小明", Phone: phone, Group: account.Residents})
	if err != nil {
		w.t.Fatal(err)
	}
	return account.Actor{ID: a.ID, Kind: account.Person, Name: a.Name, Group: a.Group}
}

// miss books at eight of a day and does not come.
func (w *world) miss(actor account.Actor, days int) booking.Booking {
	w.t.Helper()
	date := today.Add(days)
	w.clock.Set(w.at(date, 7, 0))
	b := w.reserve(actor, booking.Request{Venue: "v", Space: "room", Start: w.at(date, 8, 0), End: w.at(date, 9, 0)})
	w.clock.Set(w.at(date, 10, 0))
	if _, _, err := w.desk.Sweep(context.Background()); err != nil {
		w.t.Fatal(err)
	}
	return b
}

func (w *world) standing(actor account.Actor) *booking.Standing {
	w.t.Helper()
	s, err := w.desk.Standing(context.Background(), actor, "")
	if err != nil {
		w.t.Fatal(err)
	}
	return &s
}

// told are the templates of what waits for an address.
func (w *world) told(address string) (templates []string) {
	w.t.Helper()
	err := w.store.View(context.Background(), func(tx store.Tx) error {
		templates = nil
		list, err := notice.New(w.store, notice.Senders{}, nil, w.clock.Now).WaitingFor(tx, address)
		for _, n := range list {
			templates = append(templates, n.Template)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return templates
}

func TestWhoMissesTwiceIsToldSuspendedAndCanBookAgainAfterAnAppeal(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	strict(w)
	who, manager := w.known("+8613800138000"), staff(account.Manager, "v")

	w.miss(who, 1)
	if s := w.standing(who); len(s.Strikes) != 1 || s.Counting(&s.Strikes[0]) != 1 || s.Strikes[0].Expires == nil {
		t.Fatalf("after one miss: %+v", s.Strikes)
	}
	missed := w.miss(who, 2)
	if told := w.told("+8613800138000"); !slices.Contains(told, notice.StrikeCounted) || !slices.Contains(told, notice.Suspended) {
		t.Errorf("told of %v", told)
	}
	want := booking.Request{Venue: "v", Space: "room", Start: w.at(today.Add(3), 8, 0), End: w.at(today.Add(3), 9, 0), Party: 1}
	_, err := w.desk.Reserve(ctx, who, want)
	refused := expectCode(t, err, "rule_suspended")
	if refused.Params["until"] == nil && refused.Params["allowed_at"] == nil {
		t.Errorf("until when: %v", refused.Params)
	}
	far := want
	far.Start, far.End = want.Start.AddDate(0, 0, 60), want.End.AddDate(0, 0, 60)
	_, err = w.desk.Reserve(ctx, who, far) // not "opens in some weeks": that would be said of a day they may not book either
	expectCode(t, err, "rule_suspended")

	made, err := w.desk.Appeal(ctx, who, "", missed.ID, " 那天停电 ")
	if err != nil || made.Text != "那天停电" {
		t.Fatal(made, err)
	}
	_, err = w.desk.Appeal(ctx, who, "", missed.ID, "再说一次")
	expectCode(t, err, "appeal_open")
	_, err = w.desk.Appeal(ctx, resident(7), "", missed.ID, "别人的")
	expectCode(t, err, "strike_not_found")

	_, err = w.desk.Decide(ctx, staff(account.Manager, "elsewhere"), made.ID, booking.Verdict{Grant: true, Text: "好"})
	expectCode(t, err, "appeal_not_found")
	_, err = w.desk.Decide(ctx, manager, made.ID, booking.Verdict{Grant: true, Text: " "})
	expectCode(t, err, "text_needed")
	answered, err := w.desk.Decide(ctx, manager, made.ID, booking.Verdict{Grant: true, Text: "确实停电"})
	if err != nil || answered.State != booking.AppealGranted || answered.Answer.Text != "确实停电" {
		t.Fatal(answered, err)
	}
	_, err = w.desk.Decide(ctx, manager, made.ID, booking.Verdict{Text: "不"})
	expectCode(t, err, "appeal_answered")
	if told := w.told("+8613800138000"); !slices.Contains(told, notice.AppealGranted) {
		t.Errorf("told of %v", told)
	}
	if _, err := w.desk.Reserve(ctx, who, want); err != nil {
		t.Errorf("after the appeal: %v", err)
	}
	kept, _, err := w.desk.Appeals(ctx, who, "", 0, "")
	if err != nil || len(kept) != 1 || kept[0].Answer == nil {
		t.Errorf("kept %+v, %v", kept, err)
	}
	w.verify()
}

func TestManagersDecideWithAReasonAndNotAboutThemselves(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	strict(w)
	who, manager := w.known("+8613800138001"), staff(account.Manager, "v")
	because := func(reason string) booking.Decision { return booking.Decision{Holder: who.ID, Reason: reason} }

	first := w.miss(who, 1).ID
	second, err := w.desk.WriteDown(ctx, manager, booking.Misconduct{Decision: because("在阅览室吵闹"), Venue: "v", Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.desk.WriteDown(ctx, manager, booking.Misconduct{Decision: because("在阅览室吵闹"), Venue: "v", Key: "k"})
	if err != nil || again != second {
		t.Errorf("written down twice: %q %q %v", second, again, err)
	}
	s := w.standing(who)
	if len(s.Suspensions) != 1 || len(s.Strikes) != 2 || s.Details[second].Reason != "在阅览室吵闹" {
		t.Fatalf("%+v", s)
	}
	_, err = w.desk.WriteDown(ctx, manager, booking.Misconduct{Decision: because(""), Venue: "v"})
	expectCode(t, err, "reason_needed")
	_, err = w.desk.WriteDown(ctx, staff(account.Counter, "v"), booking.Misconduct{Decision: because("吵"), Venue: "v"})
	expectCode(t, err, "not_permitted")
	expectCode(t, w.desk.LiftSuspension(ctx, manager, "venue v|misses|"+first, because("x")), "suspension_not_found")
	if err := w.desk.LiftSuspension(ctx, manager, s.Suspensions[0].ID, because("已谈话")); err != nil {
		t.Fatal(err)
	}
	if s = w.standing(who); len(s.InForce(w.clock.Now())) != 0 || !s.Suspensions[0].Lifted {
		t.Errorf("lifted: %+v", s.Suspensions)
	}
	third := w.miss(who, 5).ID
	if err := w.desk.EarnBack(ctx, manager, third, because("志愿服务两小时")); err != nil {
		t.Fatal(err)
	}
	if err := w.desk.EarnBack(ctx, manager, third, because("志愿服务两小时")); err != nil {
		t.Errorf("repeated: %v", err)
	}
	if s = w.standing(who); s.Strikes[2].State != rule.StrikeEarned || s.Details[third].Pardoned == "" {
		t.Errorf("earned back: %+v", s.Strikes[2])
	}
	own := manager
	own.Family = []string{who.ID}
	expectCode(t, w.desk.Waive(ctx, own, first, because("x")), "own_standing")
	expectCode(t, w.desk.Waive(ctx, manager, "nothing", because("x")), "strike_not_found")
	expectCode(t, w.desk.Waive(ctx, staff(account.Manager, "elsewhere"), first, because("x")), "strike_not_found")
}

func TestThePhotoOfAnAppealIsForThoseWhoAnswerIt(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	strict(w)
	who, manager := w.known("+8613800138002"), staff(account.Manager, "v")
	made, err := w.desk.Appeal(ctx, who, "", w.miss(who, 1).ID, "我到了")
	if err != nil {
		t.Fatal(err)
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	expectCode(t, w.desk.AddPhoto(ctx, who, made.ID, []byte("<svg>")), "photo_type")
	expectCode(t, w.desk.AddPhoto(ctx, resident(9), made.ID, photo.Bytes()), "appeal_not_found")
	hidden := append([]byte{0xff, 0xd8, 0xff, 0xfe, 0, 14}, "GPS 28.9,117"...)
	if err := w.desk.AddPhoto(ctx, who, made.ID, append(hidden, photo.Bytes()[2:]...)); err != nil {
		t.Fatal(err)
	}
	kind, data, err := w.desk.Photo(ctx, manager, made.ID)
	if err != nil || kind != "image/jpeg" || strings.Contains(string(data), "GPS") {
		t.Errorf("%s, %v, %q", kind, err, data)
	}
	_, _, err = w.desk.Photo(ctx, staff(account.Counter, "v"), made.ID)
	expectCode(t, err, "appeal_not_found")
	looks := 0
	err = w.store.View(ctx, func(tx store.Tx) error {
		list, _, err := audit.LooksAt(tx, who.ID, 10, "")
		looks = len(list)
		return err
	})
	if err != nil || looks != 1 {
		t.Errorf("%d looks, %v", looks, err)
	}
	if err := w.store.Update(ctx, func(tx store.Tx) error { return w.desk.Forget(tx, who.ID) }); err != nil {
		t.Fatal(err)
	}
	_, _, err = w.desk.Photo(ctx, manager, made.ID)
	expectCode(t, err, "appeal_not_found")
	list, _, err := w.desk.AppealsAt(ctx, manager, "v", booking.AppealOpen, 0, "")
	if err != nil || len(list) != 0 {
		t.Errorf("of an erased person stay %v, %v", list, err)
	}
}

func TestNoSequenceOfVerbsCountsAStrikeTwiceOrSuspendsForNothing(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	strict(w)
	worlds := 0
	rapid.Check(t, func(rt *rapid.T) {
		worlds++
		w.clock.Set(w.at(today, 8, 0))
		who, manager := w.known(fmt.Sprintf("+86138%08d", worlds)), staff(account.Manager, "v")
		day, known, opened := 0, []string{}, []string{}
		by := booking.Decision{Holder: who.ID, Reason: "因为"}
		one := func(rt *rapid.T, from []string) string {
			if len(from) == 0 {
				rt.Skip("nothing yet")
			}
			return rapid.SampledFrom(from).Draw(rt, "one")
		}
		pardons := func(rt *rapid.T, pardon func() error) {
			before := w.standing(who)
			if pardon() != nil {
				return
			}
			after := w.standing(who)
			if len(before.InForce(w.clock.Now())) == 0 && len(after.InForce(w.clock.Now())) > 0 {
				rt.Fatalf("a pardon suspended: %+v", after.Suspensions)
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"book and miss": func(rt *rapid.T) {
				day += rapid.IntRange(1, 9).Draw(rt, "days")
				date := today.Add(day)
				w.clock.Set(w.at(date, 7, 0))
				suspended := w.standing(who).InForce(w.clock.Now())
				b, err := w.desk.Reserve(ctx, who, booking.Request{
					Venue: "v", Space: "room", Start: w.at(date, 8, 0), End: w.at(date, 9, 0), Party: 1,
				})
				if (err != nil) != (len(suspended) > 0) {
					rt.Fatalf("suspended by %+v, answered %v", suspended, err)
				}
				if err != nil {
					return
				}
				w.clock.Set(w.at(date, 10, 0))
				for range rapid.IntRange(1, 2).Draw(rt, "sweeps") {
					if _, _, err := w.desk.Sweep(ctx); err != nil {
						rt.Fatal(err)
					}
				}
				known = append(known, b.ID)
			},
			"misbehave": func(rt *rapid.T) {
				w.clock.Add(time.Minute)
				id, err := w.desk.WriteDown(ctx, manager, booking.Misconduct{Decision: by, Venue: "v"})
				if err == nil {
					known = append(known, id)
				}
			},
			"waive": func(rt *rapid.T) {
				id := one(rt, known)
				pardons(rt, func() error { return w.desk.Waive(ctx, manager, id, by) })
			},
			"earn back": func(rt *rapid.T) {
				id := one(rt, known)
				pardons(rt, func() error { return w.desk.EarnBack(ctx, manager, id, by) })
			},
			"lift": func(rt *rapid.T) {
				for _, s := range w.standing(who).InForce(w.clock.Now()) {
					if err := w.desk.LiftSuspension(ctx, manager, s.ID, by); err != nil {
						rt.Fatal(err)
					}
				}
			},
			"appeal": func(rt *rapid.T) {
				if a, err := w.desk.Appeal(ctx, who, "", one(rt, known), "不对"); err == nil {
					opened = append(opened, a.ID)
				}
			},
			"answer": func(rt *rapid.T) {
				id, grant := one(rt, opened), rapid.Bool().Draw(rt, "grant")
				pardons(rt, func() error {
					_, err := w.desk.Decide(ctx, manager, id, booking.Verdict{Grant: grant, Text: "答复"})
					return err
				})
			},
			"": func(rt *rapid.T) { lawfulStanding(rt, w.standing(who), w.clock.Now()) },
		})
	})
}

// lawfulStanding holds a standing against what is written of it.
func lawfulStanding(rt *rapid.T, s *booking.Standing, now time.Time) {
	counted, used := map[string]bool{}, map[string]string{}
	for _, k := range s.Strikes {
		if key := k.Violation + " by " + k.Rule; counted[key] {
			rt.Fatalf("%s counts twice", key)
		} else {
			counted[key] = true
		}
	}
	for _, p := range s.Suspensions {
		if len(p.Strikes) < int(p.Max) {
			rt.Fatalf("suspended for %d of %d strikes: %+v", len(p.Strikes), p.Max, p)
		}
		for _, v := range p.Strikes {
			if used[v] != "" {
				rt.Fatalf("%s suspended twice: by %s and %s", v, used[v], p.ID)
			}
			used[v] = p.ID
		}
	}
	for _, p := range s.InForce(now) {
		for _, k := range s.Strikes {
			if slices.Contains(p.Strikes, k.Violation) && (k.State != rule.StrikeUsed || k.Penalty != p.ID) {
				rt.Fatalf("suspended by %s, which is %s", k.Violation, k.State)
			}
		}
	}
}
