package venue

import (
	"context"
	"io"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// ImportReport says what an import did, would do, or why it did nothing.
type ImportReport struct {
	DryRun bool            `json:"dry_run"`
	Faults []ImportFault   `json:"faults,omitempty"` // at most 1,000
	Venues []ImportedVenue `json:"venues,omitempty"` // in the order of their ids; empty if there are faults
}

// ImportFault is one thing that is wrong with a file.
type ImportFault struct {
	File         string       `json:"file"`
	Line         int          `json:"line"`                    // 1 is the header
	Column       string       `json:"column,omitempty"`        // its name in the header
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

// Import reads venues.csv, spaces.csv and hours.csv.
func (c *Catalog) Import(ctx context.Context, actor account.Actor, files map[string]io.Reader, dryRun bool) (ImportReport, error) {
	if err := actor.Check(account.CreateVenue, ""); err != nil {
		return ImportReport{}, err
	}
	return ImportReport{DryRun: dryRun}, fault.New(fault.Unavailable, "import_not_ready", "Importing is not available yet.")
}
