package account

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// maxName is the longest name in characters.
const maxName = 60

// Called is what to call somebody on a list: the name, or, before one is given, the end of the phone number or the
// beginning of the e-mail address behind a star, which is masked already.
func (a Account) Called() string {
	switch {
	case a.Name != "":
		return a.Name
	case len(a.Phone) > 4:
		return "*" + a.Phone[len(a.Phone)-4:]
	case a.Email != "":
		return a.Email[:1] + "***"
	}
	return ""
}

// MaskedPhone is the phone number for its owner's own page: "138****5678", or "+49****5678" of another country.
func (a Account) MaskedPhone() string {
	if len(a.Phone) < 8 {
		return ""
	}
	number := strings.TrimPrefix(a.Phone, "+86")
	return number[:3] + "****" + number[len(number)-4:]
}

// MaskedEmail is the e-mail address for its owner's own page: "w***@example.cn".
func (a Account) MaskedEmail() string {
	name, domain, ok := strings.Cut(a.Email, "@")
	if !ok || name == "" {
		return ""
	}
	return name[:1] + "***@" + domain
}

// MaskedNames are the names of accounts for screens that others can see, by id; who is erased or unknown is left out.
func (d *Directory) MaskedNames(ctx context.Context, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	names := map[string]string{}
	err := d.store.View(ctx, func(tx store.Tx) error {
		for _, id := range ids {
			if _, known := names[id]; known {
				continue
			}
			a, err := d.Of(tx, id)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			names[id] = Mask(a.Called())
		}
		return nil
	})
	return names, err
}

// Mask hides most of a name for screens that others can see: "王小明" becomes "王*明", "王明" "王*", "John Smith"
// "J*** S***". The number of stars tells nothing about the length of a word.
func Mask(name string) string {
	name = strings.TrimSpace(name)
	if strings.Contains(name, "*") {
		return name // what Called made
	}
	words := strings.Fields(name)
	for i, word := range words {
		words[i] = maskWord(word)
	}
	return strings.Join(words, " ")
}

func maskWord(word string) string {
	runes := []rune(word)
	if !unicode.Is(unicode.Han, runes[0]) {
		return string(runes[0]) + "***"
	}
	if len(runes) <= 2 {
		return string(runes[0]) + "*"
	}
	return string(runes[0]) + "*" + string(runes[len(runes)-1])
}

// cleanName returns a name as stored, or fault.Invalid "name_unusable": it has 1 to 60 visible characters, no star,
// on one line.
func cleanName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	// The star is kept for what Called and Mask make.
	hidden := func(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) || r == '*' }
	if name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxName || strings.ContainsFunc(name, hidden) {
		return "", fault.New(fault.Invalid, "name_unusable", "A name has 1 to %d characters on one line, without *.", maxName).
			On("name").With("max", maxName)
	}
	return name, nil
}
