package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"wenguan/app"
	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/store"
)

const (
	rooms     = 50
	perVenue  = 10
	residents = 5_000
	perDay    = 14 // an hour each, from 08:00
)

// world is the product with a year behind it, a plain endpoint beside it, and what the requests need.
type world struct {
	app                *app.App
	store              *store.Embedded
	address, plain     string // host:port of the product and of the plain endpoint
	plainServer        *fiber.App
	sessions           []string // bearer tokens of residents
	manager            string   // bearer token
	today              civil.Date
	weekPath, yearPath string
	weekTag            string
	weekSize           int
	plainSize          int
	bookings           int
	reserved           atomic.Int64 // (room, day, hour) triples handed out
	clock              atomic.Pointer[moment]
	bareStore          *store.Embedded
	kept               templates
	bareCount          atomic.Int64
}

var system = account.Actor{System: true, ID: "bench"}

func newWorld(ctx context.Context, dir string, bookings int) (*world, error) {
	w := &world{bookings: bookings}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return nil, err
	}
	w.today = civil.NewDate(2026, 11, 24)
	w.setClock(w.today.Start(zone).Add(12 * time.Hour))
	path := filepath.Join(dir, "wenguan.db")
	if err := w.open(ctx, path, true); err != nil {
		return nil, err
	}
	if err := w.fill(ctx); err != nil {
		return nil, err
	}
	if err := w.store.Sync(); err != nil {
		return nil, err
	}
	if err := w.app.Close(); err != nil { // from here on durable, as in service
		return nil, err
	}
	if err := w.open(ctx, path, false); err != nil {
		return nil, err
	}
	w.bareStore, err = store.OpenEmbedded(filepath.Join(dir, "bare.db"), store.EmbeddedOptions{}, app.Collections())
	if err != nil {
		return nil, err
	}
	return w, w.listen()
}

func (w *world) open(ctx context.Context, path string, fast bool) (err error) {
	if w.store, err = store.OpenEmbedded(path, store.EmbeddedOptions{NoSync: fast}, app.Collections()); err != nil {
		return err
	}
	none := 0
	config := app.Config{Data: filepath.Dir(path), Addr: "127.0.0.1:0", Zone: "Asia/Shanghai", BookingsPerMinute: &none}
	w.app, err = app.New(ctx, config, app.Options{Store: w.store, Clock: w.now})
	return err
}

// moment is a clock that was set and goes on from there. One that stood still would give all documents ids of one millisecond, in no
// order, as no service ever does.
type moment struct{ shown, set time.Time }

func (w *world) now() time.Time {
	m := w.clock.Load()
	return m.shown.Add(time.Since(m.set))
}

func (w *world) setClock(t time.Time) { w.clock.Store(&moment{t, time.Now()}) }

// listen starts the product and, as the yardstick, a Fiber server with one small JSON answer.
func (w *world) listen() error {
	w.plainServer = fiber.New(fiber.Config{DisableStartupMessage: true})
	answer := fiber.Map{"id": "library", "name": "图书馆", "kind": "reading_room", "seats": 108, "open": true}
	w.plainServer.Get("/plain", func(c *fiber.Ctx) error { return c.JSON(answer) })
	var err error
	if w.plain, err = start(w.plainServer); err != nil {
		return err
	}
	if w.address, err = start(w.app.Server); err != nil {
		return err
	}
	w.weekPath = "/api/v1/venues/library/availability?from=" + w.today.String() + "&days=7"
	w.yearPath = "/api/v1/summaries?from=" + w.today.Add(-364).String() + "&to=" + w.today.Add(-1).String() + "&by=month"
	return w.look()
}

func start(server *fiber.App) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go func() { _ = server.Listener(listener) }()
	return listener.Addr().String(), nil
}

// look asks once for what is measured, for its size and tag.
func (w *world) look() error {
	size := func(address, path, token string) (int, string, error) {
		request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		request.Header.SetHost(address)
		w.get(path, token, "")(request, 0)
		if err := (&fasthttp.HostClient{Addr: address}).Do(request, response); err != nil {
			return 0, "", err
		}
		if response.StatusCode() != http.StatusOK {
			return 0, "", fmt.Errorf("%s answered %d: %s", path, response.StatusCode(), response.Body())
		}
		return len(response.Body()), string(response.Header.Peek("ETag")), nil
	}
	var err error
	if w.plainSize, _, err = size(w.plain, "/plain", ""); err != nil {
		return err
	}
	if _, _, err = size(w.address, w.yearPath, w.manager); err != nil {
		return err
	}
	w.weekSize, w.weekTag, err = size(w.address, w.weekPath, "")
	return err
}

// get is the same request again and again.
func (w *world) get(path, token, tag string) ask {
	return func(r *fasthttp.Request, _ int64) {
		r.SetRequestURI(path)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
	}
}

// reserve books the next free hour: another day each time, then another room, then another hour, as different residents.
func (w *world) reserve(r *fasthttp.Request, _ int64) {
	n := w.reserved.Add(1) - 1
	day, room, hour := n%360, n/360%rooms, n/360/rooms%perDay
	date := w.today.Add(int(day) + 1).String()
	at := func(h int64) string { return fmt.Sprintf("%sT%02d:00", date, 8+h) }
	r.Header.SetMethod(http.MethodPost)
	r.SetRequestURI("/api/v1/bookings")
	r.Header.SetContentType("application/json")
	r.Header.Set("Authorization", "Bearer "+w.sessions[n%int64(len(w.sessions))])
	r.Header.Set("Idempotency-Key", "bench-"+strconv.FormatInt(n, 10))
	r.SetBodyString(fmt.Sprintf(`{"venue":"%s","space":"%s","start":"%s","end":"%s","party":1}`,
		venueID(room), roomID(room), at(hour), at(hour+1)))
}

func (w *world) close() {
	_ = w.app.Server.Shutdown()
	_ = w.plainServer.Shutdown()
	_ = w.app.Close()
	_ = w.bareStore.Close()
}
