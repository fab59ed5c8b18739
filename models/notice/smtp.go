package notice

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// SMTP sends mail through a submission server (RFC 6409).
type SMTP struct {
	server smtpServer
	from   string
	domain string // of from; message ids end in it
}

// smtpServer is a server's address, taken apart.
type smtpServer struct {
	host           string
	port           int
	security       smtpSecurity
	user, password string
	tls            *tls.Config
}

type smtpSecurity string

const (
	startTLS smtpSecurity = "starttls"
	fromByte smtpSecurity = "tls from the first byte"
	noTLS    smtpSecurity = "none"
)

// NewSMTP makes a mail sender for a server address: "smtps://user:password@host" (TLS from the first byte, port 465),
// "smtp://user:password@host" (STARTTLS demanded, port 587), or "smtp://host:1025?tls=none" for a server on the same
// machine or network that has no TLS; a password is refused there. From is "Name <address>". Errors hold no password.
func NewSMTP(server, from string) (*SMTP, error) {
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, errors.New(`the sender of mail must read "Name <address>"`)
	}
	parsed, err := parseSMTPServer(server)
	if err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(sender.Address, "@")
	return &SMTP{server: parsed, from: sender.String(), domain: domain}, nil
}

func parseSMTPServer(server string) (smtpServer, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return smtpServer{}, errors.New("the mail server must read smtp://user:password@host:port or smtps://…")
	}
	s := smtpServer{host: u.Hostname(), user: u.User.Username()}
	s.password, _ = u.User.Password()
	s.tls = &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}
	switch asked := u.Query().Get("tls"); {
	case u.Scheme == "smtps" && asked == "":
		s.port, s.security = 465, fromByte
	case u.Scheme == "smtp" && (asked == "" || asked == "starttls"):
		s.port, s.security = 587, startTLS
	case u.Scheme == "smtp" && asked == "none" && u.User == nil:
		s.port, s.security = 25, noTLS
	case u.Scheme == "smtp" && asked == "none":
		return s, errors.New("the mail server has tls=none and a password: a password is only sent over TLS")
	default:
		return s, errors.New("the mail server's tls is starttls or none, and smtps:// takes neither")
	}
	if u.Port() != "" {
		if s.port, err = strconv.Atoi(u.Port()); err != nil {
			return s, errors.New("the mail server's port is not a number")
		}
	}
	return s, nil
}

// Send implements Sender.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	message := gomail.NewMsg()
	if err := message.From(s.from); err != nil {
		return &Failure{Reason: "mail: bad sender", Err: err}
	}
	if err := message.To(m.To); err != nil {
		return &Failure{Reason: "mail: bad address", Permanent: true, Err: err}
	}
	message.Subject(m.Subject)
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	message.SetMessageIDWithValue(m.ID + "@" + s.domain)
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers, please
	message.SetGenHeader("Content-Language", m.Language)
	err := s.server.send(ctx, message)
	if err != nil && !message.IsDelivered() { // a connection that breaks after the mail was taken is no failure
		return smtpFailure(err)
	}
	return nil
}

// send hands over one mail on a connection of its own. It dials itself, because the library leaves a connection open when the
// talk fails before the mail, and looks at ctx only while dialling.
func (s smtpServer) send(ctx context.Context, message *gomail.Msg) error {
	var conn net.Conn
	dial := func(ctx context.Context, network, address string) (_ net.Conn, err error) {
		if s.security == fromByte {
			conn, err = (&tls.Dialer{Config: s.tls}).DialContext(ctx, network, address)
		} else {
			conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
		}
		return conn, err
	}
	client, err := gomail.NewClient(s.host, s.options(dial)...)
	if err != nil {
		return err
	}
	defer func() {
		if conn != nil {
			_ = conn.Close()
		}
	}()
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if err := client.SendWithSMTPClient(session, message); err != nil {
		return err
	}
	return client.CloseWithSMTPClient(session)
}

func (s smtpServer) options(dial gomail.DialContextFunc) []gomail.Option {
	policy := gomail.NoTLS
	if s.security == startTLS {
		policy = gomail.TLSMandatory
	}
	options := []gomail.Option{
		gomail.WithPort(s.port), gomail.WithTLSPolicy(policy), gomail.WithTLSConfig(s.tls),
		gomail.WithTimeout(sendTimeout), gomail.WithDialContextFunc(dial),
	}
	if s.user != "" {
		options = append(options, gomail.WithSMTPAuthCustom(&smtpAuth{server: s}))
	}
	return options
}

// smtpAuth signs in with PLAIN, or LOGIN where there is no PLAIN, and only over TLS.
type smtpAuth struct {
	server smtpServer
	chosen smtp.Auth
}

// Start implements smtp.Auth.
func (a *smtpAuth) Start(info *smtp.ServerInfo) (string, []byte, error) {
	switch {
	case !info.TLS:
		return "", nil, errors.New("no TLS, no password")
	case slices.Contains(info.Auth, "PLAIN"):
		a.chosen = smtp.PlainAuth("", a.server.user, a.server.password, a.server.host, false)
	case slices.Contains(info.Auth, "LOGIN"):
		a.chosen = smtp.LoginAuth(a.server.user, a.server.password, a.server.host, false)
	default:
		return "", nil, errors.New("the server offers neither PLAIN nor LOGIN")
	}
	return a.chosen.Start(info)
}

// Next implements smtp.Auth.
func (a *smtpAuth) Next(fromServer []byte, more bool) ([]byte, error) {
	return a.chosen.Next(fromServer, more)
}

// smtpFailure tells a refusal of this message from trouble that passes. Refused sign-in or an unknown sender count as
// trouble: an operator will mend them.
func smtpFailure(err error) *Failure {
	failure := &Failure{Reason: "mail: server not reached", Err: err}
	sent, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return failure
	}
	failure.Reason = fmt.Sprintf("mail: server answered %d", sent.ErrorCode())
	switch sent.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
		failure.Permanent = sent.ErrorCode() >= 500
	}
	return failure
}
