package notice

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"
)

// mailServer is a small SMTP server on this machine. Its answers to commands can be changed.
type mailServer struct {
	address string
	answers map[string]string // by verb
	tls     *tls.Config       // offered with STARTTLS if not nil
	first   bool              // tls from the first byte instead
	login   bool              // offers LOGIN instead of PLAIN
	mu      sync.Mutex
	heard   []string // every line, without the mail
	mails   []string
}

func serveMail(t *testing.T, s *mailServer) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = listener.Addr().String()
	var group sync.WaitGroup
	t.Cleanup(func() { _ = listener.Close(); group.Wait() })
	group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() { s.talk(conn) })
		}
	})
	return s
}

// talk holds one conversation (RFC 5321).
func (s *mailServer) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	if s.first {
		conn = tls.Server(conn, s.tls)
	}
	in := bufio.NewReader(conn)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(conn, format+"\r\n", args...) }
	say("220 mail.example ESMTP")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		s.note(line)
		verb := strings.ToUpper(strings.FieldsFunc(line+" ", func(r rune) bool { return r == ' ' || r == ':' })[0])
		if answer, ok := s.answers[verb]; ok {
			say("%s", answer)
			continue
		}
		switch verb {
		case "EHLO":
			_, secure := conn.(*tls.Conn)
			if s.tls != nil && !secure {
				say("250-mail.example\r\n250 STARTTLS")
			} else {
				say("250-mail.example\r\n250 AUTH %s", map[bool]string{true: "LOGIN", false: "PLAIN"}[s.login])
			}
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, s.tls)
			in = bufio.NewReader(conn)
		case "AUTH":
			for range map[bool]int{true: 2, false: 0}[s.login] { // user name, then password
				say("334 ")
				answer, _ := in.ReadString('\n')
				s.note("AUTH answer " + strings.TrimSpace(answer))
			}
			say("235 welcome")
		case "DATA":
			say("354 go on")
			if !s.takeMail(in, say) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func (s *mailServer) takeMail(in *bufio.Reader, say func(string, ...any)) bool {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(line)
	}
	s.mu.Lock()
	s.mails = append(s.mails, b.String())
	s.mu.Unlock()
	if answer, ok := s.answers["."]; ok {
		say("%s", answer)
	} else {
		say("250 taken")
	}
	return true
}

func (s *mailServer) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, line)
}

func (s *mailServer) saw(part string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Contains(strings.Join(s.heard, "\n"), part)
}

