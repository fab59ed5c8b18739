package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"wenguan/app/apptest"
)

// may is somebody who may do what the row does, and nil for a row that nobody can do.
func (s *scene) may(r row) *apptest.Client {
	for _, name := range []string{"holder", "manager", "administrator", "anonymous", "auditor"} {
		if status := r.outcome(s.t, name); status >= 200 && status < 400 {
			return s.callers[name]
		}
	}
	for _, name := range everyone {
		if status := r.outcome(s.t, name); status >= 200 && status < 400 && s.callers[name] != nil {
			return s.callers[name]
		}
	}
	return nil
}

// object is the body of a row as an object, nil if it has none.
func object(body any) map[string]any {
	text, _ := body.(string)
	var v map[string]any
	if json.Unmarshal([]byte(text), &v) != nil {
		return nil
	}
	return v
}

// writes lists the rows of the table of access that take an object.
func (s *scene) writes(each func(r row, client *apptest.Client, path string, body map[string]any)) {
	s.t.Helper()
	seen := map[string]bool{}
	for _, r := range accessTable {
		op := apptest.Operation(s.OpenAPI, r.method, address(r.path))
		client := s.may(r)
		if r.method == "GET" || op == nil || r.body == "" || client == nil || seen[op.OperationID] || strings.Contains(r.path, "csp-reports") {
			continue
		}
		path, filled := s.fill(r)
		if body := object(filled); body != nil {
			seen[op.OperationID] = true
			each(r, client, path, body)
		}
	}
	if len(seen) < 15 {
		s.t.Errorf("only %d operations with a body were found", len(seen))
	}
}

func refused(status int) bool { return status >= 400 && status < 500 }

func TestNobodyGivesThemselvesAnythingByAFieldThatIsNotAskedFor(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.writes(func(r row, client *apptest.Client, path string, body map[string]any) {
		for name, value := range map[string]any{
			"grants": []any{map[string]any{"role": "administrator"}}, "Role": "administrator", "holder": "x", "by": "x", "account": "x",
			"verified": true, "verified_until": "2099-01-01T00:00:00Z", "real_name": true, "identity": map[string]any{"last4": "1234"},
			"means": "password", "staff": true, "fresh": true, "members": []any{}, "guardian": "x", "state": "checked_in", "_id": "x",
			"created_at": "2020-01-01T00:00:00Z", "$set": map[string]any{"role": "administrator"}, "__proto__": map[string]any{"admin": true},
		} {
			if _, asked := body[name]; asked || apptest.Takes(s.OpenAPI, r.method, path, name) {
				continue
			}
			more := maps.Clone(body)
			more[name] = value
			if got := client.Do(r.method, path, more); got.Status != 422 || !strings.Contains(string(got.Body), "unexpected property") {
				t.Errorf("%s %s takes %s: %d %.200s", r.method, r.path, name, got.Status, got.Body)
			}
		}
	})
}

