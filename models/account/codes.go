package account

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// A sign-in code has six digits, works once within five minutes and stands five tries. With five codes an hour and twenty
// a day for an address, somebody who guesses has 25 tries an hour and 100 a day at a million numbers, from however many
// networks: one chance in ten thousand a day.
const (
	codeDigits = 6
	codeLife   = 5 * time.Minute
	codeTries  = 5
)

// code is a sign-in code on its way, as a keyed hash under the keyed hash of its address.
type code struct {
	ID      string    `bson:"_id"`
	Hash    []byte    `bson:"hash"`
	Tries   int32     `bson:"tries"` // wrong ones so far
	Expires time.Time `bson:"expires"`
}

// SendCode sends a one-time sign-in code to a phone number or e-mail address, in the language of its account if there is
// one, and replaces the code sent before. It does the same whether or not the address is known here. network is where the
// request came from, an IP address, or "" for one that needs no limit.
//
// It fails with fault.Invalid "address_unreadable" or "address_unreachable" (no sender for phones, or for mail, is
// configured), or fault.TooMany "too_many_codes" or, when everybody together has had too many, "codes_exhausted", both
// {retry_after: seconds}.
func (d *Directory) SendCode(ctx context.Context, to, network string) error {
	return d.SendCodeIn(ctx, "", to, network)
}

// SendCodeIn is SendCode in the language of the page the person is looking at, "zh-CN" or "en".
func (d *Directory) SendCodeIn(ctx context.Context, language, to, network string) error {
	address, err := ParseAddress(to)
	if err != nil {
		return err
	}
	if !d.outbox.Reaches(string(address)) {
		return fault.New(fault.Invalid, "address_unreachable", "Codes cannot be sent to this kind of address here.").On("to")
	}
	digits, err := newCode()
	if err != nil {
		return fmt.Errorf("send code: %w", err)
	}
	err = d.store.Update(ctx, func(tx store.Tx) error {
		now := d.now()
		if err := d.countCode(tx, address, network, now); err != nil {
			return err
		}
		made := code{
			ID:      d.secret.mark("address", string(address)),
			Hash:    d.secret.sum("code", string(address), digits),
			Expires: now.Add(codeLife),
		}
		if err := put(tx, codes, made.ID, made); err != nil {
			return err
		}
		language, err := d.languageFor(tx, language, address)
		if err != nil {
			return err
		}
		return d.outbox.Put(tx, notice.Notice{
			To:       string(address),
			Language: language,
			Template: notice.SignInCode,
			Params:   map[string]string{"code": digits, "minutes": fmt.Sprint(int(codeLife.Minutes()))},
			Expires:  made.Expires,
		})
	})
	if fault.CodeOf(err) == "codes_exhausted" && d.exhausted != nil {
		d.exhausted(ctx)
	}
	if err != nil {
		return fmt.Errorf("send code: %w", err)
	}
	d.outbox.Wake()
	return nil
}

// SignIn exchanges the code sent to an address for a session, and makes the account if this is its first. A code that is
// wrong, used, expired, tried too often or was never sent is one answer: fault.Invalid "code_wrong".
func (d *Directory) SignIn(ctx context.Context, to, typed string) (Session, error) {
	address, err := ParseAddress(to)
	if err != nil {
		return Session{}, err
	}
	digits := normalCode(typed)
	if digits == "" {
		return Session{}, errCodeWrong()
	}
	var signedIn Session
	var right bool
	attempt := func() error {
		return d.store.Update(ctx, func(tx store.Tx) (err error) {
			signedIn = Session{}
			if right, err = d.tryCode(tx, address, digits); err != nil || !right {
				return err
			}
			who, err := d.accountOf(tx, address)
			if err != nil {
				return err
			}
			signedIn, err = d.openSession(tx, who, ByCode)
			return err
		})
	}
	err = attempt()
	if fault.Is(err, fault.Conflict) { // somebody created an account for this address at the same moment
		err = attempt()
	}
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	if !right {
		return Session{}, errCodeWrong()
	}
	return signedIn, nil
}

// tryCode reports whether the code is right, and uses it up. A wrong try is counted in the same transaction, which
// commits: every try replaces the code's document, so rivals collide on it and the sixth of 10,000 parallel ones finds
// it spent.
func (d *Directory) tryCode(tx store.Tx, address Address, digits string) (bool, error) {
	var sent code
	err := tx.Get(codes, d.secret.mark("address", string(address)), &sent)
	right := hmac.Equal(sent.Hash, d.secret.sum("code", string(address), digits))
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil || sent.Tries >= codeTries || !d.now().Before(sent.Expires) {
		return false, err
	}
	if right {
		return true, tx.Delete(codes, sent.ID)
	}
	sent.Tries++
	return false, tx.Replace(codes, sent)
}

// languageFor returns the language to write to an address in: the one wanted, else that of its account, else "".
func (d *Directory) languageFor(tx store.Tx, wanted string, address Address) (string, error) {
	if wanted != "" {
		return wanted, nil
	}
	who, err := d.byAddress(tx, address)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return who.Language, err
}

func errCodeWrong() *fault.Error {
	return fault.New(fault.Invalid, "code_wrong", "This code is wrong or no longer good. Check it, or ask for a new one.").On("code")
}

// newCode draws a code, each of the million equally likely.
func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", codeDigits, n), nil
}

// normalCode returns the six digits of what a person typed or pasted, "" if it is something else.
func normalCode(typed string) string {
	s := strings.Join(strings.FieldsFunc(norm.NFKC.String(typed), func(r rune) bool { return r == ' ' || r == '-' }), "")
	if len(s) != codeDigits || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

// secret keys the hashes of codes and addresses. It is kept in the store, so every instance has the same; it keeps codes
// and addresses out of logs, indexes and query statistics, not from somebody who holds the whole store.
type secret []byte

func (s secret) sum(parts ...string) []byte {
	mac := hmac.New(sha256.New, s)
	for _, part := range parts {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return mac.Sum(nil)
}

// mark is a short stable stand-in for a value in a document's _id.
func (s secret) mark(parts ...string) string { return hex.EncodeToString(s.sum(parts...)[:16]) }

// String keeps the secret out of any text it could end up in.
func (s secret) String() string { return "secret" }
