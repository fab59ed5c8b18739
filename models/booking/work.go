package booking

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/audit"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/store"
)

// work is what one transaction at one venue knows and will write. Every verb of the batch works on it; save writes it.
type work struct {
	*Desk
	tx     store.Tx
	now    time.Time
	place  *place
	sheets *ledger.Sheets

	holders map[string]*holder
	known   map[string]*known
	changed []*known // in the order of change
	letters []letter
	struck  []struck      // who broke a rule
	news    []news        // what people are told of their standing
	entries []audit.Entry // for the audit, in the order of what happened
	swept   map[civil.Date]bool
	freeNow map[shape]bool

	walkedIn      *WalkInDay // today's, nil: not read yet
	walkedChanged bool

	neighbours map[string]*work // other venues that losers were offered something at
}

// known is a booking the transaction has read or made.
type known struct {
	Booking
	absent, changed bool
}

// begin is the working set of a transaction at the venue.
func (d *Desk) begin(tx store.Tx, venue string) (*work, error) {
	p, err := d.placeIn(tx, venue)
	if err != nil {
		return nil, err
	}
	return d.workAt(tx, p), nil
}

func (d *Desk) workAt(tx store.Tx, p *place) *work {
	return &work{
		Desk: d, tx: tx, now: d.now(), place: p, sheets: ledger.Open(tx, p.ID, p.zone, p.atoms, d.decoded),
		holders: map[string]*holder{}, known: map[string]*known{},
		swept: map[civil.Date]bool{}, freeNow: map[shape]bool{}, neighbours: map[string]*work{},
	}
}

// booking is the booking as this transaction has it; fault.NotFound "booking_not_found" if there is none at the venue.
func (w *work) booking(id string) (Booking, error) {
	if k := w.known[id]; k != nil {
		return k.Booking, nil
	}
	b, err := load(w.tx, id)
	if err != nil {
		return b, err
	}
	if b.Venue != w.place.ID {
		return b, bookingNotFound()
	}
	w.known[id] = &known{Booking: b}
	return b, nil
}

func (w *work) holder(id string) (*holder, error) {
	if h := w.holders[id]; h != nil {
		return h, nil
	}
	h, err := loadHolder(w.tx, id)
	if err != nil {
		return nil, err
	}
	w.holders[id] = h
	return h, nil
}

// put is the one way a booking is made or changed: it brings the claims in the sheets, the holder's record and the
// booking itself to what b says, and marks every day it touches as changed. All checks come before it.
func (w *work) put(b Booking) (Booking, error) {
	h, err := w.holder(b.Holder)
	if err != nil {
		return b, err
	}
	k := w.known[b.ID]
	var old []ledger.Piece
	if k == nil {
		k = &known{absent: true}
		w.known[b.ID] = k
	} else {
		old = w.pieces(&k.Booking)
	}
	if err := w.claim(b.ID, old, w.pieces(&b)); err != nil {
		return b, err
	}
	if h.note(&b, w.place.where(b.Space), w.memory(), w.now) {
		w.struck = append(w.struck, struck{holder: h, violation: b.ID, booking: b})
	}
	b.Revision = k.Revision + 1
	if k.changed {
		b.Revision = k.Revision // several changes in one transaction are one
	} else {
		w.changed = append(w.changed, k)
	}
	k.Booking, k.changed = b, true
	return b, nil
}

// claim replaces the old pieces of a booking by the new ones.
func (w *work) claim(booking string, old, next []ledger.Piece) error {
	if slices.EqualFunc(old, next, samePiece) {
		for _, p := range next {
			d, err := w.sheets.Day(p.Date)
			if err != nil {
				return err
			}
			d.Touch()
		}
		return nil
	}
	if err := w.sheets.Remove(booking, old); err != nil {
		return err
	}
	return w.sheets.Add(next)
}

func samePiece(a, b ledger.Piece) bool {
	return a.Date == b.Date && sameClaim(&a.Claim, &b.Claim)
}