func TestOperatorsOfAQueryLanguageAreRefusedOrPlainText(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.writes(func(r row, client *apptest.Client, path string, body map[string]any) {
		for _, name := range slices.Sorted(maps.Keys(body)) {
			for _, value := range []any{
				map[string]any{"$gt": ""}, map[string]any{"$ne": nil}, map[string]any{"$where": "sleep(1000)"}, map[string]any{"a.b": "$c"},
			} {
				if slices.Contains([]string{"hours", "rules"}, name) { // of a venue: their forms are tested there
					continue
				}
				changed := maps.Clone(body)
				changed[name] = value
				if got := client.Do(r.method, path, changed); !refused(got.Status) {
					t.Errorf("%s %s takes %v as %s: %d %.200s", r.method, r.path, value, name, got.Status, got.Body)
				}
			}
			if _, text := body[name].(string); !text {
				continue
			}
			for _, value := range []string{"$where", "$gt", "a.b.$", "{\"$gt\":\"\"}", "'; return true; //"} {
				changed := maps.Clone(body)
				changed[name] = value
				if got := client.Do(r.method, path, changed); got.Status >= 500 {
					t.Errorf("%s %s breaks by %s as %s: %d %.200s", r.method, r.path, value, name, got.Status, got.Body)
				}
			}
		}
	})
	for _, r := range accessTable {
		client := s.may(r)
		if r.method != "GET" || client == nil {
			continue
		}
		path, _ := s.fill(r)
		base, query, _ := strings.Cut(path, "?")
		asked, _ := url.ParseQuery(query)
		for name := range asked {
			for _, value := range []string{`{"$gt":""}`, "$where", "a.b.$", "[$ne]", strings.Repeat("长", 300), "\xff\xfe", "x\x00y"} {
				changed := maps.Clone(asked)
				changed[name] = []string{value}
				if got := client.Get(base + "?" + changed.Encode()); got.Status >= 500 {
					t.Errorf("GET %s breaks by %s: %d", r.path, value, got.Status)
				}
			}
			if got := client.Get(base + "?" + query + "&" + name + "[$ne]=x&" + name + "=twice"); got.Status >= 500 {
				t.Errorf("GET %s breaks by %s twice: %d", r.path, name, got.Status)
			}
		}
	}
}

func TestBodiesThatAreHugeDeepTwofoldOrNoTextAreRefused(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.writes(func(r row, client *apptest.Client, path string, body map[string]any) {
		good, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		inside := string(good[1 : len(good)-1])
		first, _, _ := strings.Cut(inside, ":")
		for name, text := range map[string]string{
			"half of it": string(good[:len(good)/2]), "a list": "[" + string(good) + "]", "twice": string(good) + string(good),
			"a text": `"x"`, "a deep list": strings.Repeat("[", 30_000), "a deep object": strings.Repeat(`{"a":`, 10_000),
			"a long list": "[" + strings.Repeat("0,", 30_000) + "0]", "a name twice": "{" + first + ":null," + inside + "}",
			"a NUL": `{` + inside + `,"note":"\u0000"}`, "no UTF-8": "{" + inside + ",\"note\":\"\xff\xfe\"}", "a huge number": "{" + first + ":1e999999}",
			"too large": `{"x":"` + strings.Repeat("x", 1100<<10) + `"}`,
		} {
			got, err := client.Try(r.method, path, text)
			if err != nil && name == "too large" { // the server may hang up while it is still being sent
				continue
			}
			if err != nil || !refused(got.Status) {
				t.Errorf("%s %s with %s: %v %+v", r.method, r.path, name, err, got)
			}
		}
		for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/cbor"} {
			if got := client.Do(r.method, path, string(good), "Content-Type", kind); got.Status != 415 && got.Status != 422 {
				t.Errorf("%s %s as %s: %d %.100s", r.method, r.path, kind, got.Status, got.Body)
			}
		}
	})
}

func TestIdsThatArePathsOperatorsOrNoTextNameNothing(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	administrator := s.callers["administrator"]
	for template, item := range s.OpenAPI.Paths {
		if !strings.Contains(template, "{") {
			continue
		}
		for method, there := range map[string]bool{"GET": item.Get != nil, "DELETE": item.Delete != nil, "POST": item.Post != nil} {
			if !there {
				continue
			}
			for _, id := range []string{"$ne", "%7B%22$gt%22:%22%22%7D", "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%00", "%ff%fe", "a%7Cb", "*", strings.Repeat("x", 1500), "%E2%80%AE"} {
				path := template
				for strings.Contains(path, "{") {
					before, rest, _ := strings.Cut(path, "{")
					_, after, _ := strings.Cut(rest, "}")
					path = before + id + after
				}
				var body any
				if method == "POST" {
					body = "{}"
				}
				// some of these addresses are another operation's, so the answer need not be one of this one's
				got, err := administrator.Undescribed().Try(method, path, body)
				if err != nil || got.Status >= 500 || got.Status == 201 {
					t.Errorf("%s %s with %s: %v %+v", method, template, id, err, fmt.Sprint(got))
				}
			}
		}
	}
}
