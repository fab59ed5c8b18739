// Package audit owns the record of what was changed by whom: append-only, in chains of hashes, so that nothing can be
// taken out, put in or altered afterwards without being seen. It refuses personal data in clear: a record names people by
// the ids of their accounts, and says of a changed name or number that it changed, not what it is.
package audit

import "time"

// District is the chain of everything that is not about one venue.
const District = "district"

// System is who did what the product does by itself, or somebody at the command line.
const System = "system"

// Entry is one change as a verb tells it. Append makes a Record of it, in the verb's own transaction.
type Entry struct {
	Chain    string // the venue that it is about, by id; "" for the District
	Action   string // what happened, such as "venue.saved" or "grant.given"
	Subject  string // what it happened to, such as "booking/01j…" or "account/01j…"
	Actor    string // account id of who did it, "device/…" of a device, "system" for the product itself
	Means    string // how the actor had signed in
	OnBehalf string // account id of whom it was done for, if that is somebody else
	Request  string // id of the request, "" outside one
	Before   any    // what was: a small map or struct with json and bson tags, nil for something new
	After    any    // what is, nil for something removed
}

// Record is an entry in its chain.
type Record struct {
	ID       string    `bson:"_id"` // chain|number, so that the chain is read in its order by id
	Chain    string    `bson:"chain"`
	Number   int64     `bson:"n"` // 1, 2, 3, … without a gap
	At       time.Time `bson:"at"`
	Action   string    `bson:"action"`
	Subject  string    `bson:"subject"`
	Actor    string    `bson:"actor"`
	Means    string    `bson:"means,omitempty"`
	OnBehalf string    `bson:"behalf,omitempty"`
	Request  string    `bson:"request,omitempty"`
	Before   string    `bson:"before,omitempty"` // canonical JSON
	After    string    `bson:"after,omitempty"`
	Previous []byte    `bson:"prev"` // hash of the record before it, empty for the first
	Hash     []byte    `bson:"hash"` // SHA-256 of everything above
}
