package app_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
	"wenguan/models/venue"
)

const fourHours = `{"venue":"room","space":"seats","start":"2026-11-24T10:00","end":"2026-11-24T14:00"}`

// refusedTo has somebody ask for the only seat of the room when somebody else has it.
func refusedTo(t *testing.T, h *apptest.House, who *apptest.Client) {
	t.Helper()
	h.ReadingRoom("room", 1)
	bookAt(t, h.Resident("王大明"), fourHours)
	who.Post("/api/v1/bookings", fourHours).Refused(409, "space_taken")
	runJob(t, h, "unmet")
}

func TestWhatWasRefusedToSomebodyIsInTheirCopyAndGoesWithThem(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	me := h.Resident("欧阳晓晓")
	refusedTo(t, h, me)
	var kept struct {
		More struct {
			Unmet []struct {
				Venue string `json:"venue"`
				Code  string `json:"refused_with"`
			} `json:"unmet"`
		} `json:"more"`
	}
	if err := json.Unmarshal([]byte(me.Get("/api/v1/account/export.json").Expect(200).Body), &kept); err != nil {
		t.Fatal(err)
	}
	if u := kept.More.Unmet; len(u) != 1 || u[0].Venue != "room" || u[0].Code != "space_taken" {
		t.Errorf("the copy has %+v", u)
	}
	me.Post("/api/v1/account/erasure", `{"confirm":"erase"}`).Expect(204)
	if text := everything(t, h)["unmet_requests"]; text != "" {
		t.Errorf("left after an erasing: %s", text)
	}
	if text := everything(t, h)["unmet_days"]; !strings.Contains(text, "room|2026-11-24") || strings.Contains(text, me.Account.ID) {
		t.Errorf("the counts of the day are %s", text)
	}
}

func TestRefusedRequestsGoByThemselves(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		bookings, months int
		gone             time.Time
	}{
		{"after three months", 0, 0, time.Date(2027, 2, 25, 0, 0, 0, 0, time.UTC)},
		{"after as many as are configured", 0, 1, time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC)},
		{"never later than bookings lose their person", 2, 12, time.Date(2027, 1, 25, 0, 0, 0, 0, time.UTC)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := apptest.Start(t, func(config *app.Config, _ *app.Options) {
				config.RetentionMonths, config.UnmetMonths = c.bookings, c.months
			})
			refusedTo(t, h, h.Resident("李小红"))
			h.Clock.Set(c.gone.AddDate(0, 0, -2))
			runJob(t, h, "retain")
			if everything(t, h)["unmet_requests"] == "" {
				t.Error("gone before its time")
			}
			h.Clock.Set(c.gone)
			runJob(t, h, "retain")
			if text := everything(t, h)["unmet_requests"]; text != "" {
				t.Errorf("kept: %s", text)
			}
		})
	}
}

func TestWhatWasRefusedIsWrittenDownWhenTheServiceStops(t *testing.T) {
	t.Parallel()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, app.Collections())
	if err != nil {
		t.Fatal(err)
	}
	silent := notice.Senders{SMS: &apptest.Mailbox{}, Mail: &apptest.Mailbox{}}
	config := app.Config{Data: t.TempDir(), Addr: "127.0.0.1:0", Zone: "Asia/Shanghai"}
	a, err := app.New(t.Context(), config, app.Options{Store: st, Clock: func() time.Time { return apptest.Now }, Senders: silent})
	if err != nil {
		t.Fatal(err)
	}
	v := apptest.Blank("square", venue.Square)
	v.Atoms = []venue.Atom{{ID: "lawn", Capacity: 9}}
	v.Spaces = []venue.Space{{
		ID: "lawn", Name: venue.Text{ZH: "草坪"}, Type: venue.OpenArea, Allocation: venue.Shared, Atoms: []string{"lawn"}, Seats: 9, Bookable: true,
	}}
	if _, err := a.Venues.Save(t.Context(), apptest.System, v); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	err = a.Run(ctx, func() {
		defer stop()
		day := civil.NewDate(2026, time.November, 24)
		ask := booking.Request{Venue: "square", Space: "lawn", Start: day.At(10*60, v.Location()), End: day.At(20*60, v.Location()), Party: 1}
		if _, err := a.Desk.Reserve(ctx, account.Actor{ID: "somebody", Kind: account.Person}, ask); fault.CodeOf(err) != "rule_longest" {
			t.Errorf("ten hours: %v", err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	kept := everything(t, &apptest.House{App: a})["unmet_requests"]
	if !strings.Contains(kept, "rule_longest") {
		t.Errorf("kept: %q", kept)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}
