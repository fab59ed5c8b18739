package venue_test

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

// sample is the example files of docs/import.md.
func sample(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range []string{"venues.csv", "spaces.csv", "hours.csv"} {
		text, err := os.ReadFile("testdata/import/" + name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	return out
}

func importing(t *testing.T, c *venue.Catalog, files map[string]string, dryRun bool) (venue.ImportReport, error) {
	t.Helper()
	readers := map[string]io.Reader{}
	for name, text := range files {
		readers[name] = strings.NewReader(text)
	}
	return c.Import(t.Context(), administrator, readers, dryRun)
}

func imported(t *testing.T, c *venue.Catalog, files map[string]string, dryRun bool) map[string]venue.Outcome {
	t.Helper()
	report, err := importing(t, c, files, dryRun)
	if err != nil {
		t.Fatalf("%v: %+v", err, report.Faults)
	}
	out := map[string]venue.Outcome{}
	for _, v := range report.Venues {
		out[v.ID] = v.Outcome
	}
	return out
}

func TestImportMakesTheSampleDistrict(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	all := map[string]venue.Outcome{
		"county-library": venue.Created, "old-hotel": venue.Created, "people-square": venue.Created, "red-corridor": venue.Created,
	}
	if diff := cmp.Diff(all, imported(t, c, sample(t), true)); diff != "" {
		t.Errorf("dry run: %s", diff)
	}
	if ids, _ := listed(t, c, venue.Filter{}); len(ids) != 0 {
		t.Fatalf("a dry run stored %v", ids)
	}
	if diff := cmp.Diff(all, imported(t, c, sample(t), false)); diff != "" {
		t.Error(diff)
	}
	library := get(t, c, "county-library")
	if len(library.Spaces) != 4+108 || len(library.Atoms) != 108 {
		t.Errorf("the library has %d spaces and %d atoms", len(library.Spaces), len(library.Atoms))
	}
	group, _ := library.FindSpace("electronic")
	if len(group.Atoms) != 36 || group.Atoms[0] != "E-01" || group.Atoms[35] != "E-36" || group.Allocation != venue.AnyOf {
		t.Errorf("the electronic reading room is %+v", group)
	}
	seat, _ := library.FindSpace("P-07")
	want := &venue.Space{
		ID: "P-07", Parent: "news", Name: venue.Text{ZH: "报 7 号", EN: "Newspaper 7"}, Type: venue.Seat,
		Allocation: venue.Exclusive, Atoms: []string{"P-07"}, Seats: 1, Floor: "2", Bookable: true,
	}
	if diff := cmp.Diff(want, seat); diff != "" {
		t.Error(diff)
	}
	if library.Rules.ReleaseAt != 420 || !library.Rules.OneAtATime || library.Rules.HorizonDays != 0 || library.Rules.Version != 1 {
		t.Errorf("rules %+v", library.Rules)
	}
	if diff := cmp.Diff(hours("09:00-17:00"), library.Hours[6]); diff != "" {
		t.Error(diff)
	}
	if library.OnHoliday.OnHoliday != venue.SpecialHours || library.OnHoliday.OnMakeUp != venue.AsWorkday {
		t.Errorf("holidays %+v", library.OnHoliday)
	}
	if diff := cmp.Diff([]venue.SpecialDay{{Date: day("2027-02-06"), Hours: []civil.Interval{}, Reason: venue.Text{ZH: "除夕", EN: "New Year's Eve"}}}, library.Special); diff != "" {
		t.Error(diff)
	}
}

func TestImportedSquaresAndHallsShareAtoms(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	imported(t, c, sample(t), false)
	square := get(t, c, "people-square")
	if diff := cmp.Diff([]venue.Atom{{ID: "q1", Capacity: 200}, {ID: "q2", Capacity: 200}, {ID: "q3", Capacity: 200}, {ID: "q4", Capacity: 200}}, square.Atoms); diff != "" {
		t.Error(diff)
	}
	if square.Kind != venue.Square || !square.Has(venue.Parking) || square.Rules.OneAtATime {
		t.Errorf("Chinese words are not understood: %+v", square)
	}
	hotel := get(t, c, "old-hotel")
	hall, _ := hotel.FindSpace("hall")
	if diff := cmp.Diff([]string{"hall-a", "hall-b"}, hall.Atoms); diff != "" || len(hotel.Atoms) != 8 {
		t.Errorf("%d atoms, %s", len(hotel.Atoms), diff)
	}
	if name := hotel.Spaces[8].Name; name.ZH != "306 房" || hotel.Spaces[8].ID != "room-6" {
		t.Errorf("the last room is %+v", hotel.Spaces[8])
	}
	if diff := cmp.Diff(hours("08:30-12:00", "14:00-17:30"), hotel.Hours[3]); diff != "" || hotel.Hours[2] != nil {
		t.Errorf("Tuesday %v, Wednesday %s", hotel.Hours[2], diff)
	}
	if !strings.Contains(hotel.About.ZH, "\n一个") {
		t.Errorf("a cell of two lines is %q", hotel.About.ZH)
	}
	if corridor := get(t, c, "red-corridor"); corridor.Position != nil || corridor.Rules.Longest != 43200 || len(corridor.Spaces) != 12 {
		t.Errorf("the corridor is %+v", corridor)
	}
}

func TestImportingAgainChangesOnlyWhatDiffers(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	imported(t, c, sample(t), false)
	for id, outcome := range imported(t, c, sample(t), false) {
		if outcome != venue.Unchanged || get(t, c, id).Revision != 1 {
			t.Errorf("%s is %s, revision %d", id, outcome, get(t, c, id).Revision)
		}
	}
	// Only what a file says changes: an empty cell leaves things as they are, "-" empties.
	got := imported(t, c, map[string]string{"venues.csv": "id,phone,name_en,about\ncounty-library,0796-1,,-\nold-hotel,,,\n"}, false)
	if diff := cmp.Diff(map[string]venue.Outcome{"county-library": venue.Updated, "old-hotel": venue.Unchanged}, got); diff != "" {
		t.Error(diff)
	}
	library := get(t, c, "county-library")
	if library.Phone != "0796-1" || library.Name.EN != "Ji'an County Library" || library.About.ZH != "" || len(library.Spaces) != 112 {
		t.Errorf("phone %q, name %q, about %q, %d spaces", library.Phone, library.Name.EN, library.About.ZH, len(library.Spaces))
	}
	if library.Rules.Version != 1 || library.Revision != 2 || get(t, c, "old-hotel").Revision != 1 {
		t.Errorf("revision %d, rules %d; of what is unchanged %d", library.Revision, library.Rules.Version, get(t, c, "old-hotel").Revision)
	}
	// The spaces of a venue are all those of the file; its week too. Other special days stay.
	report, err := importing(t, c, map[string]string{
		"spaces.csv": "venue,id,name,type\nold-hotel,room-1,301 房,room\nold-hotel,attic,阁楼,room\n",
		"hours.csv":  "venue,day,hours\ncounty-library,tuesday,10:00-12:00\ncounty-library,2027-02-07,10:00-12:00\n",
	}, false)
	if err != nil {
		t.Fatalf("%v %+v", err, report.Faults)
	}
	if v := report.Venues[1]; v.ID != "old-hotel" || v.SpacesAdded != 1 || v.SpacesRemoved != 8 {
		t.Errorf("%+v", v)
	}
	library = get(t, c, "county-library")
	if library.Hours[1] != nil || len(library.Hours[2]) != 1 || len(library.Special) != 2 {
		t.Errorf("hours %v, special %v", library.Hours, library.Special)
	}
}

func TestAtomsTakeWhatTheirRowsSay(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	imported(t, c, map[string]string{
		"venues.csv": "id,kind,name,area,address\npark,square,公园,区,路\n",
		"spaces.csv": `venue,id,name,type,allocation,atoms,capacity,seats
park,lawn,草坪,open_area,shared,,,50
park,stage,舞台,open_area,exclusive,,,
park,both,全部,open_area,exclusive,lawn;stage;path,,60
park,path,小路,open_area,shared,path,20,10
`,
	}, false)
	want := []venue.Atom{{ID: "lawn", Capacity: 50}, {ID: "stage", Capacity: 1}, {ID: "path", Capacity: 20}}
	if diff := cmp.Diff(want, get(t, c, "park").Atoms); diff != "" {
		t.Error(diff)
	}
}

func TestFilesOfSpreadsheetsAreRead(t *testing.T) {
	t.Parallel()
	gb18030 := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, convert := range map[string]func(string) string{
		"UTF-8 with a byte order mark": func(s string) string { return "\xef\xbb\xbf" + s },
		"GB18030":                      gb18030,
		"lines that end in CR LF":      func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"empty rows at the end": func(s string) string {
			return s + strings.Repeat(",", strings.Count(strings.SplitN(s, "\n", 2)[0], ",")) + "\n\n"
		},
		"Chinese headings": func(s string) string {
			head, rest, _ := strings.Cut(s, "\n")
			head = strings.NewReplacer("id,kind,name,name_en,area,address,", "编号,类型,名称,英文名称,片区,地址,", "venue,day,hours", "场馆编号,日期,时间",
				"venue,id,parent,name,", "场馆编号,编号,上级,名称,").Replace(head)
			return head + "\n" + rest
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := sample(t)
			for f := range files {
				files[f] = convert(files[f])
			}
			c, _ := opened(t)
			if got := imported(t, c, files, false); len(got) != 4 {
				t.Errorf("%d venues", len(got))
			}
			if v := get(t, c, "county-library"); v.Name.ZH != "吉安县图书馆" || len(v.Hours[1]) != 2 {
				t.Errorf("name %q, hours %v", v.Name.ZH, v.Hours[1])
			}
		})
	}
}

func TestEveryFaultOfAnImportIsToldWithItsPlaceAndNothingChanges(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"venues.csv": `id,kind,name,area,address,lat,lon,slot_step,release_at,one_at_a_time
good,square,好,区,路,,,30,08:00,yes
Bad Id,square,好,区,路,,,,,
odd,theatre,,区,路,north,114,50,8am,perhaps
odd,square,好,区,路,,,,,
half,square,好,区,路,29.1,,,,
`,
		"spaces.csv": `venue,id,parent,name,type,allocation,atoms,capacity,seats,count
good,all,,全场,open_area,shared,,50,80,
good,seat,nowhere,座位 {n},seat,,,,,3
good,group,,组,seat,any_of,,,2,
good,x,,甲,room,,y;z,1,,
good,w,,乙,room,,y,2,,
good,many,,丙,room,,,,,5000
lost,a,,甲,room,,,,,
`,
		"hours.csv": `venue,day,hours
good,someday,08:00-12:00
good,monday,08:00-25:00
good,weekdays,"08:00-12:00,11:00-13:00"
good,2026-10-01,closed
good,2026-10-01,closed
`,
	}
	want := `venues.csv:3:1 id id_malformed
venues.csv:4:2 kind unknown_value
venues.csv:4:3 name required
venues.csv:4:6 lat cell_unreadable
venues.csv:4:8 slot_step step_malformed
venues.csv:4:9 release_at cell_unreadable
venues.csv:4:10 one_at_a_time cell_unreadable
venues.csv:5:1 id not_unique
venues.csv:6:7 lon required
spaces.csv:2:9 seats seats_over_capacity
spaces.csv:3:3 parent unknown_parent
spaces.csv:4:6 allocation group_without_members
spaces.csv:4:7 atoms required
spaces.csv:6:8 capacity capacity_differs
spaces.csv:7:10 count out_of_range
spaces.csv:8:1 venue unknown_venue
hours.csv:2:2 day cell_unreadable
hours.csv:3:3 hours cell_unreadable
hours.csv:4:2 day not_unique
hours.csv:4:3 hours hours_overlap
hours.csv:6:2 day not_unique
`
	c, _ := opened(t)
	for _, dryRun := range []bool{true, false} {
		report, err := importing(t, c, files, dryRun)
		wantFault(t, err, fault.Invalid, "import_refused")
		var got strings.Builder
		for _, f := range report.Faults {
			fmt.Fprintf(&got, "%s:%d:%d %s %s\n", f.File, f.Line, f.ColumnNumber, f.Column, f.Code)
			if !strings.HasSuffix(f.Message, ".") {
				t.Errorf("%q is no sentence", f.Message)
			}
		}
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Error(diff)
		}
		if ids, _ := listed(t, c, venue.Filter{Retired: true}); len(ids) != 0 || len(report.Venues) != 0 {
			t.Errorf("a refused import stored %v", ids)
		}
	}
}

