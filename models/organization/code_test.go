package organization

import (
	"strings"
	"testing"

	"wenguan/models/fault"
)

func TestTheWeightsAreThePowersOfThree(t *testing.T) {
	t.Parallel()
	power := 1
	for i, w := range codeWeights {
		if w != power {
			t.Errorf("weight %d is %d, not 3^%d mod 31 = %d", i+1, w, i, power)
		}
		power = power * 3 % 31
	}
	if len(codeAlphabet) != 31 || strings.ContainsAny(codeAlphabet, "IOSVZ") {
		t.Errorf("alphabet %q", codeAlphabet)
	}
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Code{
		// The worked example that goes round with the standard: 91350100M000100Y4 weighs 1640, 1640 mod 31 is 28, so 3.
		"91350100M000100Y43": "91350100M000100Y43",
		"91350100m000100y43": "91350100M000100Y43",
		"９１３５０１００Ｍ０００１００Ｙ４３":       "91350100M000100Y43",
		" 9135 0100 M000 100Y-43 ": "91350100M000100Y43",
		// Codes that companies print on their pages.
		"9144030071526726XG": "9144030071526726XG",
		"91330100799655058B": "91330100799655058B",
		"914403001922038216": "914403001922038216",
		"91110000802100433B": "91110000802100433B",
	} {
		if got, err := ParseCode(typed); err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

func TestWhatIsNoCodeIsRefusedInWords(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                         "code_length",
		"91350100M000100Y4":        "code_length",
		"91350100M000100Y433":      "code_length",
		strings.Repeat("9", 1000):  "code_length",
		"91350100M000100Y4Z":       "code_character", // Z is no character of a code
		"91350100M000100Y4I":       "code_character",
		"9135O100M000100Y43":       "code_character", // the letter O among the digits of the place
		"91A50100M000100Y43":       "code_character",
		"91350100M000100Y4\u00003": "code_character",
		"91350100M000100Y44":       "code_check",
		"19350100M000100Y43":       "code_check", // two places exchanged
		"91350100M00010OY43":       "code_character",
		`{"$ne":""}9999999999`:     "code_character",
		"统一社会信用代码统一社会信用代码统一":           "code_character",
		"91350100M000100Y43\u202e4321": "code_length",
	} {
		if _, err := ParseCode(typed); fault.CodeOf(err) != want || !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
	}
}

// The scheme finds every single wrong character and every exchange of two neighbours: weights and their differences have
// no factor in common with 31.
func TestEveryWrongCharacterAndEveryExchangeIsFound(t *testing.T) {
	t.Parallel()
	const right = "51361130500012345"
	code := right + string(CheckCharacter(right))
	for i := range code {
		for _, c := range codeAlphabet {
			wrong := code[:i] + string(c) + code[i+1:]
			if _, err := ParseCode(wrong); (err == nil) != (wrong == code) {
				t.Errorf("%s for %s: %v", wrong, code, err)
			}
		}
		if i > 0 && code[i] != code[i-1] {
			swapped := code[:i-1] + string(code[i]) + string(code[i-1]) + code[i+1:]
			if _, err := ParseCode(swapped); err == nil {
				t.Errorf("%s is taken for %s", swapped, code)
			}
		}
	}
}

func TestACodeSaysWhatWasRegistered(t *testing.T) {
	t.Parallel()
	for code, want := range map[Code]Kind{
		"51361130500012345X": Association, "52361130500012345X": Service, "53361130500012345X": Foundation,
		"12361130500012345X": Institution, "91350100M000100Y43": Company, "Y1361130500012345X": "", "": "",
	} {
		if got := code.Suggests(); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}
