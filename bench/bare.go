package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/ledger"
	"wenguan/models/store"
)

// templates are documents as a reserve writes them, by collection; the bare store writes copies of them.
type templates map[string]bson.Raw

// written are the collections a reserve adds a document to, and those of which it replaces one.
var (
	inserted = []string{"bookings", "notices"}
	replaced = []string{"sheets", "holders"}
)

const (
	sheetsInUse = 360 * rooms / perVenue
	claimsInUse = 8
)

func (w *world) takeTemplates(ctx context.Context) error {
	w.kept = templates{}
	return w.store.View(ctx, func(tx store.Tx) error {
		for _, name := range append(append([]string(nil), inserted...), replaced...) {
			err := tx.Find(name, store.Query{Desc: true, Limit: 1}, func(raw bson.Raw) (bool, error) {
				w.kept[name] = append(bson.Raw(nil), raw...)
				return true, nil
			})
			if err != nil {
				return err
			}
			if w.kept[name] == nil {
				return fmt.Errorf("a reserve wrote nothing to %s", name)
			}
		}
		return w.shorten()
	})
}

// shorten cuts the sheet to as many claims as the sheets have that are measured: a year of bookings is not in one of them.
func (w *world) shorten() error {
	var sheet ledger.Sheet
	if err := bson.Unmarshal(w.kept["sheets"], &sheet); err != nil {
		return err
	}
	sheet.Claims = sheet.Claims[:min(len(sheet.Claims), claimsInUse)]
	raw, err := bson.Marshal(sheet)
	w.kept["sheets"] = raw
	return err
}

// bare has clients write to a store of its own what a reserve writes: a sheet and a holder replaced, a booking and its notice
// inserted, one transaction each, with keys as scattered as a reserve's. No rule, no HTTP, no JSON.
func (w *world) bare(ctx context.Context, clients int, span time.Duration) (result, error) {
	return drive(clients, span, func() func(int64) error {
		return func(int64) error {
			n := w.bareCount.Add(1)
			who := fmt.Sprintf("%026d", n*7919%residents)
			fresh := map[string]bson.Raw{
				"bookings": w.bareBooking(n, who),
				"notices":  renamed(w.kept["notices"], id.New(time.Now())),
			}
			return w.bareStore.Update(ctx, func(tx store.Tx) error {
				if err := put(tx, "sheets", w.kept["sheets"], fmt.Sprintf("%026d", n%sheetsInUse)); err != nil {
					return err
				}
				if err := put(tx, "holders", w.kept["holders"], who); err != nil {
					return err
				}
				for _, name := range inserted {
					if err := tx.Insert(name, fresh[name]); err != nil {
						return err
					}
				}
				return nil
			})
		}
	})
}

// bareBooking is the kept booking under another id, number and holder, on another day.
func (w *world) bareBooking(n int64, holder string) bson.Raw {
	doc := renamed(w.kept["bookings"], id.New(time.Now()))
	copy(doc.Lookup("number").Value[4:], id.Number()) // behind the length of the string
	copy(doc.Lookup("holder").Value[4:], holder)
	shift := uint64(n % 360 * 24 * int64(time.Hour/time.Millisecond))
	for _, field := range []string{"start", "end", "due"} {
		at := doc.Lookup(field).Value
		binary.LittleEndian.PutUint64(at, binary.LittleEndian.Uint64(at)+shift)
	}
	return doc
}

// put reads the document and replaces it, or inserts it the first time.
func put(tx store.Tx, name string, template bson.Raw, key string) error {
	doc := renamed(template, key)
	var present bson.Raw
	keyOf := doc.Lookup("_id").StringValue()
	err := tx.Get(name, keyOf, &present)
	if fault.Is(err, fault.NotFound) {
		return tx.Insert(name, doc)
	}
	if err != nil {
		return err
	}
	return tx.Replace(name, doc)
}

// renamed is a copy of the document whose _id begins with key; it keeps its length.
func renamed(doc bson.Raw, key string) bson.Raw {
	out := append(bson.Raw(nil), doc...)
	copy(out[13:13+len(doc.Lookup("_id").StringValue())], key) // length, type, "_id\0", length of the string
	return out
}
