package account

import (
	"context"
	"slices"
	"time"

	"wenguan/models/fault"
	"wenguan/models/store"
)

const overallID = "overall" // no mark is this short

// LimitCodes bounds how many codes are sent to everybody together within any hour, which is what a flood from many
// networks to many addresses can cost; 0 is no bound. exhausted is told each time it refuses one. Call it before the
// directory is used.
func (d *Directory) LimitCodes(perHour int, exhausted func(ctx context.Context)) {
	d.codesPerHour, d.exhausted = perHour, exhausted
}

// overall is how many codes were sent to everybody, by minute, within the last hour.
type overall struct {
	ID      string    `bson:"_id"`
	Minutes []sentIn  `bson:"minutes"`
	Expires time.Time `bson:"expires"`
}

type sentIn struct {
	Minute int64 `bson:"m"` // since 1970
	Codes  int32 `bson:"n"`
}

// countOverall counts one more code, or refuses it with fault.TooMany "codes_exhausted" {retry_after: seconds}.
func (d *Directory) countOverall(tx store.Tx, now time.Time) error {
	if d.codesPerHour <= 0 {
		return nil
	}
	sent := overall{ID: overallID}
	if err := tx.Get(codeLimits, overallID, &sent); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	sent, wait := sent.add(d.codesPerHour, now)
	if wait > 0 {
		return fault.New(fault.TooMany, "codes_exhausted", "No more codes can be sent just now. Try again later, or sign in another way.").
			With("retry_after", int((wait+time.Second-1)/time.Second))
	}
	return put(tx, codeLimits, overallID, sent)
}

// add returns the count with one more, or how long to wait until the oldest minute is over an hour ago.
func (o overall) add(most int, now time.Time) (overall, time.Duration) {
	minute, total := now.Unix()/60, 0
	o.Minutes = slices.DeleteFunc(slices.Clone(o.Minutes), func(s sentIn) bool { return s.Minute < minute-60 })
	for _, s := range o.Minutes {
		total += int(s.Codes)
	}
	if total >= most {
		return o, time.Unix((o.Minutes[0].Minute+61)*60, 0).Sub(now)
	}
	if last := len(o.Minutes) - 1; last >= 0 && o.Minutes[last].Minute == minute {
		o.Minutes[last].Codes++
	} else {
		o.Minutes = append(o.Minutes, sentIn{minute, 1})
	}
	o.Expires = now.Add(time.Hour + time.Minute)
	return o, 0
}
