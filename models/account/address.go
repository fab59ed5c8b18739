package account

import (
	"net/mail"
	"strings"

	"golang.org/x/text/unicode/norm"

	"wenguan/models/fault"
)

// Address is a phone number in E.164 ("+8613800000000") or an e-mail address in lower case: the one form in which it is
// stored, compared and sent to.
type Address string

// ParseAddress reads what a person typed: full-width characters, spaces, hyphens and brackets do not matter, and eleven
// digits that begin with 1 are a mobile number of mainland China. Anything that is neither a number that can receive
// text messages nor an e-mail address is fault.Invalid "address_unreadable".
func ParseAddress(typed string) (Address, error) {
	s := strings.TrimSpace(norm.NFKC.String(typed))
	if len(s) <= 254 { // RFC 5321, 4.5.3.1.3
		if strings.Contains(s, "@") {
			if email, ok := parseEmail(s); ok {
				return Address(email), nil
			}
		} else if phone, ok := parsePhone(s); ok {
			return Address(phone), nil
		}
	}
	return "", fault.New(fault.Invalid, "address_unreadable", "Give a mobile number or an e-mail address.").On("to")
}

// IsPhone reports whether the address is a phone number.
func (a Address) IsPhone() bool { return strings.HasPrefix(string(a), "+") }

// parsePhone returns E.164: a plus and 8 to 15 digits, of which mainland numbers must be mobile ones.
func parsePhone(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()./\u2010\u2011\u2013\u00a0", r) {
			return -1
		}
		return r
	}, s)
	international := false
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		s, international = rest, true
	} else if rest, ok := strings.CutPrefix(s, "00"); ok {
		s, international = rest, true
	}
	if strings.Trim(s, "0123456789") != "" || strings.HasPrefix(s, "0") {
		return "", false
	}
	switch national, ours := strings.CutPrefix(s, "86"); {
	case ours && (international || len(s) == 13):
		return "+86" + national, isMobile(national)
	case international:
		return "+" + s, len(s) >= 8 && len(s) <= 15
	}
	return "+86" + s, isMobile(s)
}

// isMobile reports whether these digits are a mobile number of mainland China.
func isMobile(national string) bool {
	return len(national) == 11 && national[0] == '1' && national[1] >= '3'
}

// parseEmail returns the plain address in lower case: no display name, no quoting, a domain with a dot.
func parseEmail(s string) (string, bool) {
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || parsed.Name != "" {
		return "", false
	}
	local, domain, _ := strings.Cut(s, "@")
	if len(local) > 64 || strings.ContainsAny(local, "\"\\ ") || !isDomain(domain) {
		return "", false
	}
	return strings.ToLower(s), true
}

// isDomain reports whether s is a host name of letters, digits and hyphens with a dot inside (RFC 1123).
func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	for _, label := range labels {
		bad := strings.Trim(strings.ToLower(label), "abcdefghijklmnopqrstuvwxyz0123456789-") != ""
		if bad || label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return len(labels) > 1
}
