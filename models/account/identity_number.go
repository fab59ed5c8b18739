package account

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// normalIdentityNumber returns the eighteen characters of an identity number as it was typed, with or without spaces and
// hyphens, full-width or not, "" if it is none (GB 11643-1999, 公民身份号码): six digits of a region, eight of a date of
// birth, three that tell people apart, and a check character. Whether the region exists is not asked: regions come and
// go, and a number keeps that of its first day.
func normalIdentityNumber(typed string, now time.Time) string {
	s := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, norm.NFKC.String(typed)))
	if len(s) != 18 || strings.Trim(s[:17], "0123456789") != "" || s[17] != IdentityCheckCharacter(s[:17]) {
		return ""
	}
	born, err := time.Parse("20060102", s[6:14])
	if err != nil || born.After(now) || born.Year() < now.Year()-oldest {
		return ""
	}
	return s
}

// birthYearOf is the year of birth in an identity number that normalIdentityNumber has read: its characters 7 to 10.
func birthYearOf(number string) int32 {
	year, _ := strconv.ParseInt(number[6:10], 10, 32)
	return int32(year)
}

// IdentityCheckCharacter is the eighteenth character after these seventeen digits: GB 11643-1999 with ISO 7064:1983, MOD 11-2.
// The sum of all eighteen, each times its weight 2^(18-i) modulo 11 at the place i from 1 on, is 1 modulo 11.
func IdentityCheckCharacter(digits string) byte {
	sum, weight := 0, 1
	for i := len(digits) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(digits[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}
