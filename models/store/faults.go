package store

import (
	"context"
	"fmt"

	"wenguan/models/fault"
)

func notFound() error {
	return fault.New(fault.NotFound, "document_not_found", "There is no such document.")
}

func duplicateID() error {
	return fault.New(fault.Conflict, "duplicate_id", "A document with this identifier exists already.")
}

func duplicateKey(index string) error {
	return fault.New(fault.Conflict, "duplicate_key", "Another document has the same value in a field that must be unique.").
		With("index", index)
}

func badCursor() error {
	return fault.New(fault.Invalid, "bad_cursor", "This page marker is not valid here; start again from the first page.").
		On("after")
}

func closed() error {
	return fault.New(fault.Unavailable, "store_closed", "The store is closed.")
}

// unavailable keeps cause for the log; people see the sentence.
func unavailable(code, sentence string, cause error) error {
	return fmt.Errorf("%w (%w)", fault.New(fault.Unavailable, code, sentence), cause)
}

// ended says why ctx is done; errors.Is knows it as context.Canceled or context.DeadlineExceeded.
func ended(ctx context.Context) error {
	return fmt.Errorf("store: %w", context.Cause(ctx))
}
