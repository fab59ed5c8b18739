package notice

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// SMTP sends mail through a submission server (RFC 6409).
type SMTP struct {
	client *gomail.Client
	from   string
	domain string
}

// NewSMTP makes a mail sender for a server address: "smtps://user:password@host" (TLS from the start, port 465),
// "smtp://user:password@host" (STARTTLS demanded, port 587), or "smtp://host:1025?tls=none" for a server on the same
// machine or network that has no TLS; a password is refused there. From is "Name <address>". Errors hold no password.
func NewSMTP(server, from string) (*SMTP, error) {
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, errors.New(`the sender of mail must read "Name <address>"`)
	}
	host, options, err := smtpOptions(server)
	if err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(sender.Address, "@")
	options = append(options, gomail.WithTimeout(sendTimeout))
	client, err := gomail.NewClient(host, options...)
	if err != nil {
		return nil, fmt.Errorf("the mail server %s: %w", host, err)
	}
	return &SMTP{client: client, from: sender.String(), domain: domain}, nil
}

func smtpOptions(server string) (host string, options []gomail.Option, err error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return "", nil, errors.New("the mail server must read smtp://user:password@host:port or smtps://…")
	}
	port := 587
	switch tls := u.Query().Get("tls"); {
	case u.Scheme == "smtps" && tls == "":
		port = 465
		options = append(options, gomail.WithSSL())
	case u.Scheme == "smtp" && (tls == "" || tls == "starttls"):
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case u.Scheme == "smtp" && tls == "none" && u.User == nil:
		port = 25
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case u.Scheme == "smtp" && tls == "none":
		return "", nil, errors.New("the mail server has tls=none and a password: a password is only sent over TLS")
	default:
		return "", nil, errors.New("the mail server's tls is starttls or none, and smtps:// takes neither")
	}
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return "", nil, errors.New("the mail server's port is not a number")
		}
	}
	options = append(options, gomail.WithPort(port))
	if password, ok := u.User.Password(); ok {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return u.Hostname(), options, nil
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
	if err := s.client.DialAndSendWithContext(ctx, message); err != nil {
		return smtpFailure(err)
	}
	return nil
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
