package organization

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"wenguan/models/fault"
)

// Code is a unified social credit code (统一社会信用代码) as GB 32100-2015 defines it: 18 characters. The first two say
// who registered it and as what, six digits are the place (GB/T 2260), nine characters name the organization
// (GB 11714), and the last one checks the rest.
type Code string

// codeAlphabet are the characters in the order of their values (GB 32100-2015, table 2): digits and capitals without
// I, O, S, V and Z.
const codeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// codeWeights are 3^(i-1) mod 31 for the places 1 to 17 (GB 32100-2015, table 3).
var codeWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// ParseCode reads a code as typed: case, width, spaces and hyphens do not matter. fault.Invalid: "code_length",
// "code_character" (params position, from 1) or "code_check" for one whose last character does not fit the others.
func ParseCode(typed string) (Code, error) {
	if len(typed) > 200 {
		return "", errCodeLength()
	}
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\t', '–', '·':
			return -1
		}
		return r
	}, strings.ToUpper(norm.NFKC.String(typed)))
	place := 0
	for _, r := range s {
		place++
		known := strings.ContainsRune(codeAlphabet, r)
		if place >= 3 && place <= 8 {
			known = r >= '0' && r <= '9'
		}
		if !known && place <= 18 {
			return "", fault.New(fault.Invalid, "code_character", "Character %d cannot be part of a credit code.", place).
				On("code").With("position", place)
		}
	}
	if place != 18 {
		return "", errCodeLength()
	}
	if s[17] != CheckCharacter(s[:17]) {
		return "", fault.New(fault.Invalid, "code_check", "This is not a valid credit code; compare it with the certificate.").On("code")
	}
	return Code(s), nil
}

func errCodeLength() *fault.Error {
	return fault.New(fault.Invalid, "code_length", "A credit code has 18 characters.").On("code")
}

// CheckCharacter is the 18th character for the first 17, which are of the alphabet: the one whose value c makes
// sum(value * weight) + c divisible by 31 (GB 32100-2015, 5.2; the scheme of GB/T 17710).
func CheckCharacter(first17 string) byte {
	sum := 0
	for i := range codeWeights {
		sum += strings.IndexByte(codeAlphabet, first17[i]) * codeWeights[i]
	}
	return codeAlphabet[(31-sum%31)%31]
}

// registered are the kinds that the first two characters of a code speak of (GB 32100-2015, table 1).
var registered = map[string]Kind{
	"12": Institution, "51": Association, "52": Service, "53": Foundation, "91": Company, "92": Company, "93": Company,
}

// Suggests is the kind that the code speaks of, "" where it says nothing: a hint for whoever verifies, not a rule.
func (c Code) Suggests() Kind {
	if len(c) < 2 {
		return ""
	}
	return registered[string(c[:2])]
}
