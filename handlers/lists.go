package handlers

import (
	"errors"
	"fmt"

	"wenguan/models/fault"
)

// list is never null in JSON.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// at names the place of a fault in a list of the input.
func at(err error, list string, index int, field string) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		named := *f
		return named.On(fmt.Sprintf("%s[%d].%s", list, index, field))
	}
	return err
}
