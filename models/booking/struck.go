package booking

import (
	"fmt"
	"strconv"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/rule"
)

// struck is somebody who broke a rule in this transaction. What it costs them is found out when everything is known.
type struck struct {
	holder    *holder
	violation string
	booking   Booking // of one that staff wrote down, no more than whose it is
}

// news is what somebody is told of their standing if the transaction is on disk.
type news struct {
	template string
	whose    Booking
	params   map[string]string
	venue    string
}

// tellStanding tells who broke a rule what it costs, and everybody what staff decided.
func (w *work) tellStanding() error {
	if w.Notices == nil || w.Accounts == nil {
		return nil
	}
	for _, s := range w.struck {
		if err := w.tellStruck(s); err != nil {
			return err
		}
	}
	for _, n := range w.news {
		if err := w.sendNews(n); err != nil {
			return err
		}
	}
	return nil
}

// tellStruck tells of the suspension that the violation led to, else of the strike nearest to one; of none where no rule
// counts it.
func (w *work) tellStruck(s struck) error {
	j, err := w.judge(w.tx, w.place, s.holder, w.now)
	if err != nil {
		return fmt.Errorf("judge %s: %w", s.holder.ID, err)
	}
	v := s.holder.Past.violation(s.violation)
	if v == nil {
		return nil
	}
	n := news{whose: s.booking, params: map[string]string{"did": string(v.Kind), "on": w.day(v.At)}, venue: v.Venue}
	if v.Why != "" {
		n.params["reason"] = v.Why
	}
	if made := longest(j.Suspensions, v.ID); made != nil {
		return w.sendNews(n.suspended(w, made))
	}
	if strike := nearest(&j.Standing, v.ID); strike != nil {
		return w.sendNews(n.counted(w, &j.Standing, strike))
	}
	return nil
}

// longest is the suspension that began with the violation, of several the one that ends last.
func longest(list []rule.Suspension, violation string) (best *rule.Suspension) {
	for i := range list {
		s := &list[i]
		if lastStrike(s.ID) == violation && (best == nil || best.Until != nil && (s.Until == nil || s.Until.After(*best.Until))) {
			best = s
		}
	}
	return best
}

// nearest is the strike of the violation that is nearest to a suspension.
func nearest(s *rule.Standing, violation string) (best *rule.Strike) {
	left := int32(0)
	for i := range s.Strikes {
		k := &s.Strikes[i]
		if k.Violation != violation || k.State != rule.StrikeActive {
			continue
		}
		if more := k.Max - s.Counting(k); best == nil || more < left {
			best, left = k, more
		}
	}
	return best
}

func (n news) suspended(w *work, s *rule.Suspension) news {
	n.template = notice.Suspended
	n.params["covers"] = string(s.Covers)
	if s.Covers == "" {
		n.params["covers"] = string(rule.AtVenue)
	}
	if s.Max > 1 {
		n.params["max"] = strconv.Itoa(int(s.Max))
	}
	if s.Until != nil {
		n.params["until"] = w.place.wall(*s.Until)
	}
	return n
}

func (n news) counted(w *work, s *rule.Standing, k *rule.Strike) news {
	n.template = notice.StrikeCounted
	n.params["count"], n.params["max"] = strconv.Itoa(int(s.Counting(k))), strconv.Itoa(int(k.Max))
	if k.Expires != nil {
		n.params["expires"] = w.day(*k.Expires)
	}
	for _, warned := range s.Warnings {
		if warned.Violation == k.Violation && warned.Rule == k.Rule {
			n.params["warning"] = "yes"
		}
	}
	return n
}

func (w *work) day(t time.Time) string { return t.In(w.place.zone).Format(time.DateOnly) }

// sendNews puts it into the outbox. Who is not in the directory, or has no address, is told nothing.
func (w *work) sendNews(n news) error {
	to, err := w.reader(&n.whose)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read who is told of the standing of %s: %w", n.whose.Holder, err)
	}
	put := notice.Notice{To: w.Notices.Reachable(to.Phone, to.Email), Language: to.Language, Template: n.template, Params: n.params}
	if put.To == "" {
		return nil
	}
	put.Params["venue"] = w.venueName(n.venue, to.Language)
	if to.ID != n.whose.Holder && n.whose.HolderName != "" {
		put.Params["for"] = n.whose.HolderName
	}
	return w.Notices.Put(w.tx, put)
}

func (w *work) venueName(id, language string) string {
	at, err := w.premises(w.tx, w.place, id)
	if err != nil {
		return id
	}
	return inLanguage(at.Name, language)
}

// whose is nobody's booking in particular: enough to find out who is told something about the holder.
func (w *work) whose(holder string) (Booking, error) {
	b := Booking{Holder: holder}
	of, err := w.account(holder)
	if fault.Is(err, fault.NotFound) {
		return b, nil
	}
	if of.Kind == account.Organization {
		b.HolderKind = of.Kind
	}
	b.HolderName = of.Called()
	return b, err
}
