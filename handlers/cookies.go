package handlers

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
