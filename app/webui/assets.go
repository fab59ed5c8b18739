// Package webui serves the embedded web client: one hash of the whole tree in every asset's address, so assets are
// immutable; bodies compressed once; strict security headers.
package webui

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"maps"
	"mime"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/andybalholm/brotli"
)

// asset is one file. Its packed forms come later, and only where they pay.
type asset struct {
	contentType string
	raw         []byte
	packed      atomic.Pointer[packed]
}

type packed struct{ gz, br []byte }

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

// Compress packs every file, the smallest first, because pages wait for those. Until a file is packed it is sent as it is,
// so the service need not wait for it. It returns early when ctx is done.
func (s *Site) Compress(ctx context.Context) {
	files := slices.Concat(slices.Collect(maps.Values(s.assets)), slices.Collect(maps.Values(s.shells)))
	slices.SortFunc(files, func(a, b *asset) int { return cmp.Compare(len(a.raw), len(b.raw)) })
	for _, a := range files {
		if ctx.Err() != nil {
			return
		}
		a.compress()
	}
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
	a.packed.Store(&packed{gz: gz.Bytes(), br: br.Bytes()})
}
