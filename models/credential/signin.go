package credential

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Attempt is somebody signing in with a password and a second factor.
type Attempt struct {
	Login    string // phone number or e-mail address, as typed
	Password string
	Code     string // of the authenticator app; or
	Recovery string // a recovery code
	Network  string // where it comes from, an IP address; "" for one that needs no limit
	Browser  string // what Entered.Browser was, if this browser has signed in before
}

// Entered is somebody who has signed in.
type Entered struct {
	account.Session
	Browser string // for this browser to keep: attempts of strangers will not hold it up
}

// browser is a browser that has signed in with the password before.
type browser struct {
	Hash string    `bson:"hash"` // SHA-256 of 256 random bits
	At   time.Time `bson:"at"`
}

// mostBrowsers are remembered of one account; the one longest unused is forgotten.
const mostBrowsers = 10

// SignIn exchanges a password and a second factor for a session of staff. Whatever is wrong, a login that does not exist
// too, is one answer after the same work: fault.Invalid "sign_in_wrong". Failures are counted by login and by network,
// in the store: fault.TooMany "too_many_attempts" {retry_after} after several.
func (v *Vault) SignIn(ctx context.Context, a Attempt) (Entered, error) {
	login := strings.ToLower(strings.TrimSpace(a.Login))
	if address, err := account.ParseAddress(a.Login); err == nil {
		login = string(address)
	}
	k, by, err := v.charged(ctx, login, a)
	if err != nil {
		return Entered{}, err
	}
	right, err := v.hasher.check(ctx, prepared(a.Password), k.Password)
	if err != nil {
		return Entered{}, fmt.Errorf("sign in: %w", err)
	}
	if !right {
		return Entered{}, v.wrong(ctx, by)
	}
	in, err := v.enter(ctx, k, a, by)
	if err == nil && v.hasher.outdated(k.Password) {
		err = v.hashAnew(ctx, k, a.Password)
	}
	return in, err
}

// wrong writes once more what charged has written, so that a wrong password costs what a wrong second factor does: the
// time an answer takes tells nobody that the password was right.
func (v *Vault) wrong(ctx context.Context, by []counted) error {
	err := v.store.Update(ctx, func(tx store.Tx) error {
		var f failures
		err := tx.Get(attempts, by[0].id, &f)
		if fault.Is(err, fault.NotFound) { // its owner has signed in meanwhile
			return nil
		}
		if err != nil {
			return err
		}
		return tx.Replace(attempts, f)
	})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return errSignInWrong()
}

// hashAnew keeps a password, which has just been shown to be right, at what a hash costs now.
func (v *Vault) hashAnew(ctx context.Context, checked keys, typed string) error {
	better, err := v.hasher.hash(ctx, prepared(typed))
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return v.store.Update(ctx, func(tx store.Tx) error {
		k, err := load(tx, checked.ID)
		if err != nil || k.Password != checked.Password {
			return err // changed meanwhile
		}
		k.Password = better
		return k.save(tx)
	})
}

// charged counts the attempt and returns the credentials behind the login, empty if there are none.
func (v *Vault) charged(ctx context.Context, login string, a Attempt) (keys, []counted, error) {
	var k keys
	var by []counted
	err := v.store.Update(ctx, func(tx store.Tx) (err error) {
		if k, err = v.keysBehind(tx, login); err != nil {
			return err
		}
		by = []counted{byLogin(v.key, login)}
		if i := k.known(a.Browser); i >= 0 {
			by[0] = byBrowser(k.Browsers[i])
		}
		if a.Network != "" {
			by = append(by, byNetwork(v.key, a.Network))
		}
		return charge(tx, v.now(), by...)
	})
	return k, by, err
}

func (v *Vault) keysBehind(tx store.Tx, login string) (keys, error) {
	who, err := v.accounts.ByAddress(tx, account.Address(login))
	if fault.Is(err, fault.NotFound) {
		return keys{}, nil
	}
	if err != nil {
		return keys{}, err
	}
	return load(tx, who.ID)
}

