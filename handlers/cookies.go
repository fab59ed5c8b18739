package handlers

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
)

// Cookie is the name of the session cookie over plain HTTP; see SessionCookie.
const Cookie = "wenguan_session"

// SessionCookie is the name of the session cookie. Over TLS it has the prefix that browsers keep for the host itself, so
// that neither a neighbouring subdomain nor somebody on a plain connection can put another person's session in its place
// (RFC 6265bis, 4.1.3.2).
func SessionCookie(secure bool) string { return cookieName(Cookie, secure) }

func cookieName(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// severalCookies lets an answer set more than one cookie: the adapter of Fiber joins the values of a header with commas,
// which Set-Cookie does not allow (RFC 9110, 5.3).
func severalCookies(ctx huma.Context, next func(huma.Context)) {
	next(cookieContext{ctx, humafiber.Unwrap(ctx)})
}

type humaContext = huma.Context // has a method Context, so a field cannot be called that

type cookieContext struct {
	humaContext
	fiber *fiber.Ctx
}

// AppendHeader implements huma.Context.
func (c cookieContext) AppendHeader(name, value string) {
	if name == fiber.HeaderSetCookie {
		c.fiber.Response().Header.Add(name, value)
		return
	}
	c.humaContext.AppendHeader(name, value)
}
