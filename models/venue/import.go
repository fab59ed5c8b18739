package venue

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// maxImportFaults is how many faults a report lists.
const maxImportFaults = 1000

// ImportReport says what an import did, would do, or why it did nothing.
type ImportReport struct {
	DryRun bool            `json:"dry_run"`
	Faults []ImportFault   `json:"faults,omitempty"` // by file and line; at most 1,000
	Venues []ImportedVenue `json:"venues,omitempty"` // by id; empty if there are faults
}

// ImportFault is one thing that is wrong with a file.
type ImportFault struct {
	File         string       `json:"file"`
	Line         int          `json:"line"`                    // of the file; 1 is the header
	Column       string       `json:"column,omitempty"`        // its name in the header; "" if it is about the row
	ColumnNumber int          `json:"column_number,omitempty"` // 1 is the first
	Code         string       `json:"code"`
	Message      string       `json:"message"`
	Params       fault.Params `json:"params,omitempty"`
}

// Outcome of an import for one venue.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
)

// ImportedVenue is what an import does to one venue.
type ImportedVenue struct {
	ID            string  `json:"id"`
	Name          Text    `json:"name"`
	Outcome       Outcome `json:"outcome"`
	SpacesAdded   int     `json:"spaces_added"`
	SpacesRemoved int     `json:"spaces_removed"`
}

// Import brings venues in from CSV files, by name: venues.csv, spaces.csv and hours.csv, each optional; docs/import.md
// describes them. Either all of it is good and stored in one transaction, or nothing changes and the report lists every
// fault with file, line and column; then the error is fault.Invalid ("import_refused"), or what the guard says. A dry
// run does all of it, too, and takes it back. The actor needs account.CreateVenue.
func (c *Catalog) Import(ctx context.Context, actor account.Actor, files map[string]io.Reader, dryRun bool) (ImportReport, error) {
	report := ImportReport{DryRun: dryRun}
	if err := actor.Check(account.CreateVenue, ""); err != nil {
		return report, err
	}
	in, err := readImport(files)
	if err != nil {
		return report, err
	}
	run := c.update
	if dryRun {
		run = c.store.Update
	}
	err = run(ctx, func(tx store.Tx) error {
		faults := &importFaults{list: slices.Clone(in.faults.list)}
		plan, err := c.planImport(tx, in, faults)
		if err != nil {
			return err
		}
		report.Faults, report.Venues = faults.sorted(), nil
		if len(report.Faults) > 0 {
			return fault.New(fault.Invalid, "import_refused", "Nothing was changed: correct the faults and import again.").
				With("faults", len(report.Faults))
		}
		if err := c.applyImport(tx, actor, plan, faults); err != nil {
			report.Faults = faults.sorted()
			return err
		}
		report.Venues = outcomes(plan)
		if dryRun {
			return errDryRun
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return report, err
}

// errDryRun takes a dry run back.
var errDryRun = errors.New("a dry run changes nothing")

// planned is one venue of an import: what is stored and what is wanted.
type planned struct {
	old     *record // nil: new
	want    *Venue
	outcome Outcome
	locate  func(field string) cell
}

// planImport builds and checks every venue the files speak of.
func (c *Catalog) planImport(tx store.Tx, in *imported, faults *importFaults) ([]planned, error) {
	var plan []planned
	for _, id := range in.ids() {
		old, err := readRecord(tx, id)
		if fault.Is(err, fault.NotFound) {
			old, err = nil, nil
		}
		if err != nil {
			return nil, err
		}
		d, err := in.draft(id, old, faults)
		if err != nil {
			return nil, err
		}
		if d == nil {
			continue
		}
		trimAll(d.venue)
		for _, e := range Check(d.venue) {
			faults.at(d.locate(e.Field), e)
		}
		arrange(d.venue)
		p := planned{old: old, want: d.venue, outcome: Created, locate: d.locate}
		if old != nil {
			p.outcome = Updated
			if same(&old.Venue, d.venue) {
				p.outcome = Unchanged
			}
		}
		plan = append(plan, p)
	}
	return plan, nil
}

// applyImport writes the plan; what the guard refuses is reported with its place, too.
func (c *Catalog) applyImport(tx store.Tx, actor account.Actor, plan []planned, faults *importFaults) error {
	added, changed := 0, 0
	for _, p := range plan {
		switch p.outcome {
		case Created:
			added++
		case Updated:
			changed++
		}
	}
	if added+changed == 0 {
		return nil
	}
	seq, err := nextHead(tx, added)
	if err != nil {
		return err
	}
	for _, p := range plan {
		if p.outcome == Unchanged {
			continue
		}
		if _, err := c.write(tx, actor, p.old, p.want, seq); err != nil {
			if refused, ok := errors.AsType[*fault.Error](err); ok && refused.Field != "" {
				faults.at(p.locate(refused.Field), refused)
			}
			return err
		}
	}
	return nil
}

func outcomes(plan []planned) []ImportedVenue {
	out := make([]ImportedVenue, 0, len(plan))
	for _, p := range plan {
		v := ImportedVenue{ID: p.want.ID, Name: p.want.Name, Outcome: p.outcome, SpacesAdded: len(p.want.Spaces)}
		if p.old != nil {
			v.SpacesAdded, v.SpacesRemoved = spacesOnlyIn(p.want, &p.old.Venue), spacesOnlyIn(&p.old.Venue, p.want)
		}
		out = append(out, v)
	}
	return out
}

// spacesOnlyIn counts the spaces of v whose ids other does not have.
func spacesOnlyIn(v, other *Venue) (n int) {
	have := make(map[string]bool, len(other.Spaces))
	for i := range other.Spaces {
		have[other.Spaces[i].ID] = true
	}
	for i := range v.Spaces {
		if !have[v.Spaces[i].ID] {
			n++
		}
	}
	return n
}

// same reports whether saving b over a would change nothing.
func same(a, b *Venue) bool {
	x, errX := bson.Marshal(a)
	y, errY := bson.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// importFaults collects faults; one row that stands for many spaces reports each fault once.
type importFaults struct{ list []ImportFault }

func (f *importFaults) at(c cell, e *fault.Error) {
	next := ImportFault{
		File: c.file, Line: c.line, Column: c.column, ColumnNumber: c.number,
		Code: e.Code, Message: e.Message, Params: e.Params,
	}
	if len(f.list) >= maxImportFaults || slices.ContainsFunc(f.list, next.sameAs) {
		return
	}
	f.list = append(f.list, next)
}

func (f ImportFault) sameAs(o ImportFault) bool {
	return f.File == o.File && f.Line == o.Line && f.ColumnNumber == o.ColumnNumber && f.Code == o.Code
}

func (f *importFaults) sorted() []ImportFault {
	slices.SortStableFunc(f.list, func(a, b ImportFault) int {
		return cmp.Or(cmp.Compare(slices.Index(importFiles, a.File), slices.Index(importFiles, b.File)),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.ColumnNumber, b.ColumnNumber))
	})
	return f.list
}
