package handlers

import (
	"math"
	"strconv"
	"strings"

	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/venue"
)

// FreeView is what can be booked at a time, nearest first.
type FreeView struct {
	Items []FreeItem `json:"items"`
}

// FreeItem is one space that can be booked as asked.
type FreeItem struct {
	Venue FreeVenue `json:"venue"`
	Space FreePlace `json:"space"`
	Start string    `json:"start" format:"date-time"`
	End   string    `json:"end" format:"date-time"`
	Left  int32     `json:"left" doc:"Free members of a group, free units of a shared space, else 1."`
}

// FreeVenue is where it is.
type FreeVenue struct {
	ID       string     `json:"id"`
	Name     venue.Text `json:"name"`
	Kind     venue.Kind `json:"kind"`
	Address  venue.Text `json:"address"`
	Distance *int       `json:"distance_m,omitempty" doc:"Meters from near."`
}

// FreePlace is what it is.
type FreePlace struct {
	ID         string           `json:"id"`
	Name       venue.Text       `json:"name"`
	Type       venue.SpaceType  `json:"type"`
	Allocation venue.Allocation `json:"allocation"`
	Seats      int32            `json:"seats"`
	Parent     string           `json:"parent,omitempty"`
}

func viewFree(found []booking.FreeSpace, measured bool) FreeView {
	view := FreeView{Items: make([]FreeItem, 0, len(found))}
	for _, f := range found {
		zone := f.Venue.Location()
		item := FreeItem{
			Venue: FreeVenue{ID: f.Venue.ID, Name: f.Venue.Name, Kind: f.Venue.Kind, Address: f.Venue.Address},
			Space: FreePlace{f.Space.ID, f.Space.Name, f.Space.Type, f.Space.Allocation, f.Space.Seats, f.Space.Parent},
			Start: local(f.Start, zone), End: local(f.End, zone), Left: f.Left,
		}
		if measured {
			item.Venue.Distance = &f.Distance
		}
		view.Items = append(view.Items, item)
	}
	return view
}

// positionOf reads "29.29,117.2"; nil for "".
func positionOf(s string) (*venue.Position, error) {
	if s == "" {
		return nil, nil
	}
	lat, lon, ok := strings.Cut(s, ",")
	a, errA := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	o, errO := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	if !ok || errA != nil || errO != nil || !(math.Abs(a) <= 90 && math.Abs(o) <= 180) { // written so that NaN is refused
		return nil, fault.New(fault.Invalid, "invalid_position", "A position is latitude and longitude, like 29.29,117.2.").On("near")
	}
	return &venue.Position{Lat: a, Lon: o}, nil
}
