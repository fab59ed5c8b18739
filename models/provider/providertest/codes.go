package providertest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// page asks who somebody is. It keeps what it was asked with in a hidden field.
func (p *Provider) page(w http.ResponseWriter, r *http.Request) {
	p.Asked = append(p.Asked, r.URL.Query())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><html lang="zh-CN"><title>统一身份认证</title><body><h1>统一身份认证</h1>
<form method="post" action="/authorize"><input type="hidden" name="asked" value="%s">
<label>用户名 <input name="who" id="who" autofocus></label> <button id="enter">登录</button>
<button id="refuse" name="refuse" value="1">拒绝</button></form></body></html>`, html.EscapeString(r.URL.RawQuery))
}

// enter sends somebody back with a code.
func (p *Provider) enter(w http.ResponseWriter, r *http.Request) {
	asked, _ := url.ParseQuery(r.PostFormValue("asked"))
	back := url.Values{"state": {asked.Get("state")}, "iss": {p.URL}}
	who := r.PostFormValue("who")
	switch {
	case r.PostFormValue("refuse") != "":
		back.Set("error", "access_denied")
	case asked.Get("client_id") != ClientID || asked.Get("response_type") != "code" || asked.Get("code_challenge_method") != "S256":
		back.Set("error", "invalid_request")
	case p.People[who] == nil:
		http.Error(w, "nobody is called that", http.StatusForbidden)
		return
	default:
		code, at := rand.Text(), p.clock().Add(-p.Late)
		if asked.Get("max_age") == "0" {
			at = p.clock()
		}
		p.codes[code] = grant{who, asked.Get("nonce"), asked.Get("code_challenge"), asked.Get("redirect_uri"), at}
		back.Set("code", code)
	}
	http.Redirect(w, r, asked.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

// trade gives tokens for a code, once, to who can show the verifier of its challenge (RFC 7636, 4.6).
func (p *Provider) trade(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm() // what is missing is refused below
	p.Traded = append(p.Traded, r.PostForm)
	id, secret, _ := r.BasicAuth() // both are encoded first (RFC 6749, 2.3.1)
	if plain, err := url.QueryUnescape(secret); id != ClientID || err != nil || plain != ClientSecret {
		answer(w, http.StatusUnauthorized, Claims{"error": "invalid_client"})
		return
	}
	g, known := p.codes[r.PostForm.Get("code")]
	delete(p.codes, r.PostForm.Get("code"))
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	if !known || base64.RawURLEncoding.EncodeToString(sum[:]) != g.challenge || r.PostForm.Get("redirect_uri") != g.redirect {
		answer(w, http.StatusBadRequest, Claims{"error": "invalid_grant"})
		return
	}
	access := rand.Text()
	p.tokens["Bearer "+access] = g.who
	answer(w, http.StatusOK, Claims{"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": p.idToken(g)})
}

func (p *Provider) idToken(g grant) string {
	now := p.clock()
	claims := Claims{
		"iss": p.URL, "aud": ClientID, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "nonce": g.nonce, "auth_time": g.at.Unix(),
	}
	maps.Copy(claims, p.People[g.who])
	if p.Bend != nil {
		p.Bend(claims)
	}
	if p.Forge != nil {
		return p.Forge(claims)
	}
	return sign(claims, jose.RS256, p.key)
}

// SignedByAnother makes an ID token with a key that is not the provider's, under the name of the one that is.
func SignedByAnother(claims Claims) string { return sign(claims, jose.RS256, keys()[1]) }

// SignedWithSecret makes an ID token with the client's secret in place of a key pair.
func SignedWithSecret(claims Claims) string {
	return sign(claims, jose.HS256, []byte(ClientSecret+ClientSecret))
}

// Unsigned makes an ID token of the algorithm "none".
func Unsigned(claims Claims) string {
	part := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // a test's own value
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	return part(Claims{"alg": "none", "kid": "1"}) + "." + part(claims) + "."
}

func sign(claims Claims, with jose.SignatureAlgorithm, key any) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: with, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "1"))
	if err != nil {
		panic(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	compact, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return compact
}
