package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/store"
	"wenguan/models/venue"
)

const (
	killRounds  = 3
	killClients = 200
	killAfter   = 150 // acknowledged bookings of a round
)

// TestNothingAcknowledgedIsLostWhenTheServiceIsKilled starts the real binary, lets hundreds of clients reserve over HTTP,
// kills it in the middle without warning, starts it again on what it left, and looks for every booking it had promised.
func TestNothingAcknowledgedIsLostWhenTheServiceIsKilled(t *testing.T) {
	t.Parallel()
	binary, dir := binary(t), t.TempDir()
	tokens := furnish(t, dir)
	promised := map[string]bool{}
	for round := range killRounds {
		service := startService(t, binary, dir)
		service.rush(t, tokens, round, promised)
		service.wait()
		examine(t, dir, promised)
	}
	service := startService(t, binary, dir)
	if got, err := service.get("/health"); err != nil || got != http.StatusOK {
		t.Errorf("after the last kill it does not start: %d, %v", got, err)
	}
	service.kill()
	service.wait()
}

// furnish makes the store: a reading room that is always open, an administrator, and a session of every client.
func furnish(t *testing.T, dir string) (tokens []string) {
	t.Helper()
	a, err := app.New(t.Context(), app.Config{Data: dir, Addr: "127.0.0.1:0", Zone: "Asia/Shanghai"}, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	v := apptest.Blank("room", venue.ReadingRoom)
	for day := range v.Hours {
		v.Hours[day] = fullDay
	}
	for n := range 40 {
		id := fmt.Sprintf("s%02d", n)
		v.Atoms = append(v.Atoms, venue.Atom{ID: id, Capacity: 1})
		v.Spaces = append(v.Spaces, venue.Space{
			ID: id, Name: venue.Text{ZH: id}, Type: venue.Seat, Allocation: venue.Exclusive, Atoms: []string{id}, Seats: 1, Bookable: true,
		})
	}
	if _, err := a.Venues.Save(t.Context(), apptest.System, v); err != nil {
		t.Fatal(err)
	}
	for n := range killClients + 1 {
		who := account.Account{Kind: account.Person, Name: "读者", Phone: fmt.Sprintf("+86137%08d", n)}
		if n == killClients {
			who.Grants = []account.Grant{{Role: account.Administrator}}
		}
		made, err := a.Accounts.Create(t.Context(), apptest.System, who)
		if err != nil {
			t.Fatal(err)
		}
		session, err := a.Accounts.MakeSession(t.Context(), apptest.System, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, session.Token)
	}
	return tokens[:killClients]
}

// service is the binary at work.
type service struct {
	cmd    *exec.Cmd
	url    string
	client *http.Client
}

func startService(t *testing.T, binary, dir string) *service {
	t.Helper()
	s := &service{
		cmd:    exec.Command(binary, "serve", "--data", dir, "--addr", "127.0.0.1:0", "--log-level", "error", "--bookings-per-minute", "0"),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: killClients}},
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stderr = t.Output()
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the service did not start: %v", err)
	}
	_, s.url, _ = strings.Cut(strings.TrimSpace(line), " is at ")
	return s
}

func (s *service) kill() { _ = s.cmd.Process.Kill() } // an error means that it has ended

// wait waits until the killed process is gone.
func (s *service) wait() {
	_ = s.cmd.Wait() // "signal: killed"
	s.client.CloseIdleConnections()
}

func (s *service) get(path string) (int, error) {
	answer, err := s.client.Get(s.url + path)
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}

// rush lets every client reserve one slot after the other until the service is killed, which happens when it has
// acknowledged killAfter bookings. What it acknowledged is added to promised.
func (s *service) rush(t *testing.T, tokens []string, round int, promised map[string]bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	acknowledged := 0
	var clients sync.WaitGroup
	for n, token := range tokens {
		clients.Go(func() {
			for slot := 0; ctx.Err() == nil; slot++ {
				id, ok := s.reserve(ctx, token, fmt.Sprintf("s%02d", (n+slot)%40), round, slot)
				if !ok {
					return
				}
				mu.Lock()
				if id != "" {
					promised[id] = true
					acknowledged++
				}
				if acknowledged == killAfter {
					s.kill()
				}
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	if acknowledged < killAfter {
		t.Errorf("only %d bookings were acknowledged before the service went away", acknowledged)
	}
}

// reserve books a slot some days ahead; ok is false when the service is gone, the id empty when the slot was taken.
func (s *service) reserve(ctx context.Context, token, seat string, round, slot int) (id string, ok bool) {
	day := time.Now().In(time.FixedZone("", 8*3600)).AddDate(0, 0, 1+4*round+slot/48%4).Format(time.DateOnly)
	minute := slot % 47 * 30
	body, err := json.Marshal(map[string]string{
		"venue": "room", "space": seat,
		"start": fmt.Sprintf("%sT%02d:%02d", day, minute/60, minute%60), "end": fmt.Sprintf("%sT%02d:%02d", day, (minute+30)/60, (minute+30)%60),
	})
	if err != nil {
		return "", false
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/api/v1/bookings", strings.NewReader(string(body)))
	if err != nil {
		return "", false
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := s.client.Do(request)
	if err != nil {
		return "", false
	}
	defer answer.Body.Close()
	var made handlers.Booking
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil {
		return "", false
	}
	return made.ID, answer.StatusCode == http.StatusCreated || answer.StatusCode == http.StatusConflict
}

// examine looks into the data file that the killed service left.
func examine(t *testing.T, dir string, promised map[string]bool) {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(dir, "wenguan.db"), store.EmbeddedOptions{}, app.Collections())
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := booking.Verify(t.Context(), st); err != nil {
		t.Error(err)
	}
	desk := booking.New(st, booking.Deps{Venues: venue.New(st, time.Now)}, time.Now)
	for id := range promised {
		if _, err := desk.Get(t.Context(), apptest.System, id); err != nil {
			t.Errorf("booking %s was acknowledged and is gone: %v", id, err)
		}
	}
}
