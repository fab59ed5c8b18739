package webui

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"

	"wenguan/static"
)

var script = "export const greeting = '" + strings.Repeat("hello ", 100) + "';\n"

func tree() fstest.MapFS {
	return fstest.MapFS{
		"index.html":        {Data: []byte(`<script type="module" src="{{base}}/js/main.js"></script>` + strings.Repeat(" ", 300))},
		"scan.html":         {Data: []byte("scan")},
		"sw.js":             {Data: []byte("const CACHE = 'app-{{hash}}';")},
		"js/main.js":        {Data: []byte(script)},
		"js/qr.worker.js":   {Data: []byte("onmessage = null;")},
		"js/page.html":      {Data: []byte("{{base}}")},
		"img/photo.png":     {Data: bytes.Repeat([]byte("x"), 1000)},
		"vendor/lib.d.ts":   {Data: []byte("declare")},
		"static.go":         {Data: []byte("package static")},
		"data/unknown.zzz9": {Data: []byte("?")},
	}
}

func site(t *testing.T) (*Site, *fiber.App) {
	t.Helper()
	s, err := New(tree())
	if err != nil {
		t.Fatal(err)
	}
	server := fiber.New()
	server.Use(Headers)
	s.Mount(server)
	return s, server
}

// get asks for a path and returns status, body and the header that is named.
func get(t *testing.T, server *fiber.App, path, accept, header string) (int, string, string) {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	if accept != "" {
		r.Header.Set("Accept-Encoding", accept)
	}
	answer, err := server.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body), answer.Header.Get(header)
}

func TestPagesNameTheAssetsByTheHashOfTheTree(t *testing.T) {
	t.Parallel()
	s, server := site(t)
	if _, body, _ := get(t, server, "/", "", ""); !strings.Contains(body, `src="/static/`+s.Hash+`/js/main.js"`) {
		t.Errorf("the page is %s", body)
	}
	if _, body, _ := get(t, server, "/sw.js", "", ""); body != "const CACHE = 'app-"+s.Hash+"';" {
		t.Errorf("the service worker is %s", body)
	}
	if _, body, _ := get(t, server, "/static/"+s.Hash+"/js/page.html", "", ""); body != "{{base}}" {
		t.Errorf("a file below a folder was changed: %s", body)
	}
	changed := tree()
	changed["js/main.js"].Data = []byte("export {};")
	other, err := New(changed)
	if err != nil {
		t.Fatal(err)
	}
	if other.Hash == s.Hash {
		t.Error("another tree has the same hash")
	}
}

func TestAssetsAreKeptForeverUnderTheirHashOnly(t *testing.T) {
	t.Parallel()
	s, server := site(t)
	for path, want := range map[string]string{
		"/static/" + s.Hash + "/js/main.js": "public, max-age=31536000, immutable",
		"/static/0123456789ab/js/main.js":   "no-store",
		"/":                                 "no-cache",
	} {
		if status, _, got := get(t, server, path, "", "Cache-Control"); got != want || status != 200 {
			t.Errorf("%s: %d, %q", path, status, got)
		}
	}
	for _, path := range []string{"/vendor/lib.d.ts", "/static.go", "/index.html", "/../static.go", "/js"} {
		if status, _, _ := get(t, server, "/static/"+s.Hash+path, "", ""); status != 404 {
			t.Errorf("%s is served: %d", path, status)
		}
	}
}

func TestOnlyTheWorkerMayCompileWebAssembly(t *testing.T) {
	t.Parallel()
	s, server := site(t)
	for path, want := range map[string]string{"/": pagePolicy, "/static/" + s.Hash + "/js/qr.worker.js": workerPolicy, "/static/" + s.Hash + "/js/main.js": ""} {
		if _, _, got := get(t, server, path, "", "Content-Security-Policy"); got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
	if strings.Contains(pagePolicy, "unsafe") {
		t.Error("the policy of pages allows something unsafe")
	}
}

func TestFilesAreSentAsTheClientTakesThem(t *testing.T) {
	t.Parallel()
	s, server := site(t)
	path := "/static/" + s.Hash + "/js/main.js"
	if _, body, coding := get(t, server, path, "br", "Content-Encoding"); body != script || coding != "" {
		t.Errorf("before it is packed: %s %q", coding, body)
	}
	s.Compress(t.Context())
	for _, c := range []struct{ accept, coding string }{
		{"", ""}, {"identity", ""}, {"gzip, deflate, br, zstd", "br"}, {"gzip", "gzip"}, {"br;q=0, gzip;q=0.5", "gzip"},
		{"BR", "br"}, {"br; q=0.000", ""}, {"gzip;q=0", ""}, {"br;q=1.0", "br"}, {"*", ""},
	} {
		_, body, coding := get(t, server, path, c.accept, "Content-Encoding")
		if coding != c.coding || unpack(t, coding, body) != script {
			t.Errorf("Accept-Encoding %q: %q", c.accept, coding)
		}
	}
	if _, _, coding := get(t, server, "/static/"+s.Hash+"/img/photo.png", "br", "Content-Encoding"); coding != "" {
		t.Errorf("a picture is packed again: %s", coding)
	}
	if _, _, vary := get(t, server, path, "br", "Vary"); vary != "Accept-Encoding" {
		t.Errorf("Vary is %q", vary)
	}
}

func unpack(t *testing.T, coding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	switch coding {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestTheRealClientHasEveryPage(t *testing.T) {
	t.Parallel()
	s, err := New(static.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if !s.Has(p.shell) {
			t.Errorf("%s has no %s", p.path, p.shell)
		}
	}
	for name, a := range s.assets {
		if a.contentType == "application/octet-stream" {
			t.Errorf("%s has no content type", name)
		}
	}
}

func BenchmarkCompress(b *testing.B) {
	s, err := New(static.Files)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.Compress(b.Context())
	}
}