// enter checks the second factor of somebody whose password was right, and opens the session.
func (v *Vault) enter(ctx context.Context, checked keys, a Attempt, by []counted) (Entered, error) {
	var in Entered
	var right bool
	err := v.store.Update(ctx, func(tx store.Tx) error {
		in, right = Entered{}, false
		k, err := load(tx, checked.ID)
		if err != nil || k.Password != checked.Password {
			return err // changed meanwhile
		}
		who, err := v.accounts.Of(tx, k.ID)
		if err != nil {
			return err
		}
		if right, err = v.second(tx, &k, who, a.Code, a.Recovery); err != nil {
			return err
		}
		if right {
			in, err = v.admit(tx, &k, who, account.ByPassword, a.Browser, by)
		}
		if err != nil {
			return err
		}
		return k.save(tx)
	})
	if err != nil {
		return Entered{}, fmt.Errorf("sign in: %w", err)
	}
	if !right {
		return Entered{}, errSignInWrong()
	}
	return in, nil
}

// second reports whether a code of the app or a recovery code is right, and uses it up. A wrong code is counted: whoever
// sends it has the password, or the session.
func (v *Vault) second(tx store.Tx, k *keys, who account.Account, code, recovery string) (bool, error) {
	if recovery != "" {
		if !k.spend(v.key, recovery) {
			return false, nil
		}
		if k.App != nil {
			k.App.Misses = 0
		}
		return true, v.tell(tx, who.Actor(), who, recoveryUsed)
	}
	if k.App == nil || k.App.Misses >= mostMisses {
		return false, nil
	}
	right, err := k.App.take(v.key, k.ID, digits(code), v.now())
	if err != nil || right {
		return right, err
	}
	switch k.App.Misses++; k.App.Misses {
	case warnMisses:
		err = v.warn(tx, who, codesWrong)
	case mostMisses:
		err = v.tell(tx, who.Actor(), who, appSuspended)
	}
	return false, err
}

// admit opens a session of staff, forgets the failures before it and remembers the browser.
func (v *Vault) admit(tx store.Tx, k *keys, who account.Account, means account.Means, token string, by []counted) (Entered, error) {
	for i, c := range by {
		undo := forgive
		if i > 0 {
			undo = refund // somebody who guesses may have an account too
		}
		if err := undo(tx, c); err != nil {
			return Entered{}, err
		}
	}
	s, err := v.accounts.Open(tx, who, means)
	if err != nil {
		return Entered{}, err
	}
	if err := audit.Append(tx, v.now(), s.Actor.Entry("session.opened", "account/"+who.ID)); err != nil {
		return Entered{}, err
	}
	return Entered{s, k.remember(token, v.now())}, nil
}

// known is the place of the browser with this token, -1 for none.
func (k *keys) known(token string) int {
	if token == "" || len(token) > 64 {
		return -1
	}
	hash := hashToken(token)
	return slices.IndexFunc(k.Browsers, func(b browser) bool { return b.Hash == hash })
}

// remember keeps the browser, with a token of its own if it has none, and returns the token.
func (k *keys) remember(token string, now time.Time) string {
	list := slices.Clone(k.Browsers)
	if i := k.known(token); i >= 0 {
		list = slices.Delete(list, i, i+1)
	} else {
		b := make([]byte, 32)
		_, _ = rand.Read(b) // never fails since Go 1.24
		token = base64.RawURLEncoding.EncodeToString(b)
	}
	list = append(list, browser{hashToken(token), now})
	k.Browsers = list[max(0, len(list)-mostBrowsers):]
	return token
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// digits are the digits of a code as people type it.
func digits(typed string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, norm.NFKC.String(typed))
}

func errSignInWrong() *fault.Error {
	return fault.New(fault.Invalid, "sign_in_wrong", "Login, password or code is wrong.").On("password")
}
