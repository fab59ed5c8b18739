package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"time"
)

type serveCmd struct{}

// Run serves until it is told to stop.
func (serveCmd) Run(ctx context.Context, c *Config, s *session) (err error) {
	log := newLog(c, s.err, "info")
	a, err := New(ctx, *c, Options{Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if ok, err := a.Accounts.HasAdministrator(ctx); err != nil {
		return err
	} else if !ok {
		return errors.New(`nobody could administer this store yet: first run wenguan user add --role administrator --phone … (or --email …), which prints a sign-in link`)
	}
	if is, err := isDemo(ctx, a.Store); err != nil {
		return err
	} else if is {
		log.Warn("this store is a demo: the links that the demo printed sign anybody in")
	}
	if c.SMTP == "" && c.SMS == "" {
		log.Warn("neither mail nor SMS is configured: messages and sign-in codes are written to this log")
	}
	return a.Run(ctx, func() { fmt.Fprintf(s.out, "Wenguan 文馆 is at %s\n", a.origin()) })
}

type healthCmd struct{}

// Run asks the service on this machine.
func (healthCmd) Run(ctx context.Context, c *Config) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	local := Config{Addr: c.Addr, TLSCert: c.TLSCert}
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, local.origin()+"/health", nil)
	if err != nil {
		return err
	}
	answer, err := localClient().Do(ask)
	if err != nil {
		return fmt.Errorf("the service does not answer: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the service answers %s", answer.Status)
	}
	return nil
}

func localClient() *http.Client {
	// The certificate names the public address, not this machine; nothing is sent that matters.
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
}
