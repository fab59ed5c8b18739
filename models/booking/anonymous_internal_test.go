package booking

import (
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Whoever a booking names — its holder, who made it, who is told, who came along — is gone from what is stored.
func TestNobodyIsLeftInAnAnonymousBooking(t *testing.T) {
	t.Parallel()
	named := Booking{
		ID: "b1", Number: "ABCD1234", Holder: "person-1", HolderName: "person-2", By: "person-3", Tell: "person-4",
		With: []string{"person-5"}, Purpose: "person-6", Reason: "person-7",
	}
	raw, err := bson.MarshalExtJSON(named.anonymous(), false, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"person-", named.Number} {
		if strings.Contains(string(raw), trace) {
			t.Errorf("%s is left in %s", trace, raw)
		}
	}
}
