package handlers

import (
	"context"

	"wenguan/models/civil"
)

// Holidays is the public holiday calendar.
type Holidays struct {
	Revision *int64          `json:"revision,omitempty" doc:"The one that was read, to notice when somebody else saved meanwhile; 0 is the calendar the product came with."`
	Days     []civil.Holiday `json:"days" maxItems:"2000"`
}

type holidaysOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         Holidays
}

func (a *API) getHolidays(ctx context.Context, _ *struct{}) (*holidaysOutput, error) {
	cal, err := a.Venues.CalendarOf(ctx)
	if err != nil {
		return nil, err
	}
	return &holidaysOutput{"no-cache", Holidays{&cal.Revision, list(cal.Days)}}, nil
}

type putHolidaysInput struct {
	Body Holidays
}

func (a *API) putHolidays(ctx context.Context, in *putHolidaysInput) (*holidaysOutput, error) {
	wanted := &civil.Calendar{Days: in.Body.Days}
	if in.Body.Revision != nil {
		wanted.Revision = *in.Body.Revision
	} else if now, err := a.Venues.CalendarOf(ctx); err != nil {
		return nil, err
	} else {
		wanted.Revision = now.Revision
	}
	if err := a.Venues.SaveCalendar(ctx, ActorOf(ctx), wanted); err != nil {
		return nil, err
	}
	return a.getHolidays(ctx, nil)
}
