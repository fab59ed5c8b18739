package app

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"wenguan/app/webui"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
)

// middleware is what every request passes, outermost first.
type middleware struct {
	app     *App
	proxies []netip.Prefix
	secure  bool
}

func (m *middleware) mount(server *fiber.App) {
	server.Use(m.recover, webui.Headers, m.onlyTLS)
	server.Use([]string{handlers.Prefix, "/health", "/.well-known"}, m.request)
}

// onlyTLS tells browsers that came over TLS not to come without it for half a year (RFC 6797).
func (m *middleware) onlyTLS(c *fiber.Ctx) error {
	if m.overTLS(c) {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=15552000")
	}
	return c.Next()
}

// recover turns a panic into an error and its stack into a log line.
func (m *middleware) recover(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			m.app.log.ErrorContext(c.UserContext(), "a request panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = handlers.WriteProblem(c, fiber.ErrInternalServerError)
		}
	}()
	return c.Next()
}

// request gives a call of the API its id, deadline and actor, refuses forged ones and logs it.
func (m *middleware) request(c *fiber.Ctx) error {
	started := m.app.Clock()
	requestID := id.New(started)
	c.Set("X-Request-Id", requestID)
	c.Set(fiber.HeaderCacheControl, "no-store") // handlers say otherwise
	ctx, cancel := context.WithTimeout(context.Background(), requestTime)
	defer cancel()
	actor, token, err := m.actor(ctx, c)
	actor.Request = requestID
	ctx = handlers.WithCaller(ctx, handlers.Caller{
		Actor: actor, RequestID: requestID, Network: m.network(c), Token: token, Secure: m.overTLS(c), Log: m.app.log,
	})
	c.SetUserContext(ctx)
	if err == nil {
		err = m.sameOrigin(c)
	}
	if err == nil {
		err = readable(c)
	}
	if err == nil {
		err = c.Next()
	}
	if err != nil {
		err = handlers.WriteProblem(c, err)
	}
	m.log(c, ctx, started)
	return err
}

// readable refuses an address or a key that is no text, or has a NUL: stores and logs read such bytes differently.
func readable(c *fiber.Ctx) error {
	text := func(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }
	fine := text(c.Request().URI().Path()) && text(c.Request().Header.Peek("Idempotency-Key"))
	for name, value := range c.Request().URI().QueryArgs().All() {
		fine = fine && text(name) && text(value)
	}
	if !fine {
		return fault.New(fault.Invalid, "invalid_input", "Some of the input is not valid.")
	}
	return nil
}

func (m *middleware) log(c *fiber.Ctx, ctx context.Context, started time.Time) {
	log := m.app.log
	if !log.Enabled(ctx, slog.LevelInfo) {
		return
	}
	log.LogAttrs(ctx, slog.LevelInfo, "request",
		slog.String("method", c.Method()), slog.String("route", c.Route().Path), slog.Int("status", c.Response().StatusCode()),
		slog.Duration("took", m.app.Clock().Sub(started)), slog.String("actor", handlers.ActorOf(ctx).ID),
		slog.String("request_id", handlers.RequestID(ctx)))
}

// actor is who holds the session of the request. A session that is over makes it anonymous.
func (m *middleware) actor(ctx context.Context, c *fiber.Ctx) (account.Actor, string, error) {
	token := c.Cookies(handlers.SessionCookie(m.overTLS(c)))
	if bearer, ok := bearerToken(c); ok {
		token = bearer
	}
	if token == "" {
		return account.Actor{}, "", nil
	}
	actor, err := m.app.Accounts.Authenticate(ctx, token)
	if fault.Is(err, fault.Unauthenticated) {
		return account.Actor{}, "", nil
	}
	return actor, token, err
}

func bearerToken(c *fiber.Ctx) (string, bool) {
	scheme, token, ok := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}

// sameOrigin refuses requests that change something and that another site made the browser send with its cookie
// (cross-site request forgery). Signing in counts too: nobody may be signed in to another's account.
// A bearer token is not sent by browsers on their own, so tools are free of this.
func (m *middleware) sameOrigin(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return nil
	}
	if _, bearer := bearerToken(c); bearer {
		return nil
	}
	site, origin := c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin)
	switch {
	case c.Path() == handlers.Prefix+"/csp-reports": // browsers send these without the cookie and from anywhere
		return nil
	case site == "same-origin" || site == "none":
		return nil
	case site == "" && origin != "" && m.ours(c, origin):
		return nil
	case site == "" && origin == "" && c.Cookies(handlers.SessionCookie(m.overTLS(c))) == "":
		return nil // not a browser, and nothing to forge with
	}
	return fault.New(fault.Forbidden, "foreign_origin", "This request comes from another site.")
}

// ours reports whether an Origin header names this service: the public address, or scheme, host and port that were asked.
func (m *middleware) ours(c *fiber.Ctx, origin string) bool {
	if origin == m.app.origin() {
		return true
	}
	scheme, port := "http", ":80"
	if m.overTLS(c) {
		scheme, port = "https", ":443"
	}
	host, asked := strings.CutPrefix(origin, scheme+"://") // browsers leave the port out that the scheme implies (RFC 6454, 6.2)
	return asked && host != "" && strings.EqualFold(strings.TrimSuffix(host, port), strings.TrimSuffix(string(c.Request().Host()), port))
}

// network is the address the request came from: the first one, from this end, that is not a trusted proxy.
func (m *middleware) network(c *fiber.Ctx) string {
	addr, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok {
		return ""
	}
	addr = addr.Unmap()
	if !m.trusted(addr) {
		return addr.String()
	}
	hops := forwarded(c, fiber.HeaderXForwardedFor)
	for i := len(hops) - 1; i >= 0; i-- {
		hop, ok := parseHop(hops[i])
		if !ok {
			break
		}
		addr = hop
		if !m.trusted(addr) {
			break
		}
	}
	return addr.String()
}

// forwarded lists the values of a header that every proxy adds to, first to last. A proxy may write a line of its own
// behind what the client sent, so all lines count.
func forwarded(c *fiber.Ctx, header string) []string {
	var list []string
	for _, line := range c.Request().Header.PeekAll(header) {
		list = append(list, strings.Split(string(line), ",")...)
	}
	return list
}

// parseHop reads an address as proxies write it, some with a port.
func parseHop(hop string) (netip.Addr, bool) {
	hop = strings.TrimSpace(hop)
	if addr, err := netip.ParseAddr(hop); err == nil {
		return addr.Unmap(), true
	}
	both, err := netip.ParseAddrPort(hop)
	return both.Addr().Unmap(), err == nil
}

func (m *middleware) trusted(addr netip.Addr) bool {
	for _, p := range m.proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// overTLS reports whether cookies may demand TLS: the public address has it, or this connection, or a trusted proxy says so.
func (m *middleware) overTLS(c *fiber.Ctx) bool {
	if m.secure || c.Context().IsTLS() {
		return true
	}
	addr, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	schemes := forwarded(c, fiber.HeaderXForwardedProto)
	return ok && m.trusted(addr.Unmap()) && len(schemes) > 0 && strings.TrimSpace(schemes[len(schemes)-1]) == "https"
}

// wantsPage reports whether a browser asks for a page, not a program for data.
func wantsPage(c *fiber.Ctx) bool {
	path := c.Path()
	return c.Method() == fiber.MethodGet && !strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/static/") &&
		strings.Contains(c.Get(fiber.HeaderAccept), "text/html")
}
