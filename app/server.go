package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"wenguan/app/webui"
	"wenguan/handlers"
)

const (
	requestTime = 15 * time.Second // from reading a request to its answer
	readTime    = 20 * time.Second
	idleTime    = 2 * time.Minute
	drainTime   = 20 * time.Second

	mostConnections = 16 << 10 // each has 16 kB for headers; more are told to come back

	largestBody = 1<<20 + 1<<10 // a photo or a venue, and a little so that huma refuses it with a field
)

// serveOn makes the server: middleware, API and pages.
func (a *App) serveOn(more func(*fiber.App)) error {
	proxies, err := a.config.proxies()
	if err != nil {
		return err
	}
	a.Server = fiber.New(fiber.Config{
		Immutable:                    true, // values outlive the request: the embedded store keeps strings
		DisableStartupMessage:        true,
		CaseSensitive:                true,
		BodyLimit:                    largestBody,
		ReadBufferSize:               16 << 10, // headers
		ReadTimeout:                  readTime,
		WriteTimeout:                 readTime,
		IdleTimeout:                  idleTime,
		Concurrency:                  mostConnections,
		ErrorHandler:                 a.answerError,
		DisablePreParseMultipartForm: true,
	})
	a.Server.Server().HeaderReceived = patience
	m := &middleware{app: a, proxies: proxies, secure: strings.HasPrefix(a.origin(), "https:")}
	m.mount(a.Server)
	a.API = a.api()
	a.OpenAPI = a.API.Mount(a.Server)
	a.Site.Mount(a.Server)
	if more != nil {
		more(a.Server)
	}
	return nil
}

func (a *App) origin() string { return a.config.origin() }

func (a *App) api() *handlers.API {
	return &handlers.API{
		Venues: a.Venues, Accounts: a.Accounts, Provider: a.Provider, Desk: a.Desk, Passes: a.Passes, Bureau: a.Bureau, Audit: a.Audit, Credentials: a.Credentials, Jobs: jobList{a.Jobs, a},
		Organizations: a.Organizations, Privacy: a.Privacy, Origin: a.origin,
		Clock: a.Clock, Zone: a.zone, Log: a.log, Version: Version,
		Limits: a.counts,
	}
}

// answerError is the last exit: what no handler answered. Addresses of pages get the client's own page for it.
func (a *App) answerError(c *fiber.Ctx, err error) error {
	webui.SetHeaders(c) // what is too large or no HTTP is refused before any middleware
	if fe, ok := errors.AsType[*fiber.Error](err); ok && fe.Code == fiber.StatusNotFound && wantsPage(c) && a.Site.Has("index.html") {
		c.Status(fiber.StatusNotFound)
		return a.Site.Shell("index.html")(c)
	}
	return handlers.WriteProblem(c, err)
}

// Run listens, keeps to the table of jobs and serves until ctx is done.
func (a *App) Run(ctx context.Context, listening func()) error {
	listener, err := a.listen()
	if err != nil {
		return err
	}
	if _, port, _ := net.SplitHostPort(a.config.Addr); port == "0" {
		a.config.Addr = listener.Addr().String()
	}
	go a.Site.Compress(ctx)
	a.Jobs.Start(ctx)
	defer a.Jobs.Stop()
	defer a.control(ctx)()
	a.log.InfoContext(ctx, "listening", "address", listener.Addr().String(), "version", Version)
	listening()
	defer a.writeUnmet(ctx)
	return a.Serve(ctx, listener)
}

// writeUnmet writes down what was refused since the job last did, when no request comes any more.
func (a *App) writeUnmet(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if _, err := a.Desk.WriteUnmet(ctx); err != nil {
		a.log.WarnContext(ctx, "what was refused in the last minute could not be written down", "err", err)
	}
}

// Serve answers requests on the listener until ctx is done, then takes no more, lets those under way end and returns.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	open := &connections{Listener: listener}
	a.Server.Handler() // completes the routes, as Fiber's own Listen does
	failed := make(chan error, 1)
	go func() { failed <- a.Server.Server().Serve(open) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	a.log.Info("draining")
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	open.hangUp()
	if err := a.Server.ShutdownWithContext(drain); err != nil {
		a.log.Warn("some requests were cut off", "err", err)
	}
	return nil
}

func (a *App) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", a.config.Addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: another program may use it; choose one with --addr (%w)", a.config.Addr, err)
	}
	if a.config.TLSCert == "" {
		return listener, nil
	}
	cert, err := tls.LoadX509KeyPair(a.config.TLSCert, a.config.TLSKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the certificate cannot be used: %w", err), listener.Close())
	}
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}), nil
}
