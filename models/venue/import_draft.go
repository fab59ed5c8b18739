package venue

import (
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wenguan/models/fault"
)

// imported is what the files say, row by row and by venue.
type imported struct {
	venues, spaces, hours map[string][]*row
	partial               bool // venues.csv has lines that could not be read, so venues may be missing for no fault of other files
	faults                importFaults
}

// readImport reads the files. What is wrong with their form is in faults; the error is about the call itself.
func readImport(files map[string]io.Reader) (*imported, error) {
	for name := range files {
		if !slices.Contains(importFiles, name) {
			return nil, fault.New(fault.Invalid, "unknown_file", "Import files are called %s.", strings.Join(importFiles, ", "))
		}
	}
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "unknown_file", "Give at least one of %s.", strings.Join(importFiles, ", "))
	}
	in := &imported{}
	var err error
	if in.venues, err = in.read(files, venuesFile, "id", headingsOf(venueColumns, func(c venueColumn) heading { return c.heading })); err != nil {
		return nil, err
	}
	in.partial = len(in.faults.list) > 0
	if in.spaces, err = in.read(files, spacesFile, "venue", headingsOf(spaceColumns, func(c spaceColumn) heading { return c.heading })); err != nil {
		return nil, err
	}
	in.hours, err = in.read(files, hoursFile, "venue", hourHeadings)
	return in, err
}

func headingsOf[T any](columns []T, of func(T) heading) []heading {
	out := make([]heading, len(columns))
	for i, c := range columns {
		out[i] = of(c)
	}
	return out
}

// read is the rows of one file by venue.
func (in *imported) read(files map[string]io.Reader, name, key string, headings []heading) (map[string][]*row, error) {
	r, ok := files[name]
	if !ok {
		return nil, nil
	}
	t := &table{file: name, headings: headings, faults: &in.faults}
	rows, err := t.read(r)
	if err != nil {
		return nil, err
	}
	out := map[string][]*row{}
	for _, r := range rows {
		id := r.cell(key).text
		if id == "" {
			in.faults.at(r.cell(key), fault.New(fault.Invalid, "required", "Give the id of the venue."))
			continue
		}
		out[id] = append(out[id], r)
	}
	return out, nil
}

// ids are the venues the files speak of, in order.
func (in *imported) ids() []string {
	ids := map[string]bool{}
	for _, rows := range []map[string][]*row{in.venues, in.spaces, in.hours} {
		for id := range rows {
			ids[id] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// draft is one venue being put together, and the rows its parts come from.
type draft struct {
	venue       *Venue
	venueRow    *row
	anyRow      *row
	spaceRows   []*row // by position in Spaces; nil where the file says nothing
	atomRows    []*row
	weekRows    [7]*row
	holidayRow  *row
	specialRows []*row
}

// draft is the stored venue, or a new one, with the rows applied; nil if it is neither stored nor in venues.csv.
func (in *imported) draft(id string, old *record, faults *importFaults) (*draft, error) {
	d := &draft{}
	for _, rows := range [][]*row{in.hours[id], in.spaces[id], in.venues[id]} {
		if len(rows) > 0 {
			d.anyRow = rows[0]
		}
	}
	if rows := in.venues[id]; len(rows) > 0 {
		d.venueRow = rows[0]
		for _, r := range rows[1:] {
			faults.at(r.cell("id"), fault.New(fault.Invalid, "not_unique", "Line %d has this venue already; remove one.", rows[0].line))
		}
	}
	switch {
	case old != nil:
		stored, err := clone(&old.Venue)
		if err != nil {
			return nil, err
		}
		d.venue = stored
	case d.venueRow == nil && in.partial:
		return nil, nil
	case d.venueRow == nil:
		for _, r := range append(slices.Clone(in.spaces[id]), in.hours[id]...) {
			faults.at(r.cell("venue"), fault.New(fault.Invalid, "unknown_venue",
				"There is no venue %s; add it to venues.csv or correct the id.", id).With("venue", id))
		}
		return nil, nil
	default:
		d.venue = &Venue{ID: id, Zone: DefaultZone, Rules: DefaultRules()}
	}
	d.fillVenue(faults)
	d.fillSpaces(in.spaces[id], faults)
	d.fillHours(in.hours[id], faults)
	return d, nil
}

var indexed = regexp.MustCompile(`^(spaces|atoms|hours|special)\[(\d+)\]\.?(.*)$`)

// locate is the cell a field of the venue came from: the row if no column fills the field, some row of the venue if
// the field was stored before.
func (d *draft) locate(path string) cell {
	if m := indexed.FindStringSubmatch(path); m != nil {
		n, _ := strconv.Atoi(m[2])
		switch m[1] {
		case "spaces":
			return d.place(at(d.spaceRows, n), spaceColumnOf(m[3]))
		case "atoms":
			return d.place(at(d.atomRows, n), atomColumn(at(d.atomRows, n), m[3]))
		case "hours":
			return d.place(at(d.weekRows[:], n), "hours")
		case "special":
			return d.place(at(d.specialRows, n), specialColumn(m[3]))
		}
	}
	if strings.HasPrefix(path, "on_holiday.") {
		return d.place(d.holidayRow, "hours")
	}
	if path == "spaces" || path == "atoms" {
		return d.place(at(d.spaceRows, 0), "")
	}
	return d.place(d.venueRow, venueColumnOf(path))
}

func (d *draft) place(r *row, column string) cell {
	if r == nil {
		r = d.anyRow
	}
	return r.cell(column)
}

func at(rows []*row, n int) *row {
	if n >= len(rows) {
		return nil
	}
	return rows[n]
}

func atomColumn(r *row, path string) string {
	switch {
	case path == "capacity":
		return "capacity"
	case r.cell("atoms").text == "":
		return "id"
	}
	return "atoms"
}

func specialColumn(path string) string {
	switch path {
	case "date":
		return "day"
	case "reason.zh-CN":
		return "reason"
	case "reason.en":
		return "reason_en"
	}
	return "hours"
}