func TestFilesThatAreNoTablesAreRefused(t *testing.T) {
	t.Parallel()
	head := "id,kind,name,area,address\n"
	for name, tc := range map[string]struct {
		text, code   string
		line, column int
	}{
		"nothing":               {"", "header_missing", 1, 0},
		"an unknown column":     {"id,kind,colour\na,square,red\n", "unknown_column", 1, 3},
		"a column twice":        {"id,kind,id\n", "not_unique", 1, 3},
		"a column that lacks":   {"kind,name\nsquare,a\n", "column_missing", 1, 0},
		"too few cells":         {head + "a,square\n", "cells_wrong", 2, 0},
		"a comma too many":      {head + "a,square,b,c,d,e\n", "cells_wrong", 2, 0},
		"a quote in the middle": {head + "a,square,b,c,d\nb,square,\"x\"y,c,d\n", "csv_malformed", 3, 0},
		"a quote left open":     {head + "a,square,\"b,c,d\n", "csv_malformed", 2, 0},
		"a picture":             {"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "encoding_unreadable", 1, 0},
		"no id":                 {head + ",square,b,c,d\n", "required", 2, 1},
		"more than 16 MB":       {strings.Repeat("x", 16<<20+1), "file_too_large", 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := opened(t)
			report, err := importing(t, c, map[string]string{"venues.csv": tc.text}, false)
			wantFault(t, err, fault.Invalid, "import_refused")
			if len(report.Faults) == 0 {
				t.Fatal("no fault is told")
			}
			f := report.Faults[0]
			if f.Code != tc.code || f.Line != tc.line || f.ColumnNumber != tc.column {
				t.Errorf("got %+v", f)
			}
		})
	}
}

func TestOnlyAdministratorsImport(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	_, err := c.Import(t.Context(), managerOfRoom, nil, true)
	wantFault(t, err, fault.Forbidden, "not_permitted")
	_, err = c.Import(t.Context(), administrator, nil, true)
	wantFault(t, err, fault.Invalid, "unknown_file")
	_, err = c.Import(t.Context(), administrator, map[string]io.Reader{"people.csv": strings.NewReader("")}, true)
	wantFault(t, err, fault.Invalid, "unknown_file")
}

func TestAnImportOfManyVenuesIsOneChange(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("id,kind,name,area,address\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "square-%04d,square,广场 %d,区,路\n", i, i)
	}
	c, _ := opened(t)
	if got := imported(t, c, map[string]string{"venues.csv": b.String()}, false); len(got) != 2000 {
		t.Errorf("%d venues", len(got))
	}
	b.WriteString("square-0000,square,广场,区,路\n")
	if _, err := importing(t, c, map[string]string{"venues.csv": b.String()}, false); !fault.Is(err, fault.Invalid) {
		t.Errorf("one bad row in thousands: %v", err)
	}
}
