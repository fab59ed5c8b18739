package ledger

import (
	"time"

	"wenguan/models/civil"
)

// Piece is the part of a claim that lies in one day's sheet.
type Piece struct {
	Date  civil.Date
	Claim Claim
}

// Split cuts a claim for the span into one piece per local date that its own time or its buffers touch, in order of
// date. What the pieces have in common comes from the template: booking, holder, atoms, quantity, buffers in Before
// and After, Lapses. A date touched by a buffer alone gets a piece without own time: Start and End at the midnight it
// leans on. Own time is widened to whole minutes.
func Split(zone *time.Location, span civil.Span, template Claim) []Piece {
	var out []Piece
	from := span.Start.Add(-time.Duration(template.Before) * time.Minute)
	till := span.End.Add(time.Duration(template.After) * time.Minute)
	date := civil.DateOf(from, zone)
	for opens := date.Start(zone); opens.Before(till); date++ {
		next := date.Add(1).Start(zone)
		length := minutes(opens, next)
		clamp := func(m int32) int32 { return min(max(m, 0), length) }
		first, last := floorMinutes(opens, span.Start), ceilMinutes(opens, span.End)
		c := template
		c.Start, c.End = clamp(first), clamp(last)
		c.Before = c.Start - clamp(first-template.Before)
		c.After = clamp(last+template.After) - c.End
		out = append(out, Piece{Date: date, Claim: c})
		opens = next
	}
	return out
}

func minutes(from, to time.Time) int32 { return int32(to.Sub(from) / time.Minute) }

func floorMinutes(from, to time.Time) int32 {
	m := minutes(from, to)
	if from.Add(time.Duration(m) * time.Minute).After(to) {
		m--
	}
	return m
}

func ceilMinutes(from, to time.Time) int32 {
	m := floorMinutes(from, to)
	if from.Add(time.Duration(m) * time.Minute).Before(to) {
		m++
	}
	return m
}
