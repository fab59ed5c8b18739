package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Changes returns the fields of before and after that differ, by their JSON names, for an Entry. Both are structs or maps
// of the same kind; nil stands for nothing at all.
func Changes(before, after any) (was, is map[string]json.RawMessage, err error) {
	if was, err = fields(before); err != nil {
		return nil, nil, err
	}
	if is, err = fields(after); err != nil {
		return nil, nil, err
	}
	for name, value := range was {
		if other, both := is[name]; both && bytes.Equal(value, other) {
			delete(was, name)
			delete(is, name)
		}
	}
	return was, is, nil
}

func fields(v any) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	if v == nil {
		return out, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("compare for the audit: %w", err)
	}
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("compare for the audit: %w", err)
	}
	return out, nil
}
