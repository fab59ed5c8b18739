package pass

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"time"
)

// A live code (动态码) is what changes in a pass, so that a picture of it goes stale. Time is cut into slots of SlotSeconds
// since 1970; the code of a booking in a slot is the beginning of an HMAC-SHA256 (RFC 2104) over both, with a secret of
// the key that the pass was signed with. Beside the pass a phone is given the codes of the hours ahead, so that it goes
// on changing them without a network. What it shows is
//
//	<JWT>.<slot in base 36>.<code>
//
// of which the first three parts are the pass itself, which any JWT library verifies. The code is for whoever has the
// secret, which is this office: a reader that verifies offline takes a pass with a live code for one without.
const (
	SlotSeconds = 30
	liveSlots   = 2 * 60 * 60 / SlotSeconds // two hours
	liveBytes   = 6                         // eight characters: nobody guesses one in 2^48 at a door
	drift       = 1                         // how many slots a phone's clock may be off
)

// Live are the codes of a pass for some time ahead.
type Live struct {
	From  int64    // slot of the first code
	Codes []string // one for each slot, without a gap
}

// Text is what a phone shows in a slot; without a code for it, the pass alone.
func (l Live) Text(token string, slot int64) string {
	i := slot - l.From
	if i < 0 || i >= int64(len(l.Codes)) {
		return token
	}
	return token + "." + strconv.FormatInt(slot, 36) + "." + l.Codes[i]
}

// SlotOf is the slot of a moment.
func SlotOf(at time.Time) int64 { return at.Unix() / SlotSeconds }

// IssueLive is Issue with the codes of the next two hours, or up to the end of the pass.
func (o *Office) IssueLive(ctx context.Context, g Grant) (string, Live, error) {
	token, k, err := o.issue(ctx, g)
	if err != nil {
		return "", Live{}, err
	}
	live := Live{From: SlotOf(o.clock())}
	for slot := live.From; slot < live.From+liveSlots && slot <= SlotOf(g.Expires); slot++ {
		live.Codes = append(live.Codes, k.liveCode(g.Booking, slot))
	}
	return token, live, nil
}

func (k *key) liveCode(booking string, slot int64) string {
	mac := hmac.New(sha256.New, k.Live)
	mac.Write(binary.BigEndian.AppendUint64([]byte(booking+"|"), uint64(slot)))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:liveBytes])
}

// isLive reports whether the two parts after a genuine pass are the live code of this moment. Whatever else they are
// proves nothing, and is as good as no code.
func (k *key) isLive(booking string, parts []string, now time.Time) bool {
	if len(parts) != 2 || len(k.Live) == 0 {
		return false
	}
	slot, err := strconv.ParseInt(parts[0], 36, 64)
	if off := slot - SlotOf(now); err != nil || off < -drift || off > drift {
		return false
	}
	return hmac.Equal([]byte(k.liveCode(booking, slot)), []byte(parts[1]))
}

// split parts what was shown into the pass and what comes after it.
func split(shown string) (token string, live []string) {
	parts := strings.Split(strings.TrimSpace(shown), ".")
	if len(parts) != 5 {
		return strings.Join(parts, "."), nil
	}
	return strings.Join(parts[:3], "."), parts[3:]
}
