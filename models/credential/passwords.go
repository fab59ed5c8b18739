package credential

import (
	"context"
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/secure/precis"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Bounds of a password in characters. There are no rules of composition and none of age: they make people choose worse
// passwords (NIST SP 800-63B-4, 3.1.1.2).
const (
	minPassword = 12
	maxPassword = 128
)

// commonList are passwords, and words that passwords are made of, that attackers try first.
//
//go:embed common.txt
var commonList string

var common = func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(commonList) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			set[word] = true
		}
	}
	return set
}()

// SetPassword sets the actor's password. It fails with fault.Invalid "password_short" {min}, "password_long" {max},
// "password_common" or "password_personal", or as every change of credentials does: fault.Forbidden "step_up_needed" or
// "staff_sign_in_needed", fault.Conflict "enrolled_already". The password alone completes no enrolment; a session that
// had an authenticator app confirmed before is returned as a strong one.
func (v *Vault) SetPassword(ctx context.Context, actor account.Actor, password string) (*account.Session, error) {
	hash, err := v.hashFor(ctx, actor, password)
	if err != nil {
		return nil, err
	}
	return v.change(ctx, actor, passwordSet, account.ByPassword, func(k *keys, _ account.Account) error {
		k.Password, k.PasswordAt, k.Browsers = hash, v.now(), nil
		if actor.Enrol {
			k.Enrolling = actor.Session
		}
		return nil
	})
}

// hashFor is the hash of an acceptable password, made only for somebody who may set it.
func (v *Vault) hashFor(ctx context.Context, actor account.Actor, password string) (string, error) {
	var who account.Account
	err := v.store.View(ctx, func(tx store.Tx) (err error) {
		_, who, err = v.open(tx, actor)
		return err
	})
	if err != nil {
		return "", err
	}
	if err := acceptable(password, who); err != nil {
		return "", err
	}
	return v.hasher.hash(ctx, prepared(password))
}

// prepared is a password as it is hashed: the same characters typed on another keyboard are the same password (RFC 8265,
// OpaqueString). What that cannot prepare is taken as it is.
func prepared(password string) string {
	if s, err := precis.OpaqueString.String(password); err == nil {
		return s
	}
	return password
}

// acceptable refuses passwords that are guessed first.
func acceptable(password string, who account.Account) error {
	refuse := func(code, message string) *fault.Error {
		return fault.New(fault.Invalid, code, "%s", message).On("password")
	}
	if _, err := precis.OpaqueString.String(password); err != nil && password != "" {
		return refuse("password_common", "Use letters, digits, signs and spaces that can be typed.")
	}
	n := utf8.RuneCountInString(password)
	if n < minPassword {
		return refuse("password_short", "A password has at least 12 characters; a sentence is good.").With("min", minPassword)
	}
	if n > maxPassword {
		return refuse("password_long", "A password has at most 128 characters.").With("max", maxPassword)
	}
	folded := strings.ToLower(prepared(password))
	if isCommon(folded) {
		return refuse("password_common", "This is one of the passwords that are tried first. Choose another.")
	}
	for _, own := range ownWords(who) {
		if rest := strings.ReplaceAll(folded, own, ""); rest != folded && utf8.RuneCountInString(rest) < minPassword/2 {
			return refuse("password_personal", "A password is more than your name, phone number or e-mail address.")
		}
	}
	return nil
}

// isCommon reports whether it is on the list, or a word of the list that digits and signs were put around, or few
// characters again and again, or a run such as abcdefgh or 12345678.
func isCommon(folded string) bool {
	letters := strings.TrimFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	if common[folded] || common[letters] || common[unspoken(letters)] {
		return true
	}
	kinds, steps, before := map[rune]bool{}, 0, rune(-2)
	for _, r := range folded {
		kinds[r] = true
		if r == before+1 || r == before-1 || r == before {
			steps++
		}
		before = r
	}
	return len(kinds) < 5 || steps > utf8.RuneCountInString(folded)*2/3
}

// unspoken undoes the usual replacements of letters by digits and signs.
func unspoken(s string) string {
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s").Replace(s)
}

// ownWords are the names and addresses of an account that its password must not be made of.
func ownWords(who account.Account) []string {
	local, _, _ := strings.Cut(who.Email, "@")
	var words []string
	for _, w := range []string{who.Email, local, who.Phone, strings.TrimPrefix(who.Phone, "+86"), who.Name} {
		if w = strings.ToLower(strings.TrimSpace(w)); utf8.RuneCountInString(w) >= 2 {
			words = append(words, w)
		}
	}
	return words
}
