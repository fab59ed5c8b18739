package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestAnErrorKeepsItsKindAndCodeThroughWrapping(t *testing.T) {
	t.Parallel()
	refused := New(Conflict, "space_taken", "Somebody has %s.", "it").On("start").With("n", 3)
	for _, c := range []struct {
		err  error
		kind Kind
		code string
	}{
		{nil, "", ""},
		{errors.New("disk"), Internal, ""},
		{refused, Conflict, "space_taken"},
		{fmt.Errorf("reserve: %w", refused), Conflict, "space_taken"},
		{errors.Join(errors.New("other"), refused), Conflict, "space_taken"},
	} {
		if KindOf(c.err) != c.kind || CodeOf(c.err) != c.code {
			t.Errorf("%v is %q %q, want %q %q", c.err, KindOf(c.err), CodeOf(c.err), c.kind, c.code)
		}
		if Is(c.err, Conflict) != (c.kind == Conflict) {
			t.Errorf("Is(%v, Conflict) is %v", c.err, Is(c.err, Conflict))
		}
	}
	if refused.Error() != "Somebody has it." || refused.Field != "start" || refused.Params["n"] != 3 {
		t.Errorf("got %+v", refused)
	}
}

func TestAPercentSignInASentenceWithoutArgumentsIsOne(t *testing.T) {
	t.Parallel()
	if got := New(Invalid, "share", "At most 100% of it.").Error(); got != "At most 100% of it." {
		t.Errorf("got %q", got)
	}
}
