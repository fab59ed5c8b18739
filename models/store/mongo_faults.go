package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"
)

// Labels of errors, https://github.com/mongodb/specifications/blob/master/source/transactions/transactions.md#error-labels.
const (
	labelTransient = "TransientTransactionError"
	labelUnknown   = "UnknownTransactionCommitResult"
)

var duplicateIndex = regexp.MustCompile(`index: (\S+) dup key`)

// mongoFault is err of the driver in the words of the contract. The driver's error stays in its chain wherever the
// driver has to see it again (labels decide on retries); people never see its text.
func mongoFault(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ended(ctx)
	case errors.Is(err, mongo.ErrClientDisconnected):
		return closed()
	case mongo.IsDuplicateKeyError(err):
		return mongoDuplicate(err)
	case hasLabel(err, labelUnknown):
		return unavailable("outcome_unknown", "It is not certain whether this was saved. Look before you try again.", err)
	case isUnreachable(err):
		return unavailable("store_unreachable", "The database cannot be reached. Try again later.", err)
	case hasLabel(err, labelTransient):
		return unavailable("store_busy", "Too many changes of the same thing at once. Try again.", err)
	}
	return fmt.Errorf("store: %w", err)
}

func mongoDuplicate(err error) error {
	name := duplicateIndex.FindStringSubmatch(err.Error())
	switch {
	case name == nil:
		return duplicateKey("")
	case name[1] == "_id_":
		return duplicateID()
	}
	return duplicateKey(name[1])
}

func hasLabel(err error, label string) bool {
	e, ok := errors.AsType[mongo.LabeledError](err)
	return ok && e.HasErrorLabel(label)
}

func isUnreachable(err error) bool {
	_, noServer := errors.AsType[topology.ServerSelectionError](err)
	return noServer || mongo.IsNetworkError(err) || mongo.IsTimeout(err)
}
