package account_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"wenguan/models/account"
)

var update = flag.Bool("update", false, "write the table of docs/people.md")

const (
	peopleDoc = "../../docs/people.md"
	tableFrom = "<!-- permits: made by go test ./models/account -update -->\n"
	tableTo   = "<!-- end of permits -->\n"
)

// table is the table of permissions as Markdown.
func table() string {
	var b strings.Builder
	b.WriteString("| | everybody | signed in |")
	for _, role := range account.Roles {
		fmt.Fprintf(&b, " %s |", role)
	}
	b.WriteString("\n|---" + strings.Repeat("|:-:", 2+len(account.Roles)) + "|\n")
	for _, p := range account.Permissions() {
		fmt.Fprintf(&b, "| %s | %s | %s |", p.Summary, mark(p.Scope == account.Public, "✓"), mark(p.Scope == account.Own, "✓"))
		sign := "✓"
		if p.Scope == account.District {
			sign = "✓✓"
		}
		if p.StepUp {
			sign += "²"
		}
		for _, role := range account.Roles {
			b.WriteString(" " + mark(slices.Contains(p.Roles, role), sign) + " |")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func mark(is bool, sign string) string {
	if is {
		return sign
	}
	return ""
}

func TestTheDocumentHasTheTableOfPermissions(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(peopleDoc)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, began := bytes.Cut(doc, []byte(tableFrom))
	written, after, ended := bytes.Cut(rest, []byte(tableTo))
	if !began || !ended {
		t.Fatalf("%s does not say where the table is", peopleDoc)
	}
	want := "\n" + table() + "\n"
	if *update {
		doc := slices.Concat(before, []byte(tableFrom+want+tableTo), after)
		if err := os.WriteFile(peopleDoc, doc, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(written) != want {
		t.Errorf("%s is not up to date; run go test ./models/account -update", peopleDoc)
	}
}

func TestEveryRoleMayDoSomethingAndIsListed(t *testing.T) {
	t.Parallel()
	for _, p := range account.Permissions() {
		for _, role := range p.Roles {
			if !slices.Contains(account.Roles, role) {
				t.Errorf("%s is for %s, which is no role", p.Action, role)
			}
		}
	}
	for _, role := range account.Roles {
		if !slices.ContainsFunc(account.Permissions(), func(p account.Permission) bool { return slices.Contains(p.Roles, role) }) {
			t.Errorf("%s may do nothing", role)
		}
	}
}
