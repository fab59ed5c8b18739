package pass_test

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"wenguan/models/fault"
	"wenguan/models/pass"
	"wenguan/models/store"
)

// clock is a moment the test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

var morning = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

func openStore(t *testing.T) store.Store {
	t.Helper()
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, pass.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

// office returns an office with keys, on a store of its own.
func office(t *testing.T) (*pass.Office, *clock) {
	t.Helper()
	c := &clock{at: morning}
	o := pass.New(openStore(t), c.now, "https://wenguan.example")
	if err := o.EnsureKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	return o, c
}

// seat is the pass of a typical booking: one seat for two hours, with ids of real length.
func seat() pass.Grant {
	return pass.Grant{
		Booking: "01kas3v8q0m1n2p3r4s5t6v7w8", Number: "7K2M9QXD", Venue: "01kas3v8q0aabbccddeeffgghh",
		Spaces: []string{"seat-017"}, Atoms: []string{"seat-017"}, Party: 1,
		NotBefore: morning.Add(time.Hour), Expires: morning.Add(3 * time.Hour),
	}
}

func issue(t *testing.T, o *pass.Office, g pass.Grant) string {
	t.Helper()
	token, err := o.Issue(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func refused(t *testing.T, o *pass.Office, token, why string) {
	t.Helper()
	claims, err := o.Verify(context.Background(), token)
	if fault.CodeOf(err) != "pass_invalid" {
		t.Errorf("%s: Verify gave %+v, %v, want pass_invalid", why, claims, err)
	}
}

func TestAGenuinePassSaysWhatItWasMadeFrom(t *testing.T) {
	t.Parallel()
	o, c := office(t)
	g := seat()
	token := issue(t, o, g)
	c.at = g.Expires.Add(-time.Second)
	got, err := o.Verify(t.Context(), " "+token+"\n")
	if err != nil {
		t.Fatal(err)
	}
	if got.Key == "" {
		t.Error("no key id")
	}
	want := pass.Claims{
		Issuer: "https://wenguan.example", Booking: g.Booking, Number: g.Number, Venue: g.Venue, Spaces: g.Spaces, Atoms: g.Atoms,
		Party: 1, NotBefore: g.NotBefore, Expires: g.Expires, IssuedAt: morning, Key: got.Key,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAPassOfTwoHalvesNamesItsAtoms(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	for _, atoms := range [][]string{nil, {"a"}, {"a", "b"}, {"hall"}} {
		g := seat()
		g.Spaces, g.Atoms = []string{"hall"}, atoms
		got, err := o.Verify(t.Context(), issue(t, o, g))
		if err != nil || !slices.Equal(got.Atoms, atoms) || !slices.Equal(got.Spaces, g.Spaces) {
			t.Errorf("atoms %q came back as %q of %q, %v", atoms, got.Atoms, got.Spaces, err)
		}
	}
}

func TestAPassIsGoodBeforeItsBeginAndGoneAtItsEnd(t *testing.T) {
	t.Parallel()
	o, c := office(t)
	token := issue(t, o, seat())
	c.at = seat().NotBefore.Add(-30 * time.Minute)
	if _, err := o.Verify(t.Context(), token); err != nil {
		t.Errorf("before it begins: %v; whether that is too early is the booking's to say", err)
	}
	c.at = seat().Expires
	_, err := o.Verify(t.Context(), token)
	if !fault.Is(err, fault.Gone) || fault.CodeOf(err) != "pass_expired" {
		t.Errorf("at its end: %v, want Gone pass_expired", err)
	}
}

func TestAPassWithOneCharacterChangedIsRefused(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token := issue(t, o, seat())
	for i := range token {
		for _, other := range []byte("AQg.") {
			if token[i] == other {
				continue
			}
			refused(t, o, token[:i]+string(other)+token[i+1:], "character "+string(token[i])+" changed")
		}
	}
	for _, cut := range []int{0, 1, len(token) / 2, len(token) - 1} {
		refused(t, o, token[:cut], "cut short")
	}
	refused(t, o, token+"A", "made longer")
	refused(t, o, token+strings.Repeat("A", 1<<20), "a megabyte")
}

func TestASignatureSpeltDifferentlyIsRefused(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token := issue(t, o, seat())
	// The last character of a 64-byte signature carries two bits; these change the other four.
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, token[len(token)-1])
	refused(t, o, token[:len(token)-1]+string(alphabet[last|1]), "unused bits set")
	refused(t, o, token[:20]+"\n"+token[20:], "a line break inside")
}

func TestForgedPassesAreRefused(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	genuine := issue(t, o, seat())
	parts := strings.Split(genuine, ".")
	header, _ := base64.RawURLEncoding.DecodeString(parts[0])
	var head struct{ Kid string }
	if err := json.Unmarshal(header, &head); err != nil || head.Kid == "" {
		t.Fatalf("header %s: %v", header, err)
	}
	public := publicKeys(t, o)[head.Kid]
	body, _ := base64.RawURLEncoding.DecodeString(parts[1])
	_, stranger, _ := ed25519.GenerateKey(nil)

	plain := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","kid":"` + head.Kid + `"}`))
	refused(t, o, plain+"."+parts[1]+".", "alg none without a signature")
	refused(t, o, plain+"."+parts[1]+"."+parts[2], "alg none with the old signature")
	refused(t, o, sign(t, jose.EdDSA, stranger, head.Kid, body), "another key under our key id")
	refused(t, o, sign(t, jose.EdDSA, stranger, "stranger", body), "another key under its own id")
	refused(t, o, sign(t, jose.EdDSA, stranger, "", body), "no key id")
	refused(t, o, sign(t, jose.HS256, []byte(public), head.Kid, body), "our public key as an HMAC secret")
	if signed, err := jose.ParseSignedCompact(genuine, []jose.SignatureAlgorithm{jose.EdDSA}); err != nil {
		t.Fatal(err)
	} else {
		refused(t, o, signed.FullSerialize(), "the JSON form of a genuine pass")
	}

	other, _ := office(t)
	refused(t, o, issue(t, other, seat()), "a pass of another service")
}

func TestAWordSignedByOurKeyIsNoPass(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	g := seat()
	g.Booking = ""
	refused(t, o, issue(t, o, g), "no booking")
}

func TestAPassThatCouldNeverBeUsedIsNotMade(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	for why, g := range map[string]pass.Grant{
		"ends as it begins":     {Booking: "b", NotBefore: morning, Expires: morning},
		"outlives a key":        {Booking: "b", NotBefore: morning, Expires: morning.Add(pass.MaxLife + time.Second)},
		"ends before it begins": {Booking: "b", NotBefore: morning, Expires: morning.Add(-time.Hour)},
	} {
		if token, err := o.Issue(t.Context(), g); fault.CodeOf(err) != "pass_span" || token != "" {
			t.Errorf("%s: %q, %v", why, token, err)
		}
	}
}

// TestADoorDeviceVerifiesWithTheKeySetAlone checks a pass with the standard library and nothing of ours but the JWKS.
func TestADoorDeviceVerifiesWithTheKeySetAlone(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token := issue(t, o, seat())
	parts := strings.Split(token, ".")
	header, _ := base64.RawURLEncoding.DecodeString(parts[0])
	var head struct{ Alg, Kid string }
	if err := json.Unmarshal(header, &head); err != nil || head.Alg != "EdDSA" {
		t.Fatalf("header %s: %v", header, err)
	}
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	if !ed25519.Verify(publicKeys(t, o)[head.Kid], []byte(parts[0]+"."+parts[1]), signature) {
		t.Error("the signature does not verify with the published key")
	}
	body, _ := base64.RawURLEncoding.DecodeString(parts[1])
	var claims map[string]any
	if err := json.Unmarshal(body, &claims); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"iss": "https://wenguan.example", "sub": seat().Booking, "num": "7K2M9QXD", "ven": seat().Venue, "pty": 1.0,
		"spc": []any{"seat-017"}, "iat": float64(morning.Unix()),
		"nbf": float64(seat().NotBefore.Unix()), "exp": float64(seat().Expires.Unix()),
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Error(diff)
	}
}

func sign(t *testing.T, alg jose.SignatureAlgorithm, key any, kid string, body []byte) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign(body)
	if err != nil {
		t.Fatal(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// publicKeys reads the key set as anybody would.
func publicKeys(t *testing.T, o *pass.Office) map[string]ed25519.PublicKey {
	t.Helper()
	data, err := o.JWKS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		Keys []map[string]string `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	keys := map[string]ed25519.PublicKey{}
	for _, k := range set.Keys {
		x, err := base64.RawURLEncoding.DecodeString(k["x"])
		if err != nil || len(k) != 6 || k["kty"] != "OKP" || k["crv"] != "Ed25519" || k["alg"] != "EdDSA" || k["use"] != "sig" {
			t.Fatalf("key %v: %v", k, err)
		}
		keys[k["kid"]] = x
	}
	return keys
}
