package e2e

import (
	"bytes"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
)

// wire is the network between a browser and a house. It can be cut, and it can lose the answer to the next request of a
// kind: the house does what it was asked and the browser never hears of it.
type wire struct {
	url      string
	listener net.Listener

	mu    sync.Mutex
	conns []net.Conn
	lose  []byte // the beginning of the request whose answer is lost, nil for none
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
			w.join(near, far)
		}
	}()
	return w
}

// join carries bytes both ways until either end closes.
func (w *wire) join(near, far net.Conn) {
	w.mu.Lock()
	w.conns = append(w.conns, near, far)
	w.mu.Unlock()
	var lost atomic.Bool
	go func() {
		defer far.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := near.Read(buffer)
			if w.loses(buffer[:n]) {
				lost.Store(true)
			}
			if _, werr := far.Write(buffer[:n]); err != nil || werr != nil {
				return
			}
		}
	}()
	go func() {
		defer near.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := far.Read(buffer)
			if err != nil || lost.Load() {
				return
			}
			if _, err := near.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
}

// loseAnswerTo loses the answer to the next request that begins like this.
func (w *wire) loseAnswerTo(request string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lose = []byte(request)
}

func (w *wire) loses(sent []byte) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lose == nil || !bytes.HasPrefix(sent, w.lose) {
		return false
	}
	w.lose = nil
	return true
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

func TestABookingWhoseAnswerGotLostIsMadeOnce(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	resident := house.Resident("王小明")
	wire := layWire(t, house)
	p := open(t, house, phone)
	p.url = wire.url
	p.as(resident)
	p.visit("/venues/hotel?space=c&date=2026-11-24&from=14:00&to=16:00&book=1")
	p.read("dialog button.large", "确认预约")
	wire.loseAnswerTo("POST /api/v1/bookings ")
	p.press("确认预约")
	// Chromium itself sends a request again whose answer never came on a kept connection; where it does not, the page says
	// so and the person does.
	p.until(`(document.querySelector('dialog .notice.bad') && document.querySelector('dialog button.large').click(),
		document.querySelector('.qr') !== null)`)
	var mine struct{ Items []handlers.Booking }
	resident.Get("/api/v1/bookings").Expect(http.StatusOK).Into(&mine)
	if len(mine.Items) != 1 {
		t.Errorf("there are %d bookings, not 1", len(mine.Items))
	}
}

func TestADoubleTapBooksOnce(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	resident := house.Resident("王小明")
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/venues/hotel?space=c&date=2026-11-24&from=14:00&to=16:00&book=1")
	p.read("dialog button.large", "确认预约")
	eval[bool](p, `(() => { const b = document.querySelector('dialog button.large'); b.click(); b.click(); return true; })()`)
	p.see(".qr")
	var mine struct{ Items []handlers.Booking }
	resident.Get("/api/v1/bookings").Expect(http.StatusOK).Into(&mine)
	if len(mine.Items) != 1 {
		t.Errorf("there are %d bookings, not 1", len(mine.Items))
	}
}
