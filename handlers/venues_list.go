package handlers

import (
	"context"

	"wenguan/models/civil"
	"wenguan/models/venue"
)

// VenueItem is one venue in a list.
type VenueItem struct {
	ID         string           `json:"id"`
	Kind       venue.Kind       `json:"kind"`
	Name       venue.Text       `json:"name"`
	Area       string           `json:"area"`
	Address    venue.Text       `json:"address"`
	Position   *venue.Position  `json:"position,omitempty"`
	Cover      *Photo           `json:"cover,omitempty"`
	Features   []venue.Feature  `json:"features"`
	Seats      int              `json:"seats" doc:"People it takes."`
	FreeNow    int              `json:"free_now" doc:"Of them, not booked at this moment; 0 while it is closed."`
	OpenNow    bool             `json:"open_now"`
	HoursToday []civil.Interval `json:"hours_today"`
	Retired    bool             `json:"retired,omitempty" doc:"Kept for history, not shown to residents."`
}

func (a *API) viewItems(ctx context.Context, found []*venue.Venue) ([]VenueItem, error) {
	cal, err := a.Venues.CalendarOf(ctx)
	if err != nil {
		return nil, err
	}
	occupied, err := a.Desk.OccupiedNow(ctx, found)
	if err != nil {
		return nil, err
	}
	items := make([]VenueItem, 0, len(found))
	for i, v := range found {
		today := viewToday(v, cal, a.Clock())
		item := VenueItem{
			ID: v.ID, Kind: v.Kind, Name: v.Name, Area: v.Area, Address: v.Address, Position: v.Position,
			Features: list(v.Features), Seats: occupied[i].Capacity, OpenNow: today.OpenNow, HoursToday: today.Hours,
			Retired: v.Retired,
		}
		if today.OpenNow {
			item.FreeNow = occupied[i].Capacity - occupied[i].Taken
		}
		if len(v.Photos) > 0 {
			cover := viewPhoto(v.Photos[0])
			item.Cover = &cover
		}
		items = append(items, item)
	}
	return items, nil
}
