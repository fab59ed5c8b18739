// Command holidaygen writes the official public holidays of mainland China, with their make-up working days (调休), as
// the JSON file that package venue carries. It is the only user of 6tail/lunar-go, so the product itself needs no
// release of that library to learn a new year: an administrator can replace the calendar.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/6tail/lunar-go/HolidayUtil"

	"wenguan/models/civil"
)

func main() {
	from := flag.Int("from", 2024, "first year")
	to := flag.Int("to", 2026, "last year")
	out := flag.String("out", "holidays.json", "file to write")
	flag.Parse()
	text, err := render(*from, *to)
	if err == nil {
		err = os.WriteFile(*out, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// holidays are the library's days of the years, both included, in order.
func holidays(from, to int) ([]civil.Holiday, error) {
	var days []civil.Holiday
	for d := civil.NewDate(from, 1, 1); d < civil.NewDate(to+1, 1, 1); d++ {
		year, month, day := d.Civil()
		h := HolidayUtil.GetHolidayByYmd(year, int(month), day)
		if h == nil {
			continue
		}
		if h.GetDay() != d.String() {
			return nil, fmt.Errorf("asked for %s, got %s", d, h.GetDay())
		}
		days = append(days, civil.Holiday{Date: d, Name: h.GetName(), Work: h.IsWork()})
	}
	return days, nil
}

// render is the file: one day a line, so that a change of the calendar reads well in a diff.
func render(from, to int) ([]byte, error) {
	days, err := holidays(from, to)
	if err != nil {
		return nil, err
	}
	text := []byte("[\n")
	for i, d := range days {
		line, err := json.Marshal(d)
		if err != nil {
			return nil, err
		}
		text = append(append(text, "  "...), line...)
		if i < len(days)-1 {
			text = append(text, ',')
		}
		text = append(text, '\n')
	}
	return append(text, "]\n"...), nil
}