func sameClaim(a, b *ledger.Claim) bool {
	return a.Booking == b.Booking && slices.Equal(a.Atoms, b.Atoms) &&
		a.Start == b.Start && a.End == b.End && a.Before == b.Before && a.After == b.After &&
		a.Quantity == b.Quantity && a.Lapses == b.Lapses
}

func (w *work) pieces(b *Booking) []ledger.Piece { return piecesOf(b, w.place.zone) }

// piecesOf are the claims a booking has in the sheets: a function of the booking alone, so that Verify can tell.
func piecesOf(b *Booking, zone *time.Location) []ledger.Piece {
	from, till := b.HeldFrom(), b.HeldUntil()
	if !b.Holds() || !from.Before(till) {
		return nil
	}
	template := ledger.Claim{
		Booking: b.ID, Atoms: b.Atoms, Before: b.Before, After: b.After, Quantity: b.Quantity,
	}
	if due := b.Facts.Due(); b.State != CheckedIn && due != nil && (b.State == Confirmed && !b.NoCheckIn || due.Before(b.End)) {
		template.Lapses = int32(due.Unix() / 60)
	}
	return ledger.Split(zone, civil.Span{Start: from, End: till}, template)
}

// localized gives the instants in a refusal's parameters the offset of the venue, as clients show them.
func (w *work) localized(err error) error {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		for k, v := range e.Params {
			if t, ok := v.(time.Time); ok {
				e.Params[k] = t.In(w.place.zone)
			}
		}
	}
	return err
}

// save writes what changed, each document once. Its errors end the transaction.
func (w *work) save() error {
	if err := w.sheets.Save(); err != nil {
		return err
	}
	for _, h := range w.holders {
		if !h.changed {
			continue
		}
		if err := write(w.tx, holders, h.encode(), h.absent); err != nil {
			return fmt.Errorf("write holder %s: %w", h.ID, err)
		}
	}
	for _, k := range w.changed {
		if err := write(w.tx, bookings, k.encode(), k.absent); err != nil {
			return fmt.Errorf("write booking %s: %w", k.ID, err)
		}
	}
	if err := w.saveWalkIns(); err != nil {
		return fmt.Errorf("write who walked in at %s: %w", w.place.ID, err)
	}
	for _, l := range w.letters {
		if err := w.send(l); err != nil {
			return err
		}
	}
	if err := w.tellStanding(); err != nil {
		return err
	}
	return audit.Append(w.tx, w.now, w.entries...)
}

// record tells the audit of a change of the booking, in the chain of its venue. Everything the audit hears from the desk
// goes through here.
func (w *work) record(e audit.Entry, b *Booking) {
	e.Chain = b.Venue
	if e.Actor != b.Holder && e.Actor != audit.System {
		e.OnBehalf = b.Holder
	}
	w.entries = append(w.entries, e)
}

// over is for what may only happen once it is known whether the transaction is on disk.
func (w *work) over(committed bool) {
	switch {
	case !committed:
		w.sheets.Forget()
	case !w.combiner.oneWriter:
		w.sheets.Keep()
	}
	if committed && len(w.letters)+len(w.struck)+len(w.news) > 0 {
		w.Notices.Wake()
	}
}

func write(tx store.Tx, collection string, doc bson.Raw, absent bool) error {
	if absent {
		return tx.Insert(collection, doc)
	}
	return tx.Replace(collection, doc)
}

// release makes no-shows of the bookings of the dates that nobody came for in time, whether the job has run or not:
// whoever wants the place now gets it.
func (w *work) release(pieces []ledger.Piece) error {
	for i := range pieces {
		if err := w.releaseDay(pieces[i].Date); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) releaseDay(date civil.Date) error {
	if w.swept[date] {
		return nil
	}
	w.swept[date] = true
	day, err := w.sheets.Day(date)
	if err != nil {
		return err
	}
	for _, id := range day.Lapsed(w.now) {
		b, err := w.booking(id)
		if fault.Is(err, fault.NotFound) {
			continue // a claim without a booking: Verify reports it, nobody else can tell what to do about it
		}
		if err != nil {
			return err
		}
		if _, err := w.expire(b); err != nil {
			return err
		}
	}
	return nil
}
