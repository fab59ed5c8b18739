package handlers_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"wenguan/handlers"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestTheDescriptionOfTheAPIIsTheOneThatWasReviewed(t *testing.T) {
	t.Parallel()
	const golden = "../docs/openapi.yaml"
	api := handlers.API{Version: "1"}
	described, err := api.Mount(fiber.New(fiber.Config{DisableStartupMessage: true})).YAML()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, described, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	reviewed, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(reviewed, described) {
		t.Errorf("docs/openapi.yaml is not what the code says; look at the difference, then run make golden:\n%s",
			cmp.Diff(string(reviewed), string(described)))
	}
}
