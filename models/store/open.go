package store

import (
	"context"
	"strings"
)

// Open opens the store that url names: "file:/path/wenguan.db" or a plain path is an embedded file, "mongodb://…" and
// "mongodb+srv://…" a MongoDB replica set or sharded cluster.
func Open(ctx context.Context, url string, collections []Collection) (Store, error) {
	if strings.HasPrefix(url, "mongodb://") || strings.HasPrefix(url, "mongodb+srv://") {
		return OpenMongo(ctx, url, collections)
	}
	return OpenEmbedded(strings.TrimPrefix(url, "file:"), EmbeddedOptions{}, collections)
}
