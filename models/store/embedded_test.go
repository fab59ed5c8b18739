package store_test

import (
	"testing"

	"wenguan/models/store"
	"wenguan/models/store/storetest"
)

func TestEmbeddedKeepsThePromises(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, collections []store.Collection) store.Store {
		return storetest.New(t, collections...)
	})
}
