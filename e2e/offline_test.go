package e2e

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
)

// wire is the network between a browser and a house; it can be cut.
type wire struct {
	url      string
	listener net.Listener

	mu    sync.Mutex
	conns []net.Conn
}

func layWire(t *testing.T, house *apptest.House) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{url: "http://" + listener.Addr().String(), listener: listener}
	t.Cleanup(w.cut)
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", strings.TrimPrefix(house.URL, "http://"))
			if err != nil {
				near.Close()
				continue
			}
			w.mu.Lock()
			w.conns = append(w.conns, near, far)
			w.mu.Unlock()
			go func() { _, _ = io.Copy(far, near); far.Close() }()
			go func() { _, _ = io.Copy(near, far); near.Close() }()
		}
	}()
	return w
}

func (w *wire) cut() {
	w.listener.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		c.Close()
	}
}

func TestAPassThatWasOpenedOnceOpensWithoutANetwork(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 24)
	resident := house.Resident("王小明")
	made := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", map[string]any{
		"venue": "room", "space": "seats", "start": "2026-11-24T14:00", "end": "2026-11-24T16:00", "party": 1,
	}).Expect(http.StatusCreated))
	wire := layWire(t, house)
	p := open(t, house, phone)
	p.url = wire.url
	p.as(resident)
	p.visit("/bookings/" + made.ID)
	p.read(".pass", "断网也能打开") // the page says so once it is kept
	p.until(`navigator.serviceWorker.controller !== null`)

	wire.cut()
	p.visit("/bookings/" + made.ID)
	p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
	p.read(".pass-number", made.Number[:4])
	claims, err := house.Passes.Verify(t.Context(), p.scan(".qr"))
	if err != nil || claims.Booking != made.ID {
		t.Errorf("the kept picture is not the pass of %s: %v", made.ID, err)
	}
	p.visit("/")
	p.read(".notice.bad", "连不上网络")
}
