package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"wenguan/models/fault"
)

// The embedded store is open in one process only. So that users can be added, jobs run and backups made while the service
// runs, it takes such commands on a socket beside the data file, which only its own user may open: the command line is
// sent there, run inside the service, and its output comes back.

// Output comes back as JSON lines of [mark, text]; the last has the exit code.
const (
	outMark  = "o"
	errMark  = "e"
	codeMark = "x"
)

// request is a command line for a running service.
type request struct {
	Args []string `json:"args"`
	Dir  string   `json:"dir"`
}

// insideService reports whether a command may be run by the service: one that works on its store and ends.
func insideService(command string) bool {
	name, _, _ := strings.Cut(command, " ")
	switch name {
	case "user", "import", "job", "backup", "keys", "verify", "audit":
		return true
	}
	return false
}

func (c *Config) controlPath() string {
	path, embedded := filePath(c.storeURL())
	if !embedded {
		return ""
	}
	return path + ".sock"
}

// control takes commands until the returned function is called. Without a socket the service runs all the same.
func (a *App) control(ctx context.Context) (stop func()) {
	path := a.config.controlPath()
	if path == "" {
		return func() {}
	}
	_ = os.Remove(path) // of a service that was killed; the data file's lock says that none runs
	listener, err := net.Listen("unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		a.log.Warn("commands such as backup will not work while the service runs", "err", err)
		return func() {}
	}
	server := &http.Server{
		Handler: http.HandlerFunc(a.obey), ReadHeaderTimeout: 5 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	go func() { _ = server.Serve(listener) }() // ends with Shutdown
	return func() {
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		_ = server.Shutdown(drain) // removes the socket
	}
}

func (a *App) obey(w http.ResponseWriter, r *http.Request) {
	var asked request
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&asked); err != nil {
		http.Error(w, "not a command", http.StatusBadRequest)
		return
	}
	lines := json.NewEncoder(w)
	s := &session{args: asked.Args, dir: asked.Dir, running: a, out: &marked{lines, outMark}, err: &marked{lines, errMark}}
	code := s.run(r.Context())
	_ = lines.Encode([2]string{codeMark, fmt.Sprint(code)}) // a client that left does not need it
}

// marked writes JSON lines of [mark, text].
type marked struct {
	lines *json.Encoder
	mark  string
}

// Write implements io.Writer.
func (m *marked) Write(b []byte) (int, error) {
	return len(b), m.lines.Encode([2]string{m.mark, string(b)})
}

// askService has the running service run this command line. It returns refused if no service listens there.
func (s *session) askService(ctx context.Context, c *Config, refused error) error {
	path := c.controlPath()
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}}}
	defer client.CloseIdleConnections()
	body, err := json.Marshal(request{s.args, s.dir})
	if err != nil {
		return err
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://wenguan/", strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	answer, err := client.Do(ask)
	if err != nil {
		return refused
	}
	defer answer.Body.Close()
	return s.relay(answer.Body)
}

// relay copies the output of a command that runs in the service.
func (s *session) relay(from io.Reader) error {
	for lines := json.NewDecoder(from); ; {
		var line [2]string
		if err := lines.Decode(&line); err != nil {
			return fmt.Errorf("the service ended before the command did: %w", err)
		}
		switch line[0] {
		case outMark:
			io.WriteString(s.out, line[1])
		case errMark:
			io.WriteString(s.err, line[1])
		case codeMark:
			if line[1] != "0" {
				return toldAlready{errors.New("the command failed in the service")}
			}
			return nil
		}
	}
}

// onExisting is onStore for commands that make no sense on a new store.
func (s *session) onExisting(ctx context.Context, c *Config, do func(*App) error) error {
	if err := mustExist(c.storeURL()); err != nil && s.running == nil {
		return err
	}
	return s.onStore(ctx, c, do)
}

// onStore does something with the product: inside the service if the command runs there or the service has the data file
// open, else on the store opened for it.
func (s *session) onStore(ctx context.Context, c *Config, do func(*App) error) (err error) {
	if s.running != nil {
		return do(s.running)
	}
	a, err := New(ctx, *c, Options{Log: newLog(c, s.err, "warn")})
	if fault.CodeOf(err) == "data_file_in_use" {
		return s.askService(ctx, c, err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return do(a)
}
