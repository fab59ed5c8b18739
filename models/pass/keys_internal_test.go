package pass

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestAKeyPrintedOrLoggedShowsItsIDAlone(t *testing.T) {
	t.Parallel()
	k := newKey(time.Now())
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("key", "key", k)
	said := fmt.Sprintf("%v %+v %s %#v", k, k, k, k) + log.String()
	if strings.Contains(said, fmt.Sprint(k.Seed)) || strings.Contains(said, fmt.Sprintf("%x", k.Seed)) || strings.Contains(said, "Seed") {
		t.Errorf("it says %s", said)
	}
	if n := strings.Count(said, k.ID); n != 5 {
		t.Errorf("the id is there %d times in %s", n, said)
	}
}
