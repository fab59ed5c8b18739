package booking

import (
	"context"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/pass"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// Deps are the neighbours a desk works with.
type Deps struct {
	Venues   *venue.Catalog
	Accounts *account.Directory
	Passes   *pass.Office
	Notices  *notice.Outbox
}

// Desk is where bookings are made, changed and honoured.
type Desk struct {
	store store.Store
	Deps
	clock func() time.Time
}

// New makes the desk of st.
func New(st store.Store, deps Deps, clock func() time.Time) *Desk {
	return &Desk{store: st, Deps: deps, clock: clock}
}

var errNotYet = fault.New(fault.Unavailable, "bookings_unavailable", "Bookings are not available.")

// MoveRequest is what a move changes; an empty Space keeps the space.
type MoveRequest struct {
	Space string
	Start time.Time
	End   time.Time
	Key   string // Idempotency-Key, "" for none
}

// MineQuery selects the actor's own bookings: those that end from now on, nearest first, or the past ones, latest first.
type MineQuery struct {
	Past  bool
	Limit int    // 0 means 50, at most 200
	After string // cursor: what next was
}

// CheckInRequest identifies a booking at a venue's door by its pass or by its number.
type CheckInRequest struct {
	Venue  string
	Token  string // the pass, from a QR code
	Number string // or the booking number, as typed
}

// Board is one day of a venue for its staff.
type Board struct {
	Venue     *venue.Venue
	Date      civil.Date
	Now       time.Time
	Bookings  []Booking // every booking that touches the date, by start; cancelled ones too
	In        int       // people checked in now
	BookedNow int       // people whose booking covers now, checked in or not
	Capacity  int       // people the venue takes: its atoms' capacities, or its spaces' seats where atoms are rooms
}

// AvailabilityQuery asks what is left at a venue from a date on.
type AvailabilityQuery struct {
	Venue   string
	From    civil.Date
	Days    int    // 0 means 7, at most 14
	Space   string // only this one; "" the spaces shown by default
	Members bool   // also the members of AnyOf groups
}

// Availability is what is left, ready to be written as JSON. It is shared between callers: read-only.
type Availability struct {
	Venue string            `json:"venue"`
	Zone  string            `json:"zone"`
	Now   time.Time         `json:"now"`
	Step  int32             `json:"step"`
	Days  []AvailabilityDay `json:"days"`
	ETag  string            `json:"-"`
}

// AvailabilityDay is one date. Left is aligned with Slots; a slot lasts Step minutes.
type AvailabilityDay struct {
	Date    civil.Date       `json:"date"`
	Open    []civil.Interval `json:"open"`
	Reason  string           `json:"reason,omitempty"` // why closed: weekly, holiday, special, closure
	Holiday string           `json:"holiday,omitempty"`
	MakeUp  bool             `json:"make_up,omitempty"`
	Note    venue.Text       `json:"note,omitzero"`
	Slots   []string         `json:"slots"` // wall-clock starts, "08:00"
	Spaces  []SpaceLeft      `json:"spaces"`
}

// SpaceLeft is what is left of one space in each slot: free units (people of a shared space, members of an AnyOf group,
// 1 or 0 otherwise), -1 where it cannot be booked at all: past, not released yet, too late to book, closed.
type SpaceLeft struct {
	ID   string  `json:"id"`
	Left []int32 `json:"left"`
}

// FreeQuery asks what is free at a time anywhere in the district.
type FreeQuery struct {
	Date         civil.Date
	From, To     civil.TimeOfDay
	People       int32 // 0 means 1
	Kind         venue.Kind
	Features     []venue.Feature
	Near         *venue.Position
	WithinMeters int    // 0 means anywhere; needs Near
	Venue        string // only this venue
	Parent       string // the free members of this AnyOf group; needs Venue
	Limit        int    // 0 means 50, at most 200
}

// FreeSpace is one space that can be booked as asked.
type FreeSpace struct {
	Venue    *venue.Venue // shared, read-only
	Space    *venue.Space // shared, read-only
	Start    time.Time
	End      time.Time
	Left     int32 // as SpaceLeft
	Distance int   // meters from Near, 0 without
}

// Reserve books a space for the actor. The same Key with the same request gives the same booking again; with another
// request it is fault.Conflict "idempotency_key_reused". Refusals: fault.NotFound "venue_not_found", "space_not_found";
// fault.Invalid with the code of the rule, its limit and what it would allow (policy.go lists them); fault.Conflict
// "space_taken" with param "alternatives" ([]Alternative, nearest first, at most three) and "nothing_free" when there is none.
func (d *Desk) Reserve(ctx context.Context, actor account.Actor, want Request) (Booking, error) {
	return Booking{}, errNotYet
}

// Get returns a booking to its holder and to staff who may see the venue's board; to others it does not exist.
func (d *Desk) Get(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return Booking{}, errNotYet
}

// ByNumber is Get by booking number, as typed.
func (d *Desk) ByNumber(ctx context.Context, actor account.Actor, number string) (Booking, error) {
	return Booking{}, errNotYet
}

// Mine lists the actor's own bookings; next is the cursor of the following page, "" at the end.
func (d *Desk) Mine(ctx context.Context, actor account.Actor, q MineQuery) (list []Booking, next string, err error) {
	return nil, "", errNotYet
}

// Move gives a booking another time or space of the same venue, under the rules in force now.
func (d *Desk) Move(ctx context.Context, actor account.Actor, id string, want MoveRequest) (Booking, error) {
	return Booking{}, errNotYet
}

// Cancel gives the place back.
func (d *Desk) Cancel(ctx context.Context, actor account.Actor, id, reason string) (Booking, error) {
	return Booking{}, errNotYet
}

// CheckIn lets the party in.
func (d *Desk) CheckIn(ctx context.Context, actor account.Actor, at CheckInRequest) (Booking, error) {
	return Booking{}, errNotYet
}

// CheckOut ends a visit early and gives the rest of the time back.
func (d *Desk) CheckOut(ctx context.Context, actor account.Actor, id string) (Booking, error) {
	return Booking{}, errNotYet
}

// Pass issues the signed pass of a booking that is still ahead or under way.
func (d *Desk) Pass(ctx context.Context, actor account.Actor, id string) (token string, b Booking, err error) {
	return "", Booking{}, errNotYet
}

// Sweep does what the clock asks for: confirmed bookings nobody came for become no-shows and their place is free,
// visits past their end are completed. It is idempotent.
func (d *Desk) Sweep(ctx context.Context) (noShows, completed int, err error) {
	return 0, 0, errNotYet
}

// Tidy deletes idempotency records that are too old to matter and returns how many.
func (d *Desk) Tidy(ctx context.Context) (int, error) { return 0, errNotYet }

// Board is one day of a venue for staff.
func (d *Desk) Board(ctx context.Context, actor account.Actor, venueID string, date civil.Date) (Board, error) {
	return Board{}, errNotYet
}

// Availability tells what is left at a venue.
func (d *Desk) Availability(ctx context.Context, q AvailabilityQuery) (*Availability, error) {
	return nil, errNotYet
}

// AvailabilityTag is the ETag Availability would answer with now, without computing it.
func (d *Desk) AvailabilityTag(ctx context.Context, q AvailabilityQuery) (string, error) {
	return "", errNotYet
}

// Free tells what can be booked at a time, nearest first, with an ETag.
func (d *Desk) Free(ctx context.Context, q FreeQuery) ([]FreeSpace, string, error) {
	return nil, "", errNotYet
}

// OfDay lists every booking that touches the local date at the venue, whatever its state, by start.
func (d *Desk) OfDay(tx store.Tx, venueID string, date civil.Date) ([]Booking, error) {
	return nil, errNotYet
}

// Verify checks the whole store's bookings against its sheets.
func Verify(ctx context.Context, st store.Store) error { return errNotYet }

// Collections declares what the desk keeps.
func Collections() []store.Collection { return nil }