func sampleMail(t *testing.T) Message {
	t.Helper()
	m, err := sample(BookingConfirmed, "zh-CN", "li.lei@example.cn").message()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func sender(t *testing.T, server string) *SMTP {
	t.Helper()
	s, err := NewSMTP(server, "文馆 <no-reply@wenguan.example>")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMailArrivesAsItWasWritten(t *testing.T) {
	t.Parallel()
	server := serveMail(t, &mailServer{})
	m := sampleMail(t)
	if err := sender(t, "smtp://"+server.address+"?tls=none").Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if len(server.mails) != 1 || !server.saw("RCPT TO:<li.lei@example.cn>") || !server.saw("MAIL FROM:<no-reply@wenguan.example>") {
		t.Fatalf("%d mails, heard %q", len(server.mails), server.heard)
	}
	got, err := mail.ReadMessage(strings.NewReader(server.mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(got.Body))
	if text := strings.ReplaceAll(string(body), "\r\n", "\n"); err != nil || strings.TrimSpace(text) != m.Text {
		t.Errorf("text %q, %v", text, err)
	}
	for header, want := range map[string]string{
		"Message-Id": "<01kas@wenguan.example>", "Auto-Submitted": "auto-generated", "Content-Language": "zh-CN",
		"Content-Type": "text/plain; charset=UTF-8", "To": "<li.lei@example.cn>",
	} {
		if value := got.Header.Get(header); value != want {
			t.Errorf("%s: %q, want %q", header, value, want)
		}
	}
}

func TestAPasswordIsSentOverTLSOnly(t *testing.T) {
	t.Parallel()
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	server := serveMail(t, &mailServer{tls: &tls.Config{Certificates: web.TLS.Certificates}})
	s := sender(t, "smtp://robot:s3cret@"+server.address)

	var failure *Failure
	if err := s.Send(t.Context(), sampleMail(t)); !errors.As(err, &failure) || failure.Permanent || server.saw("AUTH") {
		t.Errorf("a certificate nobody vouches for: %v, heard %q", err, server.heard)
	}
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	s.server.tls.RootCAs = roots
	if err := s.Send(t.Context(), sampleMail(t)); err != nil || len(server.mails) != 1 || !server.saw("AUTH PLAIN") {
		t.Errorf("%v, %d mails, heard %q", err, len(server.mails), server.heard)
	}

	bare := serveMail(t, &mailServer{})
	if err := sender(t, "smtp://robot:s3cret@"+bare.address).Send(t.Context(), sampleMail(t)); err == nil || bare.saw("AUTH") || bare.saw("MAIL") {
		t.Errorf("a server without TLS: %v, heard %q", err, bare.heard)
	}
}

func TestAServerWithTLSFromTheFirstByteAndLOGINIsUnderstood(t *testing.T) {
	t.Parallel()
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	server := serveMail(t, &mailServer{tls: &tls.Config{Certificates: web.TLS.Certificates}, first: true, login: true})
	s := sender(t, "smtps://robot:s3cret@"+server.address)
	s.server.tls.RootCAs = x509.NewCertPool()
	s.server.tls.RootCAs.AddCert(web.Certificate())
	if err := s.Send(t.Context(), sampleMail(t)); err != nil || len(server.mails) != 1 {
		t.Fatalf("%v, %d mails, heard %q", err, len(server.mails), server.heard)
	}
	if password := base64.StdEncoding.EncodeToString([]byte("s3cret")); !server.saw("AUTH answer " + password) {
		t.Errorf("heard %q", server.heard)
	}
}

func TestAMailThatWasTakenIsSentEvenIfTheConnectionBreaksThen(t *testing.T) {
	t.Parallel()
	server := serveMail(t, &mailServer{answers: map[string]string{"RSET": "500 what", "QUIT": "500 what"}})
	if err := sender(t, "smtp://"+server.address+"?tls=none").Send(t.Context(), sampleMail(t)); err != nil || len(server.mails) != 1 {
		t.Errorf("%v, %d mails", err, len(server.mails))
	}
}

func TestOnlyARefusalOfTheMailItselfIsForGood(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, verb, answer string
		permanent          bool
		reason             string
	}{
		{"unknown recipient", "RCPT", "550 no li.lei here", true, "mail: server answered 550"},
		{"mailbox full for now", "RCPT", "452 full", false, "mail: server answered 452"},
		{"refused as spam", ".", "554 spam", true, "mail: server answered 554"},
		{"try later", ".", "451 later", false, "mail: server answered 451"},
		{"our sender is not allowed", "MAIL", "550 not you", false, "mail: server answered 550"},
		{"greeting refused", "EHLO", "421 busy", false, "mail: server not reached"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := serveMail(t, &mailServer{answers: map[string]string{c.verb: c.answer, "HELO": "421 busy"}})
			err := sender(t, "smtp://"+server.address+"?tls=none").Send(t.Context(), sampleMail(t))
			var failure *Failure
			if !errors.As(err, &failure) || failure.Permanent != c.permanent || failure.Error() != c.reason {
				t.Errorf("%#v", err)
			}
		})
	}
}

func TestAMailServerThatIsNotThereMayComeBack(t *testing.T) {
	t.Parallel()
	var failure *Failure
	err := sender(t, "smtp://127.0.0.1:1?tls=none").Send(t.Context(), sampleMail(t))
	if !errors.As(err, &failure) || failure.Permanent || failure.Reason != "mail: server not reached" {
		t.Errorf("%#v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sender(t, "smtp://127.0.0.1:1?tls=none").Send(ctx, sampleMail(t)); err == nil {
		t.Error("sent with a cancelled context")
	}
}

func TestAMailServerAddressThatCannotWorkIsRefusedWithoutShowingIt(t *testing.T) {
	t.Parallel()
	for server, from := range map[string]string{
		"":                                       "a@b.cn",
		"mail.example:25":                        "a@b.cn",
		"http://mail.example":                    "a@b.cn",
		"smtp://":                                "a@b.cn",
		"smtp://u:s3cret@mail.example:x":         "a@b.cn",
		"smtp://u:s3cret@mail.example?tls=no":    "a@b.cn",
		"smtp://u:s3cret@mail.example?tls=none":  "a@b.cn",
		"smtps://u:s3cret@mail.example?tls=none": "a@b.cn",
		"smtp://mail.example":                    "nobody",
	} {
		if _, err := NewSMTP(server, from); err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s from %s: %v", server, from, err)
		}
	}
	for _, server := range []string{"smtp://mail.example", "smtps://u:p@mail.example", "smtp://mailpit:1025?tls=none"} {
		if _, err := NewSMTP(server, "a@b.cn"); err != nil {
			t.Errorf("%s: %v", server, err)
		}
	}
}
