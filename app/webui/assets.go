// Package webui serves the embedded web client: one hash of the whole tree in every asset's address, so assets are
// immutable; bodies compressed once at start; strict security headers.
package webui

import (
	"bytes"
	"compress/gzip"
	"mime"
	"path"
	"runtime"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// asset is one file in its encodings; gz and br are nil where they would not pay.
type asset struct {
	contentType string
	raw, gz, br []byte
}

// types are the content types that differ between systems or are unknown to some.
var types = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".json":        "application/json",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

func newAsset(name string, body []byte) *asset {
	ct, known := types[path.Ext(name)]
	if !known {
		ct = mime.TypeByExtension(path.Ext(name))
	}
	if ct == "" {
		ct = "application/octet-stream"
	}
	return &asset{contentType: ct, raw: body}
}

const (
	smallest  = 256       // below this a compressed body saves nothing
	large     = 100 << 10 // above this the best levels cost seconds at start for a few per cent
	heavy     = 5
	heaviest  = 9 // level 11 takes three times as long for one per cent
	gzipLevel = 6
)

// compressAll compresses every asset, as many at a time as there are processors.
func compressAll(assets []*asset) {
	var wg sync.WaitGroup
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, a := range assets {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			a.compress()
		})
	}
	wg.Wait()
}

func (a *asset) compress() {
	picture := strings.HasPrefix(a.contentType, "image/") && a.contentType != "image/svg+xml"
	if picture || len(a.raw) < smallest {
		return
	}
	level := heaviest
	if len(a.raw) > large {
		level = heavy
	}
	var br, gz bytes.Buffer
	bw := brotli.NewWriterLevel(&br, level)
	_, _ = bw.Write(a.raw) // a bytes.Buffer takes everything
	_ = bw.Close()
	gw, _ := gzip.NewWriterLevel(&gz, gzipLevel) // fails only on an unknown level
	_, _ = gw.Write(a.raw)
	_ = gw.Close()
	a.br, a.gz = br.Bytes(), gz.Bytes()
}
