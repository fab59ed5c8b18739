package organization

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wenguan/models/account"
	"wenguan/models/fault"
)

// Lengths in characters.
const (
	maxName    = 60
	maxContact = 60
	maxAddress = 200
	maxAbout   = 500
	maxReason  = 300
	maxNote    = 60
)

// telephone is what people dial: mobile or not, with spaces, hyphens and brackets.
var telephone = regexp.MustCompile(`^\+?[0-9(][0-9 ()-]{5,24}$`)

// clean returns the form as stored, or a fault.List with everything that is wrong with it: "name_unusable",
// "kind_unknown", what ParseCode says, "contact_needed", "phone_unreadable", "email_unreadable", "text_long".
func (f Form) clean() (Form, error) {
	var wrong fault.List
	refuse := func(code, field, message string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, code, message, args...).On(field).With("max", maxOf[field]))
	}
	line := func(field, value string) string {
		value = strings.Join(strings.Fields(norm.NFC.String(value)), " ")
		if utf8.RuneCountInString(value) > maxOf[field] || strings.ContainsFunc(value, hidden) {
			refuse("text_long", field, "Write at most %d characters on one line.", maxOf[field])
		}
		return value
	}
	if f.Name = strings.Join(strings.Fields(norm.NFC.String(f.Name)), " "); !nameable(f.Name) {
		refuse("name_unusable", "name", "A name has 1 to %d characters on one line, without *.", maxName)
	}
	if !f.Kind.Valid() {
		refuse("kind_unknown", "kind", "Choose what kind of organization it is.")
	}
	if f.Code != "" {
		code, err := ParseCode(string(f.Code))
		if err != nil {
			wrong = append(wrong, err.(*fault.Error))
		}
		f.Code = code
	}
	f.Contact, f.Address, f.About = line("contact", f.Contact), line("address", f.Address), line("about", f.About)
	if f.Contact == "" {
		refuse("contact_needed", "contact", "Say whom we can ask.")
	}
	f.Phone = strings.TrimSpace(norm.NFKC.String(f.Phone))
	if !telephone.MatchString(f.Phone) {
		refuse("phone_unreadable", "phone", "Give a telephone number.")
	}
	if f.Email = strings.TrimSpace(f.Email); f.Email != "" {
		address, err := account.ParseAddress(f.Email)
		if err != nil || address.IsPhone() {
			refuse("email_unreadable", "email", "This is not an e-mail address.")
		}
		f.Email = string(address)
	}
	return f, wrong.OrNil()
}

var maxOf = map[string]int{"name": maxName, "contact": maxContact, "address": maxAddress, "about": maxAbout}

// nameable is the rule of every name: visible, on one line, without the star that masks.
func nameable(name string) bool {
	return name != "" && utf8.ValidString(name) && utf8.RuneCountInString(name) <= maxName &&
		!strings.ContainsFunc(name, func(r rune) bool { return hidden(r) || r == '*' })
}

func hidden(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) }

// Missing is what staff need before they can decide and do not have: "code", "document".
func (o Organization) Missing() []string {
	var missing []string
	if o.Code == "" && o.Kind.NeedsCode() {
		missing = append(missing, "code")
	}
	if len(o.Documents) == 0 {
		missing = append(missing, "document")
	}
	return missing
}

// complete is nil when staff have what they need to decide: "code_needed" or "document_needed" if not.
func (o Organization) complete() error {
	if o.Code == "" && o.Kind.NeedsCode() {
		return fault.New(fault.Invalid, "code_needed", "Organizations of this kind have a credit code; it is on the certificate.").On("code")
	}
	if len(o.Documents) == 0 {
		return fault.New(fault.Invalid, "document_needed", "Upload the certificate or another document that shows who you are.").On("documents")
	}
	return nil
}

// cleanText is a reason or a note as stored: one line; fault.Invalid "text_long".
func cleanText(text, field string, most int) (string, error) {
	text = strings.Join(strings.Fields(norm.NFC.String(text)), " ")
	if utf8.RuneCountInString(text) > most || strings.ContainsFunc(text, hidden) {
		return "", fault.New(fault.Invalid, "text_long", "Write at most %d characters on one line.", most).On(field).With("max", most)
	}
	return text, nil
}
