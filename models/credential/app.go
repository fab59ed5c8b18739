package credential

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// A code of an authenticator app (TOTP, RFC 6238): six digits of HMAC-SHA-1 over 30 seconds, which is what every app can
// do. The step before and the one after count too, for clocks that are wrong and people who are slow (RFC 6238, 5.2).
const (
	secretBytes = 20 // RFC 4226, 4: at least 16, better 20
	stepSeconds = 30
	skew        = 1

	pendingLife = 15 * time.Minute

	// After so many wrong codes in a row with the right password the person is told, and then the app no longer counts: who
	// guesses knows the password by then. A recovery code, a passkey or a new app makes it good again.
	warnMisses, mostMisses = 5, 20
)

// app is an authenticator app of an account.
type app struct {
	Secret  []byte     `bson:"secret"` // sealed
	At      time.Time  `bson:"at"`
	Last    int64      `bson:"last"`   // the step of the last code that was taken: it and those before count no more
	Misses  int32      `bson:"misses"` // wrong codes since the last right one
	Expires *time.Time `bson:"expires,omitempty"`
}

// AppSetup is what an authenticator app needs. It is shown once.
type AppSetup struct {
	Secret string // base32, to type in
	URI    string // otpauth://…, to draw as a QR code
}

var totpOptions = totp.ValidateOpts{Period: stepSeconds, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// StartApp makes a new secret for the actor's authenticator app. The app in use counts until the new one has shown a
// code; a secret that is not confirmed within 15 minutes is worth nothing.
func (v *Vault) StartApp(ctx context.Context, actor account.Actor) (AppSetup, error) {
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails since Go 1.24
	var setup AppSetup
	err := v.prepare(ctx, actor, func(k *keys, who account.Account) (err error) {
		if actor.Enrol && (k.Password == "" || k.Enrolling != actor.Session) {
			return fault.New(fault.Conflict, "password_first", "Set a password first.")
		}
		if setup, err = setupOf(secret, who); err != nil {
			return err
		}
		until := v.now().Add(pendingLife)
		k.Pending = &app{Secret: seal(v.key, k.ID, secret), At: v.now(), Expires: &until}
		return nil
	})
	return setup, err
}

func setupOf(secret []byte, who account.Account) (AppSetup, error) {
	name := who.Email
	if name == "" {
		name = who.Phone
	}
	if name == "" {
		name = who.Called()
	}
	made, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: name, Secret: secret, Period: stepSeconds})
	if err != nil {
		return AppSetup{}, err
	}
	return AppSetup{Secret: made.Secret(), URI: made.URL()}, nil
}

// ConfirmApp takes the new authenticator app into use once it shows a right code; fault.Invalid "totp_wrong" for a wrong
// one, fault.Conflict "totp_not_started" if there is no new secret or it has expired. While enrolling this completes it:
// the strong session is returned.
func (v *Vault) ConfirmApp(ctx context.Context, actor account.Actor, code string) (*account.Session, error) {
	return v.change(ctx, actor, appSet, account.ByPassword, func(k *keys, _ account.Account) error {
		p := k.Pending
		if p == nil || p.Expires == nil || !v.now().Before(*p.Expires) || actor.Enrol && k.Enrolling != actor.Session {
			return fault.New(fault.Conflict, "totp_not_started", "Begin with a new secret: this one is no longer good.")
		}
		right, err := p.take(v.key, k.ID, code, v.now())
		if err != nil {
			return err
		}
		if !right {
			return fault.New(fault.Invalid, "totp_wrong", "This code is wrong. Check the clock of the device, and type the code that is shown now.").On("code")
		}
		p.At, p.Expires = v.now(), nil
		k.App, k.Pending = p, nil
		return nil
	})
}

// take reports whether the code is one of now that was not taken before, and takes it.
func (a *app) take(key []byte, owner, code string, now time.Time) (bool, error) {
	secret, err := unseal(key, owner, a.Secret)
	if err != nil {
		return false, err
	}
	at, right := matching(secret, code, now)
	if !right || at <= a.Last {
		return false, nil
	}
	a.Last, a.Misses = at, 0
	return true, nil
}

// matching is the step whose code this is. It compares with every step that counts, whatever it finds.
func matching(secret []byte, code string, now time.Time) (at int64, right bool) {
	encoded := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	present := now.Unix() / stepSeconds
	for step := present - skew; step <= present+skew; step++ {
		want, err := totp.GenerateCodeCustom(encoded, time.Unix(step*stepSeconds, 0), totpOptions)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			at, right = step, true
		}
	}
	return at, right
}

// seal encrypts a secret for its owner (AES-256-GCM); unseal fails for any other.
func seal(key []byte, owner string, secret []byte) []byte {
	gcm := gcmOf(key)
	nonce := make([]byte, gcm.NonceSize())
	_, _ = rand.Read(nonce) // never fails since Go 1.24
	return gcm.Seal(nonce, nonce, secret, []byte(owner))
}

func unseal(key []byte, owner string, sealed []byte) ([]byte, error) {
	gcm := gcmOf(key)
	if len(sealed) < gcm.NonceSize() {
		return nil, errors.New("a sealed secret is too short")
	}
	return gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], []byte(owner))
}

func gcmOf(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the key was made here with its 32 bytes
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // AES has the block size it wants
	}
	return gcm
}
