package venue_test

import (
	"io"
	"strings"
	"testing"

	"wenguan/models/fault"
)

// Whatever the files hold, an import answers with a report whose faults have places, and never with a failure.
func FuzzImport(f *testing.F) {
	f.Add("id,kind,name,area,address\na,square,b,c,d\n", "venue,id,name,type,count\na,s-{n},S,seat,3\n", "venue,day,hours\na,daily,08:00-12:00\n")
	f.Add("编号,类型\n\"a", "venue,id,name,type,allocation,atoms\na,x,x,seat,any_of,x;y\n", "venue,day,hours\na,2026-10-01,closed\n")
	f.Add("\xef\xbb\xbfid\n", "\xc4\xe3\xba\xc3\n", "venue,day,hours\na,holiday,same\na,make_up,x\n")
	c, _ := opened(f)
	f.Fuzz(func(t *testing.T, venues, spaces, hours string) {
		report, err := c.Import(t.Context(), administrator, map[string]io.Reader{
			"venues.csv": strings.NewReader(venues), "spaces.csv": strings.NewReader(spaces), "hours.csv": strings.NewReader(hours),
		}, true)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if (err == nil) != (len(report.Faults) == 0) {
			t.Fatalf("%d faults, error %v", len(report.Faults), err)
		}
		for _, f := range report.Faults {
			if f.File == "" || f.Line < 1 || f.Code == "" || f.Message == "" {
				t.Fatalf("a fault without a place: %+v", f)
			}
		}
	})
}
